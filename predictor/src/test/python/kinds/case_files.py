"""Writes a fitted model beside what its library answers: ../../resources/kinds/<kind>/<case>.pkl and .expect.json."""

import gzip
import json
import math
import pathlib
import pickle
import platform

import numpy as np

FOLDER = pathlib.Path(__file__).parent.parent.parent / "resources" / "kinds"
LARGE = 40_000


def plain(value):
    """What JSON has of a value: a missing one is null."""
    if hasattr(value, "toarray"):
        return plain(value.toarray())
    if hasattr(value, "to_numpy"):
        return plain(value.to_numpy())
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, np.generic):
        return plain(value.item())
    if value is None or type(value).__name__ in ("NAType", "NaTType") or isinstance(value, float) and math.isnan(value):
        return None
    return value


def as_rows(rows, named):
    table = plain(rows)
    if not named:
        return table
    return [dict(zip(map(str, rows.columns), row)) for row in table]


def write(kind, case, model, rows, why, library, methods=None, named=False, sent=None, answering=None, protocol=4, **about):
    """
    rows: what the library is asked; sent: what a client sends instead, where that differs.
    answering: what is asked, where that is not the model itself.
    named: whether a client sends objects with the names of the data frame's columns.
    """
    folder = FOLDER / kind
    folder.mkdir(parents=True, exist_ok=True)
    content = {"library": library + ", Python " + platform.python_version(), "why": why}
    content["rows"] = plain(sent) if sent is not None else as_rows(rows, named)
    if "error" not in about and "refused" not in about:
        answers = {}
        for method in methods or ("predict", "predict_proba", "decision_function"):
            if hasattr(answering or model, method):
                answers[method] = plain(getattr(answering or model, method)(rows))
        content["expected"] = answers
    content.update(about)
    pickled = pickle.dumps(model, protocol=protocol)
    if len(pickled) > LARGE:
        with open(str(folder / (case + ".pkl.gz")), "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as compressed:
            compressed.write(pickled)
    else:
        (folder / (case + ".pkl")).write_bytes(pickled)
    (folder / (case + ".expect.json")).write_text(json.dumps(content) + "\n")
