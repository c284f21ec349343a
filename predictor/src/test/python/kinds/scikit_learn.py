"""Clusters, mixtures, kernels, projections and the like, with what they answer.

    for release in 1.9 1.6 1.3 1.0 0.22 0.20; do
        python -m venv /tmp/sklearn-$release && /tmp/sklearn-$release/bin/pip install -r requirements-sklearn-$release.txt
        /tmp/sklearn-$release/bin/python scikit_learn.py
    done

By Python 3.13 (1.9), 3.12 (1.6), 3.10 (1.3), 3.9 (1.0), 3.8 (0.22), 3.7 (0.20): these have wheels of it.
"""

import warnings

import numpy as np
import pandas as pd
import sklearn
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.compose import ColumnTransformer
from sklearn.cross_decomposition import PLSRegression
from sklearn.decomposition import IncrementalPCA, TruncatedSVD
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.feature_selection import SelectFromModel, SelectKBest, f_classif
from sklearn.impute import SimpleImputer
from sklearn.kernel_ridge import KernelRidge
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.mixture import GaussianMixture
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import LocalOutlierFactor, NearestCentroid
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier

from case_files import write

warnings.simplefilter("ignore")
RELEASE = ".".join(sklearn.__version__.split(".")[:2])
NUMBER = tuple(int(part) for part in RELEASE.split("."))
LIBRARY = "scikit-learn " + sklearn.__version__
random = np.random.RandomState(11)
X = random.normal(size=(80, 4)) + np.repeat([[0, 0, 0, 0], [3, 0, -2, 1]], 40, axis=0)
SIGNAL = X[:, 0] - X[:, 1] + 0.5 * random.normal(size=80)
BINARY = (SIGNAL > 1).astype(int)
THREE = np.array(["early", "late", "on time"])[np.digitize(SIGNAL, [0, 2])]
TWO_TARGETS = np.column_stack([SIGNAL, X[:, 2] * X[:, 3]])
FRAME = pd.DataFrame(X, columns=["distance", "delay", "wind", "load"])
NEW = random.normal(size=(7, 4)) * 2
NEW_FRAME = pd.DataFrame(NEW, columns=list(FRAME.columns))
NAMED = NUMBER >= (1, 0)
BOTH = ("predict", "predict_proba", "decision_function", "transform")


def case(kind, name, model, rows, target, why, new=NEW, **about):
    model.fit(rows, target)
    write(kind, RELEASE + "-" + name, model, new, why, LIBRARY, **about)


def clusters():
    kind = "sk-kmeans"
    case(kind, "three", KMeans(3, n_init=2, random_state=0), X, None, "the nearest centre, and the distances to all", methods=BOTH)
    case(kind, "one", KMeans(1, n_init=1, random_state=0), X, None, "a single cluster", methods=BOTH)
    case(kind, "float32", KMeans(2, n_init=1, random_state=0), X.astype(np.float32), None, "centres of float32", new=NEW.astype(np.float32), methods=BOTH, tolerance=1e-5)
    case(kind, "frame", KMeans(4, n_init=1, random_state=0), FRAME, None, "a data frame, sent by name", new=NEW_FRAME, named=NAMED, methods=BOTH)
    case(kind, "pipeline", make_pipeline(StandardScaler(), KMeans(3, n_init=1, random_state=0)), X, None, "at the end of a pipeline, which transforms too", methods=BOTH)
    case(kind, "step", make_pipeline(KMeans(5, n_init=1, random_state=0), LogisticRegression(solver="liblinear")), X, BINARY, "a step: the distances are columns")
    case(kind, "search", GridSearchCV(KMeans(n_init=1, random_state=0), {"n_clusters": [2, 3]}, cv=2), X, None, "found by a search", methods=BOTH)
    texts = ["late again and again", "on time", "again late", "never on time", "wind and rain", "rain delayed us"]
    sent = ["late in the rain", "on time", ""]
    model = make_pipeline(TfidfVectorizer(), KMeans(2, n_init=2, random_state=0)).fit(texts)
    write(kind, RELEASE + "-texts", model, sent, "of texts", LIBRARY, methods=BOTH)
    if NUMBER >= (1, 3):
        case(kind, "missing", KMeans(3, n_init=2, random_state=0), X, None, "a missing value is none that it takes", new=[[1, None, 0, 0]], error="is null")
    kind = "sk-minibatch-kmeans"
    case(kind, "three", MiniBatchKMeans(3, n_init=1, batch_size=20, random_state=0), X, None, "fitted by batches", methods=BOTH)
    case(kind, "frame", MiniBatchKMeans(2, n_init=1, batch_size=16, random_state=0), FRAME, None, "a data frame, sent by name", new=NEW_FRAME, named=NAMED, methods=BOTH)
    model = MiniBatchKMeans(3, n_init=1, random_state=0)
    for start in (0, 25, 50):
        model.partial_fit(X[start:start + 25])
    write(kind, RELEASE + "-partial", make_pipeline(model), NEW, "fitted part by part", LIBRARY, methods=BOTH)


