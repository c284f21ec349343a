"""Every estimator of scikit-learn that is read, by the oldest release that is promised and has it.

    for release in 0.19 0.20 0.22 1.0 1.3 1.5 1.6 1.9; do
        python -m venv /tmp/sklearn-$release && /tmp/sklearn-$release/bin/pip install -r requirements-sklearn-$release.txt
        /tmp/sklearn-$release/bin/python every_estimator.py
    done

In this order: an estimator of which there is a file already is left out, except by the newest release. By Python 3.6 (0.19), 3.7 (0.20),
3.8 (0.22), 3.9 (1.0), 3.10 (1.3), 3.11 (1.5), 3.12 (1.6), 3.13 (1.9): these have wheels of it.
"""

import importlib
import pkgutil
import sys
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from case_files import FOLDER, write

warnings.simplefilter("ignore")
RELEASE = ".".join(sklearn.__version__.split(".")[:2])
NEWEST = RELEASE == "1.9"
KIND = "release-every-estimator"
random = np.random.RandomState(3)
X = random.normal(size=(60, 3)).round(3)
SIGNAL = (X[:, 0] - X[:, 1] + 0.3 * random.normal(size=60)).round(3)
BINARY = (SIGNAL > 0.2).astype(int)
TWO = np.column_stack([SIGNAL, X[:, 2]])
TWO_CLASSES = np.column_stack([BINARY, (X[:, 2] > 0).astype(int)])
HOLED = np.where(random.random_sample(X.shape) < 0.1, np.nan, X)
CODES = np.digitize(X, [-0.5, 0.5])
TEXTS = ["late again and again", "on time", "again late", "never on time", "wind and rain", "rain delayed us"] * 10
SMALL = {"n_estimators": 3, "random_state": 0}
CLASSIFIER, REGRESSOR = LogisticRegression(solver="liblinear"), LinearRegression()
TREES = DecisionTreeClassifier(max_depth=2, random_state=0), DecisionTreeRegressor(max_depth=2, random_state=0)

