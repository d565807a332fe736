"""What the scripts share that make folders of frameworks."""

import json
import struct
from pathlib import Path

import torch

LAYOUTS = Path(__file__).resolve().parents[2] / "e2e" / "fixtures" / "layouts"


def make_tensors(seed: int) -> dict[str, torch.Tensor]:
    torch.manual_seed(seed)
    return {"net.weight": torch.randn(2, 3), "net.bias": torch.zeros(2)}


def make_folder(path: Path) -> Path:
    path.mkdir(parents=True)
    return path


def write_safetensors(path: Path, tensors: dict[str, torch.Tensor]) -> None:
    """A header of JSON behind its length in 8 bytes, then the bytes of the tensors. safetensors/src/tensor.rs"""
    header: dict = {"__metadata__": {"format": "pt"}}
    content = b""
    for name, tensor in tensors.items():
        start = len(content)
        content += tensor.numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [start, len(content)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + content)
