"""Files of what PyTorch can save and few trainings do: layouts, views, storages alone, programs with constants, protocols."""

from collections import OrderedDict
from io import BytesIO
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence


def _quantized() -> dict[str, torch.Tensor]:
    rows = torch.tensor([[0.1, -0.2, 0.3], [1.0, 2.0, -3.0]])
    scales, zeros = torch.tensor([0.01, 0.1]), torch.tensor([0, 5])
    return {
        "qint8": torch.quantize_per_tensor(rows, 0.1, 3, torch.qint8),
        "quint8": torch.quantize_per_tensor(rows, 0.05, 128, torch.quint8),
        "qint32": torch.quantize_per_tensor(rows, 0.001, 0, torch.qint32),
        "per_channel": torch.quantize_per_channel(rows, scales, zeros, 0, torch.qint8),
    }


def _sparse() -> dict[str, torch.Tensor]:
    dense = torch.tensor([[0.0, 1.5, 0.0], [0.0, 0.0, -2.0]])
    twice = torch.sparse_coo_tensor([[0, 0], [1, 1]], [1.0, 2.0], (2, 3))
    hybrid = torch.sparse_coo_tensor([[0, 2]], torch.arange(4.0).reshape(2, 2), (3, 2))
    return {
        "coo": dense.to_sparse(),
        "not_coalesced": twice,
        "hybrid": hybrid,
        "none_stored": torch.sparse_coo_tensor(size=(3, 3)),
        "csr": dense.to_sparse_csr(),
    }


def _strided() -> dict[str, torch.Tensor]:
    cube = torch.arange(24.0).reshape(2, 3, 4)
    truths = torch.tensor([[True, False, True, True], [False, False, True, False]])
    image = torch.arange(36.0).reshape(1, 3, 3, 4).contiguous(memory_format=torch.channels_last)
    grown = (torch.ones(2, requires_grad=True) * 2).detach().requires_grad_()
    return {
        "permuted": cube.permute(2, 0, 1),
        "unfolded": torch.arange(10.0).unfold(0, 4, 2),
        "diagonal": torch.arange(16.0).reshape(4, 4).diagonal(1),
        "expanded_rows": torch.arange(3.0).expand(4, 3),
        "expanded_columns": torch.arange(3.0).reshape(3, 1).expand(3, 4),
        "expanded_scalar": torch.tensor(2.5).expand(2, 0, 3),
        "one": torch.arange(4.0)[2],
        "empty_tail": torch.arange(4.0)[4:],
        "channels_last": image,
        "truths": truths[:, 1::2],
        "tail_of_truths": truths.flatten()[5:],
        "grown": grown,
        "deep": torch.arange(2.0).reshape(*[1] * 19, 2),
    }


def _complex() -> dict[str, torch.Tensor]:
    made = [torch.complex(torch.arange(4.0), -torch.arange(4.0)) for _ in range(4)]
    return {
        "real": made[0].real,
        "imaginary": made[1].imag,
        "conjugate": made[2].conj(),
        "double": made[3].to(torch.complex128),
    }


def _meta() -> dict[str, torch.Tensor]:
    return {
        "meta": torch.empty(2, 3, device="meta"),
        "strided": torch.empty_strided((2, 3), (1, 2), dtype=torch.float16, device="meta"),
    }


def _extremes() -> dict[str, torch.Tensor]:
    """Numbers at the ends of their types, and such as are none."""
    kinds = (torch.float64, torch.float32, torch.float16, torch.bfloat16)
    ends = {str(kind): torch.tensor([torch.finfo(kind).max, torch.finfo(kind).min, torch.finfo(kind).tiny]) for kind in kinds}
    spoiled = torch.tensor([0.0, -0.0, float("nan"), float("inf"), -float("inf"), 1e-45])
    wide = torch.tensor([2**63 - 1, -(2**63), 2**53 + 1, 0])
    return {**{key: value.to(kind) for (key, value), kind in zip(ends.items(), kinds)}, "spoiled": spoiled, "wide": wide}


def _tagged() -> torch.Tensor:
    tensor = torch.arange(3.0)
    tensor.tag = "kept"
    return tensor


