"""Saves models out of any Python training loop so that Cairn finds each one whole, verified and ranked.

Nothing to install: copy this file beside your training code. It needs Python 3.8 and the PyTorch you already have.

    from cairn_callback import load_latest_checkpoint, save_best_model, save_checkpoint

    save_best_model("outputs/run", model.state_dict(), reward=0.95, metrics={"sharpe": 1.5, "win_rate": 0.65})
    save_checkpoint("outputs/run", model.state_dict(), optimizer=optimizer.state_dict(),
                    training_state={"global_step": step})

To go on from the newest checkpoint that is whole, the one that `cairn latest outputs/run --kind checkpoint` names:

    saved = load_latest_checkpoint("outputs/run")
    model.load_state_dict(saved["model_state_dict"])
    optimizer.load_state_dict(saved["optimizer_state_dict"])
    step = saved["training_state"]["global_step"]

With stable-baselines3, or with Lightning:

    from cairn_callback import SB3CairnCallback
    model.learn(100_000, callback=EvalCallback(eval_env, callback_after_eval=SB3CairnCallback("outputs/run")))

    from cairn_callback import LightningCairnCallback
    Trainer(callbacks=[LightningCairnCallback("outputs/run", monitor="val_loss", mode="min")])

What a call promises once it has returned: the file is on the medium, and so is its name; the sidecar beside it has
its SHA-256, taken while it was written; `torch.load(path, weights_only=True)` reads it, unless a state dict has objects
of other classes in it (from PyTorch 2.0 on: 1.13 takes no float that way, not even its own). Cut off at any moment, by
`kill -9` or a power cut, a save leaves a whole model or none. No two processes get one version number. Nothing is ever
deleted but the checkpoint before the last one of its name: pruning is `cairn prune`.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import math
import os
import platform
import re
import shutil
import threading
import time
from collections import defaultdict, deque
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from operator import attrgetter
from pathlib import Path

import torch

try:
    import fcntl
except ImportError:  # Windows has no such locks: there, version numbers alone keep two trainings apart.
    fcntl = None

CONFIG = {
    "best_models_dir": "best_models",
    "checkpoint_dir": "checkpoints",
    "model_prefix": "model",
    "checkpoint_name": "checkpoint.pt",
    "version_format": "v{version:04d}",
    "timestamp_format": "%Y%m%d_%H%M%S",
    "backup_before_overwrite": True,
    "backup_suffix": ".backup",
}
"""The keys of a run's `model.storage` block that count here, with their defaults; others are passed over."""

CHECKPOINT_VERSION = "2.0"

_METADATA = {
    "version": 0,
    "timestamp": None,
    "reward": math.nan,
    "symbol": None,
    "day_quality": None,
    "episode_count": 0,
    "update_count": 0,
    "model_class": None,
    "model_config": None,
    "metrics": {},
    "evaluation_results": None,
    "file_path": None,
    "file_size_bytes": None,
    "checksum": None,
    "training_config": None,
    "notes": None,
    "tags": [],
}
"""The sidecar's keys in their order, with what they are where nothing is known."""

_TRAINING_STATE = {
    "global_step": 0,
    "global_episode": 0,
    "global_update": 0,
    "global_cycle": 0,
    "current_lr": None,
    "lr_schedule_state": None,
    "best_reward": -math.inf,
    "best_reward_update": 0,
    "recent_rewards": [],
    "total_timesteps": 0,
    "wall_time_seconds": 0.0,
}


