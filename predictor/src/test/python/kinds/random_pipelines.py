"""Random pipelines, fitted, pickled and scored by the predictor: it must answer as the library does, and refuse the rows that it refuses.

    for release in 1.9 1.6 1.3 1.0; do
        python -m venv /tmp/boosting-$release
        /tmp/boosting-$release/bin/pip install --no-deps -r requirements-boosting-$release.txt
        /tmp/boosting-$release/bin/python random_pipelines.py --predictor "java -jar ../../../../target/predictor.jar"
    done

Each run makes 300 pipelines, of 0 to 3 steps of preprocessing and an estimator, from seeds that are these numbers. It fails if one
disagrees or is refused, or if the library cannot fit more than 5 % of them. `--keep 15` writes the first 15 with their answers to
../../resources/random-pipelines, where a test replays them; without `--predictor` nothing is compared.

Which of several neighbours as far away are taken, and whether a row is as near as another, the library leaves to NumPy's partition
and to how BLAS rounds, and both to the processor. So it is asked again, each row alone, and all as on other processors. Where it
then answers a row otherwise, the predictor may give any of its answers; if it gives none of them, the row is left out, and more than
0.5 % of such rows are a failure too. Rows with several answers are not kept.
"""

import argparse
import concurrent.futures
import gzip
import json
import os
import pathlib
import pickle
import shlex
import subprocess
import sys
import tempfile
import warnings

os.environ["OMP_NUM_THREADS"] = "1"

import lightgbm
import numpy as np
import pandas as pd
import sklearn
import xgboost
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.ensemble import (
    BaggingClassifier,
    BaggingRegressor,
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
    StackingClassifier,
    VotingClassifier,
    VotingRegressor,
)
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer
from sklearn.feature_selection import SelectFromModel, SelectKBest, VarianceThreshold, f_classif, f_regression
from sklearn.impute import IterativeImputer, KNNImputer, MissingIndicator, SimpleImputer
from sklearn.linear_model import ElasticNet, LogisticRegression, Ridge, RidgeClassifier, SGDClassifier
from sklearn.multiclass import OneVsRestClassifier
from sklearn.naive_bayes import BernoulliNB, ComplementNB, GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import (
    Binarizer,
    FunctionTransformer,
    KBinsDiscretizer,
    MaxAbsScaler,
    MinMaxScaler,
    Normalizer,
    OneHotEncoder,
    OrdinalEncoder,
    PolynomialFeatures,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    SplineTransformer,
    StandardScaler,
)
from sklearn.svm import SVC, SVR, LinearSVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

try:
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
except ImportError:
    from numpy.core._multiarray_umath import __cpu_dispatch__, __cpu_features__

try:
    import catboost
except ImportError:
    catboost = None

from kind_files import plain

warnings.simplefilter("ignore")
xgboost.set_config(verbosity=0)
VERSION = tuple(int(part) for part in sklearn.__version__.split(".")[:2])
RELEASE = "%d.%d" % VERSION
BOOSTER = tuple(int(part) for part in xgboost.__version__.split(".")[:2])
LIBRARY = "scikit-learn %s, XGBoost %s, LightGBM %s, CatBoost %s" % (
    sklearn.__version__,
    xgboost.__version__,
    lightgbm.__version__,
    catboost.__version__ if catboost else "none",
)
FOLDER = pathlib.Path(__file__).parent.parent.parent / "resources" / "random-pipelines"
COUNT = 300
MAX_UNFIT = 0.05
MAX_LEFT_OUT = 0.005
ROWS = 220
DENSE = {"sparse_output": False} if VERSION >= (1, 2) else {"sparse": False}
NUMBERS = ["hour", "distance", "delay", "legs"]
TEXTS = ["carrier", "origin"]
FLOAT32 = 1e-6
FLOAT64 = 1e-9


class Drawing:
    """Draws, and keeps in mind what the columns may be by now."""

    def __init__(self, seed):
        self.random = np.random.RandomState(seed)
        self.missing = False
        self.sparse = False
        self.negative = True
        self.width = 0
        self.classes = self.random.choice([0, 2, 3])
        self.tolerance = FLOAT64

    def one(self, *choices):
        return choices[self.random.randint(len(choices))]

    def chance(self, share):
        return self.random.rand() < share


