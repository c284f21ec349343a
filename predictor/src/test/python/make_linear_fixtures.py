"""Makes pickles of scikit-learn's linear models and writes down what scikit-learn answers with them.

    python make_linear_fixtures.py          the cases that belong to the installed scikit-learn

Run it once with each requirements file (README.md has the commands). Each case is a folder of
../resources/parity:

  model.pkl      the estimator
  input.csv      a line of column names, then the rows
  expected.json  case, what it is about, estimator, pickle protocol, versions, and predict,
                 predict_proba, decision_function, classes as far as the estimator has them

Every array is drawn from a seed; the data means nothing. Numbers are written with the shortest digits
that read back as the same double.
"""

import csv
import json
import pickle
import platform
import sys
import types
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from sklearn.datasets import make_classification, make_regression
from sklearn.linear_model import (
    ElasticNet,
    ElasticNetCV,
    Lasso,
    LassoCV,
    LinearRegression,
    LogisticRegression,
    LogisticRegressionCV,
    MultiTaskElasticNet,
    MultiTaskLasso,
    MultiTaskLassoCV,
    Perceptron,
    Ridge,
    RidgeClassifier,
    RidgeClassifierCV,
    RidgeCV,
    SGDClassifier,
    SGDRegressor,
)
from threadpoolctl import threadpool_limits

PARITY = Path(__file__).resolve().parent.parent / "resources" / "parity"
FEATURES = 5

# ---------------------------------------------------------------------------------- data


def classification(classes=2, dtype=np.float64):
    """150 rows of FEATURES columns in `classes` overlapping clouds, labelled 0, 1, .."""
    x, y = make_classification(
        n_samples=150,
        n_features=FEATURES,
        n_informative=FEATURES - 1,
        n_redundant=0,
        n_classes=classes,
        n_clusters_per_class=1,
        class_sep=0.8,
        random_state=7,
    )
    return x.astype(dtype), y


def regression(targets=1, dtype=np.float64):
    x, y = make_regression(
        n_samples=120,
        n_features=FEATURES,
        n_informative=4,
        n_targets=targets,
        bias=3.5,
        noise=4.0,
        random_state=11,
    )
    return x.astype(dtype), y.astype(dtype)


def inputs(case):
    """12 rows: ordinary ones, zeros of both signs, and magnitudes from 5e-324 to 1e6."""
    random = np.random.default_rng(sum(case.encode()))
    rows = random.normal(size=(12, FEATURES))
    rows[1] = 0.0
    rows[2] = [-0.0, 1.0, -1.0, 0.0, -0.0]
    rows[3] *= 1e-6
    rows[4] *= 1e3
    rows[5] *= 1e6
    rows[6] = [5e-324, -2.2250738585072014e-308, 1e-300, -1e-16, 1e16 / 1e10]
    rows[7] *= [1e5, 1e-5, 10.0, 1.0, 0.1]
    rows[8] = np.round(rows[8])
    return rows


# ---------------------------------------------------------------------------------- changes
# Each takes a fitted estimator and returns it changed, as another machine or program would have
# left it.


def big_endian(model):
    for name, value in vars(model).items():
        if isinstance(value, np.ndarray) and value.dtype.kind in "fiuU":
            setattr(model, name, value.astype(value.dtype.newbyteorder(">")))
    return model


def fortran_order(model):
    model.coef_ = np.asfortranarray(model.coef_)
    assert model.coef_.flags.f_contiguous and not model.coef_.flags.c_contiguous
    return model


def numpy_scalar_intercept(model):
    model.intercept_ = np.float64(np.ravel(model.intercept_)[0])
    return model


def single_precision(model):
    assert model.coef_.dtype == np.float32, model.coef_.dtype
    return model


# ---------------------------------------------------------------------------------- old layouts

