"""Scores rows with a pickled scikit-learn classifier or regressor.

    python score_rows.py MODEL.pkl ROWS.csv > SCORES.csv

ROWS.csv has numbers only, no line of names. Each line of the output is predict, then predict_proba
where the estimator has it, with the shortest digits that read back as the same double.
"""

import pickle
import sys
import warnings

import numpy as np

# The file may be older than the installed release; comparing with this release is the point.
warnings.simplefilter("ignore")

with open(sys.argv[1], "rb") as file:
    model = pickle.load(file)
rows = np.loadtxt(sys.argv[2], delimiter=",", ndmin=2)
columns = [model.predict(rows).reshape(len(rows), -1)]
if hasattr(model, "predict_proba"):
    columns.append(model.predict_proba(rows))
for row in np.hstack(columns).tolist():
    print(",".join(map(repr, row)))
