"""Makes XGBoost's own files of ../../resources/kinds/native-xgboost-*, each with what Booster.predict answers.

    python native_xgboost.py        with requirements-xgboost-3.2.txt (Python 3.11), then requirements-xgboost-3.0.txt,
                                    requirements-xgboost-1.7.txt (Python 3.11) and
                                    requirements-xgboost-0.90.txt (Python 3.8)

decision_function is output_margin=True. Every array is drawn from a seed; the data means nothing.
"""

import gzip
import json
from pathlib import Path

import numpy as np
import xgboost as xgb

OUT = Path(__file__).resolve().parents[2] / "resources" / "kinds"
VERSION = tuple(int(part) for part in xgb.__version__.split(".")[:2])
RELEASE = "-%d.%d" % VERSION

random = np.random.RandomState(0)
X = random.normal(size=(300, 4))
X[random.rand(300, 4) < 0.1] = np.nan
SCORE = np.nan_to_num(X[:, 0]) - np.nan_to_num(X[:, 1] * X[:, 2]) + random.normal(size=300) / 4
EDGES = np.vstack([X[:12], [[np.nan] * 4, [0, 0, 0, 0], [1e30, -1e30, 1e-30, 3]]])
NAMES = ["wind", "rain", "delay of the plane", "day"]


def plain(value):
    if isinstance(value, (list, np.ndarray)):
        return [plain(item) for item in value]
    return None if np.isnan(value) else float(value)


def save(booster, suffix, folder, case):
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "{}.{}".format(case, "bin" if suffix == "deprecated" else suffix)
    written = folder / "{}.{}".format(case, suffix)
    booster.save_model(str(written))
    written.rename(file)
    return file


def write(kind, suffix, case, why, booster, rows=EDGES, names=None, compressed=False):
    if kind != forms()[0][0] and case not in FEW:
        return
    case += RELEASE
    folder = OUT / kind
    file = save(booster, suffix, folder, case)
    loaded = xgb.Booster()
    loaded.load_model(str(file))
    data = xgb.DMatrix(rows, feature_names=names)
    expected = dict(predict=plain(loaded.predict(data)), decision_function=plain(loaded.predict(data, output_margin=True)))
    if compressed:
        (folder / (case + ".model")).write_bytes(gzip.compress(file.read_bytes()))
        file.unlink()
    about = dict(library="XGBoost " + xgb.__version__, why=why, rows=plain(rows), expected=expected, tolerance=1e-6)
    (folder / (case + ".expect.json")).write_text(json.dumps(about) + "\n")


def train(objective, target, rounds=6, names=None, **more):
    parameters = dict(objective=objective, max_depth=3, seed=0, nthread=1, **more)
    if VERSION < (1, 0):
        parameters["silent"] = 1
    return xgb.train(parameters, xgb.DMatrix(X, label=target, feature_names=names), rounds)


# What a release's second form is checked with: all share what is behind them.
FEW = {"logistic", "softprob", "linear", "dart", "stopped-early", "gzip"}


def forms():
    """The forms that this release writes: the newest first."""
    if VERSION >= (3, 1):
        return [("native-xgboost-json", "json"), ("native-xgboost-ubj", "ubj")]
    if VERSION >= (1, 6):
        return [("native-xgboost-json", "json"), ("native-xgboost-ubj", "ubj"), ("native-xgboost-binary", "deprecated")]
    return [("native-xgboost-binary", "bin")]


