"""Writes small files of flax, TensorFlow, torch's distributed checkpoints, Orbax and MLflow for the tests.

`fixture_indexes.py FOLDER` makes FOLDER/indexes. None of these frameworks is installed where this runs: the files are made by
hand from their sources (flax/serialization.py, tensorflow/tsl/lib/io/table_format.txt and tensor_bundle.proto,
torch/distributed/checkpoint/metadata.py, orbax/checkpoint/_src/metadata/tree.py, mlflow/models/model.py), msgpack by msgpack
itself and pickles by pickle, of classes that are named as torch's are.
"""

import json
import pickle
import struct
import sys
import types
from pathlib import Path
from typing import Any

import msgpack
import numpy
import torch

random = numpy.random.default_rng(11)


def _array(array: numpy.ndarray, name: str | None = None, code: int = 1) -> msgpack.ExtType:
    packed = (array.shape, name or array.dtype.name, array.tobytes())
    return msgpack.ExtType(code, msgpack.packb(packed, use_bin_type=True))


def write_flax(path: Path) -> None:
    kernel = numpy.arange(12, dtype="float32").reshape(3, 4)
    half = numpy.array([0x3F80, 0xC000, 0x7F80], "<u2")
    tree = {
        "step": 12000,
        "params": {"Dense_0": {"kernel": _array(kernel), "bias": _array(numpy.zeros(4, "float32"))}},
        "half": _array(half, "bfloat16"),
        "opt_state": {"0": {"count": _array(numpy.array(7, "int32"), code=3), "mu": {"kernel": _array(-kernel)}}},
        "tx": None,
        "note": "by hand",
    }
    path.write_bytes(msgpack.packb(tree))


def _crc32c_table() -> list[int]:
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


TABLE = _crc32c_table()


def _masked(data: bytes) -> int:
    crc = 0xFFFFFFFF
    for byte in data:
        crc = (crc >> 8) ^ TABLE[(crc ^ byte) & 0xFF]
    crc ^= 0xFFFFFFFF
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def _varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value % 0x80 | 0x80)
        value //= 0x80
    return bytes([*out, value])


def _field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(8 * number) + _varint(value)
    return _varint(8 * number + 2) + _varint(len(value)) + value


def _block(entries: list[tuple[bytes, bytes]]) -> bytes:
    """Keys share their beginnings, but for every sixteenth."""
    out, restarts, before = bytearray(), [0], b""
    for index, (key, value) in enumerate(entries):
        shared = 0
        if index % 16 == 0 and index > 0:
            restarts.append(len(out))
        elif index > 0:
            while shared < min(len(before), len(key)) and before[shared] == key[shared]:
                shared += 1
        out += _varint(shared) + _varint(len(key) - shared) + _varint(len(value)) + key[shared:] + value
        before = key
    return bytes(out) + struct.pack(f"<{len(restarts) + 1}I", *restarts, len(restarts))


def _table(blocks: list[list[tuple[bytes, bytes]]]) -> bytes:
    out, handles = bytearray(), []

    def add(block: bytes) -> bytes:
        place = _varint(len(out)) + _varint(len(block))
        out.extend(block + b"\0" + struct.pack("<I", _masked(block + b"\0")))
        return place

    for entries in blocks:
        handles.append((entries[-1][0], add(_block(entries))))
    meta, index = add(_block([])), add(_block(handles))
    return bytes(out) + (meta + index).ljust(40, b"\0") + struct.pack("<Q", 0xDB4775248B80FB57)


TENSORS = {
    "_CHECKPOINTABLE_OBJECT_GRAPH": (7, (), 321),
    "model/layer-0/bias/.ATTRIBUTES/VARIABLE_VALUE": (1, (4,), 16),
    "model/layer-0/kernel/.ATTRIBUTES/VARIABLE_VALUE": (1, (3, 4), 48),
    "model/layer-0/kernel/.OPTIMIZER_SLOT/optimizer/m/.ATTRIBUTES/VARIABLE_VALUE": (1, (3, 4), 48),
    "model/layer-1/kernel/.ATTRIBUTES/VARIABLE_VALUE": (14, (4, 0), 0),
    "save_counter/.ATTRIBUTES/VARIABLE_VALUE": (9, (), 8),
}


def write_tensorflow(path: Path) -> None:
    entries, offset = [(b"", _field(1, 1) + _field(3, _field(1, 1)))], 0
    for key, (dtype, shape, size) in TENSORS.items():
        dims = b"".join(_field(2, _field(1, side) if side else b"") for side in shape)
        place = (_field(4, offset) if offset else b"") + _field(5, size)
        entries.append((key.encode(), _field(1, dtype) + _field(2, dims) + place + b"\x35" + struct.pack("<I", 7)))
        offset += size
    path.write_bytes(_table([entries[:4], entries[4:]]))