OLD_MODULES = {
    "LogisticRegression": "sklearn.linear_model.logistic",
    "LogisticRegressionCV": "sklearn.linear_model.logistic",
    "LinearRegression": "sklearn.linear_model.base",
    "Ridge": "sklearn.linear_model.ridge",
    "RidgeCV": "sklearn.linear_model.ridge",
    "RidgeClassifier": "sklearn.linear_model.ridge",
    "Lasso": "sklearn.linear_model.coordinate_descent",
    "LassoCV": "sklearn.linear_model.coordinate_descent",
    "ElasticNet": "sklearn.linear_model.coordinate_descent",
    "ElasticNetCV": "sklearn.linear_model.coordinate_descent",
    "SGDClassifier": "sklearn.linear_model.stochastic_gradient",
    "SGDRegressor": "sklearn.linear_model.stochastic_gradient",
    "Perceptron": "sklearn.linear_model.perceptron",
    "LabelBinarizer": "sklearn.preprocessing.label",
    "Hinge": "sklearn.linear_model.sgd_fast",
    "Log": "sklearn.linear_model.sgd_fast",
    "SquaredLoss": "sklearn.linear_model.sgd_fast",
}


class LossFunction:
    """What the Cython losses of SGD are in a pickle: their class and its arguments."""

    def __init__(self, *arguments):
        self.arguments = arguments

    def __reduce__(self):
        return type(self), self.arguments


def old_class(name, base=object):
    """An empty class that a pickle names as scikit-learn before 0.22 did."""
    module = sys.modules.setdefault(OLD_MODULES[name], types.ModuleType(OLD_MODULES[name]))
    if not hasattr(module, name):
        setattr(module, name, type(name, (base,), {"__module__": OLD_MODULES[name]}))
    return getattr(module, name)


def as_written_by(version, **differing):
    """The estimator's state as that release wrote it: its module names, without n_features_in_."""

    def change(model):
        return old_object(model, version, differing)

    return change


def old_object(thing, version, differing):
    old = old_class(type(thing).__name__)()
    for name, value in vars(thing).items():
        if name == "n_features_in_":
            continue
        if name == "loss_function_":
            function, arguments = value.__reduce__()[:2]
            value = old_class(function.__name__, LossFunction)(*arguments)
        elif type(value).__name__ == "LabelBinarizer":
            value = old_object(value, version, {})
        setattr(old, name, value)
    vars(old).update(differing)
    vars(old)["_sklearn_version"] = version
    return old


# ---------------------------------------------------------------------------------- cases


class Case:
    """A fitted estimator, how to pickle it, and what the case is about."""

    def __init__(self, name, about, protocol, model, change=None):
        self.name = name
        self.about = about
        self.protocol = protocol
        self.model = model
        self.change = change


def fit(model, data, label=None, names=None, **options):
    """Fits with the labels renamed by `label` and the columns named `names`."""
    x, y = data
    if label is not None:
        y = label(y)
    if names is not None:
        x = pd.DataFrame(x, columns=names)
    return model.fit(x, y, **options)


def words(y):
    return np.array(["on time", "late", 'cancelled "A"'])[y]


def logistic(**parameters):
    return LogisticRegression(max_iter=500, **parameters)


def sgd(**parameters):
    return SGDClassifier(max_iter=30, tol=None, random_state=3, **parameters)


NAMES = ["OPERA_Sky", "OPERA_LATAM", "MES_1", "MES_2", "temperatura °C"]


