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


def _describe(value: Any) -> str | None:
    """`float32 [24, 20] [20, 1] 0`; without stride and offset where a tensor has none. Null for what is no tensor."""
    if isinstance(value, numpy.ndarray):
        return f"{value.dtype.name} {list(value.shape)} {[step // value.itemsize for step in value.strides]} 0"
    if not isinstance(value, torch.Tensor):
        return None
    kind = f"{str(value.dtype).removeprefix('torch.')} {list(value.shape)}"
    return kind if value.is_sparse else f"{kind} {list(value.stride())} {value.storage_offset()}"


def _walk(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    described = _describe(value)
    if described is not None:
        yield ".".join(path), described
    elif isinstance(value, nn.Module):
        yield from _walk(value.state_dict(), path)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, (*path, str(key)))
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from _walk(item, (*path, str(index)))


def _load(path: Path) -> Any:
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
            return dict(_walk(_load(path), ()))
    except Exception:  # torch.load raises a dozen unrelated classes for a broken file
        return None


def write_tables(root: Path, target: Path) -> None:
    """Writes the tensors of each file below `root`, by its path relative to it; null for one that cannot be loaded."""
    paths = sorted(path for path in root.rglob("*") if path.name.endswith(ENDINGS))
    tables = {path.relative_to(root).as_posix(): _table(path) for path in paths}
    target.write_text(json.dumps(tables, indent=2) + "\n")