def table(draw):
    random = draw.random
    frame = pd.DataFrame(
        {
            "hour": random.randint(0, 24, ROWS).astype(float),
            "distance": np.where(random.rand(ROWS) < 0.25, 0, random.normal(0, 3, ROWS)).round(2),
            "delay": random.exponential(2, ROWS).round(3),
            "legs": random.poisson(0.7, ROWS).astype(float),
            "carrier": random.choice(["AA", "B6", "DL", "UA", "ü"], ROWS, p=[0.4, 0.3, 0.15, 0.1, 0.05]).astype(object),
            "origin": random.choice(["SCL", "EZE", "LIM"], ROWS).astype(object),
            "day": random.choice([1, 2, 3, 7], ROWS),
            "remark": [" ".join(random.choice(["late", "fog", "snow", "crew", "gate", "calm"], random.randint(1, 6))) for _ in range(ROWS)],
        }
    )
    signal = (
        (frame["hour"] > 15) * 1.0
        + frame["distance"] * 0.3
        + (frame["carrier"] == "AA") * 1.5
        + (frame["day"] == 3) * 1.0
        + frame["remark"].str.contains("snow") * 0.8
        + random.normal(0, 0.5, ROWS)
    ).to_numpy()
    if draw.classes == 0:
        return frame, signal
    return frame, np.digitize(signal, [1.0] if draw.classes == 2 else [0.6, 1.9])


def with_holes(draw, frame, columns, share=0.1):
    frame = frame.copy()
    for column in columns:
        frame.loc[draw.random.rand(len(frame)) < share, column] = np.nan
    return frame


def neighbors_imputer(draw):
    return KNNImputer(n_neighbors=draw.one(2, 3, 5), weights=draw.one("uniform", "distance"))


def numbers_block(draw, columns, holes):
    """A transformer of numbers that takes the holes, if there are any."""
    steps = []
    gives_sparse = False
    missing = holes
    negative = True
    width = len(columns)
    if holes and draw.chance(0.7):
        steps.append(
            draw.one(
                SimpleImputer(strategy=draw.one("mean", "median", "most_frequent"), add_indicator=draw.chance(0.3)),
                SimpleImputer(strategy="constant", fill_value=draw.one(0, -1)),
                neighbors_imputer(draw),
                IterativeImputer(max_iter=2, random_state=1),
            )
        )
        missing = False
        width += len(columns)
    choice = draw.random.randint(10)
    if missing:
        choice = draw.one(0, 1, 2, 3, 9, 9)
    if choice == 0:
        steps.append(draw.one(StandardScaler(), RobustScaler(), StandardScaler(with_mean=False)))
    elif choice == 1:
        steps.append(MinMaxScaler())
    elif choice == 2:
        steps.append(MaxAbsScaler())
    elif choice == 3:
        steps.append(draw.one(QuantileTransformer(n_quantiles=15, output_distribution=draw.one("uniform", "normal")), PowerTransformer()))
    elif choice == 4:
        encode = draw.one("onehot", "onehot-dense", "ordinal")
        steps.append(KBinsDiscretizer(4, encode=encode, strategy="uniform"))
        gives_sparse = encode == "onehot"
        negative = False
        width *= 4
    elif choice == 5:
        sparse = {"sparse_output": True} if VERSION >= (1, 2) and draw.chance(0.5) else {}
        steps.append(SplineTransformer(3, degree=draw.one(2, 3), extrapolation=draw.one("constant", "linear", "continue"), **sparse))
        gives_sparse = bool(sparse)
        width *= 5
    elif choice == 6:
        steps.append(PolynomialFeatures(2, interaction_only=draw.chance(0.5), include_bias=draw.chance(0.5)))
        width = width * (width + 3) // 2 + 1
    elif choice == 7:
        steps.append(Binarizer(threshold=0.5))
        negative = False
    elif choice == 8:
        steps.append(draw.one(Normalizer(), Normalizer("l1"), Normalizer("max")))
    if choice in (1,):
        negative = True
    if not steps:
        return "passthrough", gives_sparse, missing, negative, width
    return (steps[0] if len(steps) == 1 else make_pipeline(*steps)), gives_sparse, missing, negative, width