def save_best_model(
    run,
    state_dict,
    *,
    reward,
    metrics=None,
    optimizer=None,
    training_state=None,
    config=None,
    wait=60.0,
    **metadata,
) -> Path:
    """Saves a model as the run's next version.

    run             the run's folder; made if it is not there
    state_dict      `model.state_dict()`, or a whole checkpoint: a dict with "model_state_dict" in it; of a module, its
                    state dict is taken
    reward          higher is better; nan and ±inf are kept as what they are and never win
    metrics         numbers by name: {"sharpe": 1.5}; the run's config says by which one versions are ranked
    optimizer       `optimizer.state_dict()`
    training_state  any of global_step, global_episode, global_update, best_reward, …
    config          the run's `model.storage` block, where it differs from CONFIG
    wait            seconds to wait while Cairn, or another training, writes to the run
    metadata        anything else the sidecar is to say: symbol="ACME", notes="…", tags=["candidate"], …

    Returns the path of the model. Raises TimeoutError while the run stays locked, OSError where the disk fails, and,
    before anything is written, ValueError for a config that leads out of the run, TypeError for metrics without names.
    """
    run, config, reward = Path(run).absolute(), _checked(config), float(reward)
    _refuse_nameless(metrics)
    folder = run / config["best_models_dir"]
    with _writing_to(run, folder, wait):
        moment = datetime.now().astimezone()
        told = {"timestamp": moment.isoformat(), "reward": reward, "metrics": metrics}
        contents = _contents(state_dict, optimizer, training_state, {**metadata, **told})
        signed = _digits(reward).replace("-", "n")
        time_of_save = moment.strftime(config["timestamp_format"])
        with _claimed_version(run, folder, config) as (version, claim, staged):
            contents["metadata"]["version"] = version
            name = f"{_stem(version, config)}_reward{signed}_{time_of_save}.pt"
            return _store(contents, staged, folder / name, config, claim)


def save_checkpoint(
    run,
    state_dict,
    *,
    reward=math.nan,
    metrics=None,
    optimizer=None,
    training_state=None,
    name=None,
    config=None,
    wait=60.0,
    **metadata,
) -> Path:
    """Saves the state to resume from, over the one before, which stays beside it as `NAME.backup`.

    name  a file name of its own, such as "step_5000.pt"; the rest as for save_best_model

    Raises ValueError for a name that is none of a checkpoint, or whose sidecar another model has.
    """
    run, config = Path(run).absolute(), _checked(config)
    _refuse_nameless(metrics)
    folder, name = run / config["checkpoint_dir"], name or config["checkpoint_name"]
    if Path(name).name != name or not _CHECKPOINT.fullmatch(name) or _UNPRINTABLE.search(name):
        raise ValueError(f"{name!r} is not a name for a checkpoint, such as model.pt, model.pth or model.ckpt")
    with _writing_to(run, folder, wait):
        _refuse_shared_sidecar(folder, name)
        time_of_save = datetime.now().astimezone().isoformat()
        told = {"version": 0, "timestamp": time_of_save, "reward": float(reward), "metrics": metrics}
        contents = _contents(state_dict, optimizer, training_state, {**metadata, **told})
        with _staged(folder, "checkpoint") as staged:
            return _store(contents, staged, folder / name, config)


def load_latest_checkpoint(run, *, config=None, **options) -> dict:
    """Loads the newest checkpoint that is whole: what training goes on from. Best models are none.

    run, config  as for save_checkpoint
    options      for torch.load, such as map_location="cpu"

    One whose bytes are not those that its sidecar has the SHA-256 of is passed over, and so is one without such a
    record that cannot be loaded; that is logged. What was saved over is there too, as `NAME.backup`. Raises
    FileNotFoundError where none is left, and what torch.load raises for one that is whole.
    """
    run, config = Path(run).absolute(), _checked(config)
    folder = run / config["checkpoint_dir"]
    for path in _newest_first(folder, config["backup_suffix"]):
        checksum = _sidecar_of(path).get("checksum")
        if checksum is not None and checksum != _checksum_of(path):
            _pass_over(path, "its bytes are not those that were saved")
            continue
        try:
            return torch.load(path, **options)
        except Exception as error:
            if checksum is not None:
                raise
            _pass_over(path, error)
    raise FileNotFoundError(errno.ENOENT, "no checkpoint that is whole", str(folder))


# What is loaded


def _newest_first(folder, suffix):
    """Checkpoints and what they were saved over, by when they were saved, else by when they were written."""
    names = os.listdir(folder) if folder.is_dir() else []
    found = [folder / name for name in names if _CHECKPOINT.fullmatch(_without_end(name, suffix))]
    return sorted(filter(Path.is_file, found), key=_time_of, reverse=True)


def _without_end(name, end):
    return name[: -len(end)] if end and name.endswith(end) else name


def _time_of(path):
    try:
        return datetime.fromisoformat(_sidecar_of(path)["timestamp"]).timestamp()
    except (KeyError, TypeError, ValueError):
        return path.stat().st_mtime


