"""Writes the HDF5 files of the tests: `fixture_hdf5.py FOLDER` makes FOLDER/hdf5 and FOLDER/hdf5.expected.json.

h5py writes them, without Keras: groups, names and attributes are those of keras/src/saving/saving_lib.py and
keras/src/legacy/saving/legacy_h5_format.py. The expectations are what h5py and numpy find in the files.
"""

import json
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import h5py
import numpy

random = numpy.random.default_rng(7)
DENSE = {"class_name": "Dense", "module": "keras.layers", "config": {"name": "dense", "units": 4}}
MODEL = {"class_name": "Sequential", "module": "keras", "config": {"name": "policy", "layers": [DENSE]}}
ADAM = {"class_name": "Adam", "config": {"learning_rate": 0.0003, "beta_1": 0.9}}
WHEN = (2026, 3, 2, 9, 0, 0)


def _weights(*shape: int) -> numpy.ndarray:
    return random.normal(size=shape).astype("float32")


def write_keras_2(file: h5py.File) -> None:
    file.attrs["keras_version"] = "2.15.0"
    file.attrs["backend"] = "tensorflow"
    file.attrs["model_config"] = json.dumps(MODEL)
    file.attrs["training_config"] = json.dumps({"loss": "mse", "optimizer_config": ADAM})
    weights = file.create_group("model_weights")
    weights.attrs["layer_names"] = numpy.array([b"dense"])
    dense = weights.create_group("dense")
    dense.attrs["weight_names"] = numpy.array([b"dense/kernel:0", b"dense/bias:0"])
    dense.create_dataset("dense/kernel:0", data=_weights(3, 4))
    dense.create_dataset("dense/bias:0", data=numpy.zeros(4, "float32"))
    slots = file.create_group("optimizer_weights/Adam")
    slots.create_dataset("iter:0", data=numpy.int64(1200))
    slots.create_dataset("m/dense/kernel:0", data=_weights(3, 4))


def write_keras_3(file: h5py.File) -> None:
    names = ("dense", "dense_1", "dense_2", "dense_10")
    for name in names:
        layer = file.create_group(f"layers/{name}/vars")
        layer.create_dataset("0", data=_weights(3, 4))
        layer.create_dataset("1", data=numpy.zeros(4, "float32"))
    half = file.create_dataset("layers/half/vars/0", data=numpy.array([0x3F80, 0xC000, 0x7F80], "<u2").view("V2"))
    half.attrs["dtype"] = "bfloat16"
    for index in range(11):
        file.create_dataset(f"optimizer/vars/{index}", data=_weights(2))
    file.create_group("_layer_checkpoint_dependencies")


def write_types(file: h5py.File) -> None:
    for name in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"):
        file.create_dataset(f"little/{name}", data=numpy.arange(6).reshape(2, 3).astype(f"<{name}"))
        file.create_dataset(f"big/{name}", data=numpy.arange(6).reshape(2, 3).astype(f">{name}"))
    file["bool"] = numpy.array([True, False, True])
    file["complex64"] = numpy.array([1 + 2j, -0.5j], "complex64")
    file["complex_big"] = numpy.array([1 + 2j, -0.5j], ">c16")
    file["scalar"] = numpy.float64(7.5)
    file["nothing"] = h5py.Empty("f4")
    file["no_rows"] = numpy.empty((0, 4), "float32")
    file["texts"] = numpy.array(["a", "bc"], dtype=h5py.string_dtype())
    file["fixed"] = numpy.array([b"abc", b"d"])
    file["table"] = numpy.array([(1, 2.0)], dtype=[("step", "i4"), ("loss", "f8")])
    file["special"] = numpy.array([numpy.nan, numpy.inf, -numpy.inf, 0, -1.5], "float32")
    data = numpy.arange(480, dtype="float32").reshape(20, 24)
    file.create_dataset("chunked/plain", data=data, chunks=(8, 8))
    file.create_dataset("chunked/gzip", data=data, chunks=(8, 8), compression="gzip", shuffle=True)
    file.create_dataset("chunked/checked", data=data, chunks=(8, 8), fletcher32=True)
    file.create_dataset("chunked/big", data=data.astype(">f4"), chunks=(20, 24), compression="gzip")
    file.create_dataset("chunked/lzf", data=data, chunks=(8, 8), compression="lzf")
    file.create_dataset("never_written", shape=(4,), dtype="float32", fillvalue=2.5)
    file.attrs["count"] = 3
    file.attrs["ratios"] = numpy.array([0.5, 0.25])
    file.attrs["large"] = numpy.uint64(2**63)
    file.attrs["good"] = True
    file.attrs["names"] = ["one", "two"]


