#!/usr/bin/env python3
"""Models with things in them that no prediction asks: selectors, grids, metrics, what stands beside a model, what dill writes; and a few small kinds.

  for release in 1.9 1.3 1.1; do
      python -m venv /tmp/parts-$release && /tmp/parts-$release/bin/pip install -r requirements-parts-$release.txt && /tmp/parts-$release/bin/python parts.py
  done

Python 3.11 for 1.9 and 1.3, 3.10 for 1.1. The functions and classes below are the program's own: a pickle names them as those of __main__.
"""

import collections
import datetime
import functools
import gzip
import json
import math
import pathlib
import pickle
import struct
import warnings

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer, make_column_selector, make_column_transformer
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import ExtraTreesClassifier, GradientBoostingClassifier, GradientBoostingRegressor, RandomForestClassifier, VotingClassifier
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer
from sklearn.feature_selection import RFECV, SelectKBest
from sklearn.linear_model import LinearRegression, LogisticRegression, LogisticRegressionCV, Ridge, RidgeCV
from sklearn.metrics import f1_score, fbeta_score, log_loss, make_scorer
from sklearn.model_selection import GridSearchCV, KFold, RandomizedSearchCV
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, LabelEncoder, MinMaxScaler, OneHotEncoder, OrdinalEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier

warnings.simplefilter("ignore")
RESOURCES = pathlib.Path(__file__).resolve().parents[2] / "resources" / "kinds"
RELEASE = ".".join(sklearn.__version__.split(".")[:2])
LIBRARY = f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}"

rng = np.random.RandomState(3)
X = np.round(rng.uniform(0.2, 2, (60, 3)), 3)
Y = (X[:, 0] + X[:, 1] > 2.2).astype(int)
TARGET = np.round(X @ [1.0, -0.5, 0.25] + 2, 3)
ROWS = np.round(rng.uniform(0.3, 1.9, (4, 3)), 3)
TABLE = pd.DataFrame({"wind": X[:, 0], "rain": X[:, 1], "carrier": np.where(X[:, 2] > 1, "AA", "LA")})
TABLE_ROWS = [{"wind": 1.25, "rain": 0.5, "carrier": "LA"}, {"wind": 0.25, "rain": 1.5, "carrier": "AA"}]


def numeric(table):
    return [name for name in table.columns if table[name].dtype.kind == "f"]


def cost(truth, predicted):
    return float(-np.mean((np.asarray(truth) - np.asarray(predicted)) ** 2))


def own_scorer(estimator, x, y):
    return cost(y, estimator.predict(x))


def own_scores(x, y):
    return np.abs(np.asarray(x).mean(axis=0)), np.zeros(x.shape[1])


def best(results):
    return int(np.argmax(results["mean_test_score"]))


class Scorer:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, estimator, x, y):
        return self.factor * own_scorer(estimator, x, y)


class Folds:
    def __init__(self, count):
        self.count = count

    def split(self, x, y=None, groups=None):
        return KFold(self.count).split(x)

    def get_n_splits(self, x=None, y=None, groups=None):
        return self.count


def keep(kind, case, model, rows, why, entry=None, dump=pickle.dumps, holder=None, refused=None, library=LIBRARY, compress=False, tolerance=None):
    """A file, and what the library answers."""
    if RELEASE != "1.9":
        case += "-" + RELEASE.replace(".", "")
    content = dump(model if holder is None else holder)
    folder = RESOURCES / kind
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{case}.{'pkl.gz' if compress else 'pkl'}").write_bytes(gzip.compress(content, 9, mtime=0) if compress else content)
    asked = [] if not rows else pd.DataFrame(rows) if rows and isinstance(rows[0], dict) else [row[0] for row in rows] if rows and isinstance(rows[0][0], str) and len(rows[0]) == 1 else np.array(rows, dtype=object if isinstance(rows[0][0], str) else float)
    about = {"library": library, "why": why}
    if entry:
        about["entry"] = entry
    if tolerance:
        about["tolerance"] = tolerance
    if refused:
        about.update(rows=[], refused=refused[0], message=refused[1])
    else:
        expected = {}
        for output in ("predict", "predict_proba", "decision_function", "transform"):
            if hasattr(model, output) and not (output == "transform" and "predict" in expected):
                answer = getattr(model, output)(asked)
                answer = answer.toarray() if hasattr(answer, "toarray") else np.asarray(answer)
                if isinstance(model, LabelEncoder):
                    answer = answer.reshape(-1, 1)
                expected[output] = answer.tolist()
        about.update(rows=rows, expected=expected)
    (folder / f"{case}.expect.json").write_text(json.dumps(about) + "\n")


