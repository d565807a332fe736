"""
An event file written by tensorboard itself, and what its own reader finds in it: the truth that tests compare with.

    python3 build/sample-run/fixture_events.py      writes e2e/fixtures/tfevents (tensorboard 2.21 and numpy; TensorFlow is not needed)
"""

import json
import math
from collections import defaultdict
from pathlib import Path

import numpy as np
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.plugins.histogram import metadata as histograms
from tensorboard.plugins.scalar import metadata as scalars
from tensorboard.summary.writer.record_writer import RecordWriter
from tensorboard.util import tensor_util

FOLDER = Path(__file__).resolve().parents[2] / "e2e" / "fixtures" / "tfevents"
NAME = "events.out.tfevents.1700000000.golden"
Value = summary_pb2.Summary.Value


def _event(step: int, *values: Value) -> event_pb2.Event:
    return event_pb2.Event(wall_time=1.7e9, step=step, summary=summary_pb2.Summary(value=values))


def _tensor_event(step: int, tag: str, array: np.ndarray, metadata) -> event_pb2.Event:
    tensor = tensor_util.make_tensor_proto(array, dtype=array.dtype)
    return _event(step, Value(tag=tag, tensor=tensor, metadata=metadata))


def _events():
    """Scalars as PyTorch and stable-baselines3 log them, as TensorFlow 2 does, and what is no scalar."""
    yield event_pb2.Event(wall_time=1.7e9, file_version="brain.Event:2")
    for index in range(1, 21):
        step = 2048 * index
        loss = float("nan") if index == 7 else 1 / index
        reward = Value(tag="rollout/ep_rew_mean", simple_value=index**0.5)
        yield _event(step, reward, Value(tag="train/loss", simple_value=loss))
        for tag, array in (("score", np.array(index / 3, np.float32)), ("precise", np.array(index / 7))):
            yield _tensor_event(step, tag, array, scalars.create_summary_metadata(tag, ""))
    weights = np.arange(3000.0).reshape(1000, 3)
    yield _tensor_event(40960, "weights", weights, histograms.create_summary_metadata("weights", ""))
    image = summary_pb2.Summary.Image(height=1, width=1, colorspace=3, encoded_image_string=b"x" * 5000)
    yield _event(40960, Value(tag="picture", image=image))


def _found(path: Path) -> dict[str, list[list]]:
    found = defaultdict(list)
    for event in EventFileLoader(str(path)).Load():
        for value in event.summary.value:
            if value.metadata.plugin_data.plugin_name == "scalars":
                number = float(tensor_util.make_ndarray(value.tensor))
                found[value.tag].append([event.step, "NaN" if math.isnan(number) else number])
    return found


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / NAME).open("wb") as file:
        writer = RecordWriter(file)
        for event in _events():
            writer.write(event.SerializeToString())
        writer.flush()
    text = json.dumps(_found(FOLDER / NAME))
    (FOLDER / "expected.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
