"""One run of files that are each strange in their own way."""

import hashlib
from pathlib import Path
from typing import Any

import torch
from torch import nn

from damage import flip_bit, tear
from reference_run import save_model, set_modified, typed_contents, write_sidecar
from tiny_model import learn, legacy_contents, moment_of, training_state, typed_metadata


def save_edge(run: Path, name: str, save: int, sidecar: Any = None) -> Path:
    path = run / "checkpoints" / name
    metadata = typed_metadata(save, 0.1 * save, moment_of(save).isoformat())
    save_model(run, path, typed_contents(*learn(save), training_state(save, 0.1), metadata), moment_of(save))
    metadata.file_size_bytes = path.stat().st_size
    metadata.checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    write_sidecar(path.with_suffix(".json"), vars(metadata) if sidecar is None else sidecar, moment_of(save))
    return path


def make_edge(run: Path) -> dict[Path, str]:
    torn, flipped = save_edge(run, "torn.pt", 1), save_edge(run, "bitflip.pt", 2)
    tear(torn, 0.6)
    flip_bit(flipped)
    broken = save_edge(run, "broken_sidecar.pt", 3)
    listed = save_edge(run, "list_sidecar.pt", 4, sidecar=[1, "two"])
    tear(broken.with_suffix(".json"), 0.3)
    orphan = save_edge(run, "orphan_sidecar.pt", 5)
    orphan.unlink()
    folder = run / "checkpoints"
    bare = save_edge(run, "no_sidecar.pt", 6)
    bare.with_suffix(".json").unlink()
    legacy, module = folder / "legacy_stream.pt", folder / "whole_module.pt"
    contents = legacy_contents(7, 0.7, moment_of(7))
    torch.save(contents, legacy, _use_new_zipfile_serialization=False)
    torch.manual_seed(8)
    torch.save(nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 3)), module)
    empty, pointer = folder / "zero_bytes.pt", folder / "lfs_pointer.pt"
    empty.write_bytes(b"")
    pointed_at = hashlib.sha256(b"a model that is elsewhere").hexdigest()
    pointer.write_text(f"version https://git-lfs.github.com/spec/v1\noid sha256:{pointed_at}\nsize 63018645\n")
    for save, path in enumerate((legacy, module, empty, pointer), start=7):
        set_modified(path, moment_of(save))
    (run / "temp").rmdir()
    return {
        torn: "the last 40 % is missing",
        flipped: "one flipped bit inside a tensor, which torch does not notice",
        broken: "its sidecar stops in the middle",
        listed: "its sidecar is a list",
        bare: "no sidecar",
        legacy: "the stream that torch wrote before 1.6",
        module: "a whole module, pickled: opening it needs its classes",
        empty: "zero bytes",
        pointer: "a Git LFS pointer",
    }