def lists(rows):
    return [[float(cell) for cell in row] for row in rows]


def selectors():
    def pipeline(columns):
        return make_pipeline(columns, Ridge()).fit(TABLE, TARGET)

    by_dtype = ColumnTransformer([("n", StandardScaler(), make_column_selector(dtype_include="number")), ("c", OneHotEncoder(), make_column_selector(dtype_exclude="number"))])
    keep("inert-selectors", "by-dtype", pipeline(by_dtype), TABLE_ROWS, "make_column_selector by dtypes")
    by_type = make_column_transformer((StandardScaler(), make_column_selector(dtype_include=np.number)), (OneHotEncoder(), make_column_selector(pattern="^carr")), remainder="drop")
    keep("inert-selectors", "by-type-and-pattern", pipeline(by_type), TABLE_ROWS, "make_column_selector by NumPy's number and by a pattern")
    by_floats = make_column_transformer((StandardScaler(), make_column_selector(dtype_include=[float, "int64"])), (OneHotEncoder(), ["carrier"]))
    keep("inert-selectors", "by-float", pipeline(by_floats), TABLE_ROWS, "make_column_selector by Python's float")
    own = ColumnTransformer([("n", MinMaxScaler(), numeric), ("c", OneHotEncoder(), ["carrier"])])
    keep("inert-selectors", "own-function", pipeline(own), TABLE_ROWS, "a function of one's own chose the columns")


def grids():
    from scipy import stats

    keep("inert-search-grids", "range", GridSearchCV(DecisionTreeClassifier(random_state=0), {"max_depth": range(1, 4)}, cv=3).fit(X, Y), lists(ROWS), "builtins.range in param_grid")
    for name, distribution in {"loguniform": stats.loguniform(0.1, 10), "skewnorm": stats.skewnorm(4, loc=3), "truncnorm": stats.truncnorm(0.5, 2), "kappa": stats.kappa3(2)}.items():
        search = RandomizedSearchCV(LogisticRegression(), {"C": distribution}, n_iter=3, cv=3, random_state=0)
        keep("inert-search-grids", name, search.fit(X, Y), lists(ROWS), f"scipy.stats.{name} in param_distributions", compress=True)
    search = RandomizedSearchCV(DecisionTreeClassifier(random_state=0), {"max_depth": stats.randint(1, 4), "min_samples_leaf": stats.nbinom(5, 0.5)}, n_iter=3, cv=3, random_state=1)
    keep("inert-search-grids", "discrete", search.fit(X, Y), lists(ROWS), "discrete distributions of scipy.stats", compress=True)
    steps = Pipeline([("scale", StandardScaler()), ("model", LogisticRegression())])
    search = GridSearchCV(steps, {"scale": [StandardScaler(), FunctionTransformer(), "passthrough"]}, cv=3)
    keep("inert-search-grids", "estimators", search.fit(X, Y), lists(ROWS), "estimators in param_grid", compress=True)


def metrics():
    kind = "inert-metrics"
    rows = lists(ROWS)
    grid = {"C": [0.1, 1.0]}
    keep(kind, "scoring-function", GridSearchCV(LogisticRegression(), grid, scoring=own_scorer, cv=3).fit(X, Y), rows, "scoring is a function of one's own")
    keep(kind, "scoring-make-scorer", GridSearchCV(LogisticRegression(), grid, scoring=make_scorer(cost), cv=3).fit(X, Y), rows, "make_scorer of a function of one's own")
    partial = make_scorer(functools.partial(fbeta_score, beta=2))
    keep(kind, "scoring-partial", GridSearchCV(LogisticRegression(), grid, scoring=partial, cv=3).fit(X, Y), rows, "functools.partial of a metric")
    partial = make_scorer(functools.partial(cost))
    keep(kind, "scoring-own-partial", RandomizedSearchCV(LogisticRegression(), grid, n_iter=2, scoring=partial, cv=3).fit(X, Y), rows, "functools.partial of a metric of one's own")
    several = {"f1": make_scorer(f1_score), "cost": make_scorer(cost), "own": own_scorer}
    keep(kind, "scoring-several", GridSearchCV(LogisticRegression(), grid, scoring=several, refit="cost", cv=3).fit(X, Y), rows, "several scorers, some of one's own")
    keep(kind, "refit-function", GridSearchCV(LogisticRegression(), grid, refit=best, cv=3).fit(X, Y), rows, "refit is a function of one's own")
    keep(kind, "scoring-object", GridSearchCV(LogisticRegression(), grid, scoring=Scorer(2.0), cv=3).fit(X, Y), rows, "scoring is an object of a class of one's own")
    keep(kind, "own-folds", GridSearchCV(LogisticRegression(), grid, cv=Folds(3)).fit(X, Y), rows, "cv is an object of a class of one's own")
    keep(kind, "logistic-cv", LogisticRegressionCV(Cs=2, scoring=own_scorer, cv=3).fit(X, Y), rows, "LogisticRegressionCV with a scorer of one's own")
    keep(kind, "ridge-cv", RidgeCV(alphas=[0.1, 1.0], scoring=own_scorer).fit(X, TARGET), rows, "RidgeCV with a scorer of one's own")
    keep(kind, "select-k-best", make_pipeline(SelectKBest(own_scores, k=2), LogisticRegression()).fit(X, Y), rows, "SelectKBest with scores of one's own")
    keep(kind, "rfecv", RFECV(LogisticRegression(), scoring=own_scorer, cv=3).fit(X, Y), rows, "RFECV with a scorer of one's own")
    if RELEASE == "1.9":
        boosters()


