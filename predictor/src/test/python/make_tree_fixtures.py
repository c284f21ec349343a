"""Makes pickles of scikit-learn's trees and ensembles and writes down what scikit-learn answers with them.

    python make_tree_fixtures.py          the cases that belong to the installed scikit-learn

Run it once with each requirements file (README.md has the commands). Each case is a folder of
../resources/parity-trees: model.pkl, input.csv (empty cells are missing values) and expected.json.
With several outputs predict_proba has an entry per output. Every array is drawn from a seed.
"""

import json
import pickle
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.ensemble import (
    AdaBoostClassifier,
    AdaBoostRegressor,
    BaggingClassifier,
    BaggingRegressor,
    ExtraTreesClassifier,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    IsolationForest,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LinearRegression, LogisticRegression, Perceptron
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor, ExtraTreeRegressor

warnings.simplefilter("ignore")
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "parity-trees"
VERSION = tuple(int(part) for part in sklearn.__version__.split(".")[:2])
PREFIX = "" if VERSION >= (1, 9) else "sklearn%d%d-" % VERSION

rng = np.random.RandomState(7)
X = rng.normal(size=(120, 4))
TWO = (X[:, 0] + X[:, 1] * X[:, 2] > 0).astype(int)
THREE = np.digitize(X[:, 0] + 0.5 * X[:, 3], [-0.5, 0.5])
Y = X[:, 0] * 2 + np.sin(X[:, 1]) + 0.1 * X[:, 2]
HOLES = np.where(rng.rand(*X.shape) < 0.15, np.nan, X)
CATEGORIES = X.copy()
CATEGORIES[:, 2] = rng.randint(0, 9, 120)
BY_CATEGORY = Y + np.isin(CATEGORIES[:, 2], [1, 4, 6])
TEXTS = np.array(["early", "late", "on time"])[THREE]
SMALL = dict(n_estimators=4, random_state=0)
# Since 1.8 there is nothing else.
SAMME = dict(algorithm="SAMME") if VERSION < (1, 8) else {}

CASES = {
    "forest-two-outputs": (RandomForestClassifier(max_depth=4, **SMALL), X, np.c_[THREE, TWO]),
    "forest-two-targets": (RandomForestRegressor(max_depth=4, **SMALL), X, np.c_[Y, -Y]),
    "tree-texts": (DecisionTreeClassifier(max_depth=4), X, TEXTS),
    "tree-best-first": (DecisionTreeRegressor(max_leaf_nodes=9), X, Y),
    "tree-weights": (DecisionTreeClassifier(max_depth=3, class_weight={0: 0.3, 1: 2.5}), X, TWO),
    "extra-tree-two-targets": (ExtraTreeRegressor(max_depth=4, random_state=0), X, np.c_[Y, Y * Y]),
    "bagging-trees-columns": (BaggingClassifier(DecisionTreeClassifier(max_depth=3), max_features=0.5, **SMALL), X, TEXTS),
    "bagging-logistic": (BaggingClassifier(LogisticRegression(), max_features=3, **SMALL), X, THREE),
    "bagging-votes": (BaggingClassifier(Perceptron(), **SMALL), X, TWO),
    "bagging-regressor": (BaggingRegressor(LinearRegression(), max_features=2, bootstrap_features=True, **SMALL), X, Y),
    "isolation-columns": (IsolationForest(max_features=2, max_samples=50, contamination=0.2, **SMALL), X, None),
    "boosting-exponential": (GradientBoostingClassifier(loss="exponential", max_depth=2, **SMALL), X, TWO),
    "boosting-three": (GradientBoostingClassifier(max_depth=2, **SMALL), X, TEXTS),
    "boosting-init-logistic": (GradientBoostingClassifier(init=LogisticRegression(), max_depth=2, **SMALL), X, THREE),
    "boosting-init-linear": (GradientBoostingRegressor(init=LinearRegression(), max_depth=2, **SMALL), X, Y * Y),
    "boosting-init-zero": (GradientBoostingRegressor(init="zero", max_depth=2, **SMALL), X, Y),
    "boosting-absolute": (GradientBoostingRegressor(loss="absolute_error", max_depth=2, **SMALL), X, Y),
    "boosting-quantile": (GradientBoostingRegressor(loss="quantile", alpha=0.8, max_depth=2, **SMALL), X, Y),
    "hist-categories": (HistGradientBoostingRegressor(max_iter=4, categorical_features=[2], min_samples_leaf=5), CATEGORIES, BY_CATEGORY),
    "hist-categories-three": (HistGradientBoostingClassifier(max_iter=3, categorical_features=[2], min_samples_leaf=5), CATEGORIES, THREE),
    "hist-poisson": (HistGradientBoostingRegressor(loss="poisson", max_iter=4), HOLES, np.abs(Y)),
    "hist-absolute": (HistGradientBoostingRegressor(loss="absolute_error", max_iter=4), HOLES, Y),
    "hist-quantile": (HistGradientBoostingRegressor(loss="quantile", quantile=0.7, max_iter=4), X, Y),
    "adaboost-samme": (AdaBoostClassifier(DecisionTreeClassifier(max_depth=1), **SAMME, **SMALL), X, TEXTS),
    "adaboost-logistic": (AdaBoostClassifier(LogisticRegression(), **SAMME, **SMALL), X, TWO),
    "adaboost-linear": (AdaBoostRegressor(LinearRegression(), **SMALL), X, Y * Y),
}
if VERSION >= (1, 9):
    CASES |= {
        "tree-missing": (DecisionTreeRegressor(max_depth=5), HOLES, Y),
        "extra-trees-missing": (ExtraTreesClassifier(max_depth=5, **SMALL), HOLES, THREE),
        "hist-gamma": (HistGradientBoostingRegressor(loss="gamma", max_iter=4), X, np.abs(Y) + 0.1),
    }
else:
    CASES |= {
        "adaboost-samme-r": (AdaBoostClassifier(algorithm="SAMME.R", **SMALL), X, TEXTS),
    }


def rows_to_score(x):
    """20 rows of the data, and one with other categories and missing values where the case has them."""
    rows = x[:20].copy()
    if x is CATEGORIES:
        rows[0, 2], rows[1, 2], rows[2, 2] = 17, np.nan, -3
    return rows


def plain(values):
    return [plain(value) for value in values] if isinstance(values, list) else np.asarray(values).tolist()


def write(name, estimator, x, y):
    estimator.fit(x, y)
    rows = rows_to_score(x)
    folder = FOLDER / (PREFIX + name)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.pkl").write_bytes(pickle.dumps(estimator, protocol=4))
    lines = [",".join("x%d" % i for i in range(x.shape[1]))]
    lines += [",".join("" if np.isnan(v) else repr(float(v)) for v in row) for row in rows]
    (folder / "input.csv").write_text("\n".join(lines) + "\n")
    expected = {"estimator": type(estimator).__name__, "sklearn": sklearn.__version__}
    for method in ("predict", "predict_proba", "decision_function"):
        if hasattr(estimator, method):
            expected[method] = plain(getattr(estimator, method)(rows))
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


for name, (estimator, x, y) in CASES.items():
    write(name, estimator, x, y)
print(len(CASES), "cases of scikit-learn", sklearn.__version__)
