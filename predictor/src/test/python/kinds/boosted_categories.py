"""Categories of data frames, several labels and several targets, as XGBoost and HistGradientBoosting have them, with what they answer.

    for release in 1.9 1.6 1.3 1.0; do
        python -m venv /tmp/boosting-$release
        /tmp/boosting-$release/bin/pip install --no-deps -r requirements-boosting-$release.txt
        /tmp/boosting-$release/bin/python boosted_categories.py
    done

1.0 needs Python 3.9, the others 3.11.
"""

import os
import warnings

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import pandas as pd
import sklearn
import xgboost
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import VotingClassifier, VotingRegressor
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.model_selection import GridSearchCV
from sklearn.multioutput import MultiOutputRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from xgboost import XGBClassifier, XGBRanker, XGBRegressor, XGBRFRegressor

from kind_files import write

warnings.simplefilter("ignore")
VERSION = tuple(int(part) for part in sklearn.__version__.split(".")[:2])
BOOSTER = tuple(int(part) for part in xgboost.__version__.split(".")[:2])
RELEASE = "%d.%d" % VERSION
LIBRARY = "XGBoost %s, scikit-learn %s, pandas %s" % (xgboost.__version__, sklearn.__version__, pd.__version__)
random = np.random.RandomState(31)
N = 400


def kept(kind, case, model, rows, why, **about):
    about.setdefault("tolerance", 1e-6)
    write(kind, "%s-%s" % (case, RELEASE), model, rows, why, LIBRARY, named=isinstance(rows, pd.DataFrame) and "sent" not in about, **about)


def frame(categories, other=None):
    values = random.choice(np.array(categories, dtype=object if isinstance(categories[0], str) else None), N)
    columns = {"carrier": pd.Categorical(values, categories=categories), "n": random.normal(size=N).round(2)}
    if other is not None:
        columns["grade"] = pd.Categorical(random.choice(other, N), categories=other)
    return pd.DataFrame(columns)


def signal(table):
    effect = np.linspace(-2, 2, len(table["carrier"].cat.categories))[::-1] ** 3
    y = effect[table["carrier"].cat.codes] * 0.4 + table["n"]
    if "grade" in table:
        y = y + (table["grade"].cat.codes % 2) * 1.5
    return (y + random.normal(0, 0.1, N)).to_numpy()


def parameters(**more):
    return dict(dict(n_estimators=5, max_depth=3, n_jobs=1, random_state=1, enable_categorical=True, tree_method="hist"), **more)


def asked(table):
    rows = table.iloc[:16].copy()
    rows.loc[rows.index[1], "carrier"] = np.nan
    rows.loc[rows.index[2], "n"] = np.nan
    return rows


LETTERS = ["AA", "B6", "DL", "UA", "WN"]
UNSORTED = ["WN", "AA", "UA", "DL", "B6"]
ACCENTS = ["Madrid", "Málaga", "Valencia"]
PLANES = [101, 7, 320, 55]


