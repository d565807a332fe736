"""Two files of tensors whose numbers are not stored as they are, and how far PyTorch finds them apart."""

import json
from pathlib import Path

import torch

NAMES = ("l2", "relative", "cosine", "furthest", "changed")


def _quantized(seed: int) -> dict[str, torch.Tensor]:
    torch.manual_seed(seed)
    rows, image = torch.randn(5, 7), torch.randn(4, 3, 2, 2)
    scales, zeros = torch.rand(7) / 20 + 0.01, torch.randint(-9, 9, (7,))
    images = torch.quantize_per_channel(image, scales[:4].double(), zeros[:4], 0, torch.qint8)
    return {
        "per_tensor": torch.quantize_per_tensor(rows, 0.02 * seed, seed, torch.qint8),
        "per_row": torch.quantize_per_channel(rows, scales[:5], zeros[:5], 0, torch.qint8),
        "per_column": torch.quantize_per_channel(rows, scales, zeros + 99, 1, torch.quint8),
        "wide": torch.quantize_per_channel(rows, scales / 1e6, zeros, 1, torch.qint32),
        "image": images,
        "channels_last": images.contiguous(memory_format=torch.channels_last),
        "float_points": torch.quantize_per_channel(rows, scales[:5], zeros[:5] + 90.25, 0, torch.quint8),
        "single": torch.quantize_per_channel(rows[:1], scales[:1], zeros[:1], 0, torch.qint8),
        "none": torch.quantize_per_channel(rows[:0], scales, zeros, 1, torch.qint8),
    }


def _sparse(seed: int) -> dict[str, torch.Tensor]:
    torch.manual_seed(seed)
    dense = torch.randn(6, 5) * (torch.rand(6, 5) > 0.7)
    twice = torch.sparse_coo_tensor([[0, 0, seed], [1, 1, 2]], [1.0, 2.0, 4.0], (6, 5))
    hybrid = torch.sparse_coo_tensor([[0, 1 + seed]], torch.randn(2, 3), (6, 3))
    return {
        "coo": dense.to_sparse(),
        "not_coalesced": twice,
        "hybrid": hybrid,
        "csr": dense.to_sparse_csr(),
        "doubles": dense.double().to_sparse_csr(),
        "complex": (dense + 1j * dense.flip(0)).to_sparse(),
        "none_stored": torch.sparse_coo_tensor(size=(3, 3)),
        "half_stored": torch.sparse_coo_tensor(size=(6, 5)) if seed == 1 else dense.to_sparse(),
        "same": torch.sparse_coo_tensor([[3], [4]], [0.5], (6, 5)),
    }


def _plain(tensor: torch.Tensor) -> torch.Tensor:
    dense = tensor.dequantize() if tensor.is_quantized else tensor.to_dense()
    return dense.to(torch.complex128 if dense.is_complex() else torch.float64).flatten()


def _compare(a: torch.Tensor, b: torch.Tensor) -> list[float | None]:
    distance, own_a, own_b = (float(part.norm()) if part.numel() else 0.0 for part in (b - a, a, b))
    product = float((a.conj() * b).sum().real)  # torch.vdot of 1.13 gives zero here
    changed = float((a != b).double().mean()) if a.numel() else None
    furthest = float((b - a).abs().max()) if a.numel() else 0.0
    return [distance, distance / own_a if own_a else None, product / own_a / own_b if own_a and own_b else None, furthest, changed]


def make_comparisons(folder: Path) -> None:
    """Writes FOLDER anew: a.pt, b.pt, and in expected.json, for each name in both, a line of numbers in the order of NAMES."""
    folder.mkdir(parents=True)
    a, b = ({**_quantized(seed), **_sparse(seed)} for seed in (1, 2))
    torch.save(a, folder / "a.pt")
    torch.save(b, folder / "b.pt")
    expected = {name: _compare(_plain(a[name]), _plain(b[name])) for name in a}
    (folder / "expected.json").write_text(json.dumps({"names": NAMES, "tensors": expected}, indent=2) + "\n")