def _named(module: str, name: str, **state: Any) -> Any:
    """An instance of a class of that name, made as a dataclass is; the module is there for as long as it is pickled."""
    made = sys.modules.setdefault(module, types.ModuleType(module))
    cls = getattr(made, name, None) or type(name, (), {"__module__": module, "__qualname__": name})
    setattr(made, name, cls)
    instance = cls()
    instance.__dict__.update(state)
    return instance


METADATA = "torch.distributed.checkpoint.metadata"


class _Properties:
    """As TensorProperties pickles itself: a tuple for its state."""

    def __init__(self, dtype: torch.dtype) -> None:
        self.state = (dtype, torch.strided, False, 0, False)

    def __getstate__(self) -> tuple[Any, ...]:
        return self.state


_Properties.__module__, _Properties.__qualname__, _Properties.__name__ = METADATA, "TensorProperties", "TensorProperties"


def _tensor(dtype: torch.dtype, *shape: int) -> Any:
    chunk = _named(METADATA, "ChunkStorageMetadata", offsets=torch.Size([0] * len(shape)), sizes=torch.Size(shape))
    return _named(METADATA, "TensorStorageMetadata", properties=_Properties(dtype), size=torch.Size(shape), chunks=[chunk])


def write_dcp(path: Path, protocol: int) -> None:
    tensors = {
        "model.fc.weight": _tensor(torch.float32, 3, 4),
        "model.fc.bias": _tensor(torch.bfloat16, 4),
        "optimizer.state.fc.weight.exp_avg": _tensor(torch.float32, 3, 4),
        "step": _named(METADATA, "BytesStorageMetadata"),
    }
    sys.modules[METADATA].TensorProperties = _Properties
    filesystem = "torch.distributed.checkpoint.filesystem"
    storage = {
        _named(METADATA, "MetadataIndex", fqn=name, offset=None, index=None): _named(
            filesystem, "_StorageInfo", relative_path=f"../../etc/passwd_{index}.distcp", offset=0, length=100
        )
        for index, name in enumerate(tensors)
    }
    whole = _named(METADATA, "Metadata", state_dict_metadata=tensors, planner_data=None, storage_data=storage)
    path.write_bytes(pickle.dumps(whole, protocol))


def _leaf(keys: tuple[str, ...], kind: str, shape: list[int] | None = None) -> tuple[str, Any]:
    value: dict[str, Any] = {"value_type": kind, "skip_deserialize": kind == "None"}
    if shape is not None:
        value["write_shape"] = shape
    return str(keys), {"key_metadata": [{"key": key, "key_type": 2} for key in keys], "value_metadata": value}


def write_orbax(path: Path) -> None:
    leaves = [
        _leaf(("params", "Dense_0", "kernel"), "jax.Array", [3, 4]),
        _leaf(("params", "Dense_0", "bias"), "jax.Array", [4]),
        _leaf(("opt_state", "0", "count"), "np.ndarray"),
        _leaf(("step",), "scalar"),
        _leaf(("name",), "string"),
        _leaf(("tx",), "None"),
    ]
    path.write_text(json.dumps({"tree_metadata": dict(leaves), "use_ocdbt": True, "use_zarr3": False, "custom_metadata": None}))


MLMODEL = """artifact_path: model
flavors:
  python_function:
    env: conda.yaml
    loader_module: mlflow.pytorch
  pytorch:
    code: null
    model_data: data
    pytorch_version: 2.3.1
mlflow_version: 2.14.0
model_uuid: 0c1f5ae58d3f4a1b9f1f6f5a8f2f7e11
run_id: 8f7d2b8c0a4a4b0e9e3b6d0f3c1a2b3c
utc_time_created: '2026-03-02 09:00:00.000000'
"""


def main(folder: Path) -> None:
    made = folder / "indexes"
    made.mkdir(parents=True, exist_ok=True)
    write_flax(made / "checkpoint_12000")
    write_tensorflow(made / "cp-0005.ckpt.index")
    for protocol in (2, 4):
        place = made / f"dcp-{protocol}"
        place.mkdir(exist_ok=True)
        write_dcp(place / ".metadata", protocol)
    (made / "orbax").mkdir(exist_ok=True)
    write_orbax(made / "orbax" / "_METADATA")
    (made / "MLmodel").write_text(MLMODEL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
