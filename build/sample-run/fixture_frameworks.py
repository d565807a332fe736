"""
Small runs as Ultralytics, rl_games and Spinning Up leave them, whose models are one folder down, and as fairseq, nanoGPT, Detectron2 and Lightning
with several metrics, timm, diffusers, PEFT and accelerate do, with nothing of Cairn in them.

The frameworks are not needed: names and keys are those of their own sources, named at each function, and files of PyTorch are written by torch itself.

    python3 build/sample-run/fixture_frameworks.py     writes those folders of e2e/fixtures/layouts
"""

import json
import pickle
import shutil
from pathlib import Path

import numpy as np
import torch
from fixture_parts import LAYOUTS, make_folder, make_tensors, write_safetensors


def make_ultralytics(folder: Path) -> None:
    """`save_model`, `save_metrics` and `strip_optimizer` of ultralytics/engine/trainer.py and utils/torch_utils.py: `epoch0.pt` is of line 1 of `results.csv`."""
    weights = make_folder(folder / "weights")
    names = ("train/box_loss", "metrics/mAP50(B)")
    rows = [(1.5, 0.125), (1.25, 0.5), (1.0, 0.25)]

    def save(name: str, epoch: int, row: tuple[float, float], fitness: float | None) -> None:
        told = {
            "epoch": epoch,
            "best_fitness": fitness,
            "model": make_tensors(epoch),
            "ema": None,
            "updates": None if epoch < 0 else epoch * 10,
            "optimizer": None,
            "train_args": {"lr0": 0.01, "imgsz": 640, "task": "detect"},
            "train_metrics": {names[1]: np.float64(row[1]), "fitness": np.float64(row[1])},
            "date": "2024-05-01T12:00:00.000000",
            "version": "8.2.0",
        }
        torch.save(told, weights / name)

    for epoch, row in enumerate(rows):
        save(f"epoch{epoch}.pt", epoch, row, max(map_50 for _, map_50 in rows[: epoch + 1]))
    save("last.pt", -1, rows[2], None)
    save("best.pt", -1, rows[1], None)
    head = ",".join(f"{name:>23}" for name in ("epoch", *names))
    lines = [",".join(f"{value:23.5g}" for value in (at + 1, *row)) for at, row in enumerate(rows)]
    (folder / "results.csv").write_text("\n".join((head, *lines)) + "\n")
    (folder / "args.yaml").write_text("task: detect\nmode: train\nepochs: 3\n")


def make_rl_games(folder: Path) -> None:
    """`train` of ContinuousA2CBase and `get_full_state_weights` in rl_games/common/a2c_common.py; `save_checkpoint` of torch_ext.py adds `.pth`."""
    saved = make_folder(folder / "nn")
    make_folder(folder / "summaries")
    (folder / "summaries" / ".keep").write_text("")
    rewards = {50: 12.5, 100: 123.5, 150: 99.25}

    def save(name: str, epoch: int, best: float) -> None:
        told = {
            "model": make_tensors(epoch),
            "epoch": epoch,
            "optimizer": {"state": {}, "param_groups": []},
            "frame": epoch * 65536,
            "last_mean_rewards": np.float32(best),
            "env_state": None,
        }
        torch.save(told, saved / name)

    for epoch, reward in rewards.items():
        save(f"last_Ant_ep_{epoch}_rew_{reward}.pth", epoch, max(each for at, each in rewards.items() if at <= epoch))
    save("last_Ant_ep_200_rew__99.5_.pth", 200, 123.5)
    save("Ant.pth", 100, 123.5)


def make_spinning_up(folder: Path) -> None:
    """`dump_tabular` and `_pytorch_simple_save` of spinup/utils/logx.py, where the epoch was given."""
    saved = make_folder(folder / "pyt_save")
    rows = [(0, -10.5, 4000), (1, -5.25, 8000), (2, 1.5, 12000)]
    for epoch, _, _ in rows:
        torch.save(make_tensors(epoch), saved / f"model{epoch}.pt")
    head = "\t".join(("Epoch", "AverageEpRet", "TotalEnvInteracts", "Time"))
    lines = ["\t".join(str(value) for value in (*row, 1.5)) for row in rows]
    (folder / "progress.txt").write_text("\n".join((head, *lines)) + "\n")
    (folder / "config.json").write_text('{"exp_name": "ppo", "seed": 0}\n')


