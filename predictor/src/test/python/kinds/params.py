#!/usr/bin/env python3
"""Sets each constructor parameter of each estimator after it was fitted, and writes what the library answers then.

  python3.11 -m venv /tmp/params && /tmp/params/bin/pip install -r requirements-params.txt && /tmp/params/bin/python params.py
  /tmp/params/bin/python params.py --all FOLDER    every change of every parameter, to compare all of them

A library looks at some of its parameters when it predicts, and at others only when it fits: which of them is told by what it answers after the
change, never by their names. Kept are the changes that change the answer, those that make the library raise, and those of parameters that are
read by name (READ) though they change nothing. Every value is one that the library itself takes for the parameter.
"""

import gzip
import json
import math
import pathlib
import pickle
import sys
import warnings

import numpy as np
import sklearn
from sklearn.base import is_classifier
from sklearn.utils import all_estimators
from sklearn.utils._param_validation import Interval, Options, StrOptions, make_constraint

warnings.simplefilter("ignore")
RESOURCES = pathlib.Path(__file__).resolve().parents[2] / "resources" / "kinds"
LIBRARY = f"scikit-learn {sklearn.__version__}"
OUTPUTS = ("predict", "predict_proba", "decision_function", "transform")

# What is not read here, or is only about how something is computed.
NOT_READ = set(open(pathlib.Path(__file__).with_name("params-not-read.txt")).read().split())
INERT = {"random_state", "verbose", "n_jobs", "copy", "copy_X", "copy_X_train", "memory", "cache_size", "verbose_feature_names_out", "feature_names_out",
         "assume_centered", "transform_input", "prefit", "metric_params", "kernel_params",
         # Draws other values each time.
         "sample_posterior"}
# Read by their names here and looked at by no predict of the library.
READ = {
    ("TweedieRegressor", "power"), ("TweedieRegressor", "link"), ("DummyClassifier", "strategy"),
    ("BaggingClassifier", "n_estimators"), ("BaggingRegressor", "n_estimators"), ("CalibratedClassifierCV", "method"), ("LogisticRegression", "solver"),
    ("KNeighborsClassifier", "algorithm"), ("SVC", "gamma"), ("SVC", "kernel"), ("SVR", "gamma"),
}

# After these changes the library fills columns with what happens to be in memory, or gives none at all: refused here, and not kept.
MEANINGLESS = {
    ("PolynomialFeatures", "include_bias"), ("PolynomialFeatures", "interaction_only"), ("SplineTransformer", "degree"), ("SplineTransformer", "include_bias"),
    ("SelectFromModel", "max_features"), ("VarianceThreshold", "threshold"), ("DummyClassifier", "constant"),
}
# What the library refuses after the change is refused here, too: as a file or as rows.
RAISES = {
    ("SplineTransformer", "extrapolation"): {"error": "the splines were fitted from"},
    ("GridSearchCV", "refit"): {"refused": "UNSUPPORTED", "message": "refit is False"},
    ("SVC", "kernel"): {"refused": "UNSUPPORTED", "message": "its kernel is none of"},
    ("StackingClassifier", "passthrough"): {"refused": "MODEL_INVALID", "message": "final_estimator_ takes 2 features, and it is given 5"},
    ("SimpleImputer", "add_indicator"): {"refused": "STATE_INVALID", "message": "indicator_ is missing"},
    ("RadiusNeighborsRegressor", "radius"): {"refused": "STATE_INVALID", "message": "radius is missing"},
    ("GenericUnivariateSelect", "param"): {"refused": "MODEL_INVALID", "message": "neither 'all' nor a whole number"},
}

rng = np.random.RandomState(5)
X = np.round(rng.uniform(0.2, 2, (40, 3)), 3)
LABELS = np.where(X[:, 0] + X[:, 1] > 2.2, "late", "early")
THREE = np.digitize(X[:, 0] + X[:, 2], [1.6, 2.6])
TARGET = np.round(X @ [1.0, -0.5, 0.25] + 2, 3)
ROWS = np.round(rng.uniform(0.3, 1.9, (4, 3)), 3)
TEXTS = ["rain and snow", "snow snow fog", "the fog", "wind rain rain"] * 5
CATEGORIES = np.array([["a", "x"], ["b", "y"], ["a", "y"], ["c", "x"]] * 5, dtype=object)