def boosters():
    import lightgbm
    import xgboost

    class_ = xgboost.callback.TrainingCallback

    global Watch

    class Watch(class_):
        def __init__(self):
            self.seen = []

        def after_iteration(self, model, epoch, evals_log):
            self.seen.append(epoch)
            return False

    Watch.__qualname__ = "Watch"
    for case, arguments in {
        "xgboost-eval-metric": {"eval_metric": cost}, "xgboost-own-callback": {"callbacks": [Watch()]},
        "xgboost-early-stopping": {"callbacks": [xgboost.callback.EarlyStopping(rounds=5)]}, "xgboost-sklearn-metric": {"eval_metric": log_loss},
    }.items():
        model = xgboost.XGBClassifier(n_estimators=3, max_depth=2, **arguments)
        model.fit(X, Y, eval_set=[(X, Y)], verbose=False)
        keep("inert-metrics", case, model, lists(ROWS), "XGBoost with a metric or callback that predict does not look at", library=f"XGBoost {xgboost.__version__}", compress=True, tolerance=1e-6)
    model = lightgbm.LGBMClassifier(n_estimators=3, num_leaves=3, min_child_samples=5, verbose=-1)
    model.fit(X, Y, eval_set=[(X, Y)], eval_metric=lambda truth, given: ("cost", cost(truth, given), True))
    keep("inert-metrics", "lightgbm-eval-metric", model, lists(ROWS), "LightGBM fitted with a metric of one's own", library=f"LightGBM {lightgbm.__version__}", compress=True)


def by_dill():
    import dill

    library = f"{LIBRARY}, dill {dill.__version__}"
    models = {
        "logistic": LogisticRegression().fit(X, Y), "forest": RandomForestClassifier(3, max_depth=2, random_state=0).fit(X, Y),
        "pipeline": make_pipeline(FunctionTransformer(np.log1p), StandardScaler(), LogisticRegression()).fit(X, Y),
        "search": GridSearchCV(LogisticRegression(), {"C": [0.1, 1.0]}, cv=3).fit(X, Y),
    }
    for name, model in models.items():
        keep("dill-plain-model", name, model, lists(ROWS), "a plain model by dill", dump=dill.dumps, library=library, compress=name == "forest")
    columns = make_column_transformer((OneHotEncoder(), ["carrier"]), remainder=StandardScaler())
    keep("dill-plain-model", "columns", make_pipeline(columns, Ridge()).fit(TABLE, TARGET), TABLE_ROWS, "a ColumnTransformer by dill", dump=dill.dumps, library=library)
    keep("dill-plain-model", "recurse", models["pipeline"], lists(ROWS), "a plain model by dill that looks into functions", dump=functools.partial(dill.dumps, recurse=True), library=library)


def beside():
    model = LogisticRegression().fit(X, Y)
    rows = lists(ROWS)
    kind = "container-beside"
    when = datetime.datetime(2024, 5, 17, 12, 30, tzinfo=datetime.timezone.utc)
    keep(kind, "dates", model, rows, "dates and times beside the model", holder={"model": model, "trained": when, "day": when.date(), "took": datetime.timedelta(seconds=5), "naive": datetime.datetime(2024, 5, 17), "at": datetime.time(3)})
    frame = TABLE.head(4)
    keep(kind, "frame", model, rows, "a data frame beside the model", holder={"model": model, "sample": frame, "version": "3"})
    dated = pd.DataFrame({"when": pd.to_datetime(["2024-01-02", "2024-01-03"]), "carrier": pd.Categorical(["AA", "LA"]), "n": [1, 2]}, index=["a", "b"])
    keep(kind, "dated-frame", model, rows, "a data frame of dates, categories and numbers", holder={"model": model, "sample": dated, "series": dated["n"], "stamp": pd.Timestamp("2024-01-02")})
    keep(kind, "columns", model, rows, "the index of a frame's columns beside the model", holder={"model": model, "columns": TABLE.columns, "rows": TABLE.index, "metrics": {"f1": np.float64(0.5)}})
    keep(kind, "tuple", model, rows, "a tuple of the model and a data frame", holder=(model, TABLE.describe()), entry="0")


