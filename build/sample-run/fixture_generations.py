"""One small run for each generation of the reference."""

import hashlib
import json
import math
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from damage import tear
from reference_run import model_name, save_model, set_modified, typed_contents, write_sidecar
from tiny_model import BEYOND_DOUBLE, learn, legacy_contents, moment_of, training_state, typed_metadata

HOME = "/home/someone/outputs/2024-01-01"


def save_typed(run: Path, version: int, reward: float, zone: str = "", **unknown: Any) -> Path:
    """A best model with its sidecar; `zone` is added to the timestamp, `unknown` to the keys of the sidecar.

    The first version was saved without its optimizer.
    """
    moment = moment_of(version)
    metadata = typed_metadata(version, reward, moment.isoformat() + zone)
    path = run / "best_models" / model_name(version, reward, moment)
    model, optimizer = learn(version)
    optimizer = None if version == 1 else optimizer
    contents = typed_contents(model, optimizer, training_state(version, reward), metadata)
    written = save_model(run, path, contents, moment).read_bytes()
    metadata.file_path = f"{HOME}/{path.name}"
    metadata.file_size_bytes, metadata.checksum = len(written), hashlib.sha256(written).hexdigest()
    write_sidecar(path.with_suffix(".json"), {**vars(metadata), **unknown}, moment)
    return path


def make_typed(run: Path) -> dict[Path, str]:
    shutil.copytree(Path(__file__).parent / "hydra-fixture", run / ".hydra")
    save_typed(run, 1, 0.12)
    negative = save_typed(run, 2, -0.25)
    tie = save_typed(run, 3, 0.9)
    save_typed(run, 4, 0.9)
    git = {"commit": "abc", "dirty": False}
    unknown = save_typed(run, 5, 0.31, zone=".250000+02:00", run_id=BEYOND_DOUBLE, git=git)
    not_a_number = save_typed(run, 6, math.nan)
    resume = run / "checkpoints/checkpoint.pt"
    for save, best_reward in ((7, -math.inf), (8, 0.9)):
        metadata = typed_metadata(0, 0.5, moment_of(save).isoformat())
        contents = typed_contents(*learn(save), training_state(save, best_reward), metadata)
        save_model(run, resume, contents, moment_of(save))
    half = run / "temp" / f"{model_name(9, 0.1, moment_of(9))}.tmp"
    shutil.copy2(tie, half)
    tear(half, 0.5)
    set_modified(half, moment_of(9))
    return {
        negative: "negative reward: n in the name",
        tie: "the same reward as v0004",
        unknown: "date with an offset; unknown keys; an integer beyond 2^53",
        not_a_number: "NaN reward",
        resume: "best_reward 0.9",
        Path(f"{resume}.backup"): "best_reward -Infinity",
        half: "half a save",
    }


def save_simple(run: Path, version: int, reward: float, profit: float = 1.0) -> Path:
    moment = moment_of(version)
    path = run / "best_models" / model_name(version, reward, moment)
    save_model(run, path, legacy_contents(version, reward, moment), moment)
    sidecar = {
        "version": version,
        "timestamp": f"{moment:%Y%m%d_%H%M%S}",
        "reward": reward,
        "metrics": {"mean_reward": reward, "sharpe": reward, "profit": profit},
        "source": "outputs/tmp/model.pt",
        "file_size": path.stat().st_size,
    }
    write_sidecar(path.with_suffix(".json"), sidecar, moment)
    return path


def make_simple(run: Path) -> dict[Path, str]:
    save_simple(run, 1, 0.4)
    save_simple(run, 2, 0.2)
    infinite = save_simple(run, 3, 0.6, profit=math.inf)
    negative = save_simple(run, 4, -1.5)
    save_model(run, run / "checkpoints/checkpoint.pt", legacy_contents(4, -1.5, moment_of(4)), moment_of(4))
    (run / "temp").rmdir()
    return {infinite: "its profit is Infinity", negative: "negative reward: n in the name"}


def save_oldest(run: Path, version: int, reward: float, moment: datetime, sidecar: bool = True) -> Path:
    path = run / "best_models" / model_name(version, reward, moment, padding=1)
    save_model(run, path, legacy_contents(version, reward, moment), moment)
    if sidecar:
        written = f"{moment:%Y%m%d_%H%M%S}"
        metadata = {"version": version, "timestamp": written, "reward": reward, "metrics": {}, "source": "x.pt"}
        target = path.with_name(f"{path.stem}_meta.json")
        target.write_text(json.dumps(metadata))
        set_modified(target, moment)
    return path


def make_oldest(run: Path) -> dict[Path, str]:
    save_oldest(run, 1, 0.1, moment_of(1))
    save_oldest(run, 2, 0.35, moment_of(2))
    bare = save_oldest(run, 10, 0.3, moment_of(10), sidecar=False)
    many = save_oldest(run, 10000, 0.2, moment_of(0))
    save_model(run, run / "checkpoint.pt", legacy_contents(4, -1.5, moment_of(4)), moment_of(4))
    (run / "temp").rmdir()
    return {bare: "no sidecar", many: "five digits", run / "checkpoint.pt": "the resume file of that generation"}
