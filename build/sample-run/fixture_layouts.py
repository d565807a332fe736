"""
Small folders as PyTorch Lightning, Sample Factory, CleanRL, Tianshou, Keras, flax and rl-baselines3-zoo leave them, with nothing of Cairn in them.

The frameworks are not needed: names and keys are those of their own sources, named at each function, and files of PyTorch are written by torch itself.

    python3 build/sample-run/fixture_layouts.py     writes e2e/fixtures/layouts
"""

import json
import shutil
import struct
import zipfile
from pathlib import Path

import torch
from fixture_parts import LAYOUTS, make_folder, make_tensors

def _lightning_checkpoint(epoch: int, step: int, best: str) -> dict:
    """`dump_checkpoint` of lightning/pytorch/trainer/connectors/checkpoint_connector.py; the state of lightning/pytorch/callbacks/model_checkpoint.py."""
    state = {
        "monitor": "val_loss",
        "best_model_score": torch.tensor(-0.25),
        "best_model_path": f"/home/somebody/lightning_logs/version_0/checkpoints/{best}",
        "current_score": torch.tensor(0.5),
        "dirpath": "/home/somebody/lightning_logs/version_0/checkpoints",
        "best_k_models": {},
        "kth_best_model_path": "",
        "kth_value": torch.tensor(0.5),
        "last_model_path": "",
    }
    key = (
        "ModelCheckpoint{'monitor': 'val_loss', 'mode': 'min', 'every_n_train_steps': 0, "
        "'every_n_epochs': 1, 'train_time_interval': None}"
    )
    return {
        "epoch": epoch,
        "global_step": step,
        "pytorch-lightning_version": "2.4.0",
        "state_dict": make_tensors(epoch),
        "loops": {},
        "callbacks": {key: state},
        "optimizer_states": [],
        "lr_schedulers": [],
        "hparams_name": "kwargs",
        "hyper_parameters": {"lr": 0.001},
    }


def make_lightning(folder: Path) -> None:
    """`lightning_logs/version_n/checkpoints/epoch=E-step=S[-metric=V].ckpt`, and `last.ckpt` as a copy."""
    checkpoints = make_folder(folder / "version_0" / "checkpoints")
    best = "epoch=1-step=20-val_loss=-0.25.ckpt"
    names = {
        "epoch=0-step=10-val_loss=0.50.ckpt": (0, 10),
        best: (1, 20),
        "epoch=1-step=20-val_loss=-0.25-v1.ckpt": (1, 20),
        "epoch=2-step=30-val_loss=nan.ckpt": (2, 30),
        "epoch=3-step=40-val_loss=1e-05.ckpt": (3, 40),
        "hpc_ckpt_1.ckpt": (3, 40),
    }
    for name, (epoch, step) in names.items():
        torch.save(_lightning_checkpoint(epoch, step, best), checkpoints / name)
    shutil.copy(checkpoints / "epoch=3-step=40-val_loss=1e-05.ckpt", checkpoints / "last.ckpt")
    (folder / "version_0" / "hparams.yaml").write_text("lr: 0.001\n")


def _save_policy(path: Path, train_step: int, env_steps: int) -> None:
    """`_get_checkpoint_dict` of sample_factory/algo/learning/learner.py."""
    told = {
        "train_step": train_step,
        "env_steps": env_steps,
        "best_performance": 12.5,
        "model": make_tensors(train_step),
        "optimizer": {"state": {}, "param_groups": []},
        "curr_lr": 0.0001,
    }
    torch.save(told, path)


def make_sample_factory_policies(folder: Path) -> None:
    """Several policies of one population, each with a best and a newest of its own: sample_factory/algo/learning/learner.py, get_checkpoints."""
    for number, reward in ((0, "1.500"), (1, "-2.250")):
        policy = make_folder(folder / f"checkpoint_p{number}")
        _save_policy(policy / "checkpoint_000000978_4005888.pth", 978, 4005888)
        _save_policy(policy / "checkpoint_000001956_8011776.pth", 1956, 8011776)
        _save_policy(policy / f"best_000001500_6144000_reward_{reward}.pth", 1500, 6144000)
    (folder / "config.json").write_text(json.dumps({"env": "doom_duel", "num_policies": 2, "with_pbt": True}))


def make_sample_factory(folder: Path) -> None:
    """`_save_impl` and `save_milestone` of sample_factory/algo/learning/learner.py."""
    policy = make_folder(folder / "checkpoint_p0")
    milestones = make_folder(policy / "milestones")
    _save_policy(policy / "checkpoint_000000978_4005888.pth", 978, 4005888)
    _save_policy(policy / "checkpoint_000001956_8011776.pth", 1956, 8011776)
    _save_policy(policy / "best_000001500_6144000_reward_-12.500.pth", 1500, 6144000)
    _save_policy(milestones / "checkpoint_000000978_4005888.pth", 978, 4005888)
    (policy / "checkpoint_temp").write_bytes(b"PK\x03\x04 half a save")
    (folder / "config.json").write_text(json.dumps({"env": "doom_basic", "train_for_env_steps": 10000000}))