def neighbors():
    kind = "sk-local-outlier-factor"
    case(kind, "novelty", LocalOutlierFactor(n_neighbors=5, novelty=True), X, None, "by a tree of neighbours")
    case(kind, "contamination", LocalOutlierFactor(n_neighbors=7, novelty=True, contamination=0.3, algorithm="brute"), X, None, "an offset by the contamination, without a tree")
    case(kind, "manhattan", LocalOutlierFactor(n_neighbors=4, novelty=True, metric="manhattan", algorithm="ball_tree"), X, None, "another metric")
    case(kind, "few", LocalOutlierFactor(n_neighbors=40, novelty=True), X[:9], None, "more neighbours asked for than there are rows")
    case(kind, "frame", make_pipeline(MinMaxScaler(), LocalOutlierFactor(n_neighbors=5, novelty=True)), FRAME, None, "a data frame, sent by name", new=NEW_FRAME, named=NAMED)
    if NUMBER >= (1, 9):
        model = LocalOutlierFactor(n_neighbors=5).fit(X)
        write(kind, RELEASE + "-no-novelty", model, NEW, "without novelty it answers nothing about other rows", LIBRARY, refused="UNSUPPORTED", message="novelty=True")
    kind = "sk-nearest-centroid"
    case(kind, "binary", NearestCentroid(), X, BINARY, "two classes")
    case(kind, "three", NearestCentroid(), X, THREE, "three classes that are texts")
    case(kind, "manhattan", NearestCentroid(metric="manhattan"), X, THREE, "the medians")
    case(kind, "shrunken", NearestCentroid(shrink_threshold=0.4), X, BINARY == 1, "shrunken centroids, booleans as classes")
    case(kind, "frame", make_pipeline(StandardScaler(), NearestCentroid()), FRAME, THREE, "a data frame, sent by name", new=NEW_FRAME, named=NAMED)
    if NUMBER >= (1, 6):
        case(kind, "priors", NearestCentroid(priors=[0.7, 0.2, 0.1]), X, THREE, "classes that are not equally likely are told apart by another score")
        case(kind, "empirical", NearestCentroid(priors="empirical", metric="manhattan"), X, BINARY, "the same by the other metric")


def selectors():
    kind = "sk-dropped-missing"
    tree = DecisionTreeClassifier(max_depth=3, random_state=0)
    model = make_pipeline(StandardScaler(), SelectFromModel(tree, max_features=2, threshold=-np.inf), LogisticRegression()).fit(X, BINARY)
    kept = model[1].get_support()
    dropped = np.where(kept | (np.arange(7) % 2 == 0)[:, None], NEW, np.nan)
    write(kind, RELEASE + "-dropped", model, dropped, "what the selector drops may be missing, though what follows takes no missing value", LIBRARY)
    write(kind, RELEASE + "-kept", model, np.where(kept, np.nan, NEW), "what it keeps may not", LIBRARY, error="takes no missing values")