def _sidecar_of(path) -> dict:
    """Nothing for what a checkpoint was saved over: `a.pt.backup` has none."""
    try:
        record = json.loads(path.with_suffix(".json").read_text()) if _CHECKPOINT.fullmatch(path.name) else {}
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _checksum_of(path):
    sha256 = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            sha256.update(block)
    return sha256.hexdigest()


def _pass_over(path, why) -> None:
    logging.getLogger(__name__).warning(f"{path} is passed over — {why}")


# What is given

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _checked(given) -> dict:
    """CONFIG with what is given of it, where that keeps inside the run and is no harm to names and their numbers."""
    config = {**CONFIG, **(given or {})}
    for key in ("best_models_dir", "checkpoint_dir"):
        folder = str(config[key])
        path = Path(os.path.normpath(folder.replace("\\", "/")))
        if path.anchor or path.parts[:1] == ("..",) or _UNPRINTABLE.search(folder):
            raise ValueError(f"{key!r} is no folder of the run: {folder!r}")
    for key in ("model_prefix", "version_format", "timestamp_format", "backup_suffix"):
        part = str(config[key])
        if "/" in part or "\\" in part or _UNPRINTABLE.search(part):
            raise ValueError(f"{key!r} is no part of a file name: {part!r}")
    return config


def _refuse_nameless(metrics) -> None:
    if metrics is not None and not isinstance(metrics, Mapping):
        raise TypeError(f'metrics are numbers by name, such as {{"sharpe": 1.5}}, not {metrics!r}')


def _digits(reward) -> str:
    """As the command line writes it: with an exponent where a name would be too long."""
    return repr(reward) if abs(reward) >= 1e21 and math.isfinite(reward) else f"{reward:.4f}"


# What is written


def _contents(state_dict, optimizer, training_state, record) -> dict:
    """The typed checkpoint. Size and checksum are known only once it is written: they are in the sidecar alone."""
    if isinstance(state_dict, torch.nn.Module):
        state_dict = state_dict.state_dict()
    given = dict(state_dict) if "model_state_dict" in state_dict else {"model_state_dict": state_dict}
    given.setdefault("optimizer_state_dict", optimizer)
    given = {key: item if key == "model_state_dict" else _plain_state(item) for key, item in given.items()}
    state = {**_TRAINING_STATE, **_plain({**(given.get("training_state") or {}), **(training_state or {})})}
    counts = {"episode_count": state["global_episode"], "update_count": state["global_update"]}
    known = {key: value for key, value in _plain(record).items() if value is not None}
    return {
        **given,
        "training_state": state,
        "metadata": {**_METADATA, **counts, **known},
        "checkpoint_version": CHECKPOINT_VERSION,
    }


def _plain(value):
    """Numbers of numpy and PyTorch as Python's own: `weights_only=True` lets no others in, and JSON knows none."""
    if isinstance(value, Mapping):
        return {_plain_key(key): _plain(item) for key, item in value.items()}
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, (list, tuple, set, frozenset, deque)):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return str.__str__(value)  # of exactly this type, also where a class says something else of itself
    for kind in (bool, int, float):
        if isinstance(value, kind):
            return kind(value)
    return None if value is None else str(value)


def _plain_key(key):
    plain = _plain(key)
    return plain if isinstance(plain, (str, int, float)) else str(key)


def _plain_state(value):
    """The same for a state to go on from: tensors, and objects of other classes, stay what they are."""
    if type(value) is dict:
        return {_plain_key(key): _plain_state(item) for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_plain_state(item) for item in value)
    is_number = hasattr(value, "tolist") and not isinstance(value, torch.Tensor)
    return _plain(value) if is_number or isinstance(value, (str, int, float)) else value