def write_latest(file: h5py.File) -> None:
    many = file.create_group("many", track_order=True)
    for index in range(40):
        many.create_dataset(f"w{index}", data=_weights(2, 2))
        many.attrs[f"note {index}"] = index
    file.create_dataset("chunked", data=_weights(20, 20), chunks=(8, 8), maxshape=(None, 20))
    small = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    small.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((3,))
    compact = h5py.h5d.create(file.id, b"compact", h5py.h5t.IEEE_F32LE, space, small)
    compact.write(h5py.h5s.ALL, h5py.h5s.ALL, numpy.array([1, 2, 3], "float32"))


def write_one(file: h5py.File) -> None:
    file["weights"] = _weights(3, 4)


def write_links(file: h5py.File) -> None:
    """What leads out of the file, or around in it; nothing of it must be followed."""
    file["weights"] = _weights(4)
    file["same"] = file["weights"]
    file["soft"] = h5py.SoftLink("/weights")
    file["dangling"] = h5py.SoftLink("/nowhere")
    file["outside"] = h5py.ExternalLink("/etc/passwd", "/root")
    file["sibling"] = h5py.ExternalLink("types.h5", "/scalar")
    file.create_dataset("passwd", shape=(16,), dtype="uint8", external=[("/etc/passwd", 0, 16)])
    file.create_dataset("random", shape=(16,), dtype="uint8", external=[("/dev/urandom", 0, 16)])
    layout = h5py.VirtualLayout(shape=(4,), dtype="float32")
    layout[:] = h5py.VirtualSource("types.h5", "special", shape=(5,))[:4]
    file.create_virtual_dataset("virtual", layout)
    file["round/and/again"] = file["/"]


def write_archive(path: Path, weights: bytes, method: int) -> None:
    config = {**MODEL, "compile_config": {"optimizer": ADAM, "loss": "mse"}}
    metadata = {"keras_version": "3.9.0", "date_saved": "2026-03-02@09:00:00"}
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in (("metadata.json", json.dumps(metadata)), ("config.json", json.dumps(config)), ("model.weights.h5", weights)):
            archive.writestr(zipfile.ZipInfo(name, WHEN), data, method)


def _describe(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def visit(name: str, item: Any) -> None:
        if isinstance(item, h5py.Dataset):
            found[name.replace("/", ".")] = _describe_dataset(item)

    with h5py.File(path, "r") as file:
        file.visititems(visit)
    return found


def _describe_dataset(dataset: h5py.Dataset) -> dict[str, Any]:
    described: dict[str, Any] = {"shape": [0] if dataset.shape is None else list(dataset.shape), "dtype": dataset.dtype.name, "offset": dataset.id.get_offset()}
    if dataset.dtype.kind in "fiub" and dataset.size:
        values = dataset[()].astype("float64").ravel()
        finite = values[numpy.isfinite(values)]
        described |= {"sum": float(finite.sum()), "min": float(finite.min()), "max": float(finite.max())}
    return described


FILES = {
    "keras2.h5": (write_keras_2, {}),
    "policy.weights.h5": (write_keras_3, {}),
    "types.h5": (write_types, {}),
    "latest.h5": (write_latest, {"libver": "latest"}),
    "user_block.h5": (write_one, {"userblock_size": 512}),
    "links.h5": (write_links, {}),
}


def main(folder: Path) -> None:
    made = folder / "hdf5"
    made.mkdir(parents=True, exist_ok=True)
    for name, (write, options) in FILES.items():
        with h5py.File(made / name, "w", **options) as file:
            write(file)
    inner = BytesIO()
    with h5py.File(inner, "w") as file:
        write_keras_3(file)
    write_archive(made / "policy.keras", inner.getvalue(), zipfile.ZIP_STORED)
    write_archive(made / "packed.keras", inner.getvalue(), zipfile.ZIP_DEFLATED)
    names = [name for name in FILES if name != "links.h5"]
    expected = {name: _describe(made / name) for name in names}
    (folder / "hdf5.expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