def texts_block(draw, holes):
    imputer = [SimpleImputer(strategy=draw.one("most_frequent", "constant"), fill_value="none")] if holes and draw.chance(0.6) else []
    choice = draw.random.randint(4)
    if choice < 3:
        dense = draw.chance(0.3)
        parameters = dict(DENSE) if dense else {}
        unknown = draw.one("ignore", "ignore", "error")
        if VERSION >= (1, 1) and draw.chance(0.3):
            parameters.update(min_frequency=30)
            unknown = "infrequent_if_exist"
        if draw.chance(0.25):
            parameters.update(drop="first")
            unknown = "error" if VERSION < (1, 1) else unknown
        encoder = OneHotEncoder(handle_unknown=unknown, **parameters)
        sparse, negative, width, missing = not dense, False, 12, False
    elif VERSION >= (1, 3) and draw.classes != 3 and draw.chance(0.3):
        from sklearn.preprocessing import TargetEncoder

        encoder = TargetEncoder(random_state=1, cv=3)
        sparse, negative, width, missing = False, True, 2, False
    else:
        value = draw.one(-1, np.nan)
        encoder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=value)
        sparse, negative, width, missing = False, value == -1, 2, bool(np.isnan(value)) or (holes and not imputer)
    return (make_pipeline(*imputer, encoder) if imputer else encoder), sparse, missing, negative, width


def words_block(draw):
    vectorizer = draw.one(
        CountVectorizer(),
        CountVectorizer(binary=True),
        TfidfVectorizer(),
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        HashingVectorizer(n_features=8, norm=draw.one(None, "l2")),
    )
    return vectorizer, True, False, isinstance(vectorizer, HashingVectorizer), 16


def first_step(draw, holes):
    """A ColumnTransformer of blocks, and the columns that it is given."""
    blocks = []
    columns = []
    draw.negative = False
    for name in ["numbers", "texts", "words", "others"]:
        if name == "numbers":
            chosen = NUMBERS[: draw.one(2, 3, 4)]
            transformer, *given = numbers_block(draw, chosen, holes)
        elif name == "texts" and draw.chance(0.8):
            chosen = TEXTS
            transformer, *given = texts_block(draw, holes)
        elif name == "words" and draw.chance(0.25):
            chosen = "remark"
            transformer, *given = words_block(draw)
        elif name == "others" and draw.chance(0.4):
            chosen = ["day"]
            transformer, *given = draw.one(
                ("passthrough", False, False, False, 1), (OneHotEncoder(handle_unknown="ignore"), True, False, False, 4)
            )
        else:
            continue
        sparse, missing, negative, width = given
        draw.sparse |= sparse
        draw.missing |= missing
        draw.negative |= negative
        draw.width += width
        blocks.append((name, transformer, chosen))
        columns += [chosen] if isinstance(chosen, str) else chosen
    threshold = draw.one(0, 0.3, 0.3, 1.0)
    draw.sparse &= threshold > 0
    weights = {"numbers": 2.0} if draw.chance(0.1) else None
    return ColumnTransformer(blocks, sparse_threshold=threshold, transformer_weights=weights), columns


def later_step(draw):
    if draw.missing and draw.chance(0.5):
        draw.missing = False
        if draw.sparse:
            return SimpleImputer(strategy="mean", add_indicator=draw.chance(0.3))
        return draw.one(SimpleImputer(strategy="median"), SimpleImputer(strategy="constant", fill_value=0, add_indicator=True), neighbors_imputer(draw))
    if draw.missing:
        return draw.one(MaxAbsScaler(), FunctionTransformer(), StandardScaler(with_mean=False))
    choice = draw.random.randint(10)
    score = f_regression if draw.classes == 0 else f_classif
    if choice == 0:
        return SelectKBest(score, k=min(4, draw.width) if draw.width >= 4 else "all")
    if choice == 1:
        return VarianceThreshold(0.0)
    if choice == 2:
        tree = DecisionTreeRegressor(max_depth=4, random_state=1) if draw.classes == 0 else DecisionTreeClassifier(max_depth=4, random_state=1)
        return SelectFromModel(tree, threshold="mean")
    if choice == 3:
        draw.sparse, draw.negative = False, True
        return TruncatedSVD(2, random_state=1)
    if choice == 4 and not draw.sparse:
        draw.negative = True
        return draw.one(PCA(2, random_state=1), StandardScaler(), PCA(2, whiten=True, random_state=1))
    if choice == 5 and draw.width <= 24:
        draw.width = draw.width**2
        return PolynomialFeatures(2, interaction_only=draw.chance(0.5), include_bias=draw.chance(0.5))
    if choice == 6:
        return draw.one(Normalizer(), MaxAbsScaler(), StandardScaler(with_mean=False), RobustScaler(with_centering=False))
    if choice == 7:
        draw.negative = False
        return Binarizer(threshold=0.1)
    if choice == 8:
        other = draw.one(MaxAbsScaler(), FunctionTransformer(np.tanh, accept_sparse=True), Binarizer(threshold=0.2))
        draw.width *= 2
        return FeatureUnion([("same", FunctionTransformer()), ("other", other)])
    return FunctionTransformer()