def _store(contents, staged, target, config, claim=None) -> Path:
    """Bytes first, then names, in an order that means a whole version, or none, wherever it is cut off.

    A model without a sidecar is legal and says of itself what it is; a sidecar that tells of other bytes would be a
    lie. So the old sidecar goes before the new model comes, and the new one, written before, comes last.
    """
    sidecar = target.with_suffix(".json")
    size, checksum = _write(staged, lambda file: torch.save(contents, file))
    record = {
        **contents["metadata"],
        "file_path": str(target),
        "file_size_bytes": size,
        "checksum": checksum,
        "training_state": contents["training_state"],
    }
    with _staged(target.parent, "sidecar") as staged_sidecar:
        _write(staged_sidecar, lambda file: file.write(json.dumps(record, indent=2).encode()))
        if config["backup_before_overwrite"] and target.exists():
            _keep_backup(target, config["backup_suffix"])
        if claim and not _has_name(claim.fileno(), claim.name):
            raise FileExistsError(errno.EEXIST, "another program has the number of this version", claim.name)
        _replace_model(staged.name, target, sidecar)
        os.replace(staged_sidecar.name, sidecar)
        _sync_folder(target.parent)
    return target


def _replace_model(staged, target, sidecar) -> None:
    """The old sidecar goes, the new model comes, both on the medium. Where it cannot come, the old ones stay."""
    old = _staged_path(target.parent, "old-sidecar")
    try:
        if sidecar.exists():
            os.replace(sidecar, old)
            _sync_folder(target.parent)
        os.replace(staged, target)
    except BaseException:
        if os.path.exists(staged) and os.path.exists(old):
            os.replace(old, sidecar)
        raise
    _remove(old)
    _sync_folder(target.parent)


def _keep_backup(target, suffix) -> None:
    """The old file gets a second name: it loses its own at once. A disk without such links gets a copy."""
    backup = _staged_path(target.parent, "backup")
    try:
        try:
            os.link(target, backup)
        except OSError:
            with open(target, "rb") as old:
                _write(_create(backup), lambda file: shutil.copyfileobj(old, file, 1 << 20))
        os.replace(backup, f"{target}{suffix}")
    finally:
        _remove(backup)  # where both were one file already, replacing does nothing


_CHECKPOINT = re.compile(r"[^.].*(?<!_meta)\.(?:pt|pth|ckpt)", re.IGNORECASE)
"""Names of what is written here. A sidecar of `a_meta.pt` would pass for that of `a.pt`."""

_MODEL = re.compile(r"(.+)\.(?:pt|pth|ckpt|safetensors|zip)(?:\.gz)?", re.IGNORECASE | re.DOTALL)


def _refuse_shared_sidecar(folder, name) -> None:
    for other in os.listdir(folder):
        match = _MODEL.fullmatch(other)
        if match and match[1] == Path(name).stem and other != name and (folder / other).is_file():
            raise ValueError(f"{name!r} would share the sidecar of {other!r}: save it under another name")


# Onto the medium


class _HashingFile:
    """Passes bytes on to a file, and counts and hashes them on the way.

    Errors are kept for afterwards: from one that it gets while it writes, PyTorch ends the whole process. Bytes that
    come after the first error go nowhere.
    """

    def __init__(self, file):
        self.file, self.size, self.sha256, self.failure = file, 0, hashlib.sha256(), None

    def write(self, data):
        size = memoryview(data).nbytes
        self._do(lambda: self._pass_on(data, size))
        return size

    def flush(self):
        self._do(self.file.flush)

    def _pass_on(self, data, size):
        self.sha256.update(data)
        self.size += size
        self.file.write(data)

    def _do(self, work):
        if self.failure is None:
            try:
                work()
            except BaseException as error:  # Ctrl-C too
                self.failure = error


def _write(file, fill):
    """Fills a file, waits until it is on the medium, and closes it. Returns its size and SHA-256."""
    with file:
        hashing = _HashingFile(file)
        try:
            fill(hashing)
        finally:
            if hashing.failure is not None:
                raise hashing.failure
        file.flush()
        _sync(file.fileno())
        size = os.fstat(file.fileno()).st_size
    if size != hashing.size:
        raise OSError(errno.EIO, f"the disk kept {size} of {hashing.size} bytes", file.name)
    return size, hashing.sha256.hexdigest()


_NO_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY, errno.EISDIR}
"""What a file system answers that cannot sync this, or not so."""


def _sync(descriptor) -> None:
    if hasattr(fcntl, "F_FULLFSYNC"):  # macOS, where fsync alone ends at the disk's own cache
        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
        except OSError as error:
            if error.errno not in _NO_SYNC:
                raise
    os.fsync(descriptor)
    os.fstat(descriptor)  # an XFS that was shut down meanwhile syncs a folder without a word, and says so only now