def cases_of_sklearn_1_9():
    two, three = classification(2), classification(3)
    one_target, two_targets = regression(1), regression(2)

    yield Case("logistic-binary", "binary", 4, fit(logistic(), two))
    yield Case("logistic-binary-p0", "binary, protocol 0", 0, fit(logistic(), two))
    yield Case("logistic-binary-p1", "binary, protocol 1", 1, fit(logistic(), two))
    yield Case("logistic-binary-p2", "binary, protocol 2", 2, fit(logistic(), two))
    yield Case("logistic-binary-p3", "binary, protocol 3", 3, fit(logistic(), two))
    yield Case("logistic-binary-p5", "binary, protocol 5", 5, fit(logistic(), two))
    yield Case("logistic-multinomial", "three classes, softmax", 5, fit(logistic(), three))
    yield Case(
        "logistic-liblinear", "binary by liblinear", 2, fit(logistic(solver="liblinear"), two)
    )
    yield Case(
        "logistic-no-intercept",
        "fit_intercept=False, saga, l1",
        3,
        fit(logistic(solver="saga", l1_ratio=1.0, fit_intercept=False, random_state=3), three),
    )
    yield Case("logistic-labels-text", "text labels", 4, fit(logistic(), three, words))
    yield Case(
        "logistic-labels-object",
        "text labels in an object array",
        4,
        fit(logistic(), three, lambda y: words(y).astype(object)),
    )
    yield Case("logistic-labels-bool", "False and True", 4, fit(logistic(), two, lambda y: y == 1))
    yield Case(
        "logistic-labels-float",
        "-1.0 and 2.0 as labels",
        2,
        fit(logistic(), two, lambda y: 3.0 * y - 1.0),
    )
    yield Case(
        "logistic-labels-negative",
        "-1 and 1 as labels",
        1,
        fit(logistic(), two, lambda y: 2 * y - 1),
    )
    yield Case(
        "logistic-labels-int8",
        "int8 labels, one of them negative",
        5,
        fit(logistic(), three, lambda y: (5 * y - 3).astype(np.int8)),
    )
    yield Case(
        "logistic-labels-uint64",
        "uint64 labels above 2^53",
        4,
        fit(logistic(), two, lambda y: np.array([3, 2**60 + 1], dtype=np.uint64)[y]),
    )
    yield Case(
        "logistic-feature-names",
        "feature_names_in_ from a DataFrame, one name not ASCII",
        4,
        fit(logistic(class_weight="balanced"), two, names=NAMES),
    )
    yield Case(
        "logistic-feature-names-p2",
        "feature_names_in_ from a DataFrame, protocol 2",
        2,
        fit(logistic(), two, names=NAMES),
    )
    yield Case(
        "logistic-class-weight",
        "class_weight is a dict",
        4,
        fit(logistic(class_weight={0: 1.0, 1: 2.5}), two),
    )
    yield Case(
        "logistic-class-weight-numpy-keys",
        "class_weight is a dict with NumPy scalars",
        5,
        fit(logistic(class_weight={np.int64(0): np.float64(0.5), np.int64(1): np.float32(2)}), two),
    )
    yield Case(
        "logistic-random-state",
        "random_state is a RandomState",
        4,
        fit(logistic(solver="saga", random_state=np.random.RandomState(5)), two),
    )
    yield Case(
        "logistic-float32",
        "trained in single precision, coef_ float32",
        4,
        fit(logistic(), classification(3, np.float32)),
        single_precision,
    )
    yield Case(
        "logistic-float32-binary",
        "trained in single precision, coef_ float32",
        2,
        fit(logistic(), classification(2, np.float32)),
        single_precision,
    )
    yield Case(
        "logistic-fortran", "coef_ in Fortran order", 4, fit(logistic(), three), fortran_order
    )
    yield Case(
        "logistic-fortran-p5", "coef_ in Fortran order", 5, fit(logistic(), three), fortran_order
    )
    yield Case(
        "logistic-big-endian", "all arrays big-endian", 4, fit(logistic(), three, words), big_endian
    )
    yield Case(
        "logistic-big-endian-float32",
        "all arrays big-endian, coef_ float32",
        2,
        fit(logistic(), classification(2, np.float32)),
        big_endian,
    )
    yield Case(
        "logisticcv-binary",
        "cross-validated, binary",
        4,
        fit(
            LogisticRegressionCV(
                Cs=3,
                cv=3,
                max_iter=500,
                use_legacy_attributes=True,
                l1_ratios=(0,),
                scoring="accuracy",
            ),
            two,
        ),
    )
    yield Case(
        "logisticcv-multinomial",
        "cross-validated, three classes, the attributes of 1.8 and later",
        5,
        fit(
            LogisticRegressionCV(
                Cs=[0.1, 1.0],
                cv=3,
                max_iter=500,
                use_legacy_attributes=False,
                l1_ratios=(0,),
                scoring="neg_log_loss",
            ),
            three,
            words,
        ),
    )

    yield Case("linear-one-target", "one target", 4, fit(LinearRegression(), one_target))
    yield Case("linear-one-target-p0", "one target", 0, fit(LinearRegression(), one_target))
    yield Case("linear-two-targets", "two targets", 5, fit(LinearRegression(), two_targets))
    yield Case(
        "linear-two-targets-fortran",
        "two targets, coef_ in Fortran order",
        2,
        fit(LinearRegression(), two_targets),
        fortran_order,
    )
    yield Case(
        "linear-no-intercept",
        "fit_intercept=False: intercept_ is a Python float",
        3,
        fit(LinearRegression(fit_intercept=False), one_target),
    )
    yield Case(
        "linear-column-target",
        "one target given as a column: coef_ and intercept_ have a dimension more",
        4,
        fit(LinearRegression(), one_target, lambda y: y.reshape(-1, 1)),
    )
    yield Case(
        "linear-float32",
        "trained in single precision",
        5,
        fit(LinearRegression(), regression(1, np.float32)),
        single_precision,
    )
    yield Case(
        "linear-feature-names",
        "feature_names_in_",
        4,
        fit(LinearRegression(), one_target, names=NAMES),
    )
    yield Case(
        "linear-big-endian", "big-endian", 3, fit(LinearRegression(), two_targets), big_endian
    )
    yield Case("ridge", "one target", 4, fit(Ridge(alpha=0.7), one_target))
    yield Case("ridge-two-targets", "two targets", 5, fit(Ridge(alpha=[0.3, 2.0]), two_targets))
    yield Case(
        "ridge-float32", "float32", 2, fit(Ridge(), regression(1, np.float32)), single_precision
    )
    yield Case("ridgecv", "cross-validated", 4, fit(RidgeCV(alphas=(0.1, 1.0, 10.0)), one_target))
    yield Case(
        "ridgecv-two-targets",
        "cross-validated, an alpha for each target",
        2,
        fit(RidgeCV(alphas=np.array([0.1, 1.0, 10.0]), alpha_per_target=True), two_targets),
    )
    yield Case("lasso", "one target", 4, fit(Lasso(alpha=0.5), one_target))
    yield Case("lasso-two-targets", "two targets", 1, fit(Lasso(alpha=0.5), two_targets))
    yield Case("lassocv", "cross-validated", 5, fit(LassoCV(alphas=4, cv=3), one_target))
    yield Case("elasticnet", "one target", 3, fit(ElasticNet(alpha=0.3, l1_ratio=0.4), one_target))
    yield Case(
        "elasticnet-float32",
        "trained in single precision",
        4,
        fit(ElasticNet(alpha=0.3), regression(1, np.float32)),
        single_precision,
    )
    yield Case(
        "elasticnetcv",
        "cross-validated",
        2,
        fit(ElasticNetCV(alphas=4, l1_ratio=[0.3, 0.8], cv=3), one_target),
    )
    yield Case("multitasklasso", "two targets", 4, fit(MultiTaskLasso(alpha=0.5), two_targets))
    yield Case(
        "multitaskelasticnet", "two targets", 5, fit(MultiTaskElasticNet(alpha=0.5), two_targets)
    )
    yield Case(
        "multitasklassocv",
        "two targets, cross-validated",
        4,
        fit(MultiTaskLassoCV(alphas=3, cv=3), two_targets),
    )

    yield Case("ridgeclassifier-binary", "binary", 4, fit(RidgeClassifier(), two, words))
    yield Case("ridgeclassifier-multi", "three classes", 5, fit(RidgeClassifier(), three))
    yield Case(
        "ridgeclassifier-labels-text",
        "three classes, text labels",
        2,
        fit(RidgeClassifier(), three, words),
    )
    yield Case(
        "ridgeclassifiercv",
        "cross-validated, three classes",
        4,
        fit(RidgeClassifierCV(alphas=(0.1, 1.0, 10.0)), three),
    )

    for loss in ("hinge", "log_loss", "modified_huber"):
        short = loss.replace("_", "")
        yield Case(f"sgd-{short}-binary", f"{loss}, binary", 4, fit(sgd(loss=loss), two))
        yield Case(
            f"sgd-{short}-multi", f"{loss}, one against the rest", 5, fit(sgd(loss=loss), three)
        )
    yield Case(
        "sgd-logloss-average",
        "averaged weights, text labels, class_weight is a dict",
        2,
        fit(
            sgd(
                loss="log_loss",
                average=10,
                class_weight={"late": 2.0, "on time": 1.0, 'cancelled "A"': 0.5},
            ),
            three,
            words,
        ),
    )
    yield Case(
        "sgd-squared-hinge-p0", "squared_hinge, protocol 0", 0, fit(sgd(loss="squared_hinge"), two)
    )
    yield Case(
        "sgd-float32",
        "modified_huber trained in single precision",
        4,
        fit(sgd(loss="modified_huber"), classification(3, np.float32)),
        single_precision,
    )
    yield Case(
        "sgdregressor",
        "squared_error",
        4,
        fit(SGDRegressor(max_iter=50, random_state=3), one_target),
    )
    yield Case(
        "sgdregressor-random-state",
        "huber, random_state is a RandomState",
        3,
        fit(
            SGDRegressor(loss="huber", max_iter=50, random_state=np.random.RandomState(3)),
            one_target,
        ),
    )
    yield Case("perceptron-binary", "binary", 4, fit(Perceptron(random_state=3), two))
    yield Case(
        "perceptron-multi", "one against the rest", 1, fit(Perceptron(random_state=3), three)
    )