def _model_checkpoint(monitor: str | None, scores: dict[str, float]) -> tuple[str, dict]:
    """`state_key` and `state_dict` of lightning/pytorch/callbacks/model_checkpoint.py. Without a monitor its best is whatever it saved last."""
    folder = "/home/somebody/lightning_logs/version_0/checkpoints"
    kept = {f"{folder}/{name}": torch.tensor(score) for name, score in scores.items()}
    choose, mode = (max, "max") if monitor == "val/acc" else (min, "min")
    best = choose(kept, key=lambda path: kept[path].item()) if kept else f"{folder}/every-10.ckpt"
    key = f"ModelCheckpoint{{'monitor': {monitor!r}, 'mode': '{mode}', 'every_n_train_steps': 0, 'every_n_epochs': 1}}"
    state = {
        "monitor": monitor,
        "best_model_score": kept.get(best),
        "best_model_path": best,
        "current_score": list(kept.values())[-1] if kept else None,
        "dirpath": folder,
        "best_k_models": kept,
        "kth_best_model_path": best,
        "kth_value": kept.get(best),
        "last_model_path": "",
    }
    return key, state


def make_lightning_scores(folder: Path) -> None:
    """Two ModelCheckpoint with a metric each, after one without; a `/` in a metric makes a folder of what is before it in the name of a file."""
    checkpoints = make_folder(folder / "checkpoints")
    losses = {"epoch=0-step=10.ckpt": 0.5, "epoch=1-step=20.ckpt": 0.375}
    accuracies = {"epoch=0-val/acc=0.50.ckpt": 0.5, "epoch=1-val/acc=0.73.ckpt": 0.734375}

    def save(name: str, epoch: int, losses: dict[str, float], accuracies: dict[str, float]) -> None:
        told = {
            "epoch": epoch,
            "global_step": epoch * 10 + 10,
            "pytorch-lightning_version": "2.4.0",
            "state_dict": make_tensors(epoch),
            "loops": {},
            "callbacks": dict(
                (_model_checkpoint(None, {}), _model_checkpoint("val_loss", losses), _model_checkpoint("val/acc", accuracies))
            ),
            "optimizer_states": [],
            "lr_schedulers": [],
        }
        path = checkpoints / name
        path.parent.mkdir(exist_ok=True)
        torch.save(told, path)

    for epoch, (loss, accuracy) in enumerate(zip(losses, accuracies)):
        save(loss, epoch, dict(list(losses.items())[: epoch + 1]), dict(list(accuracies.items())[:epoch]))
        save(accuracy, epoch, dict(list(losses.items())[: epoch + 1]), dict(list(accuracies.items())[: epoch + 1]))
    save("last.ckpt", 2, losses, accuracies)


def make_fairseq(folder: Path) -> None:
    """`save_checkpoint` of fairseq/checkpoint_utils.py, `state_dict` of fairseq/trainer.py. The digit after the third decimal is a random one."""

    def save(updates: int, loss: float, best: float, *names: str) -> None:
        told = {
            "args": None,
            "cfg": {"task": {"_name": "translation"}},
            "model": make_tensors(updates),
            "criterion": None,
            "optimizer_history": [
                {"criterion_name": "CrossEntropyCriterion", "optimizer_name": "FairseqAdam", "lr_scheduler_state": {"best": best}, "num_updates": updates}
            ],
            "task_state": {},
            "extra_state": {"train_iterator": {"epoch": 2, "iterations_in_epoch": 0}, "val_loss": loss, "best": best},
            "last_optimizer_state": {"state": {}, "param_groups": []},
        }
        for name in names:
            torch.save(told, folder / name)

    save(1000, 4.25, 4.25, "checkpoint1.pt")
    save(1500, 3.75, 3.75, "checkpoint_2_1500.pt", "checkpoint_best.pt", "checkpoint.best_loss_3.7503.pt")
    save(2000, 4.0, 3.75, "checkpoint2.pt", "checkpoint_last.pt")


def make_nanogpt(folder: Path) -> None:
    """train.py of nanoGPT; the loss is a tensor."""
    told = {
        "model": make_tensors(1),
        "optimizer": {"state": {}, "param_groups": []},
        "model_args": {"n_layer": 2, "n_head": 2, "n_embd": 4},
        "iter_num": 2000,
        "best_val_loss": torch.tensor(1.46875),
        "config": {"learning_rate": 0.001, "dataset": "shakespeare_char"},
    }
    torch.save(told, folder / "ckpt.pt")


