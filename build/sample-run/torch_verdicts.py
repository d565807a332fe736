"""Asks PyTorch itself about every model file of a folder, for the tests to compare with."""

import hashlib
import json
import pickletools
import warnings
import zipfile
from datetime import datetime, timezone
from io import BytesIO
from pathlib import Path

import torch
from torch._weights_only_unpickler import _get_allowed_globals

MODEL_ENDINGS = (".pt", ".backup", ".tmp")
PICKLES_IN_A_LEGACY_STREAM = 4
"""Magic number, protocol, system, and the object."""


def _loads(path: Path) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.load(path, map_location="cpu")
    except Exception:  # torch.load raises a dozen unrelated classes for a broken file
        return False
    return True


def _pickles(path: Path) -> list[BytesIO]:
    if not zipfile.is_zipfile(path):
        return [BytesIO(path.read_bytes())] * PICKLES_IN_A_LEGACY_STREAM
    with zipfile.ZipFile(path) as archive:
        return [BytesIO(archive.read(name)) for name in archive.namelist() if name.endswith("/data.pkl")]


def _tensors_only(path: Path) -> bool:
    """Whether every global in the file is one that `weights_only=True` allows.

    Read off the pickle, since 1.13's own `weights_only` refuses any file with a Python float in it.
    """
    operations = [operation for pickle in _pickles(path) for operation in pickletools.genops(pickle)]
    called = {argument.replace(" ", ".") for code, argument, _ in operations if code.name == "GLOBAL"}
    return called <= set(_get_allowed_globals())


def _record(path: Path, sha256: str) -> str:
    """What the sidecar says of the bytes: `matches`, `differs`, or `none` where it says nothing."""
    try:
        checksum = json.loads(path.with_suffix(".json").read_text())["checksum"]
    except (OSError, ValueError, LookupError, TypeError):
        return "none"
    return "matches" if checksum == sha256 else "differs"


def verdict(path: Path, note: str | None) -> dict:
    """Size, hash and time of a file, whether `torch.load` opens it, and whether that would run anything."""
    modified = datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    loads = _loads(path)
    return {
        "sha256": sha256,
        "size": path.stat().st_size,
        "modified": modified.isoformat(),
        "loads": loads,
        "tensors_only": _tensors_only(path) if loads else None,
        "record": _record(path, sha256) if path.suffix == ".pt" else "none",
        "note": note,
    }


def write_verdicts(root: Path, target: Path, notes: dict[Path, str]) -> None:
    """Writes one entry for each model file below `root`, by its path relative to it."""
    paths = sorted(path for path in root.rglob("*") if path.name.endswith(MODEL_ENDINGS))
    if strangers := set(notes) - set(paths):
        raise SystemExit(f"Notes on files that are not there: {sorted(strangers)}")
    verdicts = {path.relative_to(root).as_posix(): verdict(path, notes.get(path)) for path in paths}
    target.write_text(json.dumps(verdicts, indent=2) + "\n")