def _sync_folder(folder) -> None:
    """A name outlives a power cut only once its folder is on the medium. Where that cannot be, it is said, once."""
    if os.name == "nt":  # which lets nobody open a folder
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _sync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
        _warn_once(f"{folder}: folders cannot be synced here — what is saved may not outlive a power cut")
    finally:
        os.close(descriptor)


_warned = []


def _warn_once(text) -> None:
    if not _warned:
        _warned.append(text)
        logging.getLogger(__name__).warning(text)


def _make_folder(folder) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent)
        with suppress(FileExistsError):
            folder.mkdir()
        _sync_folder(folder.parent)


def _remove(path) -> None:
    """What cannot be removed fails no save; a later one sweeps it."""
    with suppress(OSError):
        os.unlink(path)


# One writer at a time, and no version number twice

_STAGED = ".cairn.tmp"
"""How names end that are not yet those of a version; Cairn shows what is left of them as an interrupted save."""

_NUMBER = re.compile(r".*?(\d+)\D*_reward|(?:.*_)?v(\d+)(?=[_.])")
"""The version number in the name of a model, a sidecar, a backup or a claim."""


_HOST = re.sub(r"[^A-Za-z0-9-]", "-", platform.node())[:40] or "host"

_TOKEN = os.urandom(4).hex()
"""What tells this process from an earlier one of the same number: in a container each is number 1."""

_OWNED = re.compile(rf"\.(.+)\.([A-Za-z0-9-]+)\.(\d+)\.([0-9a-f]{{8}})[0-9a-f]{{8}}{re.escape(_STAGED)}", re.DOTALL)


def _staged_path(folder, stem) -> Path:
    """A name that nobody else takes: `.STEM.HOST.PID.RANDOM.cairn.tmp`, the random part beginning with the token."""
    return folder / f".{stem}.{_HOST}.{os.getpid()}.{_TOKEN}{os.urandom(4).hex()}{_STAGED}"


def _create(path, mode=0o644):
    """Opens a file that was not there, nor is a link: only then is it nobody else's."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode))


@contextmanager
def _staged(folder, stem):
    """Gives a new file to be written, and renamed; what has not been is removed."""
    with _create(_staged_path(folder, stem)) as file:
        try:
            yield file
        finally:
            file.close()
            _remove(file.name)


@contextmanager
def _claimed_version(run, folder, config):
    """Takes the next version number: whoever makes the file of it has it, on every system and over a network too.

    Gives the number, that file, and the one for the model, which was there before and says whose the claim is.
    """
    while True:
        version = 1 + max(_numbers(_names(run, folder, config)), default=0)
        stem = f"{_stem(version, config)}_reward"
        with _staged(folder, stem) as staged:
            try:
                claim = _create(folder / f".{stem}{_STAGED}")
            except FileExistsError:
                continue
            try:
                # Somebody's claim may have become a version since the names were read.
                names = [name for name in _names(run, folder, config) if not name.endswith(_STAGED)]
                if version not in _numbers(names):
                    yield version, claim, staged
                    return
            finally:
                is_ours = False
                with claim, suppress(OSError):
                    is_ours = _has_name(claim.fileno(), claim.name)
                if is_ours:
                    _remove(claim.name)


def _stem(version, config):
    return f"{config['model_prefix']}_{config['version_format'].format(version=version)}"


def _names(run, folder, config):
    """Every name of a version that there is, or was: what Cairn moved to its trash, or backed up, can come back."""
    trashed = run.glob(f".cairn/trash/*/files/{config['best_models_dir']}/*")
    return os.listdir(folder) + [path.name for path in trashed] + _names_logged(run)


def _names_logged(run):
    """The names in the last MiB of Cairn's log, which is of many years; a number that it gave as the name of one."""
    names = []
    with suppress(OSError), open(run / ".cairn" / "log.jsonl", "rb") as log:
        log.seek(max(0, os.fstat(log.fileno()).st_size - (1 << 20)))
        for line in log:
            with suppress(ValueError, TypeError, AttributeError, OverflowError):
                told = json.loads(line)
                names += [str(id).rpartition("/")[2] for id in told.get("ids", ())] + [f"v{int(told.get('version', 0))}."]
    return names


