"""
Small runs whose versions are folders, as the Trainer of Hugging Face and others leave them, with nothing of Cairn in them.

The frameworks are not needed: names and keys are those of their own sources, named at each function, and files of PyTorch are written by torch itself.

    python3 build/sample-run/fixture_folders.py     writes those folders of e2e/fixtures/layouts
"""

import json
import pickle
import shutil
from pathlib import Path

import torch
from fixture_indexes import write_tensorflow
from fixture_parts import LAYOUTS, make_folder, make_tensors, write_safetensors

def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, sort_keys=True) + "\n")


def _trainer_state(step: int, losses: dict[int, float]) -> dict:
    """`TrainerState` of transformers/trainer_callback.py; the best one is named by a path of the machine that trained it."""
    best = min((at for at in losses if at <= step), key=lambda at: losses[at])
    history: list[dict] = []
    for at in sorted(at for at in losses if at <= step):
        history.append({"epoch": at / 500, "loss": losses[at] + 0.5, "step": at})
        history.append({"epoch": at / 500, "eval_loss": losses[at], "step": at})
    return {
        "best_metric": losses[best],
        "best_model_checkpoint": f"/home/somebody/out/checkpoint-{best}",
        "epoch": step / 500,
        "global_step": step,
        "log_history": history,
        "max_steps": 1500,
    }


def _save_rest(folder: Path, step: int, losses: dict[int, float]) -> None:
    """What `_save_checkpoint` of transformers/trainer.py saves beside the weights."""
    _write_json(folder / "config.json", {"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2"})
    torch.save({"state": {}, "param_groups": []}, folder / "optimizer.pt")
    torch.save({"last_epoch": step}, folder / "scheduler.pt")
    torch.save({"cpu": torch.zeros(8, dtype=torch.uint8)}, folder / "rng_state.pth")
    _write_json(folder / "trainer_state.json", _trainer_state(step, losses))


def make_huggingface(folder: Path) -> None:
    """`checkpoint-{global_step}`: in one file, in shards of which one is missing, of PyTorch, and one that was not finished."""
    losses = {500: 0.75, 1000: 0.25, 1500: 0.5}
    one = make_folder(folder / "checkpoint-500")
    write_safetensors(one / "model.safetensors", make_tensors(500))
    _save_rest(one, 500, losses)
    sharded = make_folder(folder / "checkpoint-1000")
    tensors = make_tensors(1000)
    write_safetensors(sharded / "model-00001-of-00002.safetensors", {"net.weight": tensors["net.weight"]})
    write_safetensors(sharded / "model-00002-of-00002.safetensors", {"net.bias": tensors["net.bias"]})
    shards = {"net.weight": "model-00001-of-00002.safetensors", "net.bias": "model-00002-of-00002.safetensors"}
    _write_json(sharded / "model.safetensors.index.json", {"metadata": {"total_size": 32}, "weight_map": shards})
    _save_rest(sharded, 1000, losses)
    torn = folder / "checkpoint-1250"
    shutil.copytree(sharded, torn)
    (torn / "model-00002-of-00002.safetensors").unlink()
    old = make_folder(folder / "checkpoint-1500")
    torch.save(make_tensors(1500), old / "pytorch_model.bin")
    _save_rest(old, 1500, losses)
    unfinished = make_folder(folder / "checkpoint-2000")
    write_safetensors(unfinished / "model.safetensors", make_tensors(2000))
    torch.save({"output_dir": "out"}, unfinished / "training_args.bin")
    begun = make_folder(folder / "tmp-checkpoint-2500")
    write_safetensors(begun / "model.safetensors", make_tensors(2500))


def make_huggingface_retrained(folder: Path) -> None:
    """Two trainings into one `output_dir`: the second has not come as far as the first, whose checkpoints beyond are still there."""
    first = {500: 1.0, 1000: 0.5, 1500: 0.25, 2000: 0.75}
    second = {500: 0.75, 1000: 0.125}
    for step, losses in ((500, second), (1000, second), (1500, first), (2000, first)):
        own = make_folder(folder / f"checkpoint-{step}")
        write_safetensors(own / "model.safetensors", make_tensors(step))
        _save_rest(own, step, losses)


