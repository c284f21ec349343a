"""Fits small models and writes each with its rows and scikit-learn's answers: ID.pkl and ID.json.

Run by hand, once for each version: python make_classic_fixtures.py ../resources/parity-classic
"""

import json
import pickle
import sys
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.calibration import CalibratedClassifierCV
from sklearn.discriminant_analysis import (
    LinearDiscriminantAnalysis,
    QuadraticDiscriminantAnalysis,
)
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import (
    StackingClassifier,
    StackingRegressor,
    VotingClassifier,
    VotingRegressor,
)
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.isotonic import IsotonicRegression
from sklearn import linear_model as lm
from sklearn.compose import TransformedTargetRegressor
from sklearn.model_selection import (
    GridSearchCV,
    HalvingGridSearchCV,
    RandomizedSearchCV,
)
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from sklearn.multioutput import MultiOutputClassifier, MultiOutputRegressor, RegressorChain
from sklearn.naive_bayes import (
    BernoulliNB,
    CategoricalNB,
    ComplementNB,
    GaussianNB,
    MultinomialNB,
)
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC, SVR, LinearSVC, LinearSVR, NuSVC, NuSVR

warnings.filterwarnings("ignore")
VERSION = "sk" + "".join(sklearn.__version__.split(".")[:2])
RNG = np.random.RandomState(7)
N, D = 90, 5
X = RNG.normal(size=(N, D))
SIGNAL = X[:, 0] - X[:, 1] + 0.5 * X[:, 2] ** 2 + 0.3 * RNG.normal(size=N)
Y2 = (SIGNAL > 0.3).astype(int)
Y3 = np.digitize(SIGNAL, [-0.3, 0.9])
TEXT = np.array(["early", "late", "on time"])[Y3]
REAL = SIGNAL * 3 + 1
POSITIVE = np.exp(SIGNAL / 2)
TWO = np.column_stack([REAL, X[:, 3] - X[:, 4]])
LABELS2 = np.column_stack([Y3, Y2])
COUNTS = RNG.poisson(2, size=(N, D))
ONEHOT = (RNG.uniform(size=(N, D)) > 0.5).astype(float)
INPUT = RNG.normal(size=(12, D)) * 1.3


def answers(model, rows):
    expected = {"predict": model.predict(rows).tolist()}
    for method in ("predict_proba", "decision_function"):
        if hasattr(model, method):
            value = getattr(model, method)(rows)
            if isinstance(value, list):
                value = np.hstack(value)
            expected[method] = value.tolist()
    return expected


def write(folder, name, model, rows):
    stem = folder / f"{VERSION}-{name}"
    stem.with_suffix(".pkl").write_bytes(pickle.dumps(model, 4))
    rows = np.asarray(rows, dtype=float)
    text = json.dumps({"inputs": rows.tolist(), "expected": answers(model, rows)})
    stem.with_suffix(".json").write_text(text + "\n")