def estimator(draw):
    """One of 12 kinds, of those that take what there is."""
    kinds = ["xgboost", "xgboost", "lightgbm", "catboost", "histogram", "forest", "linear", "svm", "neighbors", "bayes", "network", "boosting", "tree", "wrapped"]
    allowed = {
        "xgboost": True,
        "lightgbm": True,
        "catboost": catboost is not None,
        "histogram": not draw.sparse,
        "forest": not draw.missing,
        "linear": not draw.missing,
        "svm": not draw.missing,
        "neighbors": not draw.missing,
        "bayes": not draw.missing and draw.classes > 0,
        "network": not draw.missing,
        "boosting": not draw.missing,
        "tree": not draw.missing,
        "wrapped": True,
    }
    kind = draw.one(*[kind for kind in kinds if allowed[kind]])
    return kind, made(draw, kind)


def made(draw, kind):
    classifies = draw.classes > 0
    few = dict(n_estimators=draw.one(3, 5), max_depth=draw.one(2, 4), random_state=1)
    if kind == "xgboost":
        draw.tolerance = FLOAT32
        parameters = dict(few, n_jobs=1, booster=draw.one("gbtree", "gbtree", "gbtree", "dart"))
        if draw.chance(0.15):
            parameters["missing"] = draw.one(0, 1)
        return draw.one(xgboost.XGBClassifier, xgboost.XGBClassifier)(**parameters) if classifies else xgboost.XGBRegressor(**parameters)
    if kind == "lightgbm":
        parameters = dict(few, n_jobs=1, min_child_samples=5, verbose=-1)
        if draw.chance(0.15):
            parameters["zero_as_missing"] = True
        return lightgbm.LGBMClassifier(**parameters) if classifies else lightgbm.LGBMRegressor(**parameters)
    if kind == "catboost":
        parameters = dict(iterations=4, depth=3, random_seed=1, thread_count=1, verbose=False, allow_writing_files=False)
        return catboost.CatBoostClassifier(**parameters) if classifies else catboost.CatBoostRegressor(**parameters)
    if kind == "histogram":
        parameters = dict(max_iter=4, max_leaf_nodes=6, random_state=1)
        return HistGradientBoostingClassifier(**parameters) if classifies else HistGradientBoostingRegressor(**parameters)
    if kind == "forest":
        return draw.one(RandomForestClassifier, ExtraTreesClassifier)(**few) if classifies else draw.one(RandomForestRegressor, ExtraTreesRegressor)(**few)
    if kind == "linear":
        if classifies:
            return draw.one(LogisticRegression(max_iter=60), RidgeClassifier(), SGDClassifier(random_state=1, max_iter=50))
        return draw.one(Ridge(), ElasticNet(alpha=0.05))
    if kind == "svm":
        if classifies:
            return draw.one(SVC(gamma="scale"), SVC(probability=True, random_state=1), LinearSVC(random_state=1, max_iter=200))
        return SVR()
    if kind == "neighbors":
        return KNeighborsClassifier(4, weights="distance") if classifies else KNeighborsRegressor(4)
    if kind == "bayes":
        choices = [BernoulliNB()]
        if not draw.negative:
            choices += [MultinomialNB(), ComplementNB()]
        if not draw.sparse:
            choices += [GaussianNB()]
        return draw.one(*choices)
    if kind == "network":
        parameters = dict(hidden_layer_sizes=(4,), max_iter=15, random_state=1)
        return MLPClassifier(**parameters) if classifies else MLPRegressor(**parameters)
    if kind == "boosting":
        return GradientBoostingClassifier(**few) if classifies else GradientBoostingRegressor(**few)
    if kind == "tree":
        return DecisionTreeClassifier(max_depth=4, random_state=1) if classifies else DecisionTreeRegressor(max_depth=4, random_state=1)
    return wrapped(draw)


