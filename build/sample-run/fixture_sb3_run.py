"""
A folder as stable-baselines3's CheckpointCallback and EvalCallback leave it, with nothing of Cairn in it.

stable-baselines3 itself is not needed: models are `formats/sb3.zip`, saved at another step; `evaluations.npz` is written by numpy as EvalCallback does
(stable_baselines3/common/callbacks.py), and what numpy finds in it is the truth that tests compare with.

    python3 build/sample-run/fixture_sb3_run.py     writes e2e/fixtures/sb3-run and e2e/fixtures/sb3-run.expected.json
"""

import json
import pickle
import shutil
import zipfile
from functools import reduce
from operator import add
from pathlib import Path

import numpy as np

FIXTURES = Path(__file__).resolve().parents[2] / "e2e" / "fixtures"
SAVED = [10_000, 15_000, 20_000, 30_000, 40_000]
EVALUATED = [10_000, 20_000, 30_000, 40_000]
EPISODES = 10
#: They tie, and the first one wins; to who adds numbers up one by one, the second is the larger.
TIED = (1, 2)


def _save_model(path: Path, steps: int) -> None:
    with zipfile.ZipFile(FIXTURES / "formats" / "sb3.zip") as source, zipfile.ZipFile(path, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "data":
                content = json.dumps({**json.loads(content), "num_timesteps": steps}, indent=4).encode()
            target.writestr(zipfile.ZipInfo(member.filename), content)


def _episodes() -> tuple[list[list[float]], list[list[int]]]:
    random = np.random.default_rng(7)
    rewards = [list(random.normal(mean, 20, EPISODES)) for mean in (100, 250, 0, 180)]
    first = rewards[TIED[0]]
    while not (np.mean(rewards[TIED[1]]) == np.mean(first) and reduce(add, rewards[TIED[1]]) > reduce(add, first)):
        rewards[TIED[1]] = list(random.permutation(first))
    lengths = [[int(length) for length in random.integers(50, 500, EPISODES)] for _ in EVALUATED]
    return rewards, lengths


def main() -> None:
    folder = FIXTURES / "sb3-run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for steps in SAVED:
        _save_model(folder / f"rl_model_{steps}_steps.zip", steps)
        for companion in ("vecnormalize", "replay_buffer"):
            (folder / f"rl_model_{companion}_{steps}_steps.pkl").write_bytes(pickle.dumps({companion: steps}))
    rewards, lengths = _episodes()
    np.savez(folder / "evaluations.npz", timesteps=EVALUATED, results=rewards, ep_lengths=lengths)
    means = [float(np.mean(row)) for row in rewards]
    _save_model(folder / "best_model.zip", EVALUATED[int(np.argmax(means))])
    expected = {
        "best": EVALUATED[int(np.argmax(means))],
        "evaluations": [
            {"step": step, "mean": mean, "std": float(np.std(row)), "length": float(np.mean(own))}
            for step, mean, row, own in zip(EVALUATED, means, rewards, lengths, strict=True)
        ],
    }
    (FIXTURES / "sb3-run.expected.json").write_text(json.dumps(expected, indent=2) + "\n")


if __name__ == "__main__":
    main()