def make_detectron2(folder: Path) -> None:
    """`PeriodicCheckpointer` of fvcore/common/checkpoint.py, `JSONWriter` of detectron2/utils/events.py: iterations are counted from 0."""
    lines = []
    for iteration, loss in ((19, 2.5), (39, 1.25), (59, 0.625)):
        line = {"iteration": iteration, "lr": 0.01, "total_loss": loss}
        lines.append({**line, "bbox/AP": 10.0 * iteration} if iteration != 19 else line)
        told = {"model": make_tensors(iteration), "optimizer": {"state": {}, "param_groups": []}, "scheduler": {"last_epoch": iteration}, "iteration": iteration}
        if iteration != 19:
            torch.save(told, folder / f"model_{iteration:07d}.pth")
    torch.save(told, folder / "model_final.pth")
    (folder / "last_checkpoint").write_text("model_final.pth")
    (folder / "metrics.json").write_text("".join(f"{json.dumps(line, sort_keys=True)}\n" for line in lines))


def make_timm(folder: Path) -> None:
    """`save_checkpoint` of timm/utils/checkpoint_saver.py; its last and best are hard links, which are copies here."""
    for epoch, metric in ((0, 61.5), (1, 70.25), (2, 68.0)):
        told = {
            "epoch": epoch,
            "arch": "resnet18",
            "state_dict": make_tensors(epoch),
            "optimizer": {"state": {}, "param_groups": []},
            "version": 2,
            "args": None,
            "metric": metric,
        }
        torch.save(told, folder / f"checkpoint-{epoch}.pth.tar")
    shutil.copy(folder / "checkpoint-2.pth.tar", folder / "last.pth.tar")
    shutil.copy(folder / "checkpoint-1.pth.tar", folder / "model_best.pth.tar")
    (folder / "summary.csv").write_text("epoch,train_loss,eval_top1\n0,2.5,61.5\n1,1.5,70.25\n2,1.25,68.0\n")


def make_diffusers(folder: Path) -> None:
    """`save_state` with the hook of diffusers/examples/text_to_image/train_text_to_image.py: each model in a folder of its own."""
    for step in (500, 1000):
        own = make_folder(folder / f"checkpoint-{step}")
        for model in ("unet", "unet_ema"):
            write_safetensors(make_folder(own / model) / "diffusion_pytorch_model.safetensors", make_tensors(step))
            (own / model / "config.json").write_text('{"_class_name": "UNet2DConditionModel"}\n')
        torch.save({"state": {}, "param_groups": []}, own / "optimizer.bin")
        torch.save({"last_epoch": step}, own / "scheduler.bin")
        (own / "random_states_0.pkl").write_bytes(pickle.dumps({"step": step}, protocol=4))


def make_peft(folder: Path) -> None:
    """`save_pretrained` of peft/peft_model.py, an adapter that has a name in a folder of its own, in checkpoints of transformers/trainer.py."""
    for step, named in ((10, ""), (20, "style")):
        own = make_folder(folder / f"checkpoint-{step}")
        place = make_folder(own / named) if named else own
        write_safetensors(place / "adapter_model.safetensors", make_tensors(step))
        (place / "adapter_config.json").write_text('{"peft_type": "LORA", "base_model_name_or_path": "gpt2"}\n')
        torch.save({"state": {}, "param_groups": []}, own / "optimizer.pt")
        torch.save({"last_epoch": step}, own / "scheduler.pt")
        (own / "trainer_state.json").write_text(json.dumps({"global_step": step, "epoch": step / 10, "log_history": []}) + "\n")


def make_accelerate_epochs(folder: Path) -> None:
    """`accelerator.save_state(f"epoch_{epoch}")` of accelerate/examples/by_feature/checkpointing.py; files as accelerate/utils/constants.py calls them."""
    for epoch in (0, 1):
        own = make_folder(folder / f"epoch_{epoch}")
        write_safetensors(own / "model.safetensors", make_tensors(epoch))
        torch.save({"state": {}, "param_groups": []}, own / "optimizer.bin")
        torch.save({"last_epoch": epoch}, own / "scheduler.bin")
        (own / "random_states_0.pkl").write_bytes(pickle.dumps({"step": epoch}, protocol=4))


makers = {
    "timm": make_timm,
    "diffusers": make_diffusers,
    "peft": make_peft,
    "accelerate-epochs": make_accelerate_epochs,
    "fairseq": make_fairseq,
    "nanogpt": make_nanogpt,
    "detectron2": make_detectron2,
    "lightning-scores": make_lightning_scores,
    "ultralytics": make_ultralytics,
    "rl-games": make_rl_games,
    "spinning-up": make_spinning_up,
}


def main() -> None:
    torch.set_num_threads(1)
    for name, make in makers.items():
        shutil.rmtree(LAYOUTS / name, ignore_errors=True)
        make(make_folder(LAYOUTS / name))


if __name__ == "__main__":
    main()
