"""Files of joblib with arrays among the instructions of their pickle, into e2e/fixtures/joblib."""

import sys
from pathlib import Path

import joblib
import numpy as np

out = Path(sys.argv[1] if len(sys.argv) > 1 else "e2e/fixtures/joblib")
out.mkdir(parents=True, exist_ok=True)
content = {
    "scaler": {
        "mean": np.arange(5.0),
        "scale": np.arange(6, dtype="f4").reshape(2, 3),
        "fortran": np.asfortranarray(np.arange(6, dtype=">i8").reshape(2, 3)),
        "empty": np.zeros((0, 3)),
        "one": np.array(3.5),
    },
    "names": np.array(["a", "bc"], dtype=object),
    "flags": np.array([True, False]),
    "after": {"x": 1, "y": [1, 2, 3]},
}
for protocol in (2, 4):
    joblib.dump(content, out / f"arrays_{protocol}.joblib", protocol=protocol)