def wrapped(draw):
    inner = [made(draw, "xgboost"), made(draw, draw.one("xgboost", "lightgbm") if draw.missing else draw.one("tree", "linear", "lightgbm"))]
    draw.tolerance = FLOAT32
    base = "estimator" if VERSION >= (1, 2) else "base_estimator"
    if draw.classes == 0:
        return draw.one(
            VotingRegressor([("one", inner[0]), ("two", inner[1])]), BaggingRegressor(n_estimators=2, max_features=0.7, random_state=1, **{base: inner[0]})
        )
    choices = [
        VotingClassifier([("one", inner[0]), ("two", inner[1])]),
        CalibratedClassifierCV(inner[0], cv=2),
        BaggingClassifier(n_estimators=2, max_features=0.7, random_state=1, **{base: inner[0]}),
        OneVsRestClassifier(inner[0]),
    ]
    if not draw.missing:
        choices.append(StackingClassifier([("one", inner[0]), ("two", inner[1])], final_estimator=LogisticRegression(), cv=2, passthrough=draw.chance(0.4)))
    return draw.one(*choices)


def without_steps(draw, frame, holes):
    """Columns as they are: numbers, or categories for the libraries that take them."""
    categorical = ["xgboost"] if BOOSTER >= (3, 1) else []
    categorical += ["histogram"] if VERSION >= (1, 4) else []
    categorical += ["lightgbm"]
    if draw.chance(0.5):
        draw.missing = holes
        kind, model = estimator(draw)
        return kind, model, frame[NUMBERS + ["day"]]
    kind = draw.one(*categorical)
    model = made(draw, kind)
    chosen = frame[["hour", "carrier", "distance", "day"]].copy()
    for column in ("carrier", "day"):
        chosen[column] = chosen[column].astype("category")
    if kind == "histogram":
        model.set_params(categorical_features=draw.one("from_dtype", ["carrier", "day"]))
    if kind == "xgboost":
        model.set_params(enable_categorical=True, tree_method="hist", missing=np.nan, booster="gbtree")
    return kind, model, chosen


def asked(draw, X, holes):
    """Rows of the table, some with missing values, and some with values that were not there."""
    rows = X.iloc[:14].copy()
    typed = {column: X[column].dtype for column in X if str(X[column].dtype) == "category"}
    for column in typed:
        rows[column] = rows[column].astype(object)
    for place, column in enumerate(rows.columns):
        if column == "remark":
            rows.iloc[place % 4, place] = "nothing of that"
        elif column in TEXTS:
            rows.iloc[6, place] = "??"
            rows.iloc[7, place] = np.nan
        else:
            rows[column] = rows[column].astype(object if column in typed else float)
            rows.iloc[8 + place % 4, place] = np.nan
            rows.iloc[12, place] = 5 if column in ("day", "legs") else 99.0
    return rows, typed


def of_types(rows, typed, unknown_first=False):
    """XGBoost 3.2 takes an unknown text for one that it knows: for which depends on where it is among the frame's categories."""
    rows = rows.copy()
    for column, dtype in typed.items():
        kind = dtype.categories.dtype
        values = rows[column]
        unknown = sorted(set(values.dropna()) - set(dtype.categories), key=str)
        both = [dtype.categories, pd.Index(unknown, dtype=kind)]
        categories = dtype.categories if not unknown else both[1].append(both[0]) if unknown_first else both[0].append(both[1])
        rows[column] = pd.Categorical(values, categories=categories)
    return rows


def answers(model, rows):
    given = {}
    for method in ("predict", "predict_proba", "decision_function"):
        if hasattr(model, method):
            given[method] = np.asarray(getattr(model, method)(rows))
    if given["predict"].shape == (len(rows), 1):
        # CatBoost gives the classes of several as a column; the predictor, as all others do, one a row.
        given["predict"] = given["predict"].ravel()
    return given


def finite(given):
    return all(np.isfinite(np.asarray(answer, dtype=float)).all() for answer in given.values() if answer.dtype.kind in "fi")


def takes_names(kind, model):
    """XGBoost takes no labels but numbers since 1.6; all that wraps it gives it numbers, except calibration."""
    last = model.steps[-1][1] if isinstance(model, Pipeline) else model
    return BOOSTER < (1, 6) or kind != "xgboost" and not isinstance(last, CalibratedClassifierCV)


