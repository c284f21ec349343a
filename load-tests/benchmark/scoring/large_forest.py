"""Writes a random forest of about a wanted size with pickle and with joblib. Runs in the virtual environment.

`python large_forest.py DIRECTORY MEGABYTES` writes `forest.pkl` and `forest.joblib`.
"""

import pickle
import sys
from pathlib import Path

import joblib
import numpy as np
from sklearn.ensemble import RandomForestClassifier

# A tree fitted with noise has a leaf for every other row or so: about 700 kB.
ROWS = 17_000
MEGABYTES_PER_TREE = 0.697


def main(directory, megabytes):
    random = np.random.default_rng(7)
    trees = max(1, round(megabytes / MEGABYTES_PER_TREE))
    forest = RandomForestClassifier(trees, max_features=1, random_state=7, n_jobs=1)
    forest.fit(random.standard_normal((ROWS, 30)), random.integers(0, 2, ROWS))
    with open(directory / "forest.pkl", "wb") as file:
        pickle.dump(forest, file)
    joblib.dump(forest, directory / "forest.joblib")


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
