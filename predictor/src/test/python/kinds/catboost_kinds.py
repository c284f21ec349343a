"""Makes CatBoost's files of ../../resources/kinds, each with what CatBoost answers to its rows.

    python catboost_kinds.py        with requirements-catboost.txt installed (Python 3.11)

Every array is drawn from a seed; the data means nothing. A classifier's raw scores are not among what is
served, so that they are checked as probabilities, and as the raw scores of a regressor.
"""

import gzip
import json
import pickle
from pathlib import Path

import catboost
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from catboost import CatBoost, CatBoostClassifier, CatBoostRanker, CatBoostRegressor, Pool

OUT = Path(__file__).resolve().parents[2] / "resources" / "kinds"
SMALL = dict(iterations=8, depth=3, random_seed=0, verbose=0, thread_count=1, allow_writing_files=False)
LIBRARY = "CatBoost " + catboost.__version__

random = np.random.RandomState(0)
COUNT = 400
X = random.normal(size=(COUNT, 4))
SCORE = X[:, 0] - X[:, 1] * X[:, 2] + random.normal(size=COUNT) / 4
HOLES = np.where(random.rand(COUNT, 4) < 0.1, np.nan, X)
CERTAINTY = 1 / (1 + np.exp(-SCORE))
EDGES = np.vstack([HOLES[:12], [[np.nan] * 4, [0, 0, 0, 0], [1e300, -1e300, 1e-300, 3]]])

AIRPORTS = ["SCEL", "SABE", "KMIA", "SPJC", "SBGR", "LEMD", "KJFK", "SKBO", "SEQM", "Zürich Kloten", ""]


def plain(value):
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (float, np.floating)):
        return None if np.isnan(value) else float(value)
    return value.item() if isinstance(value, np.generic) else value


def answers(model, inputs):
    """predict and predict_proba, in the shapes in which they are served."""
    predicted = np.asarray(model.predict(inputs))
    several = predicted.ndim == 2 and predicted.shape[1] > 1
    expected = {"predict": plain(predicted if several else predicted.reshape(len(predicted)))}
    if hasattr(model, "predict_proba"):
        ones = model.predict_proba(inputs)
        if several:
            # CatBoost gives the probabilities of 1 alone; for each label those of 0 are served beside them.
            ones = [np.column_stack([1 - one, one]) for one in ones.T]
        expected["predict_proba"] = plain(ones)
    return expected


def save(kind, case, model, suffix="pkl"):
    folder = OUT / kind
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{case}.{suffix}"
    if suffix == "cbm":
        model.save_model(str(file))
    else:
        written = pickle.dumps(model, protocol=4)
        file.write_bytes(gzip.compress(written, mtime=0) if suffix.endswith("gz") else written)
    return folder


