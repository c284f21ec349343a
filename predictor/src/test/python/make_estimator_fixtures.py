"""Fits selectors, encoders, imputers, neighbours, chains and searches, and writes each with its rows
and scikit-learn's answers: ID.pkl and ID.json. Transformers stand by themselves.

Run by hand, once for each version: python make_estimator_fixtures.py ../resources/parity-estimators
A name behind that writes that one alone.
"""

import json
import pickle
import sys
import warnings
from pathlib import Path

import numpy as np
import sklearn
from scipy import stats
from sklearn import feature_selection as fs
from sklearn import linear_model as lm
from sklearn import preprocessing as pp
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.ensemble import (
    AdaBoostClassifier,
    ExtraTreesRegressor,
    GradientBoostingClassifier,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer, MissingIndicator, SimpleImputer
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV
from sklearn.multiclass import OneVsRestClassifier, OutputCodeClassifier
from sklearn.multioutput import ClassifierChain, RegressorChain
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import RadiusNeighborsClassifier, RadiusNeighborsRegressor
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.svm import OneClassSVM
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.filterwarnings("ignore")
VERSION = "sk" + "".join(sklearn.__version__.split(".")[:2])
NEW = sklearn.__version__.startswith("1.9")
RNG = np.random.RandomState(11)
N, D = 90, 6
X = RNG.normal(size=(N, D)) * [1, 2, 0.5, 1, 3, 1] + [0, 1, 0, -2, 0, 5]
SIGNAL = X[:, 0] - 0.6 * X[:, 1] + 0.7 * X[:, 2] ** 2 + 0.3 * RNG.normal(size=N)
Y2 = (SIGNAL > 0.1).astype(int)
Y3 = np.digitize(SIGNAL, [-0.8, 0.7])
TEXT = np.array(["early", "late", "on time"])[Y3]
TWO = np.column_stack([SIGNAL, X[:, 3] - X[:, 4]])
MANY = np.column_stack([Y2, X[:, 3] > -2, X[:, 4] + X[:, 0] > 0]).astype(int)
COUNTS = RNG.poisson(2, size=(N, D)).astype(float)
HOLED = np.where(RNG.uniform(size=X.shape) < 0.2, np.nan, X)
EMPTY = HOLED.copy()
EMPTY[:, 2] = np.nan
INPUT = RNG.normal(size=(14, D)) * [1.5, 3, 0.8, 1.2, 4, 1.5] + [0, 1, 0, -2, 0, 5]
WITH_HOLES = np.where(RNG.uniform(size=INPUT.shape) < 0.3, np.nan, INPUT)
WITH_HOLES[0] = np.nan
WORDS = np.empty((N, 3), dtype=object)
WORDS[:, 0] = RNG.choice(["red", "green", "blue", "azure"], N, p=[0.5, 0.3, 0.15, 0.05])
WORDS[:, 1] = RNG.choice(["S", "M", "L"], N)
WORDS[:, 2] = RNG.randint(1, 4, N)
WORN = WORDS.copy()
WORN[RNG.uniform(size=N) < 0.2, 0] = np.nan
SENT = WORDS[:14].copy()
SENT[0, 0] = "violet"
SENT[1, 1] = "XXL"


def plain(value):
    if isinstance(value, float) and np.isnan(value):
        return None
    return [plain(v) for v in value] if isinstance(value, list) else value


def answers(model, rows):
    if not hasattr(model, "predict"):
        value = model.transform(rows)
        value = value.toarray() if hasattr(value, "toarray") else np.asarray(value)
        value = value.reshape(len(rows), -1).astype(float)
        return {"transform": plain(value.tolist())}
    prediction = model.predict(rows)
    expected = {"predict": prediction.tolist()}
    # The predictor gives no probabilities beside a label of outliers that is no class.
    outliers = getattr(model, "outlier_label", None)
    known = not isinstance(outliers, int) or outliers in model.classes_
    for method in ("predict_proba", "decision_function"):
        if hasattr(model, method) and known:
            value = getattr(model, method)(rows)
            if method == "predict_proba" and isinstance(value, list):
                value = np.hstack(value)
            elif method == "predict_proba" and prediction.ndim == 2:
                # The probabilities of 1 alone: those of 0 are put before them.
                value = np.stack([1 - value, value], axis=2).reshape(len(rows), -1)
            expected[method] = value.tolist()
    return expected


def write(folder, name, model, rows):
    stem = folder / f"{VERSION}-{name}"
    stem.with_suffix(".pkl").write_bytes(pickle.dumps(model, 4))
    rows = np.asarray(rows)
    given = rows.reshape(-1, 1) if rows.ndim == 1 else rows
    text = json.dumps({"inputs": plain(given.tolist()), "expected": answers(model, rows)})
    stem.with_suffix(".json").write_text(text + "\n")


def selectors():
    forest = RandomForestClassifier(6, max_depth=3, random_state=1)
    small = ExtraTreesRegressor(5, max_depth=3, random_state=1)
    for name, estimator, y, options in (
        ("forest", forest, Y3, {}),
        ("forest-median", forest, Y3, {"threshold": "1.25*median"}),
        ("forest-most", forest, Y3, {"max_features": 2, "threshold": -np.inf}),
        ("trees-mean", small, SIGNAL, {"threshold": "0.5*mean"}),
        ("tree", DecisionTreeClassifier(max_depth=4, random_state=0), Y2, {"threshold": "median"}),
        ("boosted", GradientBoostingClassifier(n_estimators=5, random_state=0), Y3, {}),
        ("adaboost", AdaBoostClassifier(n_estimators=5, random_state=0), Y2, {}),
        ("lasso", lm.Lasso(0.2), SIGNAL, {}),
        ("elastic", lm.ElasticNet(0.2, l1_ratio=1.0), SIGNAL, {}),
        ("logistic", lm.LogisticRegression(), TEXT, {}),
        ("logistic-norm-2", lm.LogisticRegression(), TEXT, {"norm_order": 2, "threshold": 0.9}),
        ("logistic-norm-inf", lm.LogisticRegression(), Y3, {"norm_order": np.inf}),
        ("logistic-l1", lm.LogisticRegression(penalty="l1", solver="liblinear"), Y2, {}),
        ("ridge-getter", lm.Ridge(), TWO, {"importance_getter": "coef_"}),
        ("many", lm.Ridge(), SIGNAL, {"threshold": "mean"}),
    ):
        on, rows = X, INPUT
        if name == "many":
            on = RNG.normal(size=(N, 150))
            rows = RNG.normal(size=(5, 150))
        yield f"from-model-{name}", fs.SelectFromModel(estimator, **options).fit(on, y), rows
    piped = make_pipeline(pp.StandardScaler(), lm.Ridge())
    named = fs.SelectFromModel(piped, importance_getter="named_steps.ridge.coef_")
    yield "from-model-named-step", named.fit(X, SIGNAL), INPUT
    yield "from-model-prefit", fs.SelectFromModel(forest.fit(X, Y3), prefit=True).fit(X, Y3), INPUT
    yield "fpr", fs.SelectFpr(alpha=0.1).fit(X, Y3), INPUT
    yield "fdr", fs.SelectFdr(fs.f_regression, alpha=0.1).fit(X, SIGNAL), INPUT
    yield "fwe", fs.SelectFwe(alpha=0.05).fit(X, Y2), INPUT
    for mode, param in (("percentile", 40), ("k_best", 2), ("fpr", 0.1), ("fdr", 0.1), ("fwe", 0.1)):
        yield f"univariate-{mode}", fs.GenericUnivariateSelect(mode=mode, param=param).fit(X, Y3), INPUT
    yield "k-best-chi2", fs.SelectKBest(fs.chi2, k=3).fit(COUNTS, Y3), COUNTS[:10]
    yield "percentile-mutual", fs.SelectPercentile(fs.mutual_info_classif, percentile=34).fit(X, Y3), INPUT
    yield "variance", fs.VarianceThreshold(0.9).fit(HOLED), WITH_HOLES
    for direction in ("forward", "backward"):
        selector = fs.SequentialFeatureSelector(
            lm.Ridge(), n_features_to_select=2, direction=direction, cv=3
        )
        yield f"sequential-{direction}", selector.fit(X, SIGNAL), INPUT
    yield "rfe", fs.RFE(lm.LogisticRegression(), n_features_to_select=3).fit(X, TEXT), INPUT
    yield "rfecv", fs.RFECV(lm.Ridge(), cv=3).fit(X, SIGNAL), INPUT
    yield "rfecv-tree", fs.RFECV(DecisionTreeRegressor(max_depth=3, random_state=0), cv=3).fit(X, SIGNAL), INPUT


def preprocessors():
    for name, scaler in (
        ("standard", pp.StandardScaler()),
        ("minmax", pp.MinMaxScaler((-1, 2), clip=True)),
        ("maxabs", pp.MaxAbsScaler()),
        ("robust", pp.RobustScaler(quantile_range=(10, 80), unit_variance=True)),
        ("power", pp.PowerTransformer()),
        ("quantile", pp.QuantileTransformer(n_quantiles=15, output_distribution="normal")),
    ):
        yield name, scaler.fit(X), INPUT
        if name not in ("quantile",):
            yield f"{name}-holes", scaler.fit(HOLED), WITH_HOLES
    yield "power-box-cox", pp.PowerTransformer(method="box-cox").fit(np.abs(X) + 0.1), np.abs(INPUT) + 0.1
    yield "quantile-subsample", pp.QuantileTransformer(n_quantiles=9, subsample=40, random_state=0).fit(X), INPUT
    yield "binarizer", pp.Binarizer(threshold=0.4).fit(X), INPUT
    yield "normalizer", pp.Normalizer("max").fit(X), INPUT
    yield "polynomial", pp.PolynomialFeatures((1, 2), interaction_only=True).fit(X), INPUT
    yield "pca", PCA(3, whiten=True).fit(X), INPUT
    for encode in ("onehot", "onehot-dense", "ordinal"):
        yield f"bins-{encode}", pp.KBinsDiscretizer(4, encode=encode, strategy="uniform").fit(X), INPUT
    yield "bins-quantile", pp.KBinsDiscretizer(5, encode="ordinal", strategy="quantile").fit(COUNTS), COUNTS[:10]
    yield "bins-kmeans", pp.KBinsDiscretizer([2, 3, 4, 2, 3, 5], strategy="kmeans").fit(X), INPUT
    constant = X.copy()
    constant[:, 1] = 3
    yield "bins-constant", pp.KBinsDiscretizer(3, encode="onehot-dense", strategy="uniform").fit(constant), INPUT
    edges = pp.KBinsDiscretizer(3, encode="ordinal", strategy="uniform").fit(COUNTS)
    yield "bins-edges", edges, np.column_stack([e[:3] for e in edges.bin_edges_])
    for extrapolation in ("linear", "error", "periodic", "constant", "continue"):
        for degree in (0, 1, 2, 3):
            if extrapolation == "periodic" and degree == 0:
                continue
            spline = pp.SplineTransformer(4, degree, extrapolation=extrapolation, include_bias=degree != 2)
            # Beyond its knots a constant spline of degree 0 is an error of the library's own.
            inside = extrapolation == "error" or (extrapolation, degree) == ("constant", 0)
            rows = X[5:15] * 0.4 + X.mean(axis=0) * 0.6 if inside else INPUT
            yield f"spline-{extrapolation}-{degree}", spline.fit(X), rows
    yield "spline-quantile", pp.SplineTransformer(5, knots="quantile", extrapolation="linear").fit(X), INPUT
    if NEW:
        zeros = pp.SplineTransformer(4, handle_missing="zeros", extrapolation="linear")
        yield "spline-missing", zeros.fit(HOLED), WITH_HOLES
        zeros = pp.SplineTransformer(4, handle_missing="zeros", extrapolation="periodic")
        yield "spline-missing-periodic", zeros.fit(HOLED), WITH_HOLES
        target = pp.TargetEncoder(random_state=0)
        yield "target-encoder", target.fit(WORDS, Y2), SENT
        yield "target-encoder-many", pp.TargetEncoder(random_state=0).fit(WORN, TEXT), WORN[:14]
    yield "onehot", pp.OneHotEncoder(handle_unknown="ignore").fit(WORDS), SENT
    yield "onehot-drop", pp.OneHotEncoder(drop=["red", "M", 2]).fit(WORDS), WORDS[:14]
    infrequent = {"handle_unknown": "infrequent_if_exist", "min_frequency": 0.2}
    yield "onehot-infrequent", pp.OneHotEncoder(drop="if_binary", **infrequent).fit(WORDS), SENT
    yield "onehot-missing", pp.OneHotEncoder(drop="first").fit(WORN), WORN[:14]
    unknown = {"handle_unknown": "use_encoded_value", "unknown_value": np.nan}
    yield "ordinal-unknown", pp.OrdinalEncoder(**unknown).fit(WORDS), SENT
    if NEW:
        yield "onehot-warn", pp.OneHotEncoder(handle_unknown="warn", min_frequency=0.2).fit(WORDS), SENT
        yield "ordinal-infrequent", pp.OrdinalEncoder(min_frequency=0.2).fit(WORDS), WORDS[:14]
        unknown = {"handle_unknown": "use_encoded_value", "unknown_value": -1}
        both = pp.OrdinalEncoder(max_categories=3, encoded_missing_value=-7, **unknown)
        rows = WORN[:14].copy()
        rows[0, 0] = "violet"
        yield "ordinal-infrequent-missing", both.fit(WORN), rows
    yield "label-encoder", pp.LabelEncoder().fit(TEXT), TEXT[:9]
    yield "label-encoder-integers", pp.LabelEncoder().fit([5, 2, 9]), np.array([2, 9, 5])
    yield "label-binarizer", pp.LabelBinarizer(neg_label=-1, pos_label=2).fit(TEXT), np.append(TEXT[:9], "never")
    yield "label-binarizer-binary", pp.LabelBinarizer().fit([4, 7]), np.array([4, 7, 7])
    yield "pipeline", make_pipeline(SimpleImputer(), pp.StandardScaler(), PCA(2)).fit(HOLED), WITH_HOLES
    yield "pipeline-passthrough", make_pipeline(pp.StandardScaler(), "passthrough").fit(X), INPUT
    yield "pipeline-nested", make_pipeline(pp.StandardScaler(), make_pipeline(PCA(2), pp.MaxAbsScaler())).fit(X), INPUT
    yield "union", FeatureUnion([("p", PCA(2)), ("s", pp.MinMaxScaler())]).fit(X), INPUT
    columns = ColumnTransformer(
        [("one", pp.OneHotEncoder(handle_unknown="ignore"), [0, 1]), ("rest", pp.StandardScaler(), [2])]
    )
    yield "columns", columns.fit(WORDS), SENT
    yield "function", pp.FunctionTransformer(np.log1p).fit(COUNTS), COUNTS[:5]


def imputers():
    for name, options in (
        ("uniform", {"n_neighbors": 4}),
        ("distance", {"n_neighbors": 3, "weights": "distance", "add_indicator": True}),
    ):
        yield f"knn-imputer-{name}", KNNImputer(**options).fit(HOLED), WITH_HOLES
    yield "knn-imputer-empty", KNNImputer(n_neighbors=2).fit(EMPTY), WITH_HOLES
    yield "knn-imputer-keeps", KNNImputer(keep_empty_features=True).fit(EMPTY), WITH_HOLES
    number = KNNImputer(missing_values=-1, n_neighbors=2, add_indicator=True)
    yield "knn-imputer-number", number.fit(np.nan_to_num(HOLED, nan=-1)), np.nan_to_num(WITH_HOLES, nan=-1)
    for name, options in (
        ("ridge", {}),
        ("limits", {"max_iter": 3, "min_value": -1, "max_value": 2.5, "add_indicator": True}),
        ("nearest", {"max_iter": 2, "n_nearest_features": 2, "random_state": 0, "initial_strategy": "median"}),
        ("none", {"max_iter": 0}),
        ("tree", {"max_iter": 2, "estimator": DecisionTreeRegressor(max_depth=3, random_state=0)}),
        ("random", {"max_iter": 2, "imputation_order": "random", "random_state": 1}),
    ):
        yield f"iterative-{name}", IterativeImputer(**options).fit(HOLED), WITH_HOLES
    yield "iterative-empty", IterativeImputer(max_iter=2).fit(EMPTY), WITH_HOLES
    yield "iterative-keeps", IterativeImputer(max_iter=2, keep_empty_features=True).fit(EMPTY), WITH_HOLES
    yield "iterative-all-missing", IterativeImputer(max_iter=2).fit(HOLED), WITH_HOLES[:1]
    part = HOLED.copy()
    part[:, 1] = X[:, 1]
    yield "indicator", MissingIndicator(error_on_new=False).fit(part), WITH_HOLES
    yield "indicator-all", MissingIndicator(features="all").fit(part), WITH_HOLES
    known = WITH_HOLES.copy()
    known[:, 1] = 1
    yield "indicator-known", MissingIndicator().fit(part), known
    yield "imputer-mean", SimpleImputer(add_indicator=True).fit(EMPTY), WITH_HOLES
    yield "imputer-keeps", SimpleImputer(keep_empty_features=True).fit(EMPTY), WITH_HOLES
    piped = make_pipeline(IterativeImputer(max_iter=2), fs.SelectFromModel(lm.Ridge()), lm.Ridge())
    yield "imputed-ridge", piped.fit(HOLED, SIGNAL), WITH_HOLES
    piped = make_pipeline(KNNImputer(), pp.KBinsDiscretizer(3), lm.LogisticRegression())
    yield "imputed-logistic", piped.fit(HOLED, TEXT), WITH_HOLES


def neighbors():
    far = np.vstack([INPUT, np.full((1, D), 100.0)])
    for algorithm in ("brute", "kd_tree", "ball_tree"):
        near = RadiusNeighborsClassifier(3.5, algorithm=algorithm, leaf_size=5)
        yield f"radius-{algorithm}", near.fit(X, TEXT), X[:9] + 0.3
        near = RadiusNeighborsClassifier(
            3.0, weights="distance", algorithm=algorithm, outlier_label="late"
        )
        yield f"radius-{algorithm}-outlier", near.fit(X, TEXT), far
        near = RadiusNeighborsClassifier(3.0, algorithm=algorithm, outlier_label="most_frequent")
        yield f"radius-{algorithm}-frequent", near.fit(X, Y3 + 4), far
        near = RadiusNeighborsClassifier(3.0, algorithm=algorithm, outlier_label=2)
        yield f"radius-{algorithm}-position", near.fit(X, Y3), far
        near = RadiusNeighborsRegressor(4.0, weights="distance", algorithm=algorithm)
        yield f"radius-{algorithm}-regressor", near.fit(X, TWO), np.vstack([X[:5], X[5:9] + 0.2])
    for name, labels, label in (
        ("two", Y3 + 1, 2),
        ("three", Y3 + 1, 3),
        ("never", Y3, 9),
        ("frequent", Y3 + 4, "most_frequent"),
    ):
        near = RadiusNeighborsClassifier(4.0, p=1, algorithm="brute", outlier_label=label)
        yield f"radius-manhattan-{name}", near.fit(X, labels), far
    near = RadiusNeighborsClassifier(3.0, p=1, outlier_label=[2, 0])
    yield "radius-two-labels", near.fit(X, np.column_stack([Y3, Y2])), far
    yield "radius-mean", RadiusNeighborsRegressor(4.0, p=1).fit(X, SIGNAL), X[:9]
    for kernel in ("rbf", "linear", "poly", "sigmoid"):
        yield f"oneclass-{kernel}", OneClassSVM(kernel=kernel, nu=0.3).fit(X), INPUT


def strategies():
    lr = lm.LogisticRegression()
    yield "code", OutputCodeClassifier(lr, code_size=2, random_state=0).fit(X, TEXT), INPUT
    yield "code-nb", OutputCodeClassifier(GaussianNB(), code_size=3, random_state=1).fit(X, Y3), INPUT
    # With so few bits one of them is the same for all classes.
    for seed in range(40):
        model = OutputCodeClassifier(lr, code_size=1.7, random_state=seed).fit(X, TEXT)
        if any(type(e).__name__ == "_ConstantPredictor" for e in model.estimators_):
            yield "code-constant", model, INPUT
            break
    yield "ovr-labels", OneVsRestClassifier(lr).fit(X, MANY), INPUT
    yield "ovr-labels-nb", OneVsRestClassifier(GaussianNB()).fit(X, MANY), INPUT
    yield "ovr-labels-constant", OneVsRestClassifier(lr).fit(X, np.column_stack([MANY, np.ones(N, int)])), INPUT
    yield "classifier-chain", ClassifierChain(lr, order=[2, 0, 1]).fit(X, MANY), INPUT
    yield "classifier-chain-cv", ClassifierChain(lr, cv=3, order="random", random_state=0).fit(X, MANY), INPUT
    yield "classifier-chain-nb", ClassifierChain(GaussianNB()).fit(X, MANY.astype(bool)), INPUT
    if NEW:
        for method in ("predict_proba", "decision_function"):
            chain = ClassifierChain(lr, chain_method=method)
            yield f"classifier-chain-{method}", chain.fit(X, MANY), INPUT
    yield "regressor-chain", RegressorChain(lm.Ridge(), order=[1, 0], cv=3).fit(X, TWO), INPUT


def searches():
    drawn = {
        "n_estimators": stats.randint(2, 4),
        "max_depth": stats.poisson(2, loc=1),
        "min_samples_leaf": stats.binom(3, 0.4, loc=1),
        "min_impurity_decrease": stats.truncnorm(0, 1),
    }
    search = RandomizedSearchCV(
        RandomForestRegressor(random_state=0), drawn, n_iter=2, random_state=0, cv=2
    )
    yield "search-drawn", search.fit(X, SIGNAL), INPUT
    several = [{"alpha": stats.loguniform(1e-3, 1)}, {"alpha": stats.geom(0.3)}]
    yield "search-several", RandomizedSearchCV(lm.Ridge(), several, n_iter=3, random_state=0).fit(X, SIGNAL), INPUT
    piped = make_pipeline(pp.StandardScaler(), PCA())
    search = GridSearchCV(piped, {"pca__n_components": [1, 2]}, cv=2)
    yield "search-transforms", search.fit(X), INPUT


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for part in (selectors, preprocessors, imputers, neighbors, strategies, searches):
        for name, model, rows in part():
            if sys.argv[2:] in ([], [name]):
                write(folder, name, model, rows)
