"""Writes the small runs of the tests.

`make_fixtures.py FOLDER` makes FOLDER/generations, FOLDER/edge, FOLDER/formats, FOLDER/oddities, FOLDER/comparisons, and beside them
expected.json, tensors.json and statistics.json, which say what PyTorch finds in them.
"""

import sys
from pathlib import Path

import torch

from fixture_comparisons import make_comparisons
from fixture_edge import make_edge
from fixture_formats import make_formats
from fixture_generations import make_oldest, make_simple, make_typed
from fixture_oddities import make_oddities
from tensor_statistics import write_statistics
from tensor_tables import write_tables
from torch_verdicts import write_verdicts


def main(folder: Path) -> None:
    torch.set_num_threads(1)
    generations = folder / "generations"
    notes = {
        **make_typed(generations / "typed"),
        **make_simple(generations / "simple"),
        **make_oldest(generations / "oldest"),
        **make_edge(folder / "edge"),
    }
    write_verdicts(folder, folder / "expected.json", notes)
    make_formats(folder / "formats")
    make_oddities(folder / "oddities")
    make_comparisons(folder / "comparisons")
    write_tables(folder, folder / "tensors.json")
    write_statistics(folder, folder / "statistics.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