def _msgpack(value: object) -> bytes:
    """`flax.serialization.msgpack_serialize`: maps, and arrays as extension 1 of (shape, type, bytes). flax/serialization.py, msgpack/spec.md"""
    if isinstance(value, dict):
        return bytes([0x80 + len(value)]) + b"".join(_msgpack(part) for pair in value.items() for part in pair)
    if isinstance(value, str):
        return bytes([0xA0 + len(value)]) + value.encode()
    if isinstance(value, int):
        return b"\xcd" + struct.pack(">H", value)
    array = value.numpy()
    shape = bytes([0x90 + array.ndim, *array.shape])
    content = array.tobytes()
    told = b"\x93" + shape + _msgpack(str(array.dtype)) + b"\xc4" + bytes([len(content)]) + content
    return b"\xc7" + bytes([len(told), 1]) + told


def make_flax(folder: Path) -> None:
    """`save_checkpoint` of flax/training/checkpoints.py, and what it leaves when it is interrupted."""
    make_folder(folder)
    for step in (100, 200, 1000):
        (folder / f"checkpoint_{step}").write_bytes(_msgpack({"step": step, "params": make_tensors(step)}))
    (folder / "checkpoint_1100tmp").write_bytes(b"\x82\xa4st")


def make_cleanrl(folder: Path) -> None:
    """`model_path = f"runs/{run_name}/{args.exp_name}.cleanrl_model"` of cleanrl/ppo.py: a state dict; of others, a tuple of them."""
    torch.save(make_tensors(1), make_folder(folder / "CartPole-v1__ppo__1__1700000000") / "ppo.cleanrl_model")
    path = make_folder(folder / "Hopper-v4__ddpg_continuous_action__1__1700000001") / "ddpg_continuous_action.cleanrl_model"
    torch.save((make_tensors(1), make_tensors(2)), path)
    path = make_folder(folder / "CartPole-v1__dqn_jax__1__1700000002") / "dqn_jax.cleanrl_model"
    path.write_bytes(_msgpack({"params": make_tensors(1)}))


def make_tianshou(folder: Path) -> None:
    """`save_best_fn` and `save_checkpoint_fn` of examples/mujoco and test/discrete of Tianshou."""
    log = make_folder(folder / "sac")
    torch.save(make_tensors(3), log / "policy.pth")
    for epoch in (1, 2, 10):
        torch.save({"model": make_tensors(epoch), "optim": {"state": {}, "param_groups": []}}, log / f"checkpoint_{epoch}.pth")


def _hdf5() -> bytes:
    """A superblock of version 2 with nothing behind it, its end of file told right. HDF5 File Format Specification, II.A"""
    return b"\x89HDF\r\n\x1a\n" + bytes([2, 8, 8, 0]) + struct.pack("<QQQQ", 0, 2**64 - 1, 48, 2**64 - 1) + bytes(4)


def _write_keras(path: Path) -> None:
    """`_save_model_to_fileobj` of keras/src/saving/saving_lib.py, the weights an HDF5 file of the fixtures."""
    config = {"module": "keras", "class_name": "Sequential", "config": {"layers": []}, "registered_name": None}
    told = {"keras_version": "3.5.0", "date_saved": "2024-10-01@12:00:00"}
    with zipfile.ZipFile(path, "w") as target:
        target.writestr(zipfile.ZipInfo("metadata.json"), json.dumps(told))
        target.writestr(zipfile.ZipInfo("config.json"), json.dumps(config))
        target.writestr(zipfile.ZipInfo("model.weights.h5"), _hdf5())


def make_keras(folder: Path) -> None:
    """Names as the documentation of keras.callbacks.ModelCheckpoint has them."""
    make_folder(folder)
    for name in ("model.01-0.52.keras", "model.02--0.31.keras", "model.10-nan.keras"):
        _write_keras(folder / name)
    for name in ("cp-0005.weights.h5", "weights.03-0.47.h5", "observations.h5"):
        (folder / name).write_bytes(_hdf5())


def make_zoo(folder: Path) -> None:
    """`save_trained_model` and the callbacks of rl_zoo3/exp_manager.py."""
    run = make_folder(folder / "CartPole-v1_1")
    told = make_folder(run / "CartPole-v1")
    for name in ("CartPole-v1.zip", "best_model.zip", "rl_model_10000_steps.zip"):
        shutil.copy(LAYOUTS.parent / "sb3-run" / "rl_model_10000_steps.zip", run / name)
    (told / "config.yml").write_text("!!python/object/apply:collections.OrderedDict\n- - - n_envs\n    - 1\n")
    (told / "args.yml").write_text("!!python/object/apply:collections.OrderedDict\n- - - algo\n    - ppo\n")


def main() -> None:
    torch.set_num_threads(1)
    shutil.rmtree(LAYOUTS, ignore_errors=True)
    make_lightning(LAYOUTS / "lightning_logs")
    make_sample_factory(LAYOUTS / "sample-factory")
    make_sample_factory_policies(LAYOUTS / "sample-factory-policies")
    make_cleanrl(LAYOUTS / "cleanrl")
    make_tianshou(LAYOUTS / "tianshou")
    make_flax(LAYOUTS / "flax")
    make_keras(LAYOUTS / "keras")
    make_zoo(LAYOUTS / "rl-zoo")


if __name__ == "__main__":
    main()