def _numbers(names):
    found = (_NUMBER.match(name) for name in names)
    return {int(match[1] or match[2]) for match in found if match}


_threads = defaultdict(threading.Lock)
"""By device and inode of the run: a lock of a file keeps out other processes, not the threads of this one."""

_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}


@contextmanager
def _writing_to(run, folder, wait):
    """Holds Cairn's own lock of the run, with the folder there and swept."""
    _make_folder(folder)
    status = os.stat(run)
    until, turn = time.monotonic() + wait, _threads[status.st_dev, status.st_ino]
    if not turn.acquire(timeout=max(wait, 0)):
        raise _locked(run, wait)
    try:
        lock = _take_lock(run, wait, until) if fcntl else None
        try:
            if lock is not None:
                _sweep(folder)
                _keep_reserve(run / ".cairn")
            yield
        finally:
            if lock is not None:
                with suppress(OSError):
                    os.ftruncate(lock, 0)
                os.close(lock)
    finally:
        turn.release()


def _locked(run, wait):
    return TimeoutError(f"{run} is locked: another program is still writing to it after {wait} s")


def _sweep(folder) -> None:
    """Removes what ended processes of this machine left, and claims beside which nothing is left of their owner's."""
    names = [name for name in os.listdir(folder) if name.startswith(".") and name.endswith(_STAGED)]
    for name in names:
        owned = _OWNED.fullmatch(name)
        if owned and _has_ended(*owned.groups()[1:]):
            _remove(folder / name)
    # Read once more: an owner's file is there before its claim.
    owned = {match[1] for match in map(_OWNED.fullmatch, os.listdir(folder)) if match}
    for name in names:
        if not _OWNED.fullmatch(name) and name[1 : -len(_STAGED)] not in owned:
            _remove(folder / name)


def _keep_reserve(own) -> None:
    """Makes what is missing of the 16 files of 4 KiB that Cairn removes on a full disk: a prune writes before it frees.

    Not where less than 1 MiB, or 64 files, are free: that is for the model. No save fails for it.
    """
    folder = own / "reserve"
    with suppress(OSError):
        if folder.is_symlink() or shutil.disk_usage(own).free < 1 << 20 or _files_free(own) < 64:
            return
        folder.mkdir(mode=0o700, exist_ok=True)
        for path in (folder / str(number) for number in range(16)):
            if path.exists() and path.stat().st_size == 4096:
                continue
            with suppress(FileNotFoundError):
                path.unlink()
            with _create(path, 0o600) as file:
                file.write(os.urandom(4096))


def _files_free(folder):
    """Without end on a file system that does not number its files."""
    status = os.statvfs(folder)
    return status.f_favail if status.f_files else math.inf


def _has_ended(host, pid, token) -> bool:
    """Whether it was a process of this machine that is no more. Not for Windows, where asking would end it."""
    if host != _HOST:
        return False
    if int(pid) == os.getpid():
        return token != _TOKEN
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        pass
    return False


def _take_lock(run, wait, until):
    """Waits for the lock, which the kernel takes back however this process ends.

    Returns the descriptor of its file, None on a file system that has no locks. What stands in it is for people.
    """
    path = run / ".cairn" / "lock"
    while True:
        lock = _open_lock(path)
        try:
            if _is_free(lock, path):
                since = datetime.now().astimezone().isoformat(timespec="seconds")
                who = f"process {os.getpid()} on {platform.node()}"
                os.ftruncate(lock, 0)
                os.write(lock, json.dumps({"who": who, "command": "save", "since": since}).encode())
                return lock
        except OSError as error:
            os.close(lock)
            if error.errno in _NO_LOCKS:
                return None
            raise
        os.close(lock)
        if time.monotonic() >= until:
            raise _locked(run, wait)
        time.sleep(0.05)


def _open_lock(path):
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except PermissionError as error:
        why = "the run cannot be locked: its .cairn is read-only, or belongs to another user"
        raise PermissionError(error.errno, why, str(path)) from error


def _is_free(lock, path):
    """Tries to lock a file that is open. One that lost its name meanwhile keeps nobody out."""
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return _has_name(lock, path)
    except (BlockingIOError, PermissionError):
        return False