def estimators():
    """Fitted estimators and the rows that each is asked."""
    from sklearn.experimental import enable_iterative_imputer, enable_halving_search_cv  # noqa: F401

    special = {
        "ColumnTransformer": None, "Pipeline": None, "FeatureUnion": None,
    }
    for name, kind in all_estimators():
        if name in NOT_READ or name in special:
            continue
        yield from fitted(name, kind)
    yield from composed()


def fitted(name, kind):
    from sklearn.linear_model import LinearRegression, LogisticRegression
    from sklearn.naive_bayes import GaussianNB
    from sklearn.svm import LinearSVC
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

    module = kind.__module__
    arguments = {}
    rows, x, y = ROWS, X, LABELS
    required = {
        "estimator": LogisticRegression(), "base_estimator": LogisticRegression(), "estimators": [("a", LogisticRegression()), ("b", GaussianNB())],
        "param_grid": {"C": [0.1, 1.0]}, "param_distributions": {"C": [0.1, 1.0]},
    }
    needed = kind._required_parameters if hasattr(kind, "_required_parameters") else []
    import inspect

    for parameter in inspect.signature(kind).parameters.values():
        if parameter.default is parameter.empty and parameter.name in required:
            arguments[parameter.name] = required[parameter.name]
    regress = issubclass(kind, sklearn.base.RegressorMixin)
    if regress:
        y = TARGET
        for parameter in arguments:
            arguments[parameter] = {
                "estimators": [("a", LinearRegression()), ("b", DecisionTreeRegressor(max_depth=2))], "param_grid": {"fit_intercept": [True, False]},
                "param_distributions": {"fit_intercept": [True, False]}}.get(parameter, LinearRegression())
    if name in ("RandomizedSearchCV", "HalvingRandomSearchCV"):
        arguments["n_iter" if name[0] == "R" else "n_candidates"] = 2
    if "n_estimators" in inspect.signature(kind).parameters:
        arguments["n_estimators"] = 4
    if name.startswith("MLP"):
        arguments.update(hidden_layer_sizes=(3,), max_iter=300)
    if name == "HistGradientBoostingClassifier" or name == "HistGradientBoostingRegressor":
        arguments.update(max_iter=4, min_samples_leaf=4)
    if name in ("SelectKBest", "GenericUnivariateSelect"):
        arguments.update({"SelectKBest": {"k": 2}, "GenericUnivariateSelect": {"mode": "k_best", "param": 2}}[name])
    if name in ("SelectFpr", "SelectFdr", "SelectFwe"):
        arguments.update(alpha=0.5)
    if name == "RegressorChain" or name == "MultiOutputRegressor" or name.startswith("MultiTask"):
        y = np.c_[TARGET, TARGET**2]
    if name in ("ClassifierChain", "MultiOutputClassifier"):
        y = np.c_[THREE > 0, THREE > 1].astype(int)
    if name == "IsotonicRegression":
        x, rows = X[:, 0], ROWS[:, :1]
    if name in ("CountVectorizer", "TfidfVectorizer", "HashingVectorizer"):
        x, rows = TEXTS, ["snow and fog", "rain rain"]
        if name == "HashingVectorizer":
            arguments.update(n_features=32)
    if name in ("OneHotEncoder", "OrdinalEncoder", "TargetEncoder"):
        x, rows = CATEGORIES, CATEGORIES[:4]
        y = (np.arange(20) % 3 == 0).astype(int)
        if name == "OneHotEncoder":
            arguments.update(sparse_output=False)
    if name in ("LabelEncoder", "LabelBinarizer"):
        return
    if name == "CategoricalNB":
        x, rows = (X * 3).astype(int), (ROWS * 3).astype(int)
    if name == "SelfTrainingClassifier":
        y = np.where(np.arange(40) % 5 == 0, -1, THREE > 0)
    if name in ("SimpleImputer", "KNNImputer", "IterativeImputer", "MissingIndicator"):
        x, rows = np.where(np.arange(120).reshape(40, 3) % 7 == 0, np.nan, X), np.where(np.arange(12).reshape(4, 3) % 7 == 0, np.nan, ROWS)
    if name == "KBinsDiscretizer":
        arguments.update(encode="onehot-dense")
    if name == "TfidfTransformer":
        return
    variants = [("", arguments, y)]
    if issubclass(kind, sklearn.base.ClassifierMixin) and y is LABELS and not name.startswith(("Voting", "Stacking")):
        variants.append(("-three", arguments, THREE))
    if name in ("SVC", "NuSVC"):
        variants += [("-ovo", {**arguments, "kernel": "poly"}, THREE)]
    if name == "VotingClassifier":
        variants += [("-soft", {**arguments, "voting": "soft"}, y)]
    if name == "SGDClassifier":
        variants += [("-log", {**arguments, "loss": "log_loss"}, y)]
    if name in ("PCA",):
        variants += [("-whiten", {**arguments, "whiten": True, "n_components": 2}, y)]
    if name == "TweedieRegressor":
        variants += [("-log", {**arguments, "power": 1.5}, y), ("-normal", {**arguments, "power": 0}, y)]
    if name == "DummyClassifier":
        variants += [("-frequent", {"strategy": "most_frequent"}, THREE), ("-constant", {"strategy": "constant", "constant": 2}, THREE)]
    if name == "DummyRegressor":
        variants += [("-median", {"strategy": "median"}, y)]
    if name == "CalibratedClassifierCV":
        variants += [("-isotonic", {**arguments, "method": "isotonic"}, y)]
    if name == "SplineTransformer":
        rows = np.vstack([ROWS[:3], [[3.0, 0.1, 1.0]]])
    for suffix, given, target in variants:
        model = kind(**given)
        try:
            model.fit(x, target) if not name.startswith("Isotonic") else model.fit(x, TARGET)
        except Exception as unfit:
            if not suffix:
                print("not fitted:", name, str(unfit)[:80], file=sys.stderr)
            continue
        yield name.lower() + suffix, model, rows


