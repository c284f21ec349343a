"""Writes a k-nearest-neighbours model and its answers. Runs in the Python servers' virtual environment.

`python neighbours.py DIRECTORY` writes `model.pkl` and `answers.json`.
"""

import json
import pickle
import sys
from pathlib import Path

import numpy as np
from sklearn.neighbors import KNeighborsClassifier

ROWS = 100_000
FEATURES = 40
ASKED = 200


def main(directory):
    random = np.random.default_rng(7)
    rows = random.standard_normal((ROWS, FEATURES))
    # Brute force compares each row that is asked with all: what it takes is known beforehand.
    model = KNeighborsClassifier(5, algorithm="brute").fit(rows, (rows[:, 0] + rows[:, 1] > 0).astype(int))
    asked = random.standard_normal((ASKED, FEATURES)).round(3)
    (directory / "model.pkl").write_bytes(pickle.dumps(model))
    answers = {"rows": asked.tolist(), "classes": model.predict(asked).tolist()}
    (directory / "answers.json").write_text(json.dumps(answers))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