# Arguments, rows and target where these are not the usual ones; a function where an estimator is needed first.
SPECIAL = {
    "AdaBoostClassifier": (SMALL,), "AdaBoostRegressor": (SMALL,), "BaggingClassifier": (SMALL,), "BaggingRegressor": (SMALL,),
    "ExtraTreesClassifier": (dict(SMALL, max_depth=3),), "ExtraTreesRegressor": (dict(SMALL, max_depth=3),),
    "RandomForestClassifier": (dict(SMALL, max_depth=3),), "RandomForestRegressor": (dict(SMALL, max_depth=3),),
    "DecisionTreeClassifier": ({"max_depth": 3, "random_state": 0},), "DecisionTreeRegressor": ({"max_depth": 3, "random_state": 0},),
    "ExtraTreeClassifier": ({"max_depth": 3, "random_state": 0},), "ExtraTreeRegressor": ({"max_depth": 3, "random_state": 0},),
    "GradientBoostingClassifier": (dict(SMALL, max_depth=2),), "GradientBoostingRegressor": (dict(SMALL, max_depth=2),),
    "HistGradientBoostingClassifier": ({"max_iter": 2, "min_samples_leaf": 5},), "HistGradientBoostingRegressor": ({"max_iter": 2, "min_samples_leaf": 5},),
    "IsolationForest": (dict(SMALL, max_samples=16),),
    "BernoulliNB": ({}, (X > 0).astype(int)), "MultinomialNB": ({}, CODES), "ComplementNB": ({}, CODES), "CategoricalNB": ({}, CODES),
    "CalibratedClassifierCV": ({"cv": 2}, X, BINARY, CLASSIFIER), "ClassifierChain": ({}, X, TWO_CLASSES, CLASSIFIER),
    "MultiOutputClassifier": ({}, X, TWO_CLASSES, CLASSIFIER), "MultiOutputRegressor": ({}, X, TWO, REGRESSOR), "RegressorChain": ({}, X, TWO, REGRESSOR),
    "OneVsOneClassifier": ({}, X, CODES[:, 0], CLASSIFIER), "OneVsRestClassifier": ({}, X, CODES[:, 0], CLASSIFIER),
    "OutputCodeClassifier": ({"random_state": 3, "code_size": 2}, X, CODES[:, 0], CLASSIFIER),
    "CountVectorizer": ({}, TEXTS), "TfidfVectorizer": ({}, TEXTS), "HashingVectorizer": ({"n_features": 16}, TEXTS), "TfidfTransformer": ({}, CODES),
    "DictVectorizer": ({}, [{"a": float(x), "b": "xy"[i % 2]} for i, x in enumerate(X[:, 0])]),
    "FunctionTransformer": ({"func": np.abs},), "GaussianMixture": ({"n_components": 2, "random_state": 0},),
    "GridSearchCV": ({"param_grid": {"max_depth": [1, 2]}, "cv": 2}, X, BINARY, TREES[0]),
    "RandomizedSearchCV": ({"param_distributions": {"max_depth": [1, 2]}, "n_iter": 2, "cv": 2, "random_state": 0}, X, BINARY, TREES[0]),
    "HalvingGridSearchCV": ({"param_grid": {"max_depth": [1, 2]}, "cv": 2, "random_state": 0}, X, BINARY, TREES[0]),
    "HalvingRandomSearchCV": ({"param_distributions": {"max_depth": [1, 2]}, "cv": 2, "random_state": 0}, X, BINARY, TREES[0]),
    "IsotonicRegression": ({"out_of_bounds": "clip"}, X[:, 0], SIGNAL), "DummyClassifier": ({"strategy": "prior"},),
    "KBinsDiscretizer": ({"n_bins": 3},), "KMeans": ({"n_clusters": 2, "n_init": 2, "random_state": 0},), "MiniBatchKMeans": ({"n_clusters": 2, "n_init": 2, "random_state": 0},),
    "KNNImputer": ({}, HOLED), "SimpleImputer": ({}, HOLED), "IterativeImputer": ({"random_state": 0, "max_iter": 2}, HOLED), "MissingIndicator": ({}, HOLED),
    "LabelBinarizer": ({}, CODES[:, 0], None), "LabelEncoder": ({}, CODES[:, 0], None),
    "LocalOutlierFactor": ({"novelty": True, "n_neighbors": 4},),
    "MLPClassifier": ({"hidden_layer_sizes": (3,), "max_iter": 20, "random_state": 0},), "MLPRegressor": ({"hidden_layer_sizes": (3,), "max_iter": 20, "random_state": 0},),
    "MultiTaskElasticNet": ({"alpha": 0.1}, X, TWO), "MultiTaskElasticNetCV": ({"cv": 2}, X, TWO), "MultiTaskLasso": ({"alpha": 0.1}, X, TWO), "MultiTaskLassoCV": ({"cv": 2}, X, TWO),
    "OneHotEncoder": ({"categories": "auto"}, CODES), "OrdinalEncoder": ({}, CODES), "TargetEncoder": ({"random_state": 0}, CODES), "OneClassSVM": ({"gamma": 0.3},),
    "PoissonRegressor": ({}, X, np.exp(SIGNAL)), "GammaRegressor": ({}, X, np.exp(SIGNAL)), "TweedieRegressor": ({"power": 1.5}, X, np.exp(SIGNAL)),
    "QuantileRegressor": ({"alpha": 0.1, "solver": "highs"},), "QuantileTransformer": ({"n_quantiles": 8},), "RadiusNeighborsClassifier": ({"radius": 4.0},), "RadiusNeighborsRegressor": ({"radius": 4.0},),
    "RFE": ({"n_features_to_select": 2}, X, SIGNAL, REGRESSOR), "RFECV": ({"cv": 2}, X, SIGNAL, REGRESSOR), "SelectFromModel": ({}, X, SIGNAL, REGRESSOR),
    "SequentialFeatureSelector": ({"n_features_to_select": 2, "cv": 2}, X, SIGNAL, REGRESSOR),
    "SelectKBest": ({"k": 2},), "SelectFdr": ({"alpha": 0.5},), "SelectFpr": ({"alpha": 0.5},), "SelectFwe": ({"alpha": 0.5},), "SelectPercentile": ({"percentile": 70},), "GenericUnivariateSelect": ({"mode": "k_best", "param": 2},),
    "SVC": ({"gamma": 0.3},), "SVR": ({"gamma": 0.3},), "NuSVC": ({"gamma": 0.3},), "NuSVR": ({"gamma": 0.3},), "TruncatedSVD": ({"random_state": 0},),
    "SGDClassifier": ({"max_iter": 50, "tol": 1e-3, "random_state": 0},), "SGDRegressor": ({"max_iter": 50, "tol": 1e-3, "random_state": 0},),
    "Perceptron": ({"max_iter": 50, "tol": 1e-3, "random_state": 0},), "PassiveAggressiveClassifier": ({"max_iter": 50, "tol": 1e-3, "random_state": 0},), "PassiveAggressiveRegressor": ({"max_iter": 50, "tol": 1e-3, "random_state": 0},),
    "PLSRegression": ({}, X, TWO), "TheilSenRegressor": ({"random_state": 0},), "TransformedTargetRegressor": ({"func": np.log1p, "inverse_func": np.expm1}, X, np.exp(SIGNAL)),
    "VotingClassifier": ({"estimators": [("a", CLASSIFIER), ("b", TREES[0])], "voting": "soft"},), "VotingRegressor": ({"estimators": [("a", REGRESSOR), ("b", TREES[1])]},),
    "StackingClassifier": ({"estimators": [("a", CLASSIFIER), ("b", TREES[0])], "cv": 2},), "StackingRegressor": ({"estimators": [("a", REGRESSOR), ("b", TREES[1])], "cv": 2},),
    "FixedThresholdClassifier": ({"threshold": 0.4}, X, BINARY, CLASSIFIER), "TunedThresholdClassifierCV": ({"cv": 2}, X, BINARY, CLASSIFIER),
    "Binarizer": ({"threshold": 0.1},), "VarianceThreshold": ({"threshold": 0.1},), "LinearSVC": ({"random_state": 0},), "LinearSVR": ({"random_state": 0},),
    "IncrementalPCA": ({"n_components": 2},), "PCA": ({"n_components": 2},), "RidgeClassifierCV": ({"alphas": (0.1, 1.0)},),
}
PLAIN = """ARDRegression BayesianRidge DummyRegressor ElasticNet ElasticNetCV GaussianNB HuberRegressor KernelRidge
KNeighborsClassifier KNeighborsRegressor Lars LarsCV Lasso LassoCV LassoLars LassoLarsCV LassoLarsIC LinearDiscriminantAnalysis LinearRegression
LogisticRegression LogisticRegressionCV MaxAbsScaler MinMaxScaler NearestCentroid Normalizer OrthogonalMatchingPursuit OrthogonalMatchingPursuitCV
PolynomialFeatures PowerTransformer QuadraticDiscriminantAnalysis Ridge RidgeCV RidgeClassifier RobustScaler SplineTransformer StandardScaler""".split()
# What is not read of releases before these, as it lacks something there: how wide a row is, or an answer of today.
SINCE = {"Binarizer": (1, 0), "Normalizer": (1, 0), "FunctionTransformer": (1, 3), "DummyRegressor": (1, 5), "DummyClassifier": (1, 5), "IsolationForest": (0, 22), "OneHotEncoder": (0, 20)}
OF_NUMBERS = ("Regress", "Lasso", "Ridge", "Lars", "Elastic", "Matching", "SVR")