def composed():
    from sklearn.compose import ColumnTransformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import FeatureUnion, Pipeline
    from sklearn.preprocessing import MinMaxScaler, StandardScaler

    columns = ColumnTransformer([("a", StandardScaler(), [0]), ("b", MinMaxScaler(), [1])], remainder="passthrough", transformer_weights={"a": 2.0})
    yield "columntransformer", columns.fit(X), ROWS
    union = FeatureUnion([("a", StandardScaler()), ("b", MinMaxScaler())], transformer_weights={"a": 2.0})
    yield "featureunion", union.fit(X), ROWS
    yield "pipeline", Pipeline([("a", StandardScaler()), ("b", LogisticRegression())]).fit(X, LABELS), ROWS


def answers(model, rows):
    """What the library answers, by output; None where it raises."""
    given = {}
    for output in OUTPUTS:
        try:
            method = getattr(model, output)
        except AttributeError:
            continue
        if output == "transform" and "predict" in given:
            continue
        asked = rows[:, 0] if type(model).__name__ == "IsotonicRegression" else rows
        try:
            answer = method(asked)
        except Exception:
            # Some give labels and no probabilities; what gives neither labels nor columns raises.
            if output in ("predict", "transform"):
                return None
            continue
        if hasattr(answer, "toarray"):
            answer = answer.toarray()
        if isinstance(answer, list) or output == "predict_proba" and type(model).__name__ == "ClassifierChain":
            continue
        answer = np.asarray(answer)
        if answer.dtype == bool and output == "transform":
            answer = answer.astype(float)
        given[output] = answer.tolist()
    return given or None


