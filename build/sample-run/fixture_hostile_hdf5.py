"""Prints src-main/core/formats/fixtures/hdf5-files.ts: small HDF5 files that h5py writes, most of them to harm their reader."""

import base64
import json
import zlib
from collections.abc import Callable
from io import BytesIO

import h5py
import numpy

WEIGHTS = numpy.arange(12, dtype="float32").reshape(3, 4)
LAMBDA = {"class_name": "Lambda", "config": {"function": {"class_name": "__lambda__", "config": {"code": "4wEA"}}}}
Write = Callable[[h5py.File], object]


def small(file: h5py.File) -> None:
    file["layer/weight"] = WEIGHTS
    file.create_dataset("chunked", data=WEIGHTS, chunks=(2, 2), compression="gzip")
    file.attrs["note"] = "small"


def deep(file: h5py.File) -> None:
    group = file
    for _ in range(200):
        group = group.create_group("g")
    group["weight"] = WEIGHTS


def tangled(file: h5py.File) -> None:
    """Each of 30 groups holds all of them: there are more ways through than could be walked."""
    groups = [file.create_group(f"g{index}") for index in range(30)]
    for group in groups:
        for index, other in enumerate(groups):
            group[f"to{index}"] = other


def external(file: h5py.File, place: str) -> None:
    file.create_dataset("w", shape=(16,), dtype="uint8", external=[(place, 0, 16)])


def virtual(file: h5py.File) -> None:
    layout = h5py.VirtualLayout(shape=(16,), dtype="uint8")
    layout[:] = h5py.VirtualSource("/etc/passwd", "w", shape=(16,))
    file.create_virtual_dataset("w", layout)


def long_text(file: h5py.File) -> None:
    file.attrs.create("text", numpy.zeros(5000, "S9"), dtype="S9")


FILES: dict[str, Write] = {
    "small": small,
    "an external link": lambda file: file.__setitem__("w", h5py.ExternalLink("/etc/passwd", "/w")),
    "an external link to itself": lambda file: file.__setitem__("w", h5py.ExternalLink(".", "/w")),
    "a soft link to itself": lambda file: file.__setitem__("w", h5py.SoftLink("/w")),
    "elements in /etc/passwd": lambda file: external(file, "/etc/passwd"),
    "elements on a device": lambda file: external(file, "/dev/zero"),
    "elements in an open file": lambda file: external(file, "/proc/self/fd/3"),
    "elements of another dataset": virtual,
    "2^40 elements that were never written": lambda file: file.create_dataset("w", shape=(2**40,), dtype="f4"),
    "2^60 elements in chunks": lambda file: file.create_dataset("w", shape=(2**30, 2**30), dtype="f4", chunks=(1, 1024)),
    "a chunk of zeros that unpacks to 16 MB": lambda file: file.create_dataset(
        "w", data=numpy.zeros(2**22 - 1, "f4"), chunks=(2**22 - 1,), compression="gzip"
    ),
    "groups 200 deep": deep,
    "groups that hold each other": tangled,
    "an attribute that is long": long_text,
    "names that drive a terminal": lambda file: file.__setitem__("\x1b]0;x\x07\u202e<img src=x>", WEIGHTS),
    "names of prototypes": lambda file: file.__setitem__("__proto__/constructor", WEIGHTS),
    "code in a layer": lambda file: file.attrs.__setitem__("model_config", json.dumps(LAMBDA)),
    "a configuration that is broken": lambda file: file.attrs.__setitem__("model_config", "{"),
    "a configuration without end": lambda file: file.attrs.__setitem__("model_config", "[" * 20_000),
}


def written(write: Write) -> str:
    made = BytesIO()
    with h5py.File(made, "w") as file:
        write(file)
    return base64.b64encode(zlib.compress(made.getvalue(), 9)).decode()


def main() -> None:
    print("/** HDF5 files as h5py writes them, packed: made by build/sample-run/fixture_hostile_hdf5.py. */")
    print("export const hdf5Files: ReadonlyMap<string, string> = new Map([")
    for title, write in FILES.items():
        print(f"  [\n    {title!r},\n    '{written(write)}',\n  ],")
    print("]);")


if __name__ == "__main__":
    main()
