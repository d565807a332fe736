"""Asks PyTorch what tensors are in a file, for the tests to compare with: name, type, shape, stride, offset."""

import json
import pickle
import warnings
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any, Iterator

import numpy
import torch
from torch import nn

ENDINGS = (".pt", ".pth", ".backup", ".tmp", ".pkl", ".zip")


def _describe(value: Any) -> str:
    """`float32 [24, 20] [20, 1] 0`; without stride and offset where a tensor has none."""
    if isinstance(value, numpy.ndarray):
        return f"{value.dtype.name} {list(value.shape)} {[step // value.itemsize for step in value.strides]} 0"
    kind = f"{str(value.dtype).removeprefix('torch.')} {list(value.shape)}"
    return f"{kind} {list(value.stride())} {value.storage_offset()}" if value.layout == torch.strided else kind


def _whole_storage(value: Any) -> torch.Tensor:
    """All elements of a storage; of one without a type its bytes."""
    dtype = value.dtype if isinstance(value, torch.storage.TypedStorage) else torch.uint8
    return torch.tensor([], dtype=dtype).set_(value)


def _walk_program(program: torch.jit.ScriptModule) -> Iterator[tuple[str, torch.Tensor]]:
    """The tensors that a program has under no name come after those that it has: in its code they are `CONSTANTS.c0`."""
    yield from program.state_dict().items()
    for name, constant in program.code_with_constants[1].const_mapping.items():
        if isinstance(constant, torch.Tensor):
            yield f"CONSTANTS.{name}", constant


def walk_tensors(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every tensor and array in what a file holds, by the path of keys that leads to it."""
    if isinstance(value, (torch.Tensor, numpy.ndarray)):
        yield ".".join(path), value
    elif isinstance(value, torch.storage.TypedStorage) or torch.is_storage(value):
        yield ".".join(path), _whole_storage(value)
    elif isinstance(value, torch.jit.ScriptModule):
        yield from ((".".join((*path, name)), tensor) for name, tensor in _walk_program(value))
    elif isinstance(value, nn.Module):
        yield from walk_tensors(value.state_dict(), path)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from walk_tensors(item, (*path, str(key)))
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from walk_tensors(item, (*path, str(index)))


def load_file(path: Path) -> Any:
    """What PyTorch, or pickle, makes of a file; of an SB3 zip, of each of its members."""
    if path.suffix == ".pkl":
        return pickle.loads(path.read_bytes())
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            members = [name for name in archive.namelist() if name.endswith(".pth")]
            return {name: torch.load(BytesIO(archive.read(name))) for name in members}
    return torch.load(path, map_location="cpu")


def _table(path: Path) -> dict[str, str] | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return {name: _describe(value) for name, value in walk_tensors(load_file(path))}
    except Exception:  # torch.load raises a dozen unrelated classes for a broken file
        return None


def write_tables(root: Path, target: Path) -> None:
    """Writes the tensors of each file below `root`, by its path relative to it; null for one that cannot be loaded."""
    paths = sorted(path for path in root.rglob("*") if path.name.endswith(ENDINGS))
    tables = {path.relative_to(root).as_posix(): _table(path) for path in paths}
    target.write_text(json.dumps(tables, indent=2) + "\n")