class Case:
    def __init__(self, seed):
        draw = Drawing(seed)
        frame, y = table(draw)
        self.seed = seed
        self.holes = draw.chance(0.5)
        if self.holes:
            frame = with_holes(draw, frame, NUMBERS + TEXTS)
        count = draw.random.choice([0, 1, 1, 2, 2, 3, 3])
        if count == 0:
            self.kind, self.model, X = without_steps(draw, frame, self.holes)
        else:
            first, columns = first_step(draw, self.holes)
            steps = [("first", first)] + [("step%d" % i, later_step(draw)) for i in range(1, count)]
            self.kind, last = estimator(draw)
            self.model = Pipeline(steps + [("last", last)])
            X = frame[columns]
        self.tolerance = draw.tolerance
        named = draw.classes > 0 and draw.chance(0.5) and takes_names(self.kind, self.model)
        self.X, self.y = X, np.array(["early", "late", "never"], dtype=object)[y] if named else y
        self.draw = draw

    def fit(self):
        self.model.fit(self.X, self.y)
        rows, typed = asked(self.draw, self.X, self.holes)
        good, alone, refused = [], [], []
        for i in range(len(rows)):
            try:
                given = answers(self.model, of_types(rows.iloc[[i]], typed))
            except Exception:
                given = None
            if given is not None and finite(given):
                good.append(i)
                alone.append(given)
            else:
                refused.append(i)
        if not good:
            raise ValueError("it answers no row")
        self.rows = self.sent(rows.iloc[good])
        self.bad = self.sent(rows.iloc[refused])
        self.asked = of_types(rows.iloc[good], typed)
        self.left_out = set()
        self.answers = []
        self.answered(answers(self.model, self.asked))
        self.answered({name: np.concatenate([given[name] for given in alone]) for name in alone[0]})
        if typed:
            self.answered(answers(self.model, of_types(rows.iloc[good], typed, unknown_first=True)))

    def answered(self, given):
        self.answers.append({name: plain(answer) for name, answer in given.items()})

    def agrees(self, row, given, wanted):
        return not any(differs(given[name][row], wanted[name][row], self.tolerance) for name in wanted)

    def settled(self):
        """The rows that the library answers alike whenever it is asked."""
        first, *again = self.answers
        return [row for row in range(len(self.rows)) if all(self.agrees(row, other, first) for other in again)]

    def sent(self, rows):
        return [dict(zip(rows.columns, row)) for row in plain(rows.astype(object))]

    def about(self):
        settled = self.settled()
        return {
            "library": LIBRARY,
            "why": "seed %d: %s" % (self.seed, described(self.model)),
            "tolerance": self.tolerance,
            "rows": [self.rows[row] for row in settled],
            "expected": {name: [answer[row] for row in settled] for name, answer in self.answers[0].items()},
            "refused_rows": self.bad,
        }


def described(model):
    if isinstance(model, Pipeline):
        return " > ".join(described(step) for _, step in model.steps)
    if isinstance(model, ColumnTransformer):
        return "[" + " | ".join(described(part) for _, part, _ in model.transformers) + "]"
    return model if isinstance(model, str) else type(model).__name__


def scored(predictor, file, rows):
    done = subprocess.run(predictor + ["score", file], input=json.dumps(rows), capture_output=True, text=True)
    return done.returncode, done.stdout, (done.stderr.strip().splitlines() or [""])[-1]


def differs(given, wanted, tolerance):
    if isinstance(wanted, list):
        if not isinstance(given, list) or len(given) != len(wanted):
            return True
        return any(differs(a, b, tolerance) for a, b in zip(given, wanted))
    if isinstance(wanted, (int, float)) and not isinstance(wanted, bool) and isinstance(given, (int, float)):
        return not abs(given - wanted) <= tolerance * max(1, abs(wanted))
    return given != wanted


def machines():
    """Environments in which the library answers as on other processors: NumPy's and BLAS's code for older ones."""
    dispatched = [feature for feature in __cpu_dispatch__ if __cpu_features__[feature]]
    wide = [feature for feature in dispatched if feature.startswith("AVX512") or feature == "X86_V4"]
    return [
        {"OPENBLAS_CORETYPE": "Haswell", "NPY_DISABLE_CPU_FEATURES": " ".join(wide)},
        {"OPENBLAS_CORETYPE": "Sandybridge", "NPY_DISABLE_CPU_FEATURES": " ".join(dispatched)},
        {"OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": " ".join(dispatched)},
    ]