def _has_name(descriptor, path):
    """Whether a file that is open still is the one of that name."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


# Callbacks; each framework is looked for only when its callback is


def __getattr__(name):
    """Makes a callback's class when it is first imported."""
    makers = {"SB3CairnCallback": _make_sb3_callback, "LightningCairnCallback": _make_lightning_callback}
    if name not in makers:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    made = makers[name]()
    made.__qualname__ = name  # as that of a class of this file, so that it can be pickled
    globals()[name] = made
    return made


_REMEDIES = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "make room there"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "let this user write there"),
    None: "wait for what writes there, or end it",
}
"""What to do about an OSError, by its errno. A TimeoutError of a lock has none."""


def _is_saved(callback, save) -> bool:
    """Whether a save is done. What the system refuses ends no training, of which this may be but one process.

    It is told in one line, once for each cause until a save is done.
    """
    try:
        save()
    except OSError as error:
        if error.errno not in callback.told:
            callback.told.add(error.errno)
            why, remedy = " ".join(str(error).split()), _REMEDIES.get(error.errno, "see what is wrong there")
            logging.getLogger(__name__).warning(
                f"no model was saved to {callback.run} — {why} — {remedy}; the training goes on, and tries again"
            )
        return False
    callback.told.clear()
    return True


def _make_sb3_callback():
    try:
        from stable_baselines3.common.callbacks import BaseCallback
    except ImportError as missing:
        raise ImportError("SB3CairnCallback needs stable-baselines3: pip install stable-baselines3") from missing

    class SB3CairnCallback(BaseCallback):
        """Saves the policy whenever its mean reward is the best so far.

        Inside an EvalCallback (`callback_after_eval`) that is the reward of the evaluation; on its own, every `every`
        calls, the mean of the last episodes of the training, as the log has it. `options` go to save_best_model.

        A save that fails does not end the training: it is told, and the next evaluation that is better than the best
        saved one is saved. As `callback_on_new_best` it has to be better than the one whose save failed.

        To go on from one, with a model and an environment made as those were:

            SB3CairnCallback.restore(model, torch.load(path))
            model.learn(100_000, reset_num_timesteps=False)

        The file has what `model.save` keeps beside the policy too: its optimizers, variables that are trained without a
        module (`pytorch_variables`, such as SAC's entropy coefficient), and the statistics of VecNormalize. It has no
        replay buffer, which `model.save_replay_buffer` keeps, and none of the arguments that the model was made with.
        """

        def __init__(self, run, every=10_000, verbose=0, **options):
            super().__init__(verbose)
            self.run, self.every, self.options = run, every, options
            self.best, self.told = -math.inf, set()

        def _on_step(self) -> bool:
            if self.parent is not None or self.n_calls % self.every == 0:
                reward = self._mean_reward()
                if reward > self.best and _is_saved(self, lambda: self._save(reward)):
                    self.best = reward
            return True

        def _mean_reward(self):
            evaluated = getattr(self.parent, "last_mean_reward", None)
            if evaluated is not None:
                return float(evaluated)
            episodes = self._recent_rewards()
            return sum(episodes) / len(episodes) if episodes else math.nan

        def _recent_rewards(self):
            return [float(episode["r"]) for episode in self.model.ep_info_buffer or ()]

        @staticmethod
        def restore(model, saved):
            """Sets a model to what `torch.load` gives of a save; ValueError where it is of another kind."""
            model.set_parameters({"policy": saved["model_state_dict"], **saved["optimizer_state_dict"]})
            for name, value in saved.get("pytorch_variables", {}).items():
                attrgetter(name)(model).data.copy_(value)  # in place: an optimizer holds it
            normalizer = model.get_vec_normalize_env()
            for name, statistics in saved.get("vec_normalize", {}).items() if normalizer else ():
                _set_statistics(getattr(normalizer, name), statistics)
            model.num_timesteps = saved["training_state"]["total_timesteps"]

        def _save(self, reward):
            path = save_best_model(
                self.run,
                _sb3_state(self.model),
                reward=reward,
                metrics={"mean_reward": reward},
                training_state={
                    "global_step": self.num_timesteps,
                    "total_timesteps": self.num_timesteps,
                    "global_episode": getattr(self.model, "_episode_num", 0),
                    "global_update": getattr(self.model, "_n_updates", 0),
                    "best_reward": reward,
                    "recent_rewards": self._recent_rewards()[-100:],
                },
                **{"model_class": type(self.model).__name__, **self.options},
            )
            if self.verbose:
                print(f"saved {path}")

    return SB3CairnCallback


