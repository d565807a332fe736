"""What the scripts share that make folders of frameworks."""

from pathlib import Path

import torch

LAYOUTS = Path(__file__).resolve().parents[2] / "e2e" / "fixtures" / "layouts"


def make_tensors(seed: int) -> dict[str, torch.Tensor]:
    torch.manual_seed(seed)
    return {"net.weight": torch.randn(2, 3), "net.bias": torch.zeros(2)}


def make_folder(path: Path) -> Path:
    path.mkdir(parents=True)
    return path