def finite(value):
    if isinstance(value, list):
        return all(map(finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def same(one, other):
    if one is None or other is None or one.keys() != other.keys():
        return False
    return all(json.dumps(one[key]) == json.dumps(other[key]) for key in one)


def others(constraints, value, name):
    """Other values that the library takes for a parameter."""
    found = []
    for constraint in constraints:
        if isinstance(constraint, str) and constraint == "boolean":
            found += [True, False]
        elif constraint is None:
            found.append(None)
        elif isinstance(constraint, (StrOptions, Options)):
            found += sorted(map(str, constraint.options)) if isinstance(constraint, StrOptions) else sorted(constraint.options, key=str)
        elif isinstance(constraint, Interval):
            low = constraint.left if constraint.left is not None and math.isfinite(constraint.left) else None
            high = constraint.right if constraint.right is not None and math.isfinite(constraint.right) else None
            if constraint.type.__name__ == "Integral":
                base = value if isinstance(value, int) and not isinstance(value, bool) else (low or 0) + 1
                candidates = [base + 1, base + 3, base - 1]
            else:
                base = value if isinstance(value, float) else 0.5
                candidates = [base * 1.5 + 0.25, base * 0.5, -1.5, (low or 0) / 2 + (high if high is not None else (low or 0) + 2) / 2]
            found += [c for c in candidates if c in constraint]
    if name == "voting":
        found += ["hard", "soft"]
    if name in ("strategy",) and not found:
        found += ["constant", "uniform"]
    different = []
    for one in found:
        if (type(one), one) not in [(type(d), d) for d in different] and not (type(one) is type(value) and one == value):
            different.append(one)
    return different


def changes(model):
    constraints = getattr(type(model), "_parameter_constraints", {})
    for parameter, value in sorted(model.get_params(deep=False).items()):
        if parameter in INERT:
            continue
        legal = constraints.get(parameter, [])
        if legal == "no_validation":
            legal = []
        converted = []
        for one in legal:
            if isinstance(one, str) and one == "boolean":
                converted.append("boolean")
            elif one is None:
                converted.append(None)
            elif isinstance(one, (StrOptions, Options, Interval)):
                converted.append(one)
        if isinstance(value, bool) and "boolean" not in converted:
            converted.append("boolean")
        for other in others(converted, value, parameter):
            yield parameter, other


def jsonable(rows):
    rows = rows.tolist() if hasattr(rows, "tolist") else rows
    return [[None if isinstance(c, float) and math.isnan(c) else c for c in row] if isinstance(row, list) else [row] for row in rows]


def main():
    everything = pathlib.Path(sys.argv[sys.argv.index("--all") + 1]) if "--all" in sys.argv else None
    counted = {"files": 0, "changed": 0, "raised": 0, "same": 0}
    seen = set()
    for name, model, rows in estimators():
        before = answers(model, rows)
        if before is None:
            print("no answer:", name, file=sys.stderr)
            continue
        if everything:
            write(everything / f"{name}.pkl.gz", model, rows, before, "as fitted")
        for parameter, value in changes(model):
            changed = pickle.loads(pickle.dumps(model))
            setattr(changed, parameter, value)
            after = answers(changed, rows)
            why = f"{parameter}={value!r} is set after fit"
            text = f"{name}-{parameter}-{str(value).replace('.', '_').replace('/', '_')}"
            raised = after is None
            if not raised and not finite(list(after.values())):
                after, raised = None, True  # No number: as good as an error.
            counted["raised" if raised else "same" if same(before, after) else "changed"] += 1
            read = (type(model).__name__, parameter) in READ
            if everything:
                write(everything / f"{text}.pkl.gz", changed, rows, after, why)
            elif read or not same(before, after):
                changing = (type(model).__name__, parameter)
                kept = (*changing, raised, same(before, after))
                if kept not in seen and changing not in MEANINGLESS and (not raised or changing in RAISES):
                    seen.add(kept)
                    folder = "params-spline-extrapolation" if name == "splinetransformer" and parameter == "extrapolation" else "params-changed"
                    write(RESOURCES / folder / f"{text}.pkl.gz", changed, rows, after, why)
                    counted["files"] += 1
    print(counted)


def write(path, model, rows, after, why):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(pickle.dumps(model, protocol=4), 9, mtime=0))
    about = {"library": LIBRARY, "why": why, "rows": jsonable(rows)}
    changed = (type(model).__name__, why.split("=")[0])
    if after is None:
        about.update(RAISES.get(changed, {"raises": True}))
    else:
        about["expected"] = after
    path.with_name(path.name.replace(".pkl.gz", ".expect.json")).write_text(json.dumps(about) + "\n")


if __name__ == "__main__":
    main()
