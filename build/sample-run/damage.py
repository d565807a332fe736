"""What goes wrong on real disks, done on purpose to files that were whole. The times of the files stay."""

import os
import zipfile
from pathlib import Path


def _rewrite(path: Path, contents: bytes) -> None:
    before = path.stat()
    path.write_bytes(contents)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def tear(path: Path, share: float) -> None:
    """Keeps the first `share` of a file: the rest was never written."""
    contents = path.read_bytes()
    _rewrite(path, contents[: int(len(contents) * share)])


def flip_bit(path: Path) -> None:
    """Flips one bit in the middle of the largest tensor, size unchanged: bit rot."""
    with zipfile.ZipFile(path) as archive:
        tensors = [archive.read(name) for name in archive.namelist() if "/data/" in name]
    largest = max(tensors, key=len)
    contents = bytearray(path.read_bytes())
    contents[contents.index(largest) + len(largest) // 2] ^= 0x10
    _rewrite(path, bytes(contents))