def number(release):
    return tuple(int(part) for part in release.split("."))


def classes():
    for experiment in ("enable_hist_gradient_boosting", "enable_iterative_imputer", "enable_halving_search_cv"):
        try:
            importlib.import_module("sklearn.experimental." + experiment)
        except ImportError:
            pass
    found = {}
    for module in pkgutil.iter_modules(sklearn.__path__):
        if not module.name.startswith("_") and module.name not in ("externals", "tests", "conftest"):
            full = "sklearn.feature_extraction.text" if module.name == "feature_extraction" else "sklearn." + module.name
            for name, value in vars(importlib.import_module(full)).items():
                if name in SPECIAL or name in PLAIN:
                    found[name] = value
    found["DictVectorizer"] = importlib.import_module("sklearn.feature_extraction").DictVectorizer
    return found


def fitted(name, kind):
    arguments, rows, target, inner = (SPECIAL.get(name, ({},)) + (None,) * 3)[:4]
    rows = X if rows is None else rows
    if target is None and name not in ("LabelBinarizer", "LabelEncoder"):
        numbers = any(word in name for word in OF_NUMBERS) and "Classifier" not in name and name != "LogisticRegression" and name != "LogisticRegressionCV"
        target = SIGNAL if numbers else BINARY
    model = kind(inner, **arguments) if inner is not None else kind(**arguments)
    if name in ("LabelBinarizer", "LabelEncoder", "KMeans", "MiniBatchKMeans", "GaussianMixture", "DictVectorizer"):
        return model.fit(rows), rows
    return model.fit(rows, target), rows


