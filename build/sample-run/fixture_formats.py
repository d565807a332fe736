"""Files of every kind that `cairn inspect` reads: types of elements, views, streams, archives in archives."""

import argparse
import base64
import json
import pickle
import zipfile
from collections import deque
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy
import torch
from torch import nn

DTYPES = ("float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool", "complex64")


def _dtypes() -> dict[str, torch.Tensor]:
    tensors = {name: torch.arange(6).reshape(2, 3).to(getattr(torch, name)) for name in DTYPES}
    sparse = torch.sparse_coo_tensor([[0, 2], [1, 0]], [1.5, -2.0], (3, 3))
    return {
        **tensors,
        "scalar": torch.tensor(7.0),
        "empty": torch.empty(0, 4),
        "parameter": nn.Parameter(torch.ones(2)),
        "sparse": sparse,
        "quantized": torch.quantize_per_tensor(torch.tensor([0.1, -0.2]), 0.1, 0, torch.qint8),
    }


def _views() -> dict[str, torch.Tensor]:
    base = torch.arange(100.0).reshape(10, 10)
    return {
        "base": base,
        "tied": base,
        "rows": base[2:4],
        "transposed": base.t(),
        "every_other": base[:, ::2],
        "expanded": torch.ones(1).expand(1000, 1000),
    }


def _arrays() -> dict[str, Any]:
    return {
        "c": numpy.arange(6.0).reshape(2, 3),
        "fortran": numpy.asfortranarray(numpy.arange(6, dtype="int32").reshape(2, 3)),
        "big": numpy.arange(3, dtype=">f4"),
        "state": {"count": numpy.float64(1e-4), "steps": numpy.int64(7)},
    }


def _plain(model: nn.Module) -> dict[str, Any]:
    return {
        "epoch": 3,
        "global_step": 1200,
        "args": argparse.Namespace(lr=3e-4, layers=[8, 8], resume=Path("runs/a")),
        "recent": deque([1.0, float("nan"), float("-inf")], maxlen=3),
        "seed": 2**60 + 1,
        "state_dict": model.state_dict(),
    }


def _serialized(value: Any, **attributes: Any) -> dict[str, Any]:
    pickled = base64.b64encode(pickle.dumps(value)).decode()
    return {":type:": str(type(value)), ":serialized:": pickled, **attributes}


def _stable_baselines(path: Path, model: nn.Module) -> None:
    """What stable-baselines3 writes, members and all; cloudpickle's part is done by pickle."""
    optimizer = torch.optim.Adam(model.parameters(), lr=7e-4)
    model(torch.ones(4)).sum().backward()
    optimizer.step()
    data = {
        "policy_class": _serialized(nn.Linear, __module__="torch.nn"),
        "num_timesteps": 40960,
        "_n_updates": 160,
        "start_time": 1740994200000000000,
        "learning_rate": 7e-4,
        "ep_info_buffer": _serialized(deque([{"r": 1.5, "l": 600}])),
    }
    states = {"pytorch_variables": None, "policy": model.state_dict(), "policy.optimizer": optimizer.state_dict()}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data", json.dumps(data, indent=4))
        for name, state in states.items():
            member = BytesIO()
            torch.save(state, member, _use_new_zipfile_serialization=name != "policy.optimizer")
            archive.writestr(f"{name}.pth", member.getvalue())
        archive.writestr("_stable_baselines3_version", "2.3.2")


def make_formats(folder: Path) -> None:
    folder.mkdir(parents=True)
    torch.manual_seed(9)
    model = nn.Linear(4, 2)
    torch.save(_dtypes(), folder / "dtypes.pt")
    torch.save(_views(), folder / "views.pt")
    torch.save(_views(), folder / "legacy_views.pt", _use_new_zipfile_serialization=False)
    torch.save(model, folder / "legacy_module.pt", _use_new_zipfile_serialization=False)
    torch.save(_plain(model), folder / "plain.pt")
    torch.save(model.weight, folder / "one_tensor.pt")
    torch.jit.save(torch.jit.script(model), folder / "script.pt")
    for protocol in (2, 5):
        (folder / f"arrays_{protocol}.pkl").write_bytes(pickle.dumps(_arrays(), protocol))
    for protocol in (2, 4):
        (folder / f"tensors_{protocol}.pkl").write_bytes(pickle.dumps(_views(), protocol))
    _stable_baselines(folder / "sb3.zip", model)
