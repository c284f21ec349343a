"""What stands behind a step that gives a sparse matrix, most of it XGBoost, with what it answers.

    for release in 1.9 1.6 1.3 1.0; do
        python -m venv /tmp/sparse-$release
        /tmp/sparse-$release/bin/pip install --no-deps -r requirements-boosting-$release.txt
        /tmp/sparse-$release/bin/python sparse.py
    done

1.0 needs Python 3.9, the others 3.11.
"""

import os
import warnings

os.environ["OMP_NUM_THREADS"] = "1"

import lightgbm
import numpy as np
import pandas as pd
import scipy.sparse
import sklearn
import xgboost
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import TruncatedSVD
from sklearn.ensemble import AdaBoostClassifier, BaggingClassifier, StackingClassifier, StackingRegressor, VotingClassifier
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.feature_selection import RFE, SelectFromModel, SelectKBest, VarianceThreshold, chi2
from sklearn.impute import MissingIndicator, SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from sklearn.multioutput import ClassifierChain, MultiOutputClassifier, MultiOutputRegressor, RegressorChain
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import (
    Binarizer,
    FunctionTransformer,
    KBinsDiscretizer,
    MaxAbsScaler,
    Normalizer,
    OneHotEncoder,
    PolynomialFeatures,
    QuantileTransformer,
    RobustScaler,
    SplineTransformer,
    StandardScaler,
)
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from xgboost import XGBClassifier, XGBRegressor, XGBRFClassifier

from kind_files import write

warnings.simplefilter("ignore")
VERSION = tuple(int(part) for part in sklearn.__version__.split(".")[:2])
RELEASE = "%d.%d" % VERSION
LIBRARY = "scikit-learn %s, XGBoost %s, LightGBM %s, SciPy %s" % (
    sklearn.__version__,
    xgboost.__version__,
    lightgbm.__version__,
    scipy.__version__,
)
DENSE = {"sparse_output": False} if VERSION >= (1, 2) else {"sparse": False}
random = np.random.RandomState(14)

N = 400
LETTER = random.choice(list("ABCDEFG"), N, p=[0.4, 0.2, 0.1, 0.1, 0.1, 0.05, 0.05])
COLOUR = random.choice(["red", "green", "blue"], N)
HOUR = random.randint(0, 24, N).astype(float)
DISTANCE = np.where(random.rand(N) < 0.3, 0.0, random.normal(0, 3, N).round(2))
HOUR[random.rand(N) < 0.1] = 0
WORDS = ["late", "fog", "snow", "crew", "gate", "fuel", "early", "calm", "sun", "wind"]
TEXT = np.array([" ".join(random.choice(WORDS, random.randint(1, 8))) for _ in range(N)], dtype=object)
SIGNAL = (
    (LETTER == "A") * 1.5
    + (COLOUR == "red") * 0.8
    + (HOUR > 15)
    + (DISTANCE > 1)
    - 2 * (DISTANCE < -1)
    + np.array(["snow" in text for text in TEXT]) * 1.2
    + random.normal(0, 0.4, N)
)
DELAYED = (SIGNAL > 1.6).astype(int)
CLASS = np.digitize(SIGNAL, [0.6, 2.2])
BOTH = np.column_stack([DELAYED, (COLOUR == "red") ^ (HOUR > 12)]).astype(int)
WORDS_ONLY = np.array([2.0 * text.count("late") - text.count("sun") + text.count("snow") for text in TEXT])