def parts():
    """What is made of others."""
    from sklearn.pipeline import FeatureUnion, Pipeline
    from sklearn.preprocessing import MinMaxScaler, StandardScaler

    yield "FeatureUnion", FeatureUnion([("a", StandardScaler()), ("b", MinMaxScaler())]).fit(X), X
    yield "Pipeline", Pipeline([("a", StandardScaler()), ("b", CLASSIFIER)]).fit(X, BINARY), X
    try:
        from sklearn.compose import ColumnTransformer

        yield "ColumnTransformer", ColumnTransformer([("a", StandardScaler(), [0, 2])], remainder="passthrough").fit(X), X
    except ImportError:
        pass
    try:
        from sklearn.frozen import FrozenEstimator

        yield "FrozenEstimator", FrozenEstimator(CLASSIFIER.fit(X, BINARY)), X
    except ImportError:
        pass


class Flat:
    """Answers a column of labels as a table with one column, and flags as numbers."""

    def __init__(self, model):
        if hasattr(model, "predict"):
            self.predict = model.predict
        else:
            self.transform = lambda rows: np.reshape(model.transform(rows), (len(rows), -1)).astype(float)


def models():
    for name, kind in sorted(classes().items()):
        if number(RELEASE) < SINCE.get(name, (0, 0)):
            continue
        try:
            model, rows = fitted(name, kind)
        except Exception as failure:
            print(RELEASE, name, "is not fitted:", repr(failure)[:200], file=sys.stderr)
            continue
        yield name, model, rows
    for part in parts():
        yield part


for name, model, rows in models():
    older = [path for path in (FOLDER / KIND).glob("*-" + name.lower() + ".pkl*") if number(path.name.split("-")[0]) < number(RELEASE)]
    if older and not NEWEST:
        continue
    predicts = hasattr(model, "predict")
    # A chain's probabilities are of the second classes alone.
    methods = ["predict"] if name == "ClassifierChain" else ["predict", "predict_proba"] if predicts else ["transform"]
    if np.ndim(rows) == 1 and not isinstance(rows, list):
        asked = [[value] for value in rows[:4]]
        write(KIND, RELEASE + "-" + name.lower(), model, rows[:4], name, "scikit-learn " + sklearn.__version__, methods=methods, sent=asked, answering=Flat(model))
    elif name in ("HashingVectorizer", "CountVectorizer", "TfidfVectorizer"):
        asked = [[text] for text in rows[:3]]
        write(KIND, RELEASE + "-" + name.lower(), model, rows[:3], name, "scikit-learn " + sklearn.__version__, methods=methods, sent=asked)
    else:
        answering = Flat(model) if name == "MissingIndicator" else model
        write(KIND, RELEASE + "-" + name.lower(), model, rows[:4], name, "scikit-learn " + sklearn.__version__, methods=methods, answering=answering)
