"""Makes pickles of CatBoost models for numbers and writes down what CatBoost answers with them.

    python make_catboost_fixtures.py        with requirements-catboost.txt installed

Each case is two files of ../resources/parity-catboost: <case>.pkl, the estimator, and <case>.json with
estimator, inputs (null is NaN) and expected: predict, and predict_proba where there is one. Categories and the
other losses are in kinds/catboost_kinds.py.

Every array is drawn from a seed; the data means nothing.
"""

import json
import pickle
from pathlib import Path

import numpy as np
import pandas as pd
from catboost import CatBoost, CatBoostClassifier, CatBoostRanker, CatBoostRegressor

OUT = Path(__file__).resolve().parent.parent / "resources" / "parity-catboost"
SMALL = dict(iterations=6, depth=3, random_seed=0, verbose=0, thread_count=1, allow_writing_files=False)

random = np.random.RandomState(0)
X = random.normal(size=(200, 4))
SCORE = X[:, 0] - X[:, 1] * X[:, 2] + random.normal(size=200) / 4
HOLES = np.where(random.rand(200, 4) < 0.1, np.nan, X)
NAMES = np.array(["early", "late", "never"])[np.digitize(SCORE, [-0.5, 0.5])]


def plain(value):
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else float(value)
    return value.item() if isinstance(value, np.generic) else value


def write(case, model, inputs):
    (OUT / (case + ".pkl")).write_bytes(pickle.dumps(model, protocol=4))
    described = dict(case=case, estimator=type(model).__name__)
    predicted = np.asarray(model.predict(inputs))
    described["inputs"] = plain(np.asarray(inputs, dtype=float))
    described["expected"] = {"predict": plain(predicted.reshape(len(predicted)))}
    if hasattr(model, "predict_proba"):
        described["expected"]["predict_proba"] = plain(model.predict_proba(inputs))
    (OUT / (case + ".json")).write_text(json.dumps(described) + "\n")


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    edges = np.vstack([HOLES[:12], [[np.nan] * 4, [0, 0, 0, 0], [1e300, -1e300, 1e-300, 3]]])
    write("classifier-three-texts", CatBoostClassifier(**SMALL).fit(X, NAMES), edges)
    write("classifier-integers", CatBoostClassifier(**SMALL).fit(HOLES, np.digitize(SCORE, [0, 1]) * 5 - 5), edges)
    write("classifier-two-texts", CatBoostClassifier(**SMALL).fit(X, np.where(SCORE > 0, "late", "early")), edges)
    write("classifier-reals", CatBoostClassifier(**SMALL).fit(X, np.where(SCORE > 0, 1.5, 0.5)), edges)
    write("classifier-missing-above", CatBoostClassifier(nan_mode="Max", **SMALL).fit(HOLES, SCORE > 0.2), edges)
    for loss in ["RMSE", "MAE", "Quantile:alpha=0.7", "Poisson", "Tweedie:variance_power=1.5", "Huber:delta=1"]:
        model = CatBoostRegressor(loss_function=loss, **SMALL).fit(HOLES, np.exp(SCORE / 2))
        write("regressor-" + loss.split(":")[0].lower(), model, edges)
    frame = pd.DataFrame(X, columns=["wind", "rain", "delay", "day"])
    write("regressor-names", CatBoostRegressor(**SMALL).fit(frame, SCORE), edges)
    ranker = CatBoostRanker(**SMALL).fit(X, np.digitize(SCORE, [-0.5, 0.5]), group_id=np.repeat(np.arange(20), 10))
    write("ranker", ranker, edges)
    write("base-class", CatBoost(dict(loss_function="Logloss", **SMALL)).fit(X, SCORE > 0), edges)
