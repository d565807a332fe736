"""Writes run folders as the reference ModelManager does: names, sidecars, contents, and its way of saving."""

import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import torch

CHECKPOINT_VERSION = "2.0"


@dataclass
class ModelMetadata:
    """The sidecar of generation "typed"; the order of the fields is the order of the keys."""

    version: int
    timestamp: str
    reward: float
    symbol: str | None = None
    day_quality: float | None = None
    episode_count: int = 0
    update_count: int = 0
    model_class: str | None = None
    model_config: dict | None = None
    metrics: dict = field(default_factory=dict)
    evaluation_results: dict | None = None
    file_path: str | None = None
    file_size_bytes: int | None = None
    checksum: str | None = None
    training_config: dict | None = None
    notes: str | None = None
    tags: list[str] = field(default_factory=list)


def model_name(version: int, reward: float, moment: datetime, padding: int = 4) -> str:
    """`model_v0007_reward0.9500_20240101_123000.pt`; a minus sign is written as `n`."""
    signed = f"{reward:.4f}".replace("-", "n")
    return f"model_v{version:0{padding}d}_reward{signed}_{moment:%Y%m%d_%H%M%S}.pt"


def typed_contents(model: dict, optimizer: dict | None, training_state: dict, metadata: ModelMetadata) -> dict:
    """What generation "typed" puts into the file; size and checksum are not known yet."""
    return {
        "model_state_dict": model,
        "optimizer_state_dict": optimizer,
        "training_state": training_state,
        "metadata": asdict(metadata),
        "checkpoint_version": CHECKPOINT_VERSION,
    }


def set_modified(path: Path, moment: datetime) -> None:
    """Gives a file the time at which the trainer would have written it (its clock was on UTC)."""
    seconds = moment.replace(tzinfo=timezone.utc).timestamp()
    os.utime(path, (seconds, seconds))


def save_model(run: Path, path: Path, contents: Any, moment: datetime) -> Path:
    """`torch.save` into temp/NAME.tmp, then a move into place; what was there before becomes NAME.backup."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = run / "temp" / f"{path.name}.tmp"
    unfinished.parent.mkdir(exist_ok=True)
    torch.save(contents, unfinished)
    if path.exists():
        shutil.copy2(path, f"{path}.backup")
    shutil.move(unfinished, path)
    set_modified(path, moment)
    return path


def write_sidecar(path: Path, sidecar: Any, moment: datetime) -> Path:
    """Python's own JSON, with its bare NaN and Infinity."""
    path.write_text(json.dumps(sidecar, indent=2))
    set_modified(path, moment)
    return path