def encoders():
    colours, carriers = LabelEncoder().fit(["blue", "green", "red"]), LabelEncoder().fit(["AA", "LA", "UA"])
    model = LogisticRegression().fit(X, Y)
    holder = {"carrier": carriers, "colour": colours, "model": model}
    kind = "container-encoders"
    keep(kind, "label-encoder", carriers, [["LA"], ["AA"]], "one of several encoders by its key", entry="carrier", holder=holder)
    keep(kind, "label-encoder-of-three", colours, [["red"], ["blue"]], "a dictionary of nothing but encoders", entry="colour", holder={"colour": colours, "carrier": carriers})
    keep(kind, "nested", carriers, [["UA"], ["AA"]], "encoders in a dictionary in a dictionary", entry="encoders.carrier", holder={"model": model, "encoders": {"carrier": carriers}})
    keep(kind, "the-model", model, lists(ROWS), "the model beside them needs no entry", holder=holder)
    both = OrdinalEncoder().fit([["AA", "x"], ["LA", "y"]])
    keep(kind, "ordinal-encoder", both, [["LA", "x"]], "an OrdinalEncoder by its key", entry="ordinal", holder={"ordinal": both, "scaler": StandardScaler().fit(X)})
    keep(kind, "scaler", StandardScaler().fit(X), lists(ROWS), "a scaler beside an encoder by its key", entry="scaler", holder={"ordinal": both, "scaler": StandardScaler().fit(X)})


TEXTS = ["the flight is late and the fog is on the runway", "snow and snow and more snow", "it was a clear day for the flight", "fog on the runway again"] * 3


def texts():
    kind = "text-stop-words"
    labels = [1, 1, 0, 1] * 3
    rows = [["the fog and the snow are not on time"], ["it is clear"], ["a flight in the snow"]]
    for case, vectorizer in {
        "bigrams": CountVectorizer(stop_words="english", ngram_range=(1, 2)), "tfidf-trigrams": TfidfVectorizer(stop_words="english", ngram_range=(1, 3)),
        "vocabulary": CountVectorizer(stop_words="english", vocabulary=["the", "fog", "snow"]),
        "hashing": HashingVectorizer(stop_words="english", n_features=64, ngram_range=(1, 2)),
    }.items():
        keep(kind, case, make_pipeline(vectorizer, LogisticRegression()).fit(TEXTS, labels), rows, "stop_words='english'", compress=True)


def small_kinds():
    one = np.ones(60, int)
    rows = lists(ROWS)
    kind = "forest-one-class"
    keep(kind, "random-forest", RandomForestClassifier(3, random_state=0).fit(X, one), rows, "a forest that has seen one class")
    keep(kind, "extra-trees", ExtraTreesClassifier(3, random_state=0).fit(X, np.full(60, "late")), rows, "extra trees that have seen one class")
    keep(kind, "tree", DecisionTreeClassifier().fit(X, one), rows, "a tree that has seen one class")
    keep(kind, "pipeline", make_pipeline(StandardScaler(), RandomForestClassifier(2, random_state=0)).fit(X, one), rows, "a forest of one class behind a scaler")
    kind = "search-ends-in-dummy"
    keep(kind, "classifier", make_pipeline(StandardScaler(), DummyClassifier()).fit(X, Y), rows, "a pipeline that ends in a DummyClassifier")
    keep(kind, "regressor", make_pipeline(MinMaxScaler(), DummyRegressor(strategy="median")).fit(X, TARGET), rows, "a pipeline that ends in a DummyRegressor")
    keep(kind, "columns", make_pipeline(make_column_transformer((OneHotEncoder(), ["carrier"]), remainder="passthrough"), DummyClassifier(strategy="most_frequent")).fit(TABLE, Y), TABLE_ROWS, "behind a ColumnTransformer")
    search = GridSearchCV(Pipeline([("scale", StandardScaler()), ("model", DummyClassifier())]), {"model__strategy": ["prior", "most_frequent"]}, cv=3)
    keep(kind, "search", search.fit(X, Y), rows, "a search over such a pipeline")