CATEGORIES = np.column_stack([LETTER, COLOUR]).astype(object)
NUMBERS = np.column_stack([HOUR, DISTANCE, random.poisson(0.4, N).astype(float), random.poisson(0.2, N).astype(float)])
FRAME = pd.DataFrame({"letter": LETTER, "colour": COLOUR, "hour": HOUR, "distance": DISTANCE, "text": TEXT})
SENT = list(range(0, 24))
UNKNOWN_CATEGORIES = np.array([["Z", "red"], ["A", "violet"], ["Z", "violet"]], dtype=object)
ASKED_CATEGORIES = np.vstack([CATEGORIES[SENT], UNKNOWN_CATEGORIES])
ASKED_NUMBERS = np.vstack([NUMBERS[SENT], [[0, 0, 0, 0], [30, 0, 2, 0], [0, -9, 0, 1]]])
UNKNOWN = pd.DataFrame(
    {
        "letter": ["Z", "A", "Z"],
        "colour": ["violet", "violet", "red"],
        "hour": [0.0, 13.0, 23.0],
        "distance": [0.0, 0.0, 2.0],
        "text": ["nothing known", "", "late late snow sun"],
    }
)
ASKED_FRAME = pd.concat([FRAME.iloc[SENT], UNKNOWN])


def boosted(**parameters):
    return XGBClassifier(**dict(dict(n_estimators=6, max_depth=3, n_jobs=1, random_state=1), **parameters))


def regression(**parameters):
    return XGBRegressor(**dict(dict(n_estimators=6, max_depth=3, n_jobs=1, random_state=1), **parameters))


def one_hot(**parameters):
    return OneHotEncoder(handle_unknown="ignore", **parameters)


def keep(kind, case, model, rows, why, **about):
    about.setdefault("tolerance", 1e-6)
    named = isinstance(rows, pd.DataFrame)
    write(kind, "%s-%s" % (case, RELEASE), model, rows, why, LIBRARY, named=named, **about)


def onehot():
    keep("sparse-onehot", "sparse", make_pipeline(one_hot(), boosted()).fit(CATEGORIES, DELAYED), ASKED_CATEGORIES, "zeros are not stored: missing")
    keep(
        "sparse-onehot", "dense", make_pipeline(one_hot(**DENSE), boosted()).fit(CATEGORIES, DELAYED), ASKED_CATEGORIES, "zeros are in an array: zeros"
    )
    dropped = make_pipeline(OneHotEncoder(drop="first"), boosted(objective="multi:softprob")).fit(CATEGORIES, CLASS)
    keep("sparse-onehot", "drop-first", dropped, CATEGORIES[SENT], "a dropped category stores nothing")
    keep("sparse-onehot", "regressor", make_pipeline(one_hot(), regression()).fit(CATEGORIES, SIGNAL), ASKED_CATEGORIES, "a regressor")
    linear = make_pipeline(one_hot(), regression(booster="gblinear", max_depth=None)).fit(CATEGORIES, SIGNAL)
    keep("sparse-onehot", "gblinear", linear, ASKED_CATEGORIES, "gblinear takes what is missing for zeros", tolerance=1e-5)
    dart = make_pipeline(one_hot(), boosted(booster="dart", rate_drop=0.3)).fit(CATEGORIES, DELAYED)
    keep("sparse-onehot", "dart", dart, ASKED_CATEGORIES, "dart")
    forest = make_pipeline(one_hot(), XGBRFClassifier(n_estimators=6, max_depth=4, n_jobs=1)).fit(CATEGORIES, DELAYED)
    keep("sparse-onehot", "xgbrf", forest, ASKED_CATEGORIES, "a forest of XGBoost's")
    missing = make_pipeline(one_hot(), boosted(missing=1)).fit(CATEGORIES, DELAYED)
    keep("sparse-onehot", "missing-1", missing, ASKED_CATEGORIES, "ones are missing as well, so that everything is")
    if VERSION >= (1, 1):
        rare = make_pipeline(OneHotEncoder(min_frequency=60, handle_unknown="infrequent_if_exist"), boosted()).fit(CATEGORIES, DELAYED)
        keep("sparse-onehot", "infrequent", rare, ASKED_CATEGORIES, "an unknown category is an infrequent one where there is one")