def xgboost_categories():
    for name, categories in [("sorted", LETTERS), ("unsorted", UNSORTED), ("accents", ACCENTS), ("many", ["gate %d" % i for i in range(70)])]:
        table = frame(categories)
        model = XGBRegressor(**parameters()).fit(table, signal(table))
        kept("xgb-text-categories", name, model, asked(table), "a text is the category, wherever it stands in the frame that is asked about")
    table = frame(LETTERS, PLANES)
    y = signal(table)
    kept("xgb-text-categories", "beside-numbers", XGBClassifier(**parameters()).fit(table, (y > 0.5).astype(int)), asked(table), "texts and numbers")
    kept("xgb-text-categories", "one-hot", XGBClassifier(**parameters(max_cat_to_onehot=100)).fit(table, np.digitize(y, [0, 1])), asked(table), "one category against the others")
    kept("xgb-text-categories", "calibrated", CalibratedClassifierCV(XGBClassifier(**parameters()), cv=2).fit(table, (y > 0.5).astype(int)), asked(table), "in a calibrated classifier")
    voting = VotingRegressor([("one", XGBRegressor(**parameters())), ("two", XGBRegressor(**parameters(max_depth=2)))])
    kept("xgb-text-categories", "voting", voting.fit(table, y), asked(table), "in a vote")
    kept("xgb-text-categories", "search", GridSearchCV(XGBRegressor(**parameters()), {"max_depth": [2, 3]}, cv=2).fit(table, y), asked(table), "found by a search")
    kept("xgb-text-categories", "pipeline", make_pipeline(FunctionTransformer(), XGBRegressor(**parameters())).fit(table, y), asked(table), "behind a step that does nothing")
    unknown = pd.DataFrame({"carrier": ["ZZ"], "n": [0.5], "grade": [7]})
    model = XGBRegressor(**parameters()).fit(table, y)
    kept("xgb-text-categories", "unknown", model, unknown, "XGBoost raises as well for what is behind all categories", error="no category")
    rows = pd.DataFrame({"carrier": pd.Categorical(["", "AB", "C", "é"]), "n": 0.5, "grade": pd.Categorical([1, 8, 100, 101])})
    kept("xgb-text-categories", "next", model, rows, "XGBoost takes a category that is not known for the next one")
    text = pd.DataFrame({"carrier": [3], "n": [0.5], "grade": [7]})
    kept("xgb-text-categories", "number-for-text", model, text, "XGBoost raises as well", error="no category")
    for name, kind in [("int64", "int64"), ("int8", "int8"), ("int32", "int32")]:
        planes = np.array([3, 1, 99, 20], dtype=kind)
        table = frame(list(planes))
        table["carrier"] = pd.Categorical(table["carrier"].astype(kind), categories=planes)
        model = XGBRegressor(**parameters()).fit(table, signal(table))
        kept("xgb-number-categories", name, model, asked(table), "a number is the category and no code")
    table = frame([-4, 1000000, 0, 12])
    kept("xgb-number-categories", "negative", XGBClassifier(**parameters()).fit(table, np.digitize(signal(table), [0, 1])), asked(table), "a category below 0")
    ranker = XGBRanker(**parameters()).fit(table, np.clip(signal(table).round() + 3, 0, 6).astype(int), qid=np.arange(N) // 20)
    kept("xgb-number-categories", "ranker", ranker, asked(table), "a ranker")
    kept("xgb-number-categories", "forest", XGBRFRegressor(**parameters()).fit(table, signal(table)), asked(table), "a forest")
    kept("xgb-number-categories", "dart", XGBRegressor(**parameters(booster="dart", rate_drop=0.4)).fit(table, signal(table)), asked(table), "dart")
    unknown = pd.DataFrame({"carrier": [2000000], "n": [0.5]})
    model = XGBRegressor(**parameters()).fit(table, signal(table))
    kept("xgb-number-categories", "unknown", model, unknown, "XGBoost raises as well for what is behind all categories", error="no category")
    rows = pd.DataFrame({"carrier": pd.Categorical([-9, 5, 13]), "n": 0.5})
    kept("xgb-number-categories", "next", model, rows, "XGBoost takes a category that is not known for the next one")
    booster = XGBRegressor(**parameters()).fit(table, signal(table)).get_booster()

    rows = asked(table)
    answer = booster.predict(xgboost.DMatrix(rows, enable_categorical=True))
    write(
        "xgb-number-categories",
        "booster-" + RELEASE,
        booster,
        rows,
        "a Booster by itself",
        LIBRARY,
        named=True,
        tolerance=1e-6,
        expected={"predict": [float(number) for number in answer]},
        methods=["none"],
    )


def category_codes():
    """Before 3.1 the file has no categories: codes are what it knows."""
    if BOOSTER >= (3, 1):
        array = np.column_stack([random.randint(0, 5, N), random.normal(size=N).round(2)]).astype(float)
        y = np.array([2.0, -1, 0, 3, 1])[array[:, 0].astype(int)] + array[:, 1]
        model = XGBRegressor(**parameters(feature_types=["c", "q"])).fit(array, y)
        rows = np.vstack([array[:8], [[np.nan, 0], [4, np.nan]]])
        kept("xgb-category-codes", "array", model, rows, "of an array there are no categories but codes, in newer files too")
        return
    table = frame(LETTERS, PLANES)
    y = signal(table)
    rows = asked(table)
    codes = [
        {"carrier": None if carrier < 0 else carrier, "n": None if np.isnan(n) else n, "grade": grade}
        for carrier, n, grade in zip(rows["carrier"].cat.codes.tolist(), rows["n"].tolist(), rows["grade"].cat.codes.tolist())
    ]
    method = {} if BOOSTER >= (1, 6) else {"tree_method": "gpu_hist"}
    if method:
        return
    kept("xgb-category-codes", "regressor", XGBRegressor(**parameters()).fit(table, y), rows, "codes", sent=codes)
    kept("xgb-category-codes", "classifier", XGBClassifier(**parameters(max_cat_to_onehot=3)).fit(table, np.digitize(y, [0, 1])), rows, "codes", sent=codes)


def several_outputs():
    X = random.normal(size=(N, 4)).round(2)
    X[random.rand(N, 4) < 0.1] = np.nan
    filled = np.nan_to_num(X)
    labels = np.column_stack([filled[:, 0] > 0.3, filled[:, 1] + filled[:, 2] > 0, filled[:, 3] > 1]).astype(int)
    targets = np.column_stack([filled[:, 0] * 2, filled[:, 1] - filled[:, 2]])
    more = dict(n_estimators=5, max_depth=3, n_jobs=1, random_state=1, tree_method="hist")
    rows = X[:12]

    def multilabel(kind, case, model, why):
        # For each label that it is not there, and that it is.
        there = model.predict_proba(rows).T
        both = np.stack([1 - there, there], axis=-1)
        expected = {"predict": model.predict(rows).tolist(), "predict_proba": both.tolist()}
        kept(kind, case, model, rows, why, expected=expected, methods=["none"])

    if BOOSTER >= (1, 6):
        multilabel("xgb-multilabel", "three", XGBClassifier(**more).fit(X, labels), "a probability for each label, the same trees for none")
        multilabel("xgb-multilabel", "two", XGBClassifier(**more).fit(X, labels[:, :2]), "two labels")
        kept("xgb-multilabel", "regressor", XGBRegressor(**more).fit(X, targets), rows, "several targets")
        kept("xgb-multilabel", "squared-log", XGBRegressor(objective="reg:squaredlogerror", **more).fit(X, np.abs(targets)), rows, "several targets")
        inside = make_pipeline(StandardScaler(), XGBRegressor(**more)).fit(X, targets)
        kept("xgb-multilabel", "behind-a-scaler", inside, rows, "several targets in a pipeline")
    if BOOSTER >= (2, 0):
        more["multi_strategy"] = "multi_output_tree"
        kept("xgb-multi-output-tree", "regressor", XGBRegressor(**more).fit(X, targets), rows, "vectors in the leaves")
        multilabel("xgb-multi-output-tree", "labels", XGBClassifier(**more).fit(X, labels), "labels")
        kept("xgb-multi-output-tree", "classes", XGBClassifier(**more).fit(X, np.digitize(targets[:, 0], [-1, 1])), rows, "a vector with a number for each class")
        stopped = XGBRegressor(**dict(more, n_estimators=30, early_stopping_rounds=2, learning_rate=1.0)).fit(X, targets, eval_set=[(X[:50], targets[50:100])], verbose=False)
        kept("xgb-multi-output-tree", "stopped", stopped, rows, "training that stopped early")
        forest = XGBRegressor(**dict(more, num_parallel_tree=3, subsample=0.7)).fit(X, targets)
        kept("xgb-multi-output-tree", "parallel", forest, rows, "several trees in each iteration")
        alone = XGBRegressor(**more).fit(X, targets).get_booster()
        write(
            "xgb-multi-output-tree",
            "booster-" + RELEASE,
            alone,
            rows,
            "a Booster by itself",
            LIBRARY,
            tolerance=1e-6,
            expected={"predict": alone.predict(xgboost.DMatrix(rows)).tolist()},
            methods=["none"],
        )


def missing_values():
    X = random.randint(-2, 3, size=(N, 3)).astype(float)
    y = X[:, 0] * X[:, 1] + (X[:, 2] == 0)
    rows = np.vstack([X[:10], [[np.nan, 0, 1], [-1, np.nan, 0]]])
    more = dict(n_estimators=5, max_depth=4, n_jobs=1, random_state=1)
    for value in (0, -1, 2.0):
        model = XGBRegressor(missing=value, **more).fit(X, y)
        kept("xgb-missing", "is%g" % value, model, rows, "missing=%g, and NaN as well" % value)
    linear = XGBRegressor(missing=-1, booster="gblinear", n_estimators=5, n_jobs=1).fit(X, y)
    kept("xgb-missing", "gblinear", linear, rows, "missing=-1 of gblinear", tolerance=1e-5)


def histograms():
    if VERSION < (1, 2):
        return
    table = frame(LETTERS, PLANES)
    table["flag"] = pd.Categorical(random.rand(N) < 0.4)
    y = signal(table) + table["flag"].cat.codes.to_numpy()
    rows = asked(table)
    unknown = pd.DataFrame({"carrier": ["ZZ", None, "AA"], "n": [0.5, np.nan, -1.0], "grade": [7, 9999, 55], "flag": [True, False, None]})
    more = dict(max_iter=8, max_leaf_nodes=6, min_samples_leaf=5)

    def both(case, model, why):
        columns = list(rows.columns)
        answered = pd.concat([rows.astype(object), unknown[columns].astype(object)])
        typed = answered.copy()
        for column in ("carrier", "grade", "flag"):
            if column in typed:
                typed[column] = pd.Categorical(typed[column])
        typed["n"] = typed["n"].astype(float)
        kept("hgb-text-categories", case, model, typed, why, tolerance=1e-9)

    if VERSION >= (1, 4):
        more["categorical_features"] = "from_dtype"
        both("from-dtype", HistGradientBoostingRegressor(**more).fit(table, y), "the columns of pandas' type category")
        both("classes", HistGradientBoostingClassifier(**more).fit(table, np.digitize(y, [0, 1])), "three classes")
        by_name = HistGradientBoostingClassifier(**dict(more, categorical_features=["carrier", "flag", "grade"]))
        both("by-name", by_name.fit(table, (y > 0.5).astype(int)), "by name")
        both("by-place", HistGradientBoostingRegressor(**dict(more, categorical_features=[2, 0, 3])).fit(table, y), "by place")
        mask = [True, False, True, True]
        both("by-mask", HistGradientBoostingRegressor(**dict(more, categorical_features=mask)).fit(table, y), "by mask")
        votes = VotingClassifier([("one", HistGradientBoostingClassifier(**more)), ("two", HistGradientBoostingClassifier(max_depth=2, **more))], voting="soft")
        both("voting", votes.fit(table, (y > 0.5).astype(int)), "in a vote")
        both("search", GridSearchCV(HistGradientBoostingRegressor(**more), {"max_depth": [2, 3]}, cv=2).fit(table, y), "found by a search")
        passed = make_pipeline(FunctionTransformer(), HistGradientBoostingRegressor(**more))
        both("pipeline", passed.fit(table, y), "behind a step that does nothing")
        holes = table.copy()
        holes.loc[random.rand(N) < 0.2, "carrier"] = np.nan
        both("missing-in-training", HistGradientBoostingRegressor(**more).fit(holes, y), "a missing category is known")
        several = MultiOutputRegressor(HistGradientBoostingRegressor(**more)).fit(table, np.column_stack([y, -y]))
        both("two-targets", several, "two targets")
    else:
        codes = np.column_stack([table["carrier"].cat.codes, table["n"], table["grade"].cat.codes]).astype(float)
        model = HistGradientBoostingRegressor(categorical_features=[0, 2], **more).fit(codes, y)
        asked_codes = np.vstack([codes[:10], [[np.nan, 0, 1], [7, np.nan, 2]]])
        kept("hgb-text-categories", "codes", model, asked_codes, "before 1.4 categories are their codes", tolerance=1e-9)


if __name__ == "__main__":
    if BOOSTER >= (3, 1):
        xgboost_categories()
    category_codes()
    several_outputs()
    missing_values()
    histograms()