def _keys() -> dict[Any, Any]:
    names = (1, True, None, 2.5, (1, 2), "a.b", "", "__proto__", "ünïcode\n")
    return {name: torch.full((index + 1,), float(index)) for index, name in enumerate(names)}


def _storages() -> dict[str, Any]:
    return {
        "floats": torch.arange(6.0).storage(),
        "truths": torch.tensor([True, False, True]).storage(),
        "halves": torch.arange(4.0).half().storage(),
        "untyped": torch.arange(3.0).storage().untyped(),
        "tensor": torch.arange(6.0)[2:],
    }


def _mixture(model: nn.Module) -> list[Any]:
    """A list of anything."""
    sequence = pack_padded_sequence(torch.arange(6.0).reshape(3, 2, 1), torch.tensor([3, 2]))
    plain = (torch.Size([2, 3]), torch.float32, torch.device("cpu"), torch.strided, torch.per_tensor_affine)
    frozen = nn.Parameter(torch.ones(2), requires_grad=False)
    return [torch.arange(2), (torch.ones(1), 3, "text"), sequence, plain, frozen, _tagged(), model.state_dict(), None, 2.5]


class _WithConstants(nn.Module):
    """A program that has a tensor beside its parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = nn.Linear(3, 2)
        self.register_buffer("mean", torch.arange(3.0))

    def forward(self, state: torch.Tensor) -> torch.Tensor:
        return self.inner(state - self.mean) * torch.tensor([2.0, 4.0]) + torch.tensor([[1, 2]])


def _save_programs(folder: Path) -> None:
    traced = torch.jit.trace(_WithConstants(), torch.ones(1, 3))
    torch.jit.save(traced, folder / "traced.pt")
    torch.jit.save(torch.jit.freeze(torch.jit.script(nn.Linear(3, 2)).eval()), folder / "frozen.pt")


def _save_modules(folder: Path, model: nn.Module) -> None:
    parallel = nn.DataParallel(model)
    torch.save(parallel.state_dict(), folder / "parallel_state.pt")
    torch.save(parallel, folder / "parallel_module.pt")
    torch.save(torch.quantization.quantize_dynamic(model, {nn.Linear}, dtype=torch.qint8).state_dict(), folder / "quantized_model.pt")


def make_oddities(folder: Path) -> None:
    """Writes FOLDER anew. What this PyTorch cannot save is not among them: named tensors, complex32, sparse CSC."""
    folder.mkdir(parents=True)
    torch.manual_seed(11)
    model = nn.Sequential(OrderedDict(first=nn.Linear(4, 3), norm=nn.BatchNorm1d(3), last=nn.Linear(3, 2, bias=False)))
    groups = {
        "quantized": _quantized(),
        "sparse": _sparse(),
        "strided": _strided(),
        "complex": _complex(),
        "meta": _meta(),
        "extremes": _extremes(),
        "keys": _keys(),
        "storages": _storages(),
        "mixture": _mixture(model),
        "tuple": (torch.ones(2), torch.zeros(1)),
        "number": 3.5,
        "scalar": torch.tensor(3.5),
        "one_storage": torch.arange(6.0).storage(),
        "nothing": None,
    }
    for name, value in groups.items():
        torch.save(value, folder / f"{name}.pt")
    typed = {name: value for name, value in _storages().items() if name != "untyped"}
    for name, value in {**groups, "storages": typed}.items():
        if name in ("strided", "storages", "mixture", "quantized"):
            torch.save(value, folder / f"legacy_{name}.pt", _use_new_zipfile_serialization=False)
    for protocol in (1, 3, 4, 5):
        torch.save(groups["mixture"], folder / f"protocol_{protocol}.pt", pickle_protocol=protocol)
    torch.save(groups["mixture"], folder / "legacy_protocol_4.pt", pickle_protocol=4, _use_new_zipfile_serialization=False)
    in_memory = BytesIO()
    torch.save(groups["tuple"], in_memory)
    (folder / "from_memory.pt").write_bytes(in_memory.getvalue())
    _save_modules(folder, model)
    _save_programs(folder)