def vectorizers():
    texts = ASKED_FRAME["text"].to_numpy(dtype=object)
    for name, vectorizer in [
        ("count", CountVectorizer()),
        ("tfidf", TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2))),
        ("binary", CountVectorizer(binary=True)),
        ("hashing", HashingVectorizer(n_features=16, norm=None)),
        ("hashing-normalised", HashingVectorizer(n_features=16)),
    ]:
        keep("sparse-vectorizer", name, make_pipeline(vectorizer, boosted()).fit(TEXT, DELAYED), list(texts), "words that are not there are missing")
    weighed = make_pipeline(CountVectorizer(), TfidfTransformer(), regression()).fit(TEXT, WORDS_ONLY)
    keep("sparse-vectorizer", "tfidf-transformer", weighed, list(texts), "counts, then weights")
    arrays = make_pipeline(TfidfTransformer(), boosted()).fit(np.abs(NUMBERS), DELAYED)
    keep("sparse-vectorizer", "tfidf-of-an-array", arrays, np.abs(ASKED_NUMBERS), "TfidfTransformer makes an array a sparse matrix")


def columns(threshold, *more):
    return ColumnTransformer(
        [("categories", one_hot(), ["letter", "colour"]), ("numbers", "passthrough", ["hour", "distance"])] + list(more), sparse_threshold=threshold
    )


def column_transformers():
    for name, threshold, why in [
        ("sparse", 1.0, "numbers beside a sparse block lose their zeros"),
        ("never", 0, "sparse_threshold 0: an array"),
        ("by-density", 0.3, "as few cells as at fit decide it"),
        ("at-most", 0.5, "as few cells as at fit decide it"),
    ]:
        frame = FRAME[["letter", "colour", "hour", "distance"]]
        model = make_pipeline(columns(threshold), boosted()).fit(frame, DELAYED)
        keep("sparse-columntransformer", name, model, ASKED_FRAME[list(frame)], why)
    texts = columns(0.9, ("text", TfidfVectorizer(), "text"))
    keep("sparse-columntransformer", "text", make_pipeline(texts, boosted()).fit(FRAME, DELAYED), ASKED_FRAME, "words beside categories and numbers")
    scaled = ColumnTransformer(
        [("one", one_hot(), ["letter"]), ("two", make_pipeline(SimpleImputer(), StandardScaler()), ["hour", "distance"])], remainder="drop", sparse_threshold=1.0
    )
    keep(
        "sparse-columntransformer",
        "scaled",
        make_pipeline(scaled, boosted()).fit(FRAME[["letter", "hour", "distance"]], DELAYED),
        ASKED_FRAME[["letter", "hour", "distance"]],
        "scaled numbers are hardly ever zero",
    )
    weights = ColumnTransformer(
        [("one", one_hot(), ["letter"]), ("two", "passthrough", ["hour", "distance"])], sparse_threshold=1.0, transformer_weights={"one": 0.5, "two": 2}
    )
    frame = FRAME[["letter", "hour", "distance"]]
    keep("sparse-columntransformer", "weights", make_pipeline(weights, boosted()).fit(frame, DELAYED), ASKED_FRAME[list(frame)], "weights")
    inner = ColumnTransformer([("some", MaxAbsScaler(), [0, 2, 4, 6]), ("others", "passthrough", [7, 1])], sparse_threshold=1.0)
    keep(
        "sparse-columntransformer",
        "of-sparse",
        make_pipeline(one_hot(), inner, boosted()).fit(CATEGORIES, DELAYED),
        ASKED_CATEGORIES,
        "columns of a sparse matrix, in another order",
    )
    back = ColumnTransformer([("some", MaxAbsScaler(), [0, 2, 4, 6])], remainder="passthrough", sparse_threshold=0)
    keep(
        "sparse-columntransformer", "to-array", make_pipeline(one_hot(), back, boosted()).fit(CATEGORIES, DELAYED), ASKED_CATEGORIES, "a sparse matrix that becomes an array"
    )


