"""Makes pickles of LightGBM models and writes down what LightGBM answers with them.

    python make_lightgbm_fixtures.py        the cases of the installed LightGBM

Run it once with each requirements file: requirements-lightgbm-4.7.txt, requirements-lightgbm-2.3.txt.
Each case is two files of ../resources/parity-lightgbm:

  <case>.pkl     the estimator, or a Booster
  <case>.json    estimator, inputs (null is NaN), and expected: predict, predict_proba,
                 decision_function as far as it has them; a Booster's raw scores are its decisions

Every array is drawn from a seed; the data means nothing.
"""

import json
import pickle
import warnings
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
from lightgbm import LGBMClassifier, LGBMRanker, LGBMRegressor

warnings.filterwarnings("ignore")

OUT = Path(__file__).resolve().parent.parent / "resources" / "parity-lightgbm"
MAJOR = int(lightgbm.__version__.split(".")[0])
PREFIX = "" if MAJOR >= 4 else "v%s-" % lightgbm.__version__.split(".")[0]
SMALL = dict(n_estimators=5, num_leaves=6, min_child_samples=5, n_jobs=1, random_state=0)
TRAIN = dict(num_leaves=6, min_data_in_leaf=5, num_threads=1, seed=0, verbose=-1)
ZERO = float(np.float32(1e-35))


def data(seed=0, missing=True):
    random = np.random.RandomState(seed)
    x = random.normal(size=(240, 4))
    x[:, 1] = np.where(random.rand(240) < 0.4, 0.0, x[:, 1])
    x[:, 3] = random.randint(0, 70, 240)
    score = x[:, 0] + (x[:, 1] == 0) - 0.5 * x[:, 2] + (x[:, 3] % 3 == 0) + random.normal(size=240) / 3
    if missing:
        x[random.rand(240, 4) < 0.08] = np.nan
    return x, score


def rows(x):
    """Some of the training rows, and rows at the edges of what a split compares."""
    edges = [
        [np.nan] * 4,
        [0, 0, 0, 0],
        [0.5, ZERO, -ZERO, 2.9],
        [1e-36, -1e-36, 2e-35, -0.5],
        [-2e-35, 1e-300, -1e-300, -1],
        [1e300, -1e300, 1e10, 3e9],
        [0.1, np.nan, 0, 1000],
        [-0.0, -0.0, np.nan, 69],
    ]
    return np.vstack([x[:16], np.array(edges, dtype=float)])


def plain(value):
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else float(value)
    return value.item() if isinstance(value, np.generic) else value


def write(case, model, inputs, given=None):
    given = inputs if given is None else given
    expected = {"predict": plain(model.predict(given))}
    if isinstance(model, lightgbm.Booster):
        expected["decision_function"] = plain(model.predict(given, raw_score=True))
    if hasattr(model, "predict_proba"):
        expected["predict_proba"] = plain(model.predict_proba(given))
    if hasattr(model, "decision_function"):
        expected["decision_function"] = plain(model.decision_function(given))
    pickled = pickle.dumps(model, protocol=4)
    (OUT / (PREFIX + case + ".pkl")).write_bytes(pickled)
    described = dict(
        case=PREFIX + case,
        estimator=type(model).__name__,
        lightgbm=lightgbm.__version__,
        inputs=plain(inputs),
        expected=expected,
    )
    (OUT / (PREFIX + case + ".json")).write_text(json.dumps(described) + "\n")