def cases_of_sklearn_1_2():
    two, three = classification(2), classification(3)
    one_target, two_targets = regression(1), regression(2)

    yield Case("sklearn12-logistic-binary", "binary", 4, fit(logistic(), two))
    yield Case("sklearn12-logistic-binary-p0", "protocol 0, NumPy 1", 0, fit(logistic(), two))
    yield Case("sklearn12-logistic-p5", "protocol 5, NumPy 1", 5, fit(logistic(), three))
    yield Case(
        "sklearn12-logistic-multinomial", "multi_class auto: softmax", 3, fit(logistic(), three)
    )
    yield Case(
        "sklearn12-logistic-multinomial-binary",
        "multi_class='multinomial' with two classes: softmax of the decision and its negative",
        4,
        fit(logistic(multi_class="multinomial"), two),
    )
    yield Case(
        "sklearn12-logistic-ovr",
        "multi_class='ovr'",
        4,
        fit(logistic(multi_class="ovr"), three, words),
    )
    yield Case(
        "sklearn12-logistic-ovr-binary",
        "multi_class='ovr'",
        2,
        fit(logistic(multi_class="ovr"), two),
    )
    yield Case(
        "sklearn12-logistic-liblinear",
        "multi_class auto with liblinear: one against the rest",
        2,
        fit(logistic(solver="liblinear"), three),
    )
    yield Case(
        "sklearn12-logistic-feature-names",
        "feature_names_in_",
        4,
        fit(logistic(), two, names=NAMES),
    )
    yield Case(
        "sklearn12-logistic-random-state",
        "random_state is a RandomState, NumPy 1",
        2,
        fit(logistic(solver="saga", random_state=np.random.RandomState(5)), two),
    )
    yield Case(
        "sklearn12-logisticcv-ovr",
        "cross-validated, one against the rest",
        4,
        fit(LogisticRegressionCV(Cs=2, cv=3, max_iter=500, multi_class="ovr"), three),
    )
    yield Case("sklearn12-linear-one-target", "one target", 4, fit(LinearRegression(), one_target))
    yield Case(
        "sklearn12-linear-two-targets", "two targets", 2, fit(LinearRegression(), two_targets)
    )
    yield Case("sklearn12-ridgecv", "cross-validated", 4, fit(RidgeCV(), one_target))
    yield Case(
        "sklearn12-lasso-positive", "positive=True", 3, fit(Lasso(positive=True), one_target)
    )
    yield Case(
        "sklearn12-ridgeclassifier", "three classes", 4, fit(RidgeClassifier(), three, words)
    )
    for loss in ("hinge", "log_loss", "modified_huber"):
        short = loss.replace("_", "")
        yield Case(
            f"sklearn12-sgd-{short}",
            f"{loss}, three classes, loss_function_ in the file",
            4,
            fit(sgd(loss=loss), three),
        )
    yield Case(
        "sklearn12-sgd-log",
        "loss='log', the older name of log_loss",
        2,
        fit(sgd(loss="log"), two),
    )
    yield Case(
        "sklearn12-sgdregressor", "squared_error", 4, fit(SGDRegressor(random_state=3), one_target)
    )
    yield Case("sklearn12-perceptron", "binary", 3, fit(Perceptron(random_state=3), two))
    yield Case(
        "sklearn12-logistic-big-endian",
        "big-endian, NumPy 1",
        3,
        fit(logistic(), three),
        big_endian,
    )
    yield Case(
        "sklearn12-ridge-scalar-intercept",
        "intercept_ is a NumPy scalar",
        2,
        fit(Ridge(), one_target),
        numpy_scalar_intercept,
    )

    old_linear = {"normalize": False}
    yield Case(
        "sklearn019-logistic-ovr",
        "imitates 0.19: old module, multi_class='ovr' by default",
        2,
        fit(logistic(multi_class="ovr"), three),
        as_written_by("0.19.2"),
    )
    yield Case(
        "sklearn019-logistic-binary",
        "imitates 0.19: old module, protocol 3",
        3,
        fit(logistic(multi_class="ovr", solver="liblinear"), two, words),
        as_written_by("0.19.2"),
    )
    yield Case(
        "sklearn020-logistic-warn",
        "imitates 0.20: multi_class='warn' means one against the rest",
        3,
        fit(logistic(multi_class="ovr"), three),
        as_written_by("0.20.4", multi_class="warn", solver="warn"),
    )
    yield Case(
        "sklearn021-logistic-multinomial",
        "imitates 0.21: multi_class='multinomial'",
        4,
        fit(logistic(multi_class="multinomial"), three, words),
        as_written_by("0.21.3"),
    )
    yield Case(
        "sklearn021-logisticcv",
        "imitates 0.21",
        3,
        fit(LogisticRegressionCV(Cs=2, cv=3, max_iter=500, multi_class="ovr"), two),
        as_written_by("0.21.3", iid=True),
    )
    yield Case(
        "sklearn020-linear",
        "imitates 0.20",
        3,
        fit(LinearRegression(), one_target),
        as_written_by("0.20.4", **old_linear),
    )
    yield Case(
        "sklearn019-ridge",
        "imitates 0.19",
        0,
        fit(Ridge(), one_target),
        as_written_by("0.19.2", **old_linear),
    )
    yield Case(
        "sklearn021-ridgecv",
        "imitates 0.21",
        3,
        fit(RidgeCV(), two_targets),
        as_written_by("0.21.3", **old_linear),
    )
    yield Case(
        "sklearn021-ridgeclassifier",
        "imitates 0.21: a LabelBinarizer by its old name",
        3,
        fit(RidgeClassifier(), three, words),
        as_written_by("0.21.3", **old_linear),
    )
    yield Case(
        "sklearn020-lasso",
        "imitates 0.20",
        2,
        fit(Lasso(), one_target),
        as_written_by("0.20.4", **old_linear),
    )
    yield Case(
        "sklearn021-elasticnetcv",
        "imitates 0.21",
        3,
        fit(ElasticNetCV(n_alphas=4, cv=3), one_target),
        as_written_by("0.21.3", **old_linear),
    )
    yield Case(
        "sklearn019-sgd-log",
        "imitates 0.19: loss='log', a loss of sgd_fast",
        2,
        fit(sgd(loss="log"), three),
        as_written_by("0.19.2", n_iter=None),
    )
    yield Case(
        "sklearn021-sgd-hinge",
        "imitates 0.21: a loss of sgd_fast",
        3,
        fit(sgd(loss="hinge"), two, words),
        as_written_by("0.21.3"),
    )
    yield Case(
        "sklearn020-sgdregressor",
        "imitates 0.20: loss='squared_loss'",
        3,
        fit(SGDRegressor(random_state=3), one_target),
        as_written_by("0.20.4", loss="squared_loss", n_iter=None),
    )
    yield Case(
        "sklearn020-perceptron",
        "imitates 0.20",
        1,
        fit(Perceptron(random_state=3), three),
        as_written_by("0.20.4", n_iter=None),
    )