def unions():
    union = FeatureUnion([("bins", KBinsDiscretizer(4, strategy="uniform")), ("numbers", MaxAbsScaler())])
    keep("sparse-union", "any", make_pipeline(union, boosted()).fit(NUMBERS, DELAYED), ASKED_NUMBERS, "sparse if any block is: the array's zeros are not stored")
    arrays = FeatureUnion([("bins", KBinsDiscretizer(4, strategy="uniform", encode="onehot-dense")), ("numbers", MaxAbsScaler())])
    keep("sparse-union", "arrays", make_pipeline(arrays, boosted()).fit(NUMBERS, DELAYED), ASKED_NUMBERS, "no block is sparse")
    weighed = FeatureUnion([("counts", CountVectorizer()), ("weights", TfidfVectorizer())], transformer_weights={"counts": 0.5})
    keep("sparse-union", "weights", make_pipeline(weighed, boosted()).fit(TEXT, DELAYED), list(ASKED_FRAME["text"]), "weights")
    if VERSION >= (1, 1):
        passing = FeatureUnion([("same", "passthrough"), ("bins", KBinsDiscretizer(3, strategy="uniform"))])
        keep("sparse-union", "passthrough", make_pipeline(passing, boosted()).fit(NUMBERS, DELAYED), ASKED_NUMBERS, "the columns themselves beside a sparse block")


def passing():
    keep(
        "sparse-passthrough",
        "step",
        Pipeline([("one", one_hot()), ("two", "passthrough"), ("last", boosted())]).fit(CATEGORIES, DELAYED),
        ASKED_CATEGORIES,
        "a step that does nothing",
    )
    keep(
        "sparse-passthrough", "identity", make_pipeline(one_hot(), FunctionTransformer(), boosted()).fit(CATEGORIES, DELAYED), ASKED_CATEGORIES, "a function that does nothing"
    )
    keep(
        "sparse-passthrough",
        "nested",
        make_pipeline(one_hot(), make_pipeline(MaxAbsScaler(), boosted())).fit(CATEGORIES, DELAYED),
        ASKED_CATEGORIES,
        "a pipeline in a pipeline",
    )
    counts = make_pipeline(CountVectorizer(), FunctionTransformer(np.log1p, accept_sparse=True), boosted()).fit(TEXT, DELAYED)
    keep("sparse-passthrough", "log1p", counts, list(ASKED_FRAME["text"]), "a function of the stored numbers")
    reduced = make_pipeline(one_hot(), TruncatedSVD(4, random_state=1), boosted()).fit(CATEGORIES, DELAYED)
    keep("sparse-passthrough", "svd-gives-an-array", reduced, ASKED_CATEGORIES, "TruncatedSVD gives an array")


def bins_and_counts():
    return FeatureUnion([("bins", KBinsDiscretizer(4, strategy="uniform")), ("numbers", MaxAbsScaler())])


def scalers():
    for name, scaler in [
        ("standard", StandardScaler(with_mean=False)),
        ("standard-nothing", StandardScaler(with_mean=False, with_std=False)),
        ("robust", RobustScaler(with_centering=False)),
        ("maxabs", MaxAbsScaler()),
        ("normalizer", Normalizer()),
        ("normalizer-max", Normalizer("max")),
        ("binarizer", Binarizer(threshold=0.3)),
        ("quantile", QuantileTransformer(n_quantiles=20)),
    ]:
        model = make_pipeline(bins_and_counts(), scaler, regression())
        keep("sparse-scaler", name, model.fit(np.abs(NUMBERS), SIGNAL), np.abs(ASKED_NUMBERS), "what is stored is scaled, the rest stays missing")
    centred = make_pipeline(one_hot(**DENSE), StandardScaler(), boosted()).fit(CATEGORIES, DELAYED)
    keep("sparse-scaler", "with-mean", centred, ASKED_CATEGORIES, "centred columns are an array")


def selectors():
    for name, selector in [
        ("k-best", SelectKBest(chi2, k=6)),
        ("from-model", SelectFromModel(DecisionTreeClassifier(max_depth=4, random_state=1))),
        ("variance", VarianceThreshold(0.08)),
    ]:
        keep("sparse-selector", name, make_pipeline(one_hot(), selector, boosted()).fit(CATEGORIES, DELAYED), ASKED_CATEGORIES, "some columns of a sparse matrix")
    eliminated = make_pipeline(one_hot(), RFE(boosted(n_estimators=4), n_features_to_select=5)).fit(CATEGORIES, DELAYED)
    keep("sparse-selector", "rfe", eliminated, ASKED_CATEGORIES, "RFE predicts with its own estimator")