def _sb3_state(model) -> dict:
    """All that an algorithm goes on from, under the names that stable-baselines3 has for it (BaseAlgorithm.save)."""
    optimizers = dict(model.get_parameters())
    policy = optimizers.pop("policy")
    variables = {name: attrgetter(name)(model) for name in model._get_torch_save_params()[1]}
    normalizer = model.get_vec_normalize_env()
    running = {name: getattr(normalizer, name, None) for name in ("obs_rms", "ret_rms")}
    return {
        "model_state_dict": policy,
        "optimizer_state_dict": optimizers,
        "pytorch_variables": {name: value.detach() for name, value in variables.items() if value is not None},
        "vec_normalize": {name: _statistics(rms) for name, rms in running.items() if rms is not None},
    }


def _statistics(rms) -> dict:
    """Those of a RunningMeanStd, or of each where observations are a dict."""
    if isinstance(rms, Mapping):
        return {key: _statistics(each) for key, each in rms.items()}
    return {"mean": torch.tensor(rms.mean), "var": torch.tensor(rms.var), "count": float(rms.count)}


def _set_statistics(rms, saved) -> None:
    if isinstance(rms, Mapping):
        for key, each in rms.items():
            _set_statistics(each, saved[key])
        return
    rms.mean, rms.var, rms.count = saved["mean"].cpu().numpy(), saved["var"].cpu().numpy(), saved["count"]


def _make_lightning_callback():
    try:
        from lightning.pytorch.callbacks import Callback
    except ImportError:
        try:
            from pytorch_lightning.callbacks import Callback
        except ImportError as missing:
            raise ImportError("LightningCairnCallback needs Lightning: pip install lightning") from missing

    class LightningCairnCallback(Callback):
        """Saves the module whenever a validation gives the best value of `monitor` so far.

        The reward is that value, with `mode="min"` its negative: higher is always better. All that was logged becomes
        metrics. It saves on the first process alone, from the module's own state dict: not for strategies that keep
        parts of it elsewhere. `options` go to save_best_model. A save that fails does not end the training: it is
        told, and the next validation that is better than the best saved one is saved.
        """

        def __init__(self, run, monitor="val_loss", mode="min", **options):
            super().__init__()
            if mode not in ("min", "max"):
                raise ValueError(f"mode is 'min' or 'max', not {mode!r}")
            self.run, self.monitor, self.mode, self.options = run, monitor, mode, options
            self.best, self.told = -math.inf, set()

        def state_dict(self):
            return {"best": self.best}

        def load_state_dict(self, state_dict):
            self.best = state_dict["best"]

        def on_validation_end(self, trainer, pl_module):
            if trainer.sanity_checking or trainer.fast_dev_run or trainer.state.fn != "fit":
                return
            logged = trainer.callback_metrics
            if self.monitor not in logged:
                others = ", ".join(logged) or "nothing"
                raise RuntimeError(f"nothing was logged as {self.monitor!r}: there is {others}")
            value = float(logged[self.monitor])
            reward = -value if self.mode == "min" else value
            if reward > self.best:
                if not trainer.is_global_zero or _is_saved(self, lambda: self._save(trainer, pl_module, reward)):
                    self.best = reward

        def _save(self, trainer, pl_module, reward):
            optimizers = [optimizer.state_dict() for optimizer in trainer.optimizers]
            save_best_model(
                self.run,
                pl_module.state_dict(),
                optimizer=optimizers[0] if len(optimizers) == 1 else optimizers,
                reward=reward,
                metrics=dict(trainer.callback_metrics),
                training_state={
                    "global_step": trainer.global_step,
                    "global_cycle": trainer.current_epoch,
                    "best_reward": reward,
                },
                **{"model_class": type(pl_module).__name__, **self.options},
            )

    return LightningCairnCallback
