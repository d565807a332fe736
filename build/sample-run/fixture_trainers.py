"""
Small folders as DeepSpeed, Megatron and accelerate leave them, with nothing of Cairn in them.

The frameworks are not needed: names and keys are those of their own sources, named at each function, and files of PyTorch are written by torch itself.

    python3 build/sample-run/fixture_trainers.py     writes its folders in e2e/fixtures/layouts, after fixture_layouts.py
"""

import shutil
from pathlib import Path

import torch
from fixture_parts import LAYOUTS, make_folder, make_tensors

def _deepspeed(folder: Path, step: int, processes: int) -> None:
    """`_save_checkpoint` and `_save_zero_checkpoint` of deepspeed/runtime/engine.py."""
    make_folder(folder)
    told = {"module": make_tensors(step), "global_steps": step, "ds_version": "0.14.0"}
    torch.save(told, folder / "mp_rank_00_model_states.pt")
    for rank in range(processes):
        optimizer = {"optimizer_state_dict": {"zero_stage": 2}, "ds_version": "0.14.0"}
        torch.save(optimizer, folder / f"zero_pp_rank_{rank}_mp_rank_00_optim_states.pt")


def make_deepspeed(folder: Path) -> None:
    """`save_checkpoint` of deepspeed/runtime/engine.py: `latest` names the last one that is whole; a tag is any name."""
    for step in (100, 200):
        _deepspeed(folder / f"global_step{step}", step, 2)
    _deepspeed(folder / "global_step300", 300, 1)
    (folder / "global_step300" / "mp_rank_00_model_states.pt").unlink()
    (folder / "latest").write_text("global_step200")


def make_accelerate_deepspeed(folder: Path) -> None:
    """`save_state` of accelerate/accelerator.py where DeepSpeed trains."""
    for step in (10, 20):
        checkpoint = make_folder(folder / f"checkpoint-{step}")
        _deepspeed(checkpoint / "pytorch_model", step, 2)
        (checkpoint / "latest").write_text("pytorch_model")
        torch.save({"last_epoch": step}, checkpoint / "scheduler.bin")
        (checkpoint / "random_states_0.pkl").write_bytes(b"\x80\x02}.")


def make_megatron(folder: Path) -> None:
    """`get_checkpoint_name` and `save_checkpoint` of megatron/training/checkpointing.py, of two parts by tensors."""
    for iteration in (100, 200):
        for rank in (0, 1):
            path = make_folder(folder / f"iter_{iteration:07d}" / f"mp_rank_{rank:02d}")
            torch.save({"iteration": iteration, "model": make_tensors(iteration + rank)}, path / "model_optim_rng.pt")
    (folder / "latest_checkpointed_iteration.txt").write_text("100")


def main() -> None:
    torch.set_num_threads(1)
    made = {
        "deepspeed": make_deepspeed,
        "accelerate-deepspeed": make_accelerate_deepspeed,
        "megatron": make_megatron,
    }
    for name, make in made.items():
        shutil.rmtree(LAYOUTS / name, ignore_errors=True)
        make(LAYOUTS / name)


if __name__ == "__main__":
    main()