def polynomials():
    for name, polynomial in [
        ("degree-2", PolynomialFeatures(2)),
        ("degree-3-interactions", PolynomialFeatures(3, interaction_only=True, include_bias=False)),
        ("degree-4", PolynomialFeatures(4, interaction_only=True)),
    ]:
        keep("sparse-polynomial", name, make_pipeline(one_hot(), polynomial, boosted()).fit(CATEGORIES, DELAYED), ASKED_CATEGORIES, "products of stored cells are stored")


def bins():
    for name, encode in [("onehot", "onehot"), ("onehot-dense", "onehot-dense"), ("ordinal", "ordinal")]:
        model = make_pipeline(KBinsDiscretizer(5, encode=encode, strategy="uniform"), boosted()).fit(NUMBERS, DELAYED)
        keep("sparse-kbins", name, model, ASKED_NUMBERS, "encode says whether the bins are a sparse matrix")


def ensembles():
    voting = VotingClassifier([("boosted", boosted()), ("linear", LogisticRegression())], voting="soft")
    keep("sparse-voting", "soft", make_pipeline(one_hot(), voting).fit(CATEGORIES, DELAYED), ASKED_CATEGORIES, "one takes them for missing, the other for zeros")
    three = VotingClassifier([("boosted", boosted()), ("tree", DecisionTreeClassifier(max_depth=3, random_state=1)), ("linear", LogisticRegression())])
    keep("sparse-voting", "hard", make_pipeline(one_hot(), three).fit(CATEGORIES, CLASS), ASKED_CATEGORIES, "votes")
    for method in ("sigmoid", "isotonic"):
        calibrated = CalibratedClassifierCV(boosted(n_estimators=6), method=method, cv=2)
        keep("sparse-calibrated", method, make_pipeline(one_hot(), calibrated).fit(CATEGORIES, DELAYED), ASKED_CATEGORIES, "calibrated")
    stack = [("boosted", boosted(n_estimators=5)), ("tree", DecisionTreeClassifier(max_depth=3, random_state=1))]
    over = StackingClassifier(stack, final_estimator=LogisticRegression(), cv=2)
    keep("sparse-stacking", "below", make_pipeline(one_hot(), over).fit(CATEGORIES, DELAYED), ASKED_CATEGORIES, "XGBoost below, an array above")
    through = StackingClassifier(stack, final_estimator=boosted(n_estimators=5), cv=2, passthrough=True)
    keep("sparse-stacking", "passthrough", make_pipeline(one_hot(), through).fit(CATEGORIES, DELAYED), ASKED_CATEGORIES, "XGBoost above a sparse matrix and answers")
    pure = StackingRegressor(
        [("often-zero", DecisionTreeRegressor(random_state=1))], final_estimator=regression(n_estimators=5), cv=2, passthrough=True
    )
    red = (COLOUR == "red") * np.where(LETTER == "A", 1.0, 2.0)
    keep("sparse-stacking", "zeros-answered", make_pipeline(one_hot(), pure).fit(CATEGORIES, red), ASKED_CATEGORIES, "an answer of 0 is not stored either")
    search = GridSearchCV(boosted(n_estimators=6), {"max_depth": [2, 3]}, cv=2)
    keep("sparse-search", "behind", make_pipeline(one_hot(), search).fit(CATEGORIES, DELAYED), ASKED_CATEGORIES, "a search behind the encoder")
    whole = GridSearchCV(make_pipeline(one_hot(), boosted(n_estimators=6)), {"xgbclassifier__max_depth": [2, 3]}, cv=2)
    keep("sparse-search", "around", whole.fit(CATEGORIES, DELAYED), ASKED_CATEGORIES, "a search around the pipeline")
    keep(
        "sparse-multioutput", "classifier", make_pipeline(one_hot(), MultiOutputClassifier(boosted(n_estimators=6))).fit(CATEGORIES, BOTH), ASKED_CATEGORIES, "two outputs", methods=["predict"]
    )
    targets = np.column_stack([SIGNAL, WORDS_ONLY])
    keep("sparse-multioutput", "regressor", make_pipeline(one_hot(), MultiOutputRegressor(regression(n_estimators=6))).fit(CATEGORIES, targets), ASKED_CATEGORIES, "two targets")
    chain = ClassifierChain(boosted(n_estimators=6), order=[1, 0])
    keep(
        "sparse-multioutput",
        "classifier-chain",
        make_pipeline(one_hot(), chain).fit(CATEGORIES, BOTH),
        ASKED_CATEGORIES,
        "a label of 0 that goes into the next is not stored",
        methods=["predict"],
    )
    counts = np.column_stack([DELAYED, SIGNAL])
    keep("sparse-multioutput", "regressor-chain", make_pipeline(one_hot(), RegressorChain(regression(n_estimators=6))).fit(CATEGORIES, counts), ASKED_CATEGORIES, "a chain")
    keep("sparse-multioutput", "one-vs-rest", make_pipeline(one_hot(), OneVsRestClassifier(boosted(n_estimators=6))).fit(CATEGORIES, CLASS), ASKED_CATEGORIES, "one for each class")
    keep(
        "sparse-multioutput", "one-vs-one", make_pipeline(one_hot(), OneVsOneClassifier(boosted(n_estimators=6))).fit(CATEGORIES, CLASS), ASKED_CATEGORIES, "one for each pair", methods=["predict"]
    )
    name = "estimator" if VERSION >= (1, 2) else "base_estimator"
    bag = BaggingClassifier(n_estimators=4, max_features=0.6, random_state=3, **{name: boosted(n_estimators=5)})
    keep("sparse-voting", "bagging", make_pipeline(one_hot(), bag).fit(CATEGORIES, DELAYED), ASKED_CATEGORIES, "some columns each")
    turned = AdaBoostClassifier(n_estimators=3, random_state=3, **{name: boosted(n_estimators=2)})
    keep("sparse-voting", "adaboost", make_pipeline(one_hot(), turned).fit(CATEGORIES, DELAYED), ASKED_CATEGORIES, "boosted once more")


