"""
A folder as stable-baselines3's CheckpointCallback and EvalCallback leave it, with nothing of Cairn in it.

stable-baselines3 itself is not needed: models are `formats/sb3.zip`, saved at another step; companions are pickles of classes that bear the names
and have the attributes of its own (common/vec_env/vec_normalize.py, common/buffers.py); `evaluations.npz` is written by numpy as EvalCallback does
(stable_baselines3/common/callbacks.py), and what numpy finds in it is the truth that tests compare with.

    python3 build/sample-run/fixture_sb3_run.py     writes e2e/fixtures/sb3-run and e2e/fixtures/sb3-run.expected.json
"""

import base64
import json
import pickle
import shutil
import sys
import types
import zipfile
from functools import reduce
from operator import add
from pathlib import Path

import numpy as np

FIXTURES = Path(__file__).resolve().parents[2] / "e2e" / "fixtures"
SAVED = [10_000, 15_000, 20_000, 30_000, 40_000]
EVALUATED = [10_000, 20_000, 30_000, 40_000]
EPISODES = 10
ENVIRONMENTS = 4
SHAPE = (4,)
#: They tie, and the first one wins; to who adds numbers up one by one, the second is the larger.
TIED = (1, 2)


def _instance(module: str, name: str, **state: object) -> object:
    """An object that pickles as one of that class."""
    whole = ""
    for part in module.split("."):
        whole = f"{whole}.{part}" if whole else part
        sys.modules.setdefault(whole, types.ModuleType(whole))
    if not hasattr(sys.modules[module], name):
        setattr(sys.modules[module], name, type(name, (), {"__module__": module}))
    instance = getattr(sys.modules[module], name)()
    instance.__dict__.update(state)
    return instance


def _space(shape: tuple[int, ...]) -> object:
    limit = np.full(shape, np.inf, np.float32)
    return _instance(
        "gymnasium.spaces.box", "Box", dtype=np.dtype("float32"), _shape=shape, low=-limit, high=limit, _np_random=None
    )


def _running(shape: tuple[int, ...], count: float) -> object:
    mean_std = ("stable_baselines3.common.running_mean_std", "RunningMeanStd")
    return _instance(*mean_std, mean=np.zeros(shape), var=np.ones(shape), count=count)


def _statistics(steps: int, shape: tuple[int, ...] = SHAPE) -> bytes:
    """As `VecNormalize.save` writes them: one observation of each environment at a reset, and at each step."""
    statistics = _instance(
        "stable_baselines3.common.vec_env.vec_normalize",
        "VecNormalize",
        num_envs=ENVIRONMENTS,
        observation_space=_space(shape),
        norm_obs=True,
        obs_spaces=None,
        obs_rms=_running(shape, steps + ENVIRONMENTS + 1e-4),
        ret_rms=_running((), steps + 1e-4),
        clip_obs=10.0,
        gamma=0.99,
        training=True,
        norm_reward=True,
        old_obs=np.zeros((ENVIRONMENTS, *shape), np.float32),
    )
    return pickle.dumps(statistics)


def _buffer(steps: int, shape: tuple[int, ...] = SHAPE, places: int = 25_000) -> bytes:
    """As `save_to_pkl` writes a replay buffer, with arrays of one place: they are what is never read."""
    taken = steps // ENVIRONMENTS - 1
    buffer = _instance(
        "stable_baselines3.common.buffers",
        "ReplayBuffer",
        buffer_size=places,
        observation_space=_space(shape),
        obs_shape=shape,
        action_dim=1,
        pos=taken % places,
        full=taken >= places,
        n_envs=ENVIRONMENTS,
        observations=np.zeros((1, ENVIRONMENTS, *shape), np.float32),
        rewards=np.zeros((1, ENVIRONMENTS), np.float32),
    )
    return pickle.dumps(buffer, protocol=pickle.HIGHEST_PROTOCOL)


def _save_model(path: Path, steps: int) -> None:
    with zipfile.ZipFile(FIXTURES / "formats" / "sb3.zip") as source, zipfile.ZipFile(path, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "data":
                space = {
                    ":type:": "<class 'gymnasium.spaces.box.Box'>",
                    ":serialized:": base64.b64encode(pickle.dumps(_space(SHAPE))).decode(),
                    "dtype": "float32",
                    "_shape": list(SHAPE),
                    "_np_random": None,
                }
                own = {"num_timesteps": steps, "n_envs": ENVIRONMENTS, "observation_space": space}
                content = json.dumps({**json.loads(content), **own}, indent=4).encode()
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
        for companion, write in (("vecnormalize", _statistics), ("replay_buffer", _buffer)):
            (folder / f"rl_model_{companion}_{steps}_steps.pkl").write_bytes(write(steps))
    others = FIXTURES / "sb3-others"
    others.mkdir(exist_ok=True)
    for companion, write in (("vecnormalize", _statistics), ("replay_buffer", _buffer)):
        (others / f"{companion}_of_3.pkl").write_bytes(write(20_000, (3,)))
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
