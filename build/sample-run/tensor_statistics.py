"""Asks PyTorch for numbers about the elements of every tensor in a file, for the tests to compare with."""

import json
import warnings
from pathlib import Path
from typing import Any

import numpy
import torch

from tensor_tables import ENDINGS, load_file, walk_tensors

NAMES = ("count", "nan", "posinf", "neginf", "zeros", "min", "max", "mean", "std", "l2")


def _numbers(value: Any) -> torch.Tensor | None:
    """
    The elements in float64, the magnitudes of complex ones, what the integers of quantized ones stand for; null for a tensor whose elements do not
    stand side by side.
    """
    tensor = torch.from_numpy(numpy.ascontiguousarray(value)) if isinstance(value, numpy.ndarray) else value.detach()
    if tensor.layout != torch.strided or tensor.is_meta:
        return None
    if tensor.is_quantized:
        tensor = tensor.dequantize()
    return (tensor.abs() if tensor.is_complex() else tensor).to(torch.float64).flatten()


def _measure(numbers: torch.Tensor) -> list[float | None]:
    finite = numbers[torch.isfinite(numbers)]
    counts = (torch.isnan(numbers), torch.isposinf(numbers), torch.isneginf(numbers), numbers == 0)
    measures = [None] * 5
    if finite.numel() > 0:
        spread = finite.std(unbiased=False)
        measures = [float(one) for one in (finite.min(), finite.max(), finite.mean(), spread, finite.norm())]
    return [numbers.numel(), *(int(found.sum()) for found in counts), *measures]


def _table(path: Path) -> dict[str, list[float | None]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = {name: _numbers(value) for name, value in walk_tensors(load_file(path))}
    except Exception:  # torch.load raises a dozen unrelated classes for a broken file
        return {}
    return {name: _measure(numbers) for name, numbers in found.items() if numbers is not None}


def write_statistics(root: Path, target: Path) -> None:
    """Writes, for each file below `root` that can be loaded and each tensor, a line of numbers in the order of NAMES."""
    paths = sorted(path for path in root.rglob("*") if path.name.endswith(ENDINGS))
    lines = [
        f"{json.dumps(f'{path.relative_to(root).as_posix()}: {name}')}: {json.dumps(numbers)}"
        for path in paths
        for name, numbers in _table(path).items()
    ]
    target.write_text(f'{{"names": {json.dumps(NAMES)},\n"tensors": {{\n' + ",\n".join(lines) + "\n}}\n")