def explicit_zeros():
    texts = list(ASKED_FRAME["text"])
    cancelling = make_pipeline(HashingVectorizer(n_features=4, norm=None), regression()).fit(TEXT, WORDS_ONLY)
    keep("sparse-explicit-zeros", "cancelled-words", cancelling, texts, "words that cancel each other out are a zero that is stored")
    products = make_pipeline(HashingVectorizer(n_features=4, norm=None), PolynomialFeatures(2), regression()).fit(TEXT, WORDS_ONLY)
    keep("sparse-explicit-zeros", "products", products, texts, "a product with a stored zero is stored")
    more = make_pipeline(HashingVectorizer(n_features=4, norm=None), PolynomialFeatures(4, interaction_only=True), regression()).fit(TEXT, WORDS_ONLY)
    keep("sparse-explicit-zeros", "products-of-four", more, texts, "not where degree is above 3")
    binary = make_pipeline(HashingVectorizer(n_features=4, norm=None), Binarizer(), regression()).fit(TEXT, WORDS_ONLY)
    keep("sparse-explicit-zeros", "binarized", binary, texts, "Binarizer takes stored zeros away")
    scaled = make_pipeline(HashingVectorizer(n_features=4, norm=None), MaxAbsScaler(), regression()).fit(TEXT, WORDS_ONLY)
    keep("sparse-explicit-zeros", "scaled", scaled, texts, "a scaler keeps stored zeros")
    weighed = make_pipeline(HashingVectorizer(n_features=4, norm=None), TfidfTransformer(norm=None), regression()).fit(TEXT, WORDS_ONLY)
    keep("sparse-explicit-zeros", "weighed", weighed, texts, "inverse document frequencies of stored zeros")
    frame = FRAME[["text", "hour"]]
    beside = ColumnTransformer(
        [("text", HashingVectorizer(n_features=4, norm=None), "text"), ("number", "passthrough", ["hour"])],
        sparse_threshold=1.0,
        transformer_weights={"text": 0.5},
    )
    keep("sparse-explicit-zeros", "beside", make_pipeline(beside, regression()).fit(frame, SIGNAL), ASKED_FRAME[["text", "hour"]], "stored zeros stay, an array's do not")
    if VERSION >= (1, 2):
        for extrapolation in ("constant", "linear", "continue", "periodic"):
            spline = SplineTransformer(4, degree=2, sparse_output=True, extrapolation=extrapolation, include_bias=extrapolation != "linear")
            knots = np.round(NUMBERS[:, :2])
            model = make_pipeline(spline, regression()).fit(knots, SIGNAL)
            edges = np.vstack([knots[SENT], [[-3, 0], [40, 9], [0, -20]], np.column_stack([np.linspace(0, 23, 9), np.linspace(-9, 9, 9)])])
            keep("sparse-explicit-zeros", "spline-" + extrapolation, model, edges, "a spline that ends at the number is a stored zero")