def models():
    lr = lm.LogisticRegression()
    yield "svc-linear-text", SVC(kernel="linear").fit(X, TEXT), INPUT
    yield "svc-ovo", SVC(decision_function_shape="ovo").fit(X, Y3), INPUT
    yield "svc-break-ties", SVC(break_ties=True, gamma=0.2).fit(X, Y3), INPUT
    yield "svc-poly", SVC(kernel="poly", degree=4, coef0=0.5).fit(X, Y2), INPUT
    yield "svc-sigmoid", SVC(kernel="sigmoid", gamma="auto").fit(X, Y3), INPUT
    yield "svc-probability", SVC(probability=True, random_state=1).fit(X, Y2), INPUT
    yield "svc-probability-text", SVC(probability=True, random_state=1).fit(X, TEXT), INPUT
    yield "nusvc", NuSVC(nu=0.3).fit(X, Y3), INPUT
    yield "svr-poly", SVR(kernel="poly").fit(X, REAL), INPUT
    yield "nusvr", NuSVR().fit(X, REAL), INPUT
    yield "linearsvc-text", LinearSVC(random_state=0).fit(X, TEXT), INPUT
    yield "linearsvr", LinearSVR(random_state=0).fit(X, REAL), INPUT
    for algorithm in ("brute", "kd_tree", "ball_tree"):
        for name, options in (
            ("uniform", {}),
            ("distance", {"weights": "distance"}),
            ("manhattan", {"p": 1}),
            ("minkowski3", {"p": 3, "weights": "distance"}),
            ("chebyshev", {"metric": "chebyshev"}),
        ):
            knn = KNeighborsClassifier(4, algorithm=algorithm, leaf_size=5, **options)
            yield f"knn-{algorithm}-{name}", knn.fit(X, Y3), INPUT
        ties = KNeighborsRegressor(3, algorithm=algorithm, leaf_size=4).fit(ONEHOT, REAL)
        yield f"knn-{algorithm}-ties", ties, ONEHOT[:12]
    same = KNeighborsRegressor(3, weights="distance", algorithm="kd_tree").fit(X, TWO)
    yield "knn-same-rows", same, np.vstack([X[:4], INPUT[:4]])
    yield "knn-two-labels", KNeighborsClassifier(5).fit(X, LABELS2), INPUT
    yield "gaussiannb-priors", GaussianNB(priors=[0.2, 0.3, 0.5]).fit(X, Y3), INPUT
    yield "multinomialnb", MultinomialNB().fit(COUNTS, TEXT), COUNTS[:12]
    yield "complementnb-norm", ComplementNB(norm=True).fit(COUNTS, Y3), COUNTS[:12]
    yield "bernoullinb", BernoulliNB(binarize=0.1).fit(X, Y3), INPUT
    yield "bernoullinb-as-is", BernoulliNB(binarize=None).fit(ONEHOT, Y2), ONEHOT[:12]
    yield "categoricalnb", CategoricalNB().fit(COUNTS, Y3), COUNTS[:12]
    yield "lda", LinearDiscriminantAnalysis().fit(X, Y3), INPUT
    eigen = LinearDiscriminantAnalysis(solver="eigen", shrinkage="auto")
    yield "lda-eigen-binary", eigen.fit(X, Y2), INPUT
    yield "qda", QuadraticDiscriminantAnalysis(reg_param=0.1).fit(X, TEXT), INPUT
    for activation in ("identity", "logistic", "tanh", "relu"):
        mlp = MLPClassifier((6, 4), activation=activation, max_iter=30, random_state=0)
        yield f"mlp-{activation}", mlp.fit(X, Y3), INPUT
    mlp = MLPClassifier((5,), early_stopping=True, max_iter=30, random_state=0)
    yield "mlp-early-stopping", mlp.fit(X, np.where(Y2, "late", "on time")), INPUT
    yield "mlp-two-targets", MLPRegressor(hidden_layer_sizes=6, solver="lbfgs", max_iter=40).fit(X, TWO), INPUT
    yield "ovr-binary", OneVsRestClassifier(lr).fit(X, Y2), INPUT
    yield "ovr-nb", OneVsRestClassifier(GaussianNB()).fit(X, TEXT), INPUT
    yield "ovr-regressor", OneVsRestClassifier(lm.LinearRegression()).fit(X, Y3), INPUT
    yield "ovo-svc", OneVsOneClassifier(LinearSVC(random_state=0)).fit(X, TEXT), INPUT
    yield "ovo-nb-binary", OneVsOneClassifier(GaussianNB()).fit(X, Y2), INPUT
    yield "multioutput-labels", MultiOutputClassifier(lr).fit(X, LABELS2), INPUT
    yield "multioutput-targets", MultiOutputRegressor(SVR()).fit(X, TWO), INPUT
    yield "chain", RegressorChain(lm.Ridge(), order=[1, 0]).fit(X, TWO), INPUT
    named = [("lr", lr), ("nb", GaussianNB()), ("svc", SVC(probability=True, random_state=0))]
    yield "voting-hard", VotingClassifier(named).fit(X, TEXT), INPUT
    soft = VotingClassifier(named, voting="soft", weights=[2, 1, 3]).set_params(nb="drop")
    yield "voting-soft-dropped", soft.fit(X, TEXT), INPUT
    regressors = [("ridge", lm.Ridge()), ("svr", SVR())]
    yield "voting-targets", VotingRegressor(regressors, weights=[1, 2.5]).fit(X, REAL), INPUT
    yield "stacking", StackingClassifier(named, final_estimator=lr, cv=3).fit(X, TEXT), INPUT
    linear = [("svc", LinearSVC(random_state=0)), ("nb", GaussianNB())]
    through = StackingClassifier(linear, final_estimator=GaussianNB(), passthrough=True, cv=3)
    yield "stacking-through-binary", through.fit(X, Y2), INPUT
    hard = StackingClassifier(named, lr, stack_method="predict", cv=3)
    yield "stacking-predictions", hard.fit(X, Y3), INPUT
    through = StackingRegressor(regressors, passthrough=True, cv=3)
    yield "stacking-targets", through.fit(X, REAL), INPUT
    for method in ("sigmoid", "isotonic"):
        for name, inner in (("svc", LinearSVC(random_state=0)), ("nb", GaussianNB())):
            for labels, y in (("binary", Y2), ("text", TEXT)):
                calibrated = CalibratedClassifierCV(inner, method=method, cv=3)
                yield f"calibrated-{method}-{name}-{labels}", calibrated.fit(X, y), INPUT
    one = CalibratedClassifierCV(lr, ensemble=False, cv=3)
    yield "calibrated-one", one.fit(X, Y3), INPUT
    if "temperature" in str(CalibratedClassifierCV._parameter_constraints):
        for name, inner in (("svc", LinearSVC(random_state=0)), ("nb", GaussianNB())):
            for labels, y in (("binary", Y2), ("text", TEXT)):
                calibrated = CalibratedClassifierCV(inner, method="temperature", cv=3)
                yield f"calibrated-temperature-{name}-{labels}", calibrated.fit(X, y), INPUT
    grid = GridSearchCV(SVC(), {"C": [1, 2], "kernel": ["linear", "rbf"]}, scoring="f1_macro")
    yield "search-grid", grid.fit(X, Y3), INPUT
    from scipy.stats import loguniform, uniform

    draws = {"alpha": loguniform(1e-3, 1), "fit_intercept": [True, False]}
    yield "search-random", RandomizedSearchCV(
        lm.Ridge(), draws, n_iter=3, random_state=0
    ).fit(X, REAL), INPUT
    draws = {"n_neighbors": [2, 3, 4], "p": uniform(1, 2)}
    yield "search-random-knn", RandomizedSearchCV(
        KNeighborsClassifier(), draws, n_iter=3, random_state=0, scoring="roc_auc"
    ).fit(X, Y2), INPUT
    halving = HalvingGridSearchCV(lr, {"C": [0.1, 1]}, random_state=0)
    yield "search-halving", halving.fit(X, Y2), INPUT
    for regressor in (
        lm.BayesianRidge(),
        lm.ARDRegression(),
        lm.HuberRegressor(),
        lm.Lars(),
        lm.LassoLars(alpha=0.1),
        lm.LassoLarsIC(),
        lm.OrthogonalMatchingPursuit(),
        lm.TheilSenRegressor(random_state=0),
        lm.QuantileRegressor(alpha=0.01, solver="highs"),
        lm.PassiveAggressiveRegressor(random_state=0),
    ):
        yield type(regressor).__name__.lower(), regressor.fit(X, REAL), INPUT
    yield "passive-aggressive", lm.PassiveAggressiveClassifier(random_state=0).fit(X, TEXT), INPUT
    yield "poisson", lm.PoissonRegressor().fit(X, POSITIVE), INPUT
    yield "gamma", lm.GammaRegressor().fit(X, POSITIVE), INPUT
    yield "tweedie", lm.TweedieRegressor(power=1.5).fit(X, POSITIVE), INPUT
    yield "tweedie-normal", lm.TweedieRegressor(power=0).fit(X, POSITIVE), INPUT
    clipped = IsotonicRegression(out_of_bounds="clip")
    yield "isotonic-clip", clipped.fit(X[:, :1], REAL), INPUT[:, :1]
    for name, transformer in (("standard", StandardScaler()), ("minmax", MinMaxScaler())):
        target = TransformedTargetRegressor(lm.Ridge(), transformer=transformer)
        yield f"target-{name}", target.fit(X, REAL), INPUT
    log = TransformedTargetRegressor(lm.Ridge(), func=np.log1p, inverse_func=np.expm1)
    yield "target-log1p", log.fit(X, POSITIVE), INPUT
    if VERSION < "sk16":  # before that a dummy does not say how wide rows are
        return
    for strategy in ("prior", "most_frequent"):
        yield f"dummy-{strategy}", DummyClassifier(strategy=strategy).fit(X, TEXT), INPUT
    yield "dummy-constant", DummyClassifier(strategy="constant", constant=1).fit(X, Y3), INPUT
    yield "dummy-median", DummyRegressor(strategy="median").fit(X, TWO), INPUT


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, model, rows in models():
        write(folder, name, model, rows)
