"""Trains the sample run and writes it down: `make_run.py FOLDER` makes FOLDER/run, FOLDER/expected.json and
FOLDER/tensors.json.

README.md beside this file tells what is in the run and what is broken in it on purpose.
"""

import json
import math
import shutil
import sys
from datetime import datetime
from pathlib import Path

import torch

from damage import flip_bit, tear
from reference_run import set_modified, write_sidecar
from tensor_tables import write_tables
from torch_verdicts import write_verdicts
from trainer import EVALUATIONS, QUOTE_GAP, Trainer, moment_of

UNTRAINED = 0
NO_SIDECAR = 2
BROKEN_SIDECAR = 4


def annotate(model: Path, notes: str, *tags: str) -> None:
    """A remark that a person added later: it is in the sidecar alone."""
    sidecar = model.with_suffix(".json")
    metadata = json.loads(sidecar.read_text())
    moment = datetime.fromisoformat(metadata["timestamp"])
    write_sidecar(sidecar, {**metadata, "notes": notes, "tags": list(tags)}, moment)


def rank(models: list[Path], metric: str) -> list[Path]:
    """The models, best first; NaN last."""

    def value(model: Path) -> float:
        number = json.loads(model.with_suffix(".json").read_text())["metrics"][metric]
        return number if math.isfinite(number) else -math.inf

    return sorted(models, key=value, reverse=True)


def fail_the_power(trainer: Trainer) -> dict[Path, str]:
    """The last checkpoint had not reached the disk yet, and the next best model was half way through temp/."""
    unfinished = trainer.save_one_more()
    unfinished.with_suffix(".json").unlink()
    leftover = trainer.run / "temp" / f"{unfinished.name}.tmp"
    shutil.move(unfinished, leftover)
    tear(leftover, 0.4)
    tear(trainer.steps[-1], 0.6)
    return {
        leftover: "leftover: the first 40 % of a save that the power cut ended",
        trainer.steps[-1]: "torn: the last 40 % is missing; the sidecar has the size and checksum of the whole",
    }


def break_sidecars(models: dict[int, Path]) -> dict[Path, str]:
    """Two that crashes between a model and its sidecar left behind."""
    models[NO_SIDECAR].with_suffix(".json").unlink()
    sidecar = models[BROKEN_SIDECAR].with_suffix(".json")
    tear(sidecar, 0.45)
    return {models[NO_SIDECAR]: "no sidecar", models[BROKEN_SIDECAR]: "its sidecar stops in the middle"}


def tell_the_story(trainer: Trainer) -> dict[Path, str]:
    """Adds the remarks and does the damage; gives a note on each file worth one."""
    models = trainer.best_models
    by_sharpe = rank(list(models.values()), "sharpe")[0]
    rotten = next(model for model in rank(list(models.values()), "mean_reward") if model != by_sharpe)
    annotate(models[UNTRAINED], "Before the first update: what an untrained policy earns.", "baseline")
    annotate(models[QUOTE_GAP], "The quote feed had a gap on day 100: these numbers mean nothing.", "bad-data")
    annotate(by_sharpe, "Highest Sharpe so far: the candidate for paper trading.", "candidate", "paper-trading")
    flip_bit(rotten)
    return {
        **fail_the_power(trainer),
        **break_sidecars(models),
        by_sharpe: "best by sharpe",
        rotten: "mismatch: one flipped bit inside a tensor, which torch does not notice",
        models[QUOTE_GAP]: "reward and most metrics are NaN",
        models[EVALUATIONS - 1]: "newest intact version",
        trainer.run / "checkpoints/checkpoint.pt": "no sidecar, as the reference leaves it",
        trainer.run / "checkpoints/checkpoint.pt.backup": "what checkpoint.pt was before its last overwrite",
    }


def main(folder: Path) -> None:
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    run = folder / "run"
    shutil.copytree(Path(__file__).parent / "hydra", run / ".hydra")
    for part in run.glob(".hydra/*"):
        set_modified(part, moment_of(-1))
    trainer = Trainer(run)
    trainer.train()
    notes = tell_the_story(trainer)
    write_verdicts(run, folder / "expected.json", notes)
    write_tables(run, folder / "tensors.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