def regressors():
    kind = "sk-pls-regression"

    class Flat:
        """One target is one number a row here; until 1.2 the library gives a list of it."""

        def __init__(self, model):
            self.model = model
            self.transform = model.transform

        def predict(self, rows):
            return self.model.predict(rows).ravel()

    def pls(name, model, rows, target, why, **about):
        model.fit(rows, target)
        new = NEW_FRAME if rows is FRAME else NEW
        write(kind, RELEASE + "-" + name, model, new, why, LIBRARY, methods=BOTH, answering=Flat(model) if np.ndim(target) == 1 else model, **about)

    pls("one-target", PLSRegression(2), X, SIGNAL, "one target")
    pls("two-targets", PLSRegression(3), X * [1, 10, 0.1, 5], TWO_TARGETS, "two targets, columns of other scales")
    pls("unscaled", PLSRegression(2, scale=False), X, TWO_TARGETS, "without scaling")
    pls("frame", PLSRegression(1), FRAME, SIGNAL, "a data frame, sent by name", named=NAMED)
    pls("pipeline", make_pipeline(StandardScaler(), PLSRegression(2)), X, SIGNAL, "at the end of a pipeline, which transforms too")
    first = PLSRegression(2).fit(X, SIGNAL)
    model = make_pipeline(first, Ridge().fit(first.transform(X), SIGNAL))
    write(kind, RELEASE + "-step", model, NEW, "a step: what it transforms to, in a pipeline of fitted parts", LIBRARY)
    kind = "sk-kernel-ridge"
    case(kind, "linear", KernelRidge(alpha=0.5), X, SIGNAL, "the default kernel")
    case(kind, "rbf", KernelRidge(kernel="rbf", gamma=0.2), X, TWO_TARGETS, "two targets")
    case(kind, "rbf-gamma", KernelRidge(kernel="rbf"), FRAME, SIGNAL, "gamma by the number of columns; a data frame, sent by name", new=NEW_FRAME, named=NAMED)
    case(kind, "poly", KernelRidge(kernel="poly", degree=2, coef0=0.5), X, SIGNAL, "a polynomial")
    case(kind, "sigmoid", KernelRidge(kernel="sigmoid", gamma=0.01), X, SIGNAL, "the hyperbolic tangent")
    case(kind, "laplacian", KernelRidge(kernel="laplacian"), X, SIGNAL, "by Manhattan distances")
    case(kind, "cosine", KernelRidge(kernel="cosine"), X, SIGNAL, "the cosine")
    above = np.abs(X)
    case(kind, "chi2", KernelRidge(kernel="chi2", gamma=0.5), above, SIGNAL, "chi-squared, of numbers from 0", new=np.abs(NEW))
    case(kind, "additive-chi2", KernelRidge(kernel="additive_chi2"), above, SIGNAL, "additive chi-squared", new=np.abs(NEW))
    if NUMBER >= (1, 9):
        case(kind, "chi2-below-zero", KernelRidge(kernel="chi2", gamma=0.5), above, SIGNAL, "the library raises for numbers below 0", new=[[1, -2, 1, 1]], error="below 0")
        case(kind, "precomputed", KernelRidge(kernel="precomputed"), X[:5] @ X[:5].T, SIGNAL[:5], "kernels as rows", new=[[1, 2, 1, 1, 0]], refused="UNSUPPORTED", message="its kernel is none of")
    encoded = make_pipeline(OneHotEncoder(handle_unknown="ignore"), KernelRidge(kernel="rbf", gamma=0.4))
    case(kind, "sparse", encoded, np.digitize(X, [0, 1]), SIGNAL, "fitted with a sparse matrix", new=np.digitize(NEW, [0, 1]))


def mixtures():
    kind = "sk-gaussian-mixture"
    for covariance in ("full", "tied", "diag", "spherical"):
        case(kind, covariance, GaussianMixture(3, covariance_type=covariance, random_state=0), X, None, "components with covariances of the kind " + covariance)
    case(kind, "one", GaussianMixture(1, random_state=0), X, None, "a single component")
    case(kind, "frame", make_pipeline(StandardScaler(), GaussianMixture(2, random_state=0)), FRAME, None, "a data frame, sent by name", new=NEW_FRAME, named=NAMED)