def regressors():
    x, score = data()
    positive = np.exp(score / 2)
    for objective in ["regression_l1", "fair", "mape", "poisson", "tweedie", "huber", "quantile"]:
        write("regressor-" + objective, LGBMRegressor(objective=objective, **SMALL).fit(x, positive), rows(x))
    write("regressor-sqrt", LGBMRegressor(reg_sqrt=True, **SMALL).fit(x, score), rows(x))
    write("regressor-zero-as-missing", LGBMRegressor(zero_as_missing=True, **SMALL).fit(x, score), rows(x))
    write("regressor-no-missing", LGBMRegressor(use_missing=False, **SMALL).fit(x, score), rows(x))
    write("regressor-complete", LGBMRegressor(**SMALL).fit(*data(missing=False)), rows(x))
    write("regressor-one-leaf", LGBMRegressor(**{**SMALL, "min_child_samples": 500}).fit(x, score), rows(x))
    write("ranker", LGBMRanker(**SMALL).fit(x, np.digitize(score, [0, 1]), group=[24] * 10), rows(x))
    if MAJOR >= 4:
        write("ranker-xendcg",
              LGBMRanker(objective="rank_xendcg", **SMALL).fit(x, np.digitize(score, [0, 1]), group=[24] * 10), rows(x))
        write("regressor-linear", LGBMRegressor(linear_tree=True, **SMALL).fit(x, score), rows(x)[:22])


def classifiers():
    x, score = data(1)
    three = np.array(["early", "late", "never"])[np.digitize(score, [0, 1])]
    write("classifier-texts", LGBMClassifier(**SMALL).fit(x, three), rows(x))
    write("classifier-one-vs-all", LGBMClassifier(objective="multiclassova", sigmoid=0.7, **SMALL).fit(x, three), rows(x))
    write("classifier-sigmoid", LGBMClassifier(sigmoid=1.7, **SMALL).fit(x, score > 0.3), rows(x))
    write("classifier-forest", LGBMClassifier(boosting_type="rf", subsample=0.6, subsample_freq=1, **SMALL)
          .fit(x, three), rows(x))
    write("classifier-categories", LGBMClassifier(min_data_per_group=3, cat_smooth=1, **SMALL)
          .fit(x, score > 0.3, categorical_feature=[3]), rows(x))


def boosters():
    x, score = data(2)
    for objective in ["cross_entropy", "cross_entropy_lambda"]:
        target = 1 / (1 + np.exp(-score))
        trained = lightgbm.train(dict(TRAIN, objective=objective), lightgbm.Dataset(x, target), 5)
        write("booster-" + objective.replace("_", "-"), trained, rows(x))
    forest = dict(TRAIN, objective="binary", boosting="rf", bagging_freq=1, bagging_fraction=0.6)
    write("booster-forest", lightgbm.train(forest, lightgbm.Dataset(x, score > 0.3), 5), rows(x))
    softmax = dict(TRAIN, objective="multiclass", num_class=3)
    write("booster-multiclass", lightgbm.train(softmax, lightgbm.Dataset(x, np.digitize(score, [0, 1])), 5), rows(x))
    stopped = lightgbm.train(dict(TRAIN, objective="regression"), lightgbm.Dataset(x, score), 9)
    stopped.best_iteration = 4
    write("booster-best-iteration", stopped, rows(x))


def frames():
    x, score = data(3)
    frame = pd.DataFrame(x, columns=["wind", "rain", "delay", "day"])
    names = np.array(["SCEL", "SABE", "SPJC", "KMIA", "é"], dtype=object)
    random = np.random.RandomState(4)
    frame["from"] = pd.Categorical(names[random.randint(0, 5, 240)], categories=list(names))
    frame["hour"] = pd.Categorical(random.choice([6, 12, 18, 23], 240))
    score = score + frame["from"].isin(["SABE", "KMIA"]) + (frame["hour"] == 12)
    model = LGBMRegressor(min_data_per_group=3, cat_smooth=1, **SMALL).fit(frame, score)
    given = frame[:20].copy()
    given["from"] = pd.Categorical([None, "XXXX", "SABE"] + list(frame["from"][3:20]))
    given["hour"] = pd.Categorical([12, None, 7] + list(frame["hour"][3:20]))
    inputs = [[None if pd.isna(v) else v for v in row] for row in given.astype(object).values.tolist()]
    write("regressor-frame", model, inputs, given)


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    regressors()
    classifiers()
    boosters()
    frames()