def describe(folder, case, about, compressed=False):
    text = json.dumps(dict(library=LIBRARY, **about)) + "\n"
    if compressed:
        (folder / f"{case}.expect.json.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    else:
        (folder / f"{case}.expect.json").write_text(text)


def write(kind, case, why, model, inputs, suffix="pkl", loaded=None, compressed=False, **about):
    folder = save(kind, case, model, suffix)
    if suffix == "cbm":
        model = (loaded or type(model))().load_model(str(folder / f"{case}.cbm"))
    rows = inputs.astype(object).values if isinstance(inputs, pd.DataFrame) else np.asarray(inputs)
    describe(folder, case, dict(why=why, rows=plain(rows), expected=answers(model, inputs), **about), compressed)


def refused(kind, case, why, model, reason, message, suffix="pkl"):
    describe(save(kind, case, model, suffix), case, dict(why=why, refused=reason, message=message))


def impossible(kind, case, why, model, rows, error):
    describe(save(kind, case, model), case, dict(why=why, rows=rows, error=error))


def losses():
    classifier = lambda **more: CatBoostClassifier(**{**SMALL, **more})
    regressor = lambda **more: CatBoostRegressor(**{**SMALL, **more})
    kind = "catboost-cross-entropy"
    write(kind, "probabilities", "no class names in it: 0 and 1",
          classifier(loss_function="CrossEntropy").fit(HOLES, CERTAINTY), EDGES)
    write(kind, "two-values", "learnt from zeros and ones", classifier(loss_function="CrossEntropy").fit(X, (SCORE > 0) * 1.0), EDGES)
    write(kind, "target-border", "Logloss of a target that a border divides",
          classifier(loss_function="Logloss", target_border=0.6).fit(X, CERTAINTY), EDGES)
    write(kind, "focal", "Focal loss", classifier(loss_function="Focal:focal_alpha=0.4;focal_gamma=2").fit(X, (SCORE > 0) * 1), EDGES)
    threshold = classifier().fit(X, np.where(SCORE > 0, "late", "early"))
    threshold.set_probability_threshold(0.7)
    write(kind, "threshold", "a probability threshold was set", threshold, X[:60])
    write(kind, "class-weights", "weights of classes, and their order told",
          classifier(class_names=["late", "early"], class_weights=[1, 3]).fit(X, np.where(SCORE > 0, "late", "early")), EDGES)
    write(kind, "unseen-classes", "five classes told, three in the data",
          classifier(loss_function="MultiClass", classes_count=5).fit(X, np.digitize(SCORE, [-1, 1]) + (SCORE > 1)), EDGES)

    kind = "catboost-multi-rmse"
    write(kind, "two-targets", "MultiRMSE", regressor(loss_function="MultiRMSE").fit(HOLES, X[:, :2] + 5), EDGES)
    holes = X[:, :3].copy()
    holes[::7, 1] = np.nan
    write(kind, "missing-targets", "MultiRMSEWithMissingValues", regressor(loss_function="MultiRMSEWithMissingValues").fit(X, holes), EDGES)
    write(kind, "quantiles", "MultiQuantile", regressor(loss_function="MultiQuantile:alpha=0.1,0.5,0.9").fit(X, SCORE), EDGES)
    write(kind, "uncertainty", "the mean and the variance", regressor(loss_function="RMSEWithUncertainty").fit(X, SCORE), EDGES)

    kind = "catboost-multi-logloss"
    labels = np.column_stack([SCORE > 0, X[:, 1] > 0, X[:, 2] > 1]).astype(int)
    write(kind, "labels", "MultiLogloss: an output for each label", classifier(loss_function="MultiLogloss").fit(X, labels), EDGES)
    write(kind, "named-labels", "MultiLogloss with names",
          classifier(loss_function="MultiLogloss", class_names=["late", "full", "far"]).fit(HOLES, labels), EDGES)
    write(kind, "cross-entropy", "MultiCrossEntropy",
          classifier(loss_function="MultiCrossEntropy").fit(X, 1 / (1 + np.exp(-X[:, :2]))), EDGES)

    kind = "catboost-one-vs-all"
    names = np.array(["early", "late", "never"])[np.digitize(SCORE, [-0.5, 0.5])]
    write(kind, "texts", "probabilities that do not add up to 1", classifier(loss_function="MultiClassOneVsAll").fit(X, names), EDGES)
    write(kind, "integers", "integers as classes", classifier(loss_function="MultiClassOneVsAll").fit(HOLES, np.digitize(SCORE, [-1, 0, 1]) * 3), EDGES)

    for policy in ["Depthwise", "Lossguide"]:
        kind = "catboost-" + policy.lower()
        write(kind, "regressor", "one number a leaf", regressor(grow_policy=policy, depth=5, iterations=12).fit(HOLES, SCORE), EDGES)
        write(kind, "classifier", "three classes", classifier(grow_policy=policy).fit(X, names), EDGES)
        write(kind, "missing-above", "missing values above all borders",
              classifier(grow_policy=policy, nan_mode="Max").fit(HOLES, SCORE > 0), EDGES)
    write("catboost-lossguide", "few-leaves", "trees of two leaves, and of one",
          regressor(grow_policy="Lossguide", max_leaves=2, min_data_in_leaf=150).fit(X, SCORE), EDGES)

    kind = "catboost-other-losses"
    for loss in ["LogLinQuantile", "LogCosh", "Cox", "Lq:q=3", "Expectile:alpha=0.3"]:
        write(kind, loss.split(":")[0].lower(), loss, regressor(loss_function=loss).fit(X, np.exp(SCORE / 2)), EDGES)
    write(kind, "survival", "SurvivalAft", regressor(loss_function="SurvivalAft").fit(X, np.column_stack([np.exp(SCORE), np.exp(SCORE) + 1])), EDGES)
    write(kind, "ranker", "CatBoostRanker: raw scores", CatBoostRanker(**SMALL).fit(X, np.digitize(SCORE, [-1, 1]), group_id=np.repeat(np.arange(40), 10)), EDGES)
    write(kind, "base-class", "CatBoost itself: raw scores, whatever the loss", CatBoost(dict(loss_function="Logloss", **SMALL)).fit(X, SCORE > 0), EDGES)
    unused = regressor().fit(np.column_stack([X[:, 3] * 0, X]), SCORE)
    unused.drop_unused_features()
    write(kind, "dropped-features", "features that no tree asks about were dropped", unused, np.column_stack([EDGES[:, 0], EDGES]))


def flights(columns, seed):
    """A frame of columns of texts and integers, with one or two of numbers among them."""
    state = np.random.RandomState(seed)
    frame = pd.DataFrame(index=range(1400))
    for i in range(columns):
        few = [11, 5, 2][i % 3]
        chosen = state.randint(0, few, 1400)
        frame[f"cat{i}"] = np.array(AIRPORTS, dtype=object)[chosen] if i % 2 == 0 else chosen * 7 - 3
        if i in (0, 1):
            frame[f"num{i}"] = np.where(state.rand(1400) < 0.1, np.nan, state.normal(size=1400))
    codes = [pd.factorize(frame[c])[0] for c in frame if c.startswith("cat")]
    score = sum(np.sin(code * (i + 1.3)) for i, code in enumerate(codes)) / max(1, len(codes)) ** 0.5
    if columns > 1:
        score = score + 2 * np.cos(codes[0] * 2.1 + codes[1] * 3.7 + codes[-1])
    score = score + np.nan_to_num(frame["num0"]) * np.where(codes[0] % 2, 1, -0.5)
    return frame, score + state.normal(size=1400) / 5


def strangers(frame):
    """The last 1,000 rows, of whose categories some are none that training saw."""
    rows = frame.iloc[400:].copy().reset_index(drop=True)
    state = np.random.RandomState(9)
    for column in rows:
        if column.startswith("cat"):
            unseen = state.rand(len(rows)) < 0.08
            texts = rows[column].dtype == object or isinstance(rows[column].iloc[0], str)
            rows[column] = rows[column].astype(object)
            rows.loc[unseen, column] = "not seen, " + "x" * 70 if texts else 123456789
    return rows


def categories():
    for columns in [1, 3, 20]:
        frame, score = flights(columns, columns)
        train, target = frame.iloc[:400], score[:400]
        rows = strangers(frame)
        cats = [c for c in frame if c.startswith("cat")]
        here = dict(cat_features=cats, **{**SMALL, "iterations": 20, "depth": 4})
        named = f"{columns} categorical columns, 1,000 rows with categories that training did not see"
        for kind, options in [
            ("catboost-one-hot", dict(one_hot_max_size=20)),
            ("catboost-target-statistics", dict(one_hot_max_size=1, max_ctr_complexity=1)),
            ("catboost-combinations", dict(one_hot_max_size=2, max_ctr_complexity=4, model_size_reg=0)),
        ]:
            case = f"columns-{columns}"
            write(kind, case + "-raw", "raw scores: " + named, CatBoostRegressor(**here, **options).fit(train, target), rows,
                  suffix="pkl.gz", compressed=True)
            write(kind, case + "-probability", "probabilities: " + named, CatBoostClassifier(**here, **options).fit(train, target > 0), rows,
                  suffix="pkl.gz", compressed=True)
    frame, score = flights(3, 3)
    train, target = frame.iloc[:400], score[:400]
    rows = strangers(frame).iloc[:100]
    here = dict(cat_features=["cat0", "cat1", "cat2"], **{**SMALL, "iterations": 25, "depth": 4}, one_hot_max_size=2)
    kind = "catboost-target-statistics"
    write(kind, "every-kind", "Borders, Buckets, BinarizedTargetMeanValue and Counter, each with borders of its own",
          CatBoostRegressor(
              simple_ctr=["Borders:TargetBorderCount=3:Prior=0.2/1", "Buckets:TargetBorderCount=2:Prior=0.5",
                          "BinarizedTargetMeanValue:TargetBorderCount=4:Prior=0.3/1", "Counter:Prior=1/1"],
              combinations_ctr=["Borders:Prior=0.3/1", "Buckets:Prior=1", "BinarizedTargetMeanValue:Prior=0/1", "Counter:CtrBorderCount=7:Prior=0.5"],
              per_feature_ctr=["2:BinarizedTargetMeanValue:TargetBorderCount=7:Prior=0.6"], model_size_reg=0,
              max_ctr_complexity=3, **{**here, "iterations": 60}).fit(train, target), rows, suffix="pkl.gz", compressed=True)
    write(kind, "counters", "only how often a category occurs, also in data to test with",
          CatBoostRegressor(simple_ctr=["Counter:Prior=0/1"], combinations_ctr=["Counter:Prior=0/1"], counter_calc_method="Full", **here).fit(
              train, target, eval_set=(frame.iloc[400:600], score[400:600]), use_best_model=False), rows)
    write(kind, "four-classes", "statistics of several classes",
          CatBoostClassifier(model_size_reg=0, **here).fit(train, np.digitize(target, [-1, 0, 1])), rows, suffix="pkl.gz", compressed=True)
    write(kind, "multi-target", "statistics of a model with two targets",
          CatBoostRegressor(loss_function="MultiRMSE", **here).fit(train, np.column_stack([target, -target])), rows)
    write("catboost-combinations", "depthwise", "combinations in trees that are not symmetric",
          CatBoostRegressor(grow_policy="Depthwise", model_size_reg=0, **here).fit(train, target), rows, suffix="pkl.gz", compressed=True)
    write("catboost-combinations", "with-numbers", "combinations with answers about numbers",
          CatBoostRegressor(max_ctr_complexity=4, model_size_reg=0, **{**here, "depth": 6, "iterations": 40}).fit(train, target), rows,
          suffix="pkl.gz", compressed=True)
    kind = "catboost-one-hot"
    flags = pd.DataFrame({"flag": SCORE > 0, "kind": pd.Categorical(np.array(["a", "b", "cc"])[np.digitize(X[:, 1], [-1, 1])]), "size": X[:, 2]})
    model = CatBoostClassifier(cat_features=["flag", "kind"], one_hot_max_size=9, **SMALL).fit(flags, SCORE - X[:, 1] > 0)
    flat = flags.iloc[:40].astype({"flag": int})
    write(kind, "booleans", "a column of booleans, as 1 and 0, and one of pandas' categories", model, flat)
    array = np.array([[a, int(b > 0), c] for a, b, c in zip(frame["cat0"], X[:, 0], X[:, 1])], dtype=object)
    write(kind, "array", "an array of objects: columns without names",
          CatBoostRegressor(cat_features=[0, 1], one_hot_max_size=9, **SMALL).fit(array, SCORE), array[:30])
    impossible(kind, "missing", "CatBoost raises: a category may not be NaN", model, [[1, None, 0.5]], "is missing, and CatBoost takes no missing category")
    impossible(kind, "fraction", "CatBoost raises: a category may not be a fraction", model, [[1.5, "a", 0.5]], "categories are integers or texts")
    pipe = make_pipeline(
        ColumnTransformer([("holes", SimpleImputer(), ["num0"])], remainder="passthrough").set_output(transform="pandas"),
        CatBoostClassifier(cat_features=["remainder__cat0", "remainder__cat1", "remainder__cat2"], one_hot_max_size=3, **SMALL))
    plain_rows, wanted = flights(3, 3)
    pipe.fit(plain_rows.iloc[:400], wanted[:400] > 0)
    write(kind, "pipeline", "behind steps that pass texts on", pipe, strangers(plain_rows).iloc[:30])
    search = GridSearchCV(CatBoostRegressor(cat_features=["cat0", "cat1", "cat2"], one_hot_max_size=3, **SMALL), {"depth": [2, 3]}, cv=2)
    search.fit(plain_rows.iloc[:400], wanted[:400])
    write(kind, "search", "found by a search", search, strangers(plain_rows).iloc[:30])
    long = pd.DataFrame({"text": ["x" * (i % 200) + str(i % 5) for i in range(COUNT)], "n": X[:, 0]})
    write(kind, "long-texts", "texts of 1 to 201 letters: every length of the hash",
          CatBoostRegressor(cat_features=["text"], one_hot_max_size=255, **{**SMALL, "iterations": 60}).fit(
              long.assign(text=long["text"].where(np.arange(COUNT) < 200, long["text"].shift(200))), np.sin(np.arange(COUNT) % 200)), long, compressed=True)

    kind = "native-catboost-cbm"
    frame, score = flights(3, 5)
    train, target, rows = frame.iloc[:400], score[:400], strangers(frame).iloc[:60]
    write(kind, "classifier", "CatBoostClassifier by its loss", CatBoostClassifier(**here).fit(train, np.where(target > 0, "late", "early")), rows, "cbm")
    write(kind, "regressor", "CatBoostRegressor by its loss", CatBoostRegressor(loss_function="Poisson", **SMALL).fit(HOLES, np.exp(SCORE / 2)), EDGES, "cbm")
    write(kind, "ranker", "CatBoostRanker by its loss", CatBoostRanker(**SMALL).fit(X, np.digitize(SCORE, [-1, 1]), group_id=np.repeat(np.arange(40), 10)), EDGES, "cbm")
    write(kind, "multi-logloss", "MultiLogloss", CatBoostClassifier(loss_function="MultiLogloss", **SMALL).fit(X, np.column_stack([SCORE > 0, X[:, 1] > 0]).astype(int)), EDGES, "cbm")
    folder = save(kind, "gzip", CatBoostRegressor(**SMALL).fit(X, SCORE), "cbm")
    written = (folder / "gzip.cbm").read_bytes()
    (folder / "gzip.cbm").unlink()
    (folder / "gzip.bin").write_bytes(gzip.compress(written, mtime=0))
    describe(folder, "gzip", dict(why="the content decides, not the name", rows=plain(EDGES), expected=answers(CatBoostRegressor().load_model(blob=written), EDGES)))

    kind = "catboost-refused"
    texts = pd.DataFrame({"text": [" ".join(np.array(["late", "rain", "snow", "sun"])[random.randint(0, 4, 6)]) for _ in range(COUNT)], "n": X[:, 0]})
    refused(kind, "texts", "text features", CatBoostClassifier(text_features=["text"], **SMALL).fit(texts, texts["text"].str.count("late") > 1), "UNSUPPORTED", "text features")
    vectors = Pool(pd.DataFrame({"v": list(X), "n": X[:, 0]}), SCORE > 0, embedding_features=["v"])
    refused(kind, "embeddings", "embedding features", CatBoostClassifier(**SMALL).fit(vectors), "UNSUPPORTED", "embedding features")


if __name__ == "__main__":
    losses()
    categories()