def projections():
    kind = "sk-incremental-pca"
    case(kind, "two", IncrementalPCA(2, batch_size=20), X, None, "transforms", methods=["transform"])
    case(kind, "whitened", IncrementalPCA(3, whiten=True, batch_size=20), X, None, "whitened", methods=["transform"])
    model = IncrementalPCA(2)
    for start in (0, 25, 50):
        model.partial_fit(X[start:start + 25])
    write(kind, RELEASE + "-partial", model, NEW, "fitted part by part", LIBRARY, methods=["transform"])
    case(kind, "step", make_pipeline(StandardScaler(), IncrementalPCA(2), LogisticRegression(solver="liblinear")), FRAME, BINARY, "a step; a data frame, sent by name", new=NEW_FRAME, named=NAMED)
    kind = "sk-truncated-svd"
    case(kind, "two", TruncatedSVD(2, random_state=0), X, None, "transforms", methods=["transform"])
    texts = ["late again and again", "on time", "again late", "never on time", "wind and rain", "rain delayed us"]
    late = [1, 0, 1, 0, 0, 1]
    model = make_pipeline(TfidfVectorizer(), TruncatedSVD(3, random_state=0), LogisticRegression(solver="liblinear")).fit(texts, late)
    write(kind, RELEASE + "-texts", model, ["late in the rain", "on time", ""], "latent semantic analysis", LIBRARY)
    case(kind, "arpack", make_pipeline(TruncatedSVD(2, algorithm="arpack", random_state=0), Ridge()), FRAME, SIGNAL, "the other algorithm, a step; a data frame, sent by name", new=NEW_FRAME, named=NAMED)


def dictionaries():
    kind = "sk-dict-vectorizer"
    days = ["Mon", "Tue", "Wed"]
    rows = [{"airline": ["LATAM", "Sky"][i % 2], "distance": float(X[i, 0]), "night": bool(i % 3 == 0), "day": days[i % 3]} for i in range(60)]
    for i in range(0, 60, 7):
        del rows[i]["distance"]
    sent = [
        {"airline": "Sky", "distance": 1.5, "night": True, "day": "Tue"},
        {"airline": "unknown", "distance": -2},
        {"day": "Wed", "another": "never seen"},
        {},
        {"airline": "LATAM", "night": False, "distance": None},
    ]
    target = THREE[:60]
    known = [row for row in sent if all(value is not None for value in row.values())]

    def dictionary(name, model, why, new=known, methods=None, **about):
        model.fit(rows, target)
        write(kind, RELEASE + "-" + name, model, new, why, LIBRARY, methods=methods, sent=new, **about)

    dictionary("transforms", DictVectorizer(), "a row's names and texts are columns", methods=["transform"])
    lists = [["Sky", "Tue", 1.5, 1], ["LATAM", "Mon", -2, 0]]
    named = [dict(zip(("airline", "day", "distance", "night"), row)) for row in lists]
    write(kind, RELEASE + "-as-lists", DictVectorizer().fit(rows), named, "rows as lists, in the order of the names", LIBRARY, methods=["transform"], sent=lists)
    dictionary("dense", DictVectorizer(sparse=False, separator="/"), "another separator, dense", methods=["transform"])
    dictionary("logistic", make_pipeline(DictVectorizer(), LogisticRegression(solver="lbfgs", max_iter=500)), "before a classifier of three classes")
    dictionary("selected", make_pipeline(DictVectorizer(sort=False), SelectKBest(f_classif, k=3), LogisticRegression(solver="lbfgs", max_iter=500)), "columns in the order of their first rows, of which some are kept")
    selector = DictVectorizer().fit(rows)
    selector.restrict(SelectKBest(f_classif, k=4).fit(selector.transform(rows), target).get_support())
    write(kind, RELEASE + "-restricted", selector, known, "restricted to some of its columns", LIBRARY, methods=["transform"], sent=known)
    if NUMBER >= (0, 24):
        lists = [{"airports": ["SCL", "LIM"], "n": 2}, {"airports": ["EZE"], "n": 1}, {"airports": "SCL"}]
        vectorizer = DictVectorizer().fit(lists)
        plain = [{"airports": "SCL", "n": 1}, {"n": 4}]
        write(kind, RELEASE + "-lists", vectorizer, plain, "fitted with lists of texts", LIBRARY, methods=["transform"], sent=plain)


if __name__ == "__main__":
    clusters()
    neighbors()
    if NUMBER >= (1, 3):
        selectors()
    regressors()
    mixtures()
    projections()
    dictionaries()