def ask_again(cases):
    """Answers each case on the other machines too."""
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = os.path.join(folder, "asked"), os.path.join(folder, "answered")
        with open(asked, "wb") as file:
            pickle.dump([(case.model, case.asked) for case in cases], file)
        for machine in machines():
            subprocess.run([sys.executable, __file__, "--answer", asked, answered], env={**os.environ, **machine}, check=True)
            with open(answered, "rb") as file:
                for case, again in zip(cases, pickle.load(file)):
                    case.answered(again)


def answer(asked, answered):
    with open(asked, "rb") as file:
        cases = pickle.load(file)
    with open(answered, "wb") as file:
        pickle.dump([answers(model, rows) for model, rows in cases], file)


def disagreement(predictor, case):
    """What is wrong with the predictor's answer, or nothing."""
    first = case.answers[0]
    settled = set(case.settled())
    with tempfile.NamedTemporaryFile(suffix=".pkl") as file:
        pickle.dump(case.model, file, protocol=4)
        file.flush()
        asked = range(len(case.rows))
        code, out, error = scored(predictor, file.name, case.rows)
        if code != 0 and 0 < len(settled) < len(case.rows):
            case.left_out |= set(asked) - settled
            asked = sorted(settled)
            code, out, error = scored(predictor, file.name, [case.rows[row] for row in asked])
        if code != 0:
            return "refused: " + error
        given = json.loads(out)
        if any(len(given.get(name, [])) != len(asked) for name in first):
            return "%s, not %s" % (sorted(given), sorted(first))
        given = {name: dict(zip(asked, given[name])) for name in first}
        for row in asked:
            if not any(case.agrees(row, given, answer) for answer in case.answers):
                if row in settled:
                    return "row %d is %s, not %s" % (row, {name: given[name][row] for name in first}, {name: first[name][row] for name in first})
                case.left_out.add(row)
        for row in case.bad[:2]:
            code, out, _ = scored(predictor, file.name, [row])
            if code == 0:
                return "answers %s to a row that the library does not take: %s" % (out.strip()[:200], row)
    return None


def keep(case):
    FOLDER.mkdir(parents=True, exist_ok=True)
    name = "%s-%03d" % (RELEASE, case.seed)
    with open(str(FOLDER / (name + ".pkl.gz")), "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as compressed:
        compressed.write(pickle.dumps(case.model, protocol=4))
    (FOLDER / (name + ".expect.json")).write_text(json.dumps(case.about()) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--predictor", help="the command that starts the predictor, such as 'java -jar predictor.jar'")
    parser.add_argument("--keep", type=int, default=0, help="how many of them are written to the folder of the test")
    parser.add_argument("--seeds", type=int, nargs="*", help="these seeds alone, to look into them")
    parser.add_argument("--answer", nargs=2, metavar=("ASKED", "ANSWERED"), help="used by the script itself, to ask on another machine")
    arguments = parser.parse_args()
    if arguments.answer:
        answer(*arguments.answer)
        return
    predictor = shlex.split(arguments.predictor) if arguments.predictor else None
    unfit, fitted = [], []
    seeds = arguments.seeds if arguments.seeds is not None else range(COUNT)
    for seed in seeds:
        case = Case(seed)
        try:
            case.fit()
        except Exception as cannot:
            unfit.append(seed)
            print("%s seed %d: the library cannot: %s: %s" % (RELEASE, seed, described(case.model), str(cannot).splitlines()[0][:150]), file=sys.stderr)
            continue
        fitted.append(case)
    ask_again(fitted)
    for case in fitted[: arguments.keep]:
        keep(case)
    wrong = 0
    if predictor:
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for case, said in zip(fitted, pool.map(lambda case: disagreement(predictor, case), fitted)):
                if said:
                    wrong += 1
                    print("%s seed %d: %s: %s" % (RELEASE, case.seed, described(case.model), said), file=sys.stderr)
    rows = sum(len(case.rows) for case in fitted)
    several = sum(len(case.rows) - len(case.settled()) for case in fitted)
    left_out = sum(len(case.left_out) for case in fitted)
    print(
        "%s: %d pipelines, %d of them the library cannot fit, %d disagree; %d rows, %d of them with several answers of the library, of which %d are left out"
        % (LIBRARY, len(seeds), len(unfit), wrong, rows, several, left_out)
    )
    for case in fitted:
        if case.left_out:
            print("%s seed %d: rows %s left out: %s" % (RELEASE, case.seed, sorted(case.left_out), described(case.model)))
    many = arguments.seeds is None and (len(unfit) > MAX_UNFIT * len(seeds) or left_out > MAX_LEFT_OUT * rows)
    if wrong or many:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