CASES = {"1.9": cases_of_sklearn_1_9, "1.2": cases_of_sklearn_1_2}

# ---------------------------------------------------------------------------------- writing


def answers(model, rows):
    """What the estimator says of the rows, as JSON values."""
    names = getattr(model, "feature_names_in_", None)
    x = rows if names is None else pd.DataFrame(rows, columns=names)
    said = {"predict": model.predict(x).tolist()}
    for output in ("predict_proba", "decision_function"):
        if hasattr(model, output):
            said[output] = getattr(model, output)(x).tolist()
    if hasattr(model, "classes_"):
        said["classes"] = model.classes_.tolist()
    return said


def write(case):
    folder = PARITY / case.name
    folder.mkdir(parents=True, exist_ok=True)
    rows = inputs(case.name)

    model = case.model
    if imitates_an_old_release(case):
        # Old files cannot be read back here: the arithmetic of the estimator they imitate is asked.
        said = answers(model, rows)
        content = pickle.dumps(case.change(model), protocol=case.protocol)
    else:
        changed = model if case.change is None else case.change(model)
        content = pickle.dumps(changed, protocol=case.protocol)
        said = answers(pickle.loads(content), rows)
    (folder / "model.pkl").write_bytes(content)

    names = getattr(model, "feature_names_in_", [f"x{i}" for i in range(FEATURES)])
    with open(folder / "input.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(names)
        table.writerows([repr(float(value)) for value in row] for row in rows)

    expected = {
        "case": case.name,
        "about": case.about,
        "estimator": type(model).__name__,
        "protocol": case.protocol,
        "versions": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scikit-learn": sklearn.__version__,
        },
    } | said
    lines = [
        f"  {json.dumps(key)}: {json.dumps(value, allow_nan=False)}"
        for key, value in expected.items()
    ]
    (folder / "expected.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    return len(content)


def imitates_an_old_release(case):
    return case.change is not None and case.change.__qualname__.startswith("as_written_by")


def main():
    release = ".".join(sklearn.__version__.split(".")[:2])
    if release not in CASES:
        sys.exit(
            f"there are cases of scikit-learn {' and '.join(CASES)}, not of {sklearn.__version__}"
        )
    # Warnings are about convergence and future defaults: neither matters to what a fitted model says.
    warnings.simplefilter("ignore")
    names = set()
    with threadpool_limits(limits=1):
        for case in CASES[release]():
            if case.name in names:
                sys.exit(f"two cases are called {case.name}")
            names.add(case.name)
            print(f"{case.name}: {write(case)} bytes")


if __name__ == "__main__":
    main()