def main():
    classes = np.digitize(SCORE, [-0.5, 0.5])
    counts = np.floor(np.exp(SCORE / 2))
    for kind, suffix in forms():
        write(kind, suffix, "logistic", "binary:logistic", train("binary:logistic", SCORE > 0))
        write(kind, suffix, "softprob", "a probability for each class", train("multi:softprob", classes, num_class=3))
        write(kind, suffix, "softmax", "the class itself", train("multi:softmax", classes, num_class=3))
        write(kind, suffix, "poisson", "count:poisson", train("count:poisson", counts))
        write(kind, suffix, "base", "a base score", train("reg:squarederror", SCORE + 40, base_score=40))
        write(kind, suffix, "linear", "gblinear", train("reg:squarederror", SCORE, booster="gblinear", updater="coord_descent"))
        write(kind, suffix, "dart", "dart, which drops trees", train("reg:squarederror", SCORE, booster="dart", rate_drop=0.4))
        write(kind, suffix, "forest", "a random forest in each of two rounds",
              train("binary:logistic", SCORE > 0, rounds=2, num_parallel_tree=3, subsample=0.7, colsample_bynode=0.7))
        ranked = xgb.DMatrix(X, label=np.digitize(SCORE, [-1, 0, 1]))
        ranked.set_group([30] * 10)
        quiet = {"silent": 1} if VERSION < (1, 0) else {}
        write(kind, suffix, "ranking", "rank:pairwise", xgb.train(dict(objective="rank:pairwise", max_depth=2, nthread=1, seed=0, **quiet), ranked, 4))
        held = xgb.DMatrix(X[200:], label=-SCORE[200:])
        early = xgb.train(dict(objective="reg:squarederror", max_depth=3, nthread=1, seed=0, **quiet), xgb.DMatrix(X[:200], label=SCORE[:200]),
                          20, evals=[(held, "held")], early_stopping_rounds=5, verbose_eval=False)
        write(kind, suffix, "stopped-early", "Booster.predict takes all trees, also those behind the best iteration", early)
    if VERSION >= (1, 6):
        kind, suffix = forms()[0]
        write(kind, suffix, "names", "names with a space", train("binary:logistic", SCORE > 0, names=NAMES), names=NAMES)
        write("native-xgboost-ubj", "ubj", "gzip", "compressed, and called otherwise", train("binary:logistic", SCORE > 0), compressed=True)
        skl = xgb.XGBClassifier(n_estimators=5, max_depth=3).fit(X, SCORE > 0)
        write(kind, suffix, "classifier", "saved by XGBClassifier: answered as by a Booster", skl.get_booster())
    if VERSION >= (3, 1):
        write("native-xgboost-json", "json", "two-targets", "a number for each of two targets", train("reg:squarederror", np.column_stack([SCORE, -SCORE])))


def categories():
    """Since 3.1 the file has a frame's categories, and values are categories rather than codes."""
    import pandas as pd

    frame = pd.DataFrame({"wind": X[:, 0], "from": pd.Categorical(np.array(["SCEL", "SABE", "KMIA"])[np.digitize(np.nan_to_num(X[:, 1]), [-0.5, 0.5])]),
                          "gate": pd.Categorical(np.digitize(np.nan_to_num(X[:, 2]), [-1, 0, 1]) * 10)})
    booster = xgb.train(dict(objective="reg:squarederror", max_depth=3, seed=0, nthread=1, max_cat_to_onehot=1),
                        xgb.DMatrix(frame, label=SCORE, enable_categorical=True), 6)
    rows = frame.iloc[:20]
    for kind, suffix in forms():
        folder = OUT / kind
        file = save(booster, suffix, folder, "categories" + RELEASE)
        loaded = xgb.Booster()
        loaded.load_model(str(file))
        expected = plain(loaded.predict(xgb.DMatrix(rows, enable_categorical=True)))
        shown = [[None if isinstance(v, float) and np.isnan(v) else v for v in row] for row in rows.astype(object).values.tolist()]
        about = dict(library="XGBoost " + xgb.__version__, why="a frame's categories are in the file", rows=shown, expected=dict(predict=expected), tolerance=1e-6)
        (folder / ("categories" + RELEASE + ".expect.json")).write_text(json.dumps(about) + "\n")


if __name__ == "__main__":
    main()
    if VERSION >= (3, 1):
        categories()