def functions():
    kind = "ft-in-columntransformer"
    logs = ColumnTransformer([("log", FunctionTransformer(np.log1p), ["wind", "rain"]), ("c", OneHotEncoder(), ["carrier"])])
    keep(kind, "log", make_pipeline(logs, Ridge()).fit(TABLE, TARGET), TABLE_ROWS, "FunctionTransformer in a ColumnTransformer")
    identity = ColumnTransformer([("same", FunctionTransformer(), [0, 2]), ("log", make_pipeline(FunctionTransformer(np.sqrt), StandardScaler()), [1])])
    keep(kind, "identity", make_pipeline(identity, Ridge()).fit(X, TARGET), lists(ROWS), "FunctionTransformer without a function, and in a pipeline of a ColumnTransformer")
    union = FeatureUnion([("same", FunctionTransformer()), ("log", FunctionTransformer(np.log1p))])
    keep(kind, "union", make_pipeline(StandardScaler(), MinMaxScaler(), union, Ridge()).fit(X, TARGET), lists(ROWS), "FunctionTransformers side by side behind a scaler")


def starts():
    """Gradient boosting that begins from what another estimator answers; it is asked in float32."""
    kind = "params-boosting-init"
    for case, init in {"logistic": LogisticRegression(), "logistic-strong": LogisticRegression(C=100.0)}.items():
        keep(kind, case, GradientBoostingClassifier(n_estimators=3, max_depth=2, init=init, random_state=0).fit(X, Y), lists(ROWS), "init is a LogisticRegression", compress=True, tolerance=1e-6)
    keep(kind, "ridge", GradientBoostingRegressor(n_estimators=3, max_depth=2, init=Ridge(), random_state=0).fit(X, TARGET), lists(ROWS), "init is a Ridge", compress=True, tolerance=1e-6)
    keep(kind, "tree", GradientBoostingClassifier(n_estimators=3, max_depth=2, init=DecisionTreeClassifier(max_depth=1), random_state=0).fit(X, Y), lists(ROWS), "init is a tree, which answers in float64", compress=True)


def changed_later():
    """What scikit-learn wrote, with opcodes put between: a container is changed after an object has it."""
    kind = "build-changed-later"
    model = Ridge().fit(X, TARGET)
    intercept = model.intercept_
    del model.intercept_
    late = pickle.dumps(model, protocol=2)
    # The state is the first dictionary, at its memo entry: SETITEM after the last BUILD.
    entry = late[late.index(b"}q") + 2]
    late = b"\x80\x02(" + late[2:-1] + b"h" + bytes([entry]) + b"X\x0a\x00\x00\x00intercept_G" + struct.pack(">d", intercept) + b"st."
    keep(kind, "attribute", model, [], "an attribute is set in the state after BUILD", dump=lambda _: late, refused=("STATE_INVALID", "changes a dictionary after something refers to it"))
    pipeline = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, Y)
    steps = pickle.dumps(pipeline, protocol=2)
    entry = steps[steps.index(b"]q") + 2]
    steps = b"\x80\x02(" + steps[2:-1] + b"h" + bytes([entry]) + b"Nat."
    keep(kind, "step", pipeline, [], "a step is appended after the pipeline has its list", dump=lambda _: steps, refused=("STATE_INVALID", "changes a list after something refers to it"))
    voting = VotingClassifier([("a", LogisticRegression()), ("b", DecisionTreeClassifier(max_depth=2))]).fit(X, Y)
    ordered = collections.OrderedDict(notes=collections.defaultdict(list, {"a": [1]}), model=voting)
    keep(kind, "dictionaries", voting, lists(ROWS), "a Bunch, an OrderedDict and a defaultdict are filled before anything has them", holder=ordered)


def own_functions():
    """What is refused, and what its sentence says."""
    kind = "message-own-function"
    function = make_pipeline(FunctionTransformer(own_scores), LogisticRegression())
    function.steps[1] = ("logisticregression", LogisticRegression().fit(X, Y))
    keep(kind, "function-transformer", function, [], "a step that is a function of one's own", refused=("GLOBAL_NOT_ALLOWED", "do that step before the model"))
    keep(kind, "tokenizer", CountVectorizer(tokenizer=numeric, token_pattern=None), [], "a tokenizer of one's own", refused=("GLOBAL_NOT_ALLOWED", "do that step before the model"))


if __name__ == "__main__":
    if RELEASE == "1.1":
        functions()
    else:
        for family in (selectors, grids, metrics, by_dill, beside, encoders, texts, small_kinds, functions, changed_later, own_functions):
            family()
    if RELEASE != "1.3":
        starts()
