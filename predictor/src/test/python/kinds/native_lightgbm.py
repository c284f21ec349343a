"""Makes LightGBM's own files of ../../resources/kinds/native-lightgbm-text, each with what Booster.predict answers.

    python native_lightgbm.py        with requirements-lightgbm-4.7.txt (Python 3.11), then
                                     requirements-lightgbm-3.3.txt (Python 3.10)

decision_function is raw_score=True. Every array is drawn from a seed; the data means nothing.
"""

import gzip
import json
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pandas as pd

OUT = Path(__file__).resolve().parents[2] / "resources" / "kinds" / "native-lightgbm-text"
RELEASE = "-" + ".".join(lgb.__version__.split(".")[:2])
SMALL = dict(num_leaves=5, min_data_in_leaf=5, verbose=-1, num_threads=1, seed=0, deterministic=True)

random = np.random.RandomState(0)
X = random.normal(size=(300, 4))
X[random.rand(300, 4) < 0.1] = np.nan
SCORE = np.nan_to_num(X[:, 0]) - np.nan_to_num(X[:, 1] * X[:, 2]) + random.normal(size=300) / 4
EDGES = np.vstack([X[:12], [[np.nan] * 4, [0, 0, 0, 0], [1e300, -1e300, 1e-300, 3]]])


def plain(value):
    if isinstance(value, (list, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else float(value)
    return value.item() if isinstance(value, np.generic) else value


def write(case, why, booster, rows=EDGES, compressed=False, suffix="txt"):
    case += RELEASE
    OUT.mkdir(parents=True, exist_ok=True)
    file = OUT / (case + "." + suffix)
    booster.save_model(str(file))
    loaded = lgb.Booster(model_file=str(file))
    expected = dict(predict=plain(loaded.predict(rows)), decision_function=plain(loaded.predict(rows, raw_score=True)))
    if compressed:
        file.write_bytes(gzip.compress(file.read_bytes(), mtime=0))
    shown = rows.astype(object).values if isinstance(rows, pd.DataFrame) else rows
    about = dict(library="LightGBM " + lgb.__version__, why=why, rows=plain(shown), expected=expected)
    (OUT / (case + ".expect.json")).write_text(json.dumps(about) + "\n")


def train(objective, target, rounds=6, data=X, **more):
    return lgb.train(dict(objective=objective, **{**SMALL, **more}), lgb.Dataset(data, label=target, params=dict(verbose=-1)), rounds)


def main():
    classes = np.digitize(SCORE, [-0.5, 0.5])
    write("binary", "probabilities", train("binary", (SCORE > 0) * 1))
    write("multiclass", "a probability for each class", train("multiclass", classes, num_class=3))
    write("one-vs-all", "multiclassova", train("multiclassova", classes, num_class=3))
    write("poisson", "counts", train("poisson", np.floor(np.exp(SCORE / 2))))
    write("root", "the square root of the target was learnt", train("regression", SCORE + 9, reg_sqrt=True))
    write("dart", "dart", train("regression", SCORE, boosting="dart", drop_rate=0.5))
    write("forest", "rf: an average", train("binary", (SCORE > 0) * 1, boosting="rf", bagging_freq=1, bagging_fraction=0.6, feature_fraction=0.7))
    ranked = lgb.Dataset(X, label=np.digitize(SCORE, [-1, 0, 1]), group=[30] * 10, params=dict(verbose=-1))
    write("ranking", "lambdarank", lgb.train(dict(objective="lambdarank", **SMALL), ranked, 4))
    data = lgb.Dataset(X[:200], label=SCORE[:200], params=dict(verbose=-1))
    held = lgb.Dataset(X[200:], label=-SCORE[200:], reference=data, params=dict(verbose=-1))
    early = lgb.train(dict(objective="regression", **SMALL), data, 20, valid_sets=[held], callbacks=[lgb.early_stopping(5, verbose=False)])
    write("stopped-early", "the file has the trees up to the best iteration", early)
    frame = pd.DataFrame(X, columns=["wind", "rain", "delay", "day"])
    frame["from"] = pd.Categorical(np.array(["SCEL", "SABE", "KMIA"])[np.digitize(X[:, 1], [-0.5, 0.5])])
    frame["gate"] = pd.Categorical(np.digitize(X[:, 2], [-1, 0, 1]) * 10)
    booster = train("regression", SCORE, data=frame, max_cat_to_onehot=1, cat_smooth=0, min_data_per_group=1)
    write("categories", "pandas' categories stand in the last line", booster, frame.iloc[:20])
    write("names", "names", train("binary", (SCORE > 0) * 1, data=frame[["wind", "rain", "delay"]]), frame[["wind", "rain", "delay"]].iloc[:20])
    write("gzip", "compressed, and called otherwise", train("binary", (SCORE > 0) * 1), compressed=True, suffix="model")


if __name__ == "__main__":
    main()