def make_checkpoint_folders(folder: Path) -> None:
    """`checkpoint_{step}/model.zip` and `training_state.json`, as a trainer of trading agents that uses stable-baselines3 writes them."""
    for step, rewards in ((1000, [1.0, 2.0]), (2000, [1.0, 2.0, 6.0]), (10000, [1.0, 2.0, 6.0, -5.0])):
        own = make_folder(folder / f"checkpoint_{step}")
        shutil.copy(LAYOUTS.parent / "sb3-run" / "rl_model_10000_steps.zip", own / "model.zip")
        mean = sum(rewards) / len(rewards)
        variance = sum((reward - mean) ** 2 for reward in rewards) / len(rewards)
        stats = {"count": len(rewards), "mean": mean, "std": variance**0.5, "variance": variance}
        state = {
            "current_step": step,
            "reward_stats": stats,
            "rewards_history": rewards,
            "session_id": "session_1",
            "steps_history": [step * (index + 1) // len(rewards) for index in range(len(rewards))],
            "timestamp": f"2025-03-0{len(rewards)}T10:00:00",
        }
        _write_json(own / "training_state.json", state)
    _write_json(make_folder(folder / "checkpoint_20000") / "training_state.json", {"current_step": 20000})


def make_rllib(folder: Path) -> None:
    """`Algorithm.save_checkpoint` of rllib/algorithms/algorithm.py: the older stack, the newer one, and one that was not finished."""
    for number in (1, 2):
        own = make_folder(folder / f"checkpoint_{number:06}")
        about = {"checkpoint_version": "1.1", "format": "cloudpickle", "policy_ids": ["default_policy"], "type": "Algorithm"}
        _write_json(own / "rllib_checkpoint.json", about)
        (own / "algorithm_state.pkl").write_bytes(pickle.dumps({"training_iteration": number}, protocol=4))
        policy = make_folder(own / "policies" / "default_policy")
        (policy / "policy_state.pkl").write_bytes(pickle.dumps({"weights": {}}, protocol=4))
        _write_json(policy / "rllib_checkpoint.json", {"checkpoint_version": "1.1", "type": "Policy"})
    newer = make_folder(folder / "checkpoint_000003")
    _write_json(newer / "metadata.json", {"checkpoint_version": "2.0", "state_file": "state", "ray_version": "2.40.0"})
    (newer / "class_and_ctor_args.pkl").write_bytes(pickle.dumps({"class": "PPO"}, protocol=4))
    (newer / "state.pkl").write_bytes(pickle.dumps({"training_iteration": 3}, protocol=4))
    module = make_folder(newer / "learner_group" / "learner" / "rl_module" / "default_policy")
    (module / "module_state.pkl").write_bytes(pickle.dumps({"weights": {}}, protocol=4))
    unfinished = make_folder(folder / "checkpoint_000004")
    (unfinished / "algorithm_state.pkl").write_bytes(pickle.dumps({"training_iteration": 4}, protocol=4))
    results = [{"training_iteration": number, "timesteps_total": number * 4000, "episode_reward_mean": number * 1.5} for number in (1, 2, 3)]
    (folder / "result.json").write_text("".join(json.dumps(result) + "\n" for result in results))


def make_rllib_saves(folder: Path) -> None:
    """Every fifth iteration saved by Ray since 2.7, which numbers saves from 0: `save` of ray/tune/trainable/trainable.py. `result.json` names no folders."""
    rewards = {3: 300.0, 5: 10.0, 10: 500.0, 15: 20.0}
    for number in range(3):
        own = make_folder(folder / f"checkpoint_{number:06}")
        _write_json(own / "metadata.json", {"checkpoint_version": "2.1", "state_file": "state", "ray_version": "2.40.0"})
        (own / "class_and_ctor_args.pkl").write_bytes(pickle.dumps({"class": "PPO"}, protocol=4))
        (own / "state.pkl").write_bytes(pickle.dumps({"training_iteration": 5 * number + 5}, protocol=4))
        module = make_folder(own / "learner_group" / "learner" / "rl_module" / "default_policy")
        (module / "module_state.pkl").write_bytes(pickle.dumps({"weights": {}}, protocol=4))
    results = [
        {
            "training_iteration": number,
            "num_env_steps_sampled_lifetime": number * 4000,
            "env_runners": {"episode_return_mean": rewards.get(number, 1.5)},
        }
        for number in range(1, 16)
    ]
    (folder / "result.json").write_text("".join(json.dumps(result) + "\n" for result in results))


def make_rllib_oldest(folder: Path) -> None:
    """Before Ray 2.1, `save` of ray/tune/trainable/trainable.py: folders numbered by iterations, and `.tune_metadata` written last."""
    for number in (5, 10, 15):
        own = make_folder(folder / f"checkpoint_{number:06}")
        (own / ".is_checkpoint").write_bytes(b"")
        (own / f"checkpoint-{number}").write_bytes(pickle.dumps({"worker": b"", "train_exec_impl": None}, protocol=4))
        if number < 15:
            told = {"iteration": number, "timesteps_total": number * 4000, "ray_version": "1.13.0"}
            (own / f"checkpoint-{number}.tune_metadata").write_bytes(pickle.dumps(told, protocol=4))
    results = [
        {"training_iteration": number, "timesteps_total": number * 4000, "episode_reward_mean": float(number == 5)} for number in range(1, 16)
    ]
    (folder / "result.json").write_text("".join(json.dumps(result) + "\n" for result in results))


def make_distributed(folder: Path) -> None:
    """`FileSystemWriter` of torch/distributed/checkpoint/filesystem.py; its metadata stands for `Metadata` of metadata.py beside it."""
    for step in (100, 200, 300):
        own = make_folder(folder / f"step-{step}")
        for rank in (0, 1):
            torch.save(make_tensors(step + rank), own / f"__{rank}_0.distcp")
        name = ".metadata" if step < 300 else ".metadata.tmp"
        (own / name).write_bytes(pickle.dumps({"state_dict_metadata": {}, "storage_data": {}}, protocol=4))


def make_orbax(folder: Path) -> None:
    """`CheckpointManager` of orbax/checkpoint/checkpoint_manager.py; arrays are in OCDBT, of which only the names are here."""

    def fill(own: Path) -> None:
        item = make_folder(own / "default")
        _write_json(item / "_METADATA", {"tree_metadata": {}, "use_ocdbt": True})
        (item / "manifest.ocdbt").write_bytes(b"\x0c\xdb\x20\xde" + bytes(12))
        (make_folder(item / "d") / "0123456789abcdef").write_bytes(bytes(64))

    for step, loss in ((1, 0.5), (10, 0.25)):
        own = make_folder(folder / str(step))
        fill(own)
        about = {
            "commit_timestamp_nsecs": 1700000000000000000 + step * 1000000000,
            "init_timestamp_nsecs": 1700000000000000000,
            "item_handlers": {"default": "orbax.checkpoint.PyTreeCheckpointHandler"},
            "metrics": {"loss": loss},
        }
        _write_json(own / "_CHECKPOINT_METADATA", about)
    fill(folder / "11.orbax-checkpoint-tmp-1700000020")


def make_saved_model(folder: Path) -> None:
    """`tf.saved_model.save` of tensorflow/python/saved_model/save.py: the names, and bytes that stand for the rest."""
    for number in (1, 2):
        own = make_folder(folder / str(number))
        (own / "saved_model.pb").write_bytes(b"\x08\x01\x12\x04\x0a\x00\x12\x00")
        (own / "fingerprint.pb").write_bytes(b"\x08\x01")
        variables = make_folder(own / "variables")
        (variables / "variables.index").write_bytes(bytes(40) + b"\x57\xfb\x80\x8b\x24\x75\x47\xdb")
        (variables / "variables.data-00000-of-00002").write_bytes(bytes(24))
        if number == 1:
            (variables / "variables.data-00001-of-00002").write_bytes(bytes(24))


def make_tensorflow(folder: Path) -> None:
    """`CheckpointManager` of tensorflow/python/checkpoint/checkpoint_management.py, and `Saver`: one without a shard, one without its index."""
    make_folder(folder)
    for prefix, shards in (("ckpt-1", 1), ("ckpt-2", 2), ("ckpt-3", 2), ("model.ckpt-1000", 1)):
        write_tensorflow(folder / f"{prefix}.index")
        for shard in range(shards):
            (folder / f"{prefix}.data-{shard:05}-of-{shards:05}").write_bytes(bytes([shard + 1]) * 24)
    (folder / "ckpt-3.data-00001-of-00002").unlink()
    (folder / "ckpt-4.data-00000-of-00001").write_bytes(bytes(24))
    write_tensorflow(folder / "vectors.index")
    names = "".join(f'all_model_checkpoint_paths: "ckpt-{number}"\n' for number in (1, 2, 3))
    (folder / "checkpoint").write_text(f'model_checkpoint_path: "/home/somebody/out/ckpt-2"\n{names}')


def make_sharded(folder: Path) -> None:
    """`save_torch_model` of huggingface_hub/serialization/_torch.py beside each other: whole, without a shard, and without its index."""
    make_folder(folder)
    for stem, ending, count in (("model", "safetensors", 2), ("torn", "safetensors", 3), ("pytorch_model", "bin", 2)):
        names = [f"{stem}-{number + 1:05}-of-{count:05}.{ending}" for number in range(count)]
        for number, name in enumerate(names):
            tensors = {f"layer.{number}.weight": torch.full((2, 3), float(number))}
            torch.save(tensors, folder / name) if ending == "bin" else write_safetensors(folder / name, tensors)
        shards = {f"layer.{number}.weight": name for number, name in enumerate(names)}
        index = {"metadata": {"total_size": 24 * count}, "weight_map": shards}
        _write_json(folder / f"{stem}.{ending}.index.json", index)
    (folder / "torn-00002-of-00003.safetensors").unlink()
    (folder / "pytorch_model.bin.index.json").unlink()
    write_safetensors(folder / "model.safetensors", make_tensors(1))
    _write_json(folder / "config.json", {"model_type": "gpt2"})


def make_lightning_folders(folder: Path) -> None:
    """Folders named like files: of FSDP, lightning/fabric/strategies/fsdp.py, and of DeepSpeed, deepspeed/runtime/engine.py."""
    kept = make_folder(folder / "checkpoints")
    for epoch, step in ((0, 10), (1, 20)):
        own = make_folder(kept / f"epoch={epoch}-step={step}-val_loss=0.{5 - epoch}0.ckpt")
        for rank in (0, 1):
            torch.save(make_tensors(step + rank), own / f"__{rank}_0.distcp")
        torch.save({"epoch": epoch, "global_step": step}, own / "meta.pt")
        (own / ".metadata").write_bytes(pickle.dumps({"state_dict_metadata": {}, "storage_data": {}}, protocol=4))
    (kept / "epoch=1-step=20-val_loss=0.40.ckpt" / ".metadata").unlink()
    for name, ranks in (("epoch=2-step=30.ckpt", (0, 1)), ("last.ckpt", (0, 2))):
        own = make_folder(kept / name)
        inner = make_folder(own / "checkpoint")
        torch.save({"module": make_tensors(30)}, inner / "mp_rank_00_model_states.pt")
        for rank in ranks:
            torch.save({"optimizer_state_dict": {}}, inner / f"zero_pp_rank_{rank}_mp_rank_00_optim_states.pt")
        (own / "latest").write_text("checkpoint")
        (own / "zero_to_fp32.py").write_text("# as DeepSpeed leaves it\n")
    (make_folder(kept / "notes.ckpt") / "readme.txt").write_text("no checkpoint\n")


def main() -> None:
    torch.set_num_threads(1)
    makers = {
        "huggingface": make_huggingface,
        "huggingface-retrained": make_huggingface_retrained,
        "checkpoint-folders": make_checkpoint_folders,
        "rllib": make_rllib,
        "rllib-oldest": make_rllib_oldest,
        "rllib-saves": make_rllib_saves,
        "distributed-checkpoint": make_distributed,
        "orbax": make_orbax,
        "saved-model": make_saved_model,
        "tensorflow": make_tensorflow,
        "sharded": make_sharded,
        "lightning-folders": make_lightning_folders,
    }
    for name, make in makers.items():
        shutil.rmtree(LAYOUTS / name, ignore_errors=True)
        make(LAYOUTS / name)


if __name__ == "__main__":
    main()