def imputers():
    filled = make_pipeline(bins_and_counts(), SimpleImputer(add_indicator=True), regression()).fit(NUMBERS, SIGNAL)
    keep("sparse-passthrough", "imputer", filled, ASKED_NUMBERS, "what is not stored is not imputed")
    holes = np.where(random.rand(*NUMBERS.shape) < 0.2, np.nan, NUMBERS)
    told = FeatureUnion([("missing", MissingIndicator(sparse=True)), ("filled", SimpleImputer(strategy="median"))])
    asked = np.vstack([holes[SENT], [[np.nan] * 4, [0] * 4]])
    keep("sparse-union", "indicator", make_pipeline(told, boosted()).fit(holes, DELAYED), asked, "a sparse indicator makes the union sparse")
    constant = make_pipeline(told, SimpleImputer(missing_values=1, strategy="constant", fill_value=7), boosted()).fit(holes, DELAYED)
    keep("sparse-passthrough", "imputer-of-ones", constant, asked, "stored ones are imputed")


def other_libraries():
    for name, parameters in [("zeros", {}), ("zero-as-missing", {"zero_as_missing": True, "use_missing": True})]:
        booster = lightgbm.LGBMClassifier(n_estimators=8, num_leaves=7, min_child_samples=5, n_jobs=1, verbose=-1, **parameters)
        keep("sparse-lightgbm", "onehot-" + name, make_pipeline(one_hot(), booster).fit(CATEGORIES, DELAYED), ASKED_CATEGORIES, "a zero is one, stored or not", tolerance=1e-9)
        regressor = lightgbm.LGBMRegressor(n_estimators=8, num_leaves=7, min_child_samples=5, n_jobs=1, verbose=-1, **parameters)
        model = make_pipeline(HashingVectorizer(n_features=4, norm=None), regressor).fit(TEXT, WORDS_ONLY)
        keep("sparse-lightgbm", "hashing-" + name, model, list(ASKED_FRAME["text"]), "with stored zeros", tolerance=1e-9)
    try:
        import catboost
    except ImportError:
        return
    classifier = catboost.CatBoostClassifier(iterations=8, depth=3, thread_count=1, random_seed=1, verbose=False, allow_writing_files=False)
    model = make_pipeline(one_hot(), classifier).fit(CATEGORIES, DELAYED)
    keep("sparse-catboost", "onehot", model, ASKED_CATEGORIES, "a zero is one, stored or not", tolerance=1e-9)
    regressor = catboost.CatBoostRegressor(iterations=8, depth=3, thread_count=1, random_seed=1, verbose=False, allow_writing_files=False)
    model = make_pipeline(HashingVectorizer(n_features=4, norm=None), regressor).fit(TEXT, WORDS_ONLY)
    keep("sparse-catboost", "hashing", model, list(ASKED_FRAME["text"]), "with stored zeros", tolerance=1e-9)


if __name__ == "__main__":
    onehot()
    vectorizers()
    column_transformers()
    explicit_zeros()
    other_libraries()
    if RELEASE in ("1.3", "1.6"):
        raise SystemExit
    unions()
    passing()
    scalers()
    selectors()
    polynomials()
    bins()
    ensembles()
    imputers()
