"""imbalanced-learn's Pipeline and ensembles, with what they answer.

    for release in 1.9 1.3 0.22; do
        python -m venv /tmp/sklearn-$release && /tmp/sklearn-$release/bin/pip install -r requirements-sklearn-$release.txt
        /tmp/sklearn-$release/bin/python imbalanced_learn.py
    done

By Python 3.13 (1.9), 3.10 (1.3), 3.8 (0.22): these have wheels of it.
"""

import warnings

import imblearn
import numpy as np
import pandas as pd
import sklearn
from imblearn.combine import SMOTEENN, SMOTETomek
from imblearn.ensemble import (
    BalancedBaggingClassifier,
    BalancedRandomForestClassifier,
    EasyEnsembleClassifier,
    RUSBoostClassifier,
)
from imblearn.over_sampling import ADASYN, SMOTE, SMOTENC, SVMSMOTE, BorderlineSMOTE, KMeansSMOTE, RandomOverSampler
from imblearn.pipeline import Pipeline, make_pipeline
from imblearn.under_sampling import (
    AllKNN,
    ClusterCentroids,
    CondensedNearestNeighbour,
    EditedNearestNeighbours,
    InstanceHardnessThreshold,
    NearMiss,
    NeighbourhoodCleaningRule,
    OneSidedSelection,
    RandomUnderSampler,
    RepeatedEditedNearestNeighbours,
    TomekLinks,
)
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.ensemble import AdaBoostClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import GaussianNB
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from case_files import write

warnings.simplefilter("ignore")
RELEASE = ".".join(imblearn.__version__.split(".")[:2])
LIBRARY = "imbalanced-learn " + imblearn.__version__ + ", scikit-learn " + sklearn.__version__
NEW = RELEASE == "0.14"
random = np.random.RandomState(5)
X = random.normal(size=(160, 4))
SIGNAL = X[:, 0] - X[:, 1] + 0.4 * random.normal(size=160)
BINARY = (SIGNAL > 1.1).astype(int)
THREE = np.array(["early", "late", "on time"])[np.digitize(SIGNAL, [-1.6, 1.4])]
FRAME = pd.DataFrame({
    "distance": X[:, 0],
    "delay": np.where(random.random_sample(160) < 0.1, np.nan, X[:, 1]),
    "airline": pd.Series(random.choice(["LATAM", "Sky", "JetSmart"], 160), dtype=object),
    "late": BINARY,
})
ROWS = 6


def case(kind, name, model, rows, target, why, **about):
    model.fit(rows, target)
    write(kind, RELEASE + "-" + name, model, rows[:ROWS], why, LIBRARY, **about)


def pipelines():
    kind = "imblearn-pipeline"
    over, under = RandomOverSampler(random_state=0), RandomUnderSampler(random_state=0)
    case(kind, "smote", make_pipeline(StandardScaler(), SMOTE(random_state=0, k_neighbors=3), LogisticRegression()), X, BINARY, "SMOTE between a scaler and a model")
    case(kind, "two-samplers", make_pipeline(over, PCA(2, random_state=0), under, DecisionTreeClassifier(max_depth=3, random_state=0)), X, THREE, "samplers before, between and after the steps that count")
    case(kind, "sampler-first", make_pipeline(SMOTEENN(random_state=0), GaussianNB()), X, BINARY, "nothing but a sampler before the model")
    columns = ColumnTransformer([
        ("n", Pipeline([("i", SimpleImputer()), ("s", StandardScaler())]), ["distance", "delay"]),
        ("c", OneHotEncoder(handle_unknown="ignore"), ["airline"]),
    ])
    frame = FRAME.drop(columns="late")
    case(kind, "frame", Pipeline([("columns", columns), ("under", under), ("model", LogisticRegression())]), frame, BINARY, "a data frame, an imbalanced-learn Pipeline also inside a ColumnTransformer", named=True)
    search = GridSearchCV(Pipeline([("over", SMOTETomek(random_state=0)), ("model", LogisticRegression(solver="liblinear"))]), {"model__C": [0.1, 1]}, cv=2)
    case(kind, "search", search, X, BINARY, "found by a search")
    model = make_pipeline(StandardScaler(), under, PCA(3, random_state=0)).fit(X, BINARY)
    write(kind, RELEASE + "-transforms", model, X[:ROWS], "a pipeline that transforms", LIBRARY, methods=["transform"])
    if NEW:
        refusal = make_pipeline(StandardScaler(), under).fit(X, BINARY)
        write(kind, RELEASE + "-ends-in-sampler", refusal, X[:2], "a sampler at the end answers nothing", LIBRARY, refused="UNSUPPORTED", message="ends in the sampler")
    nc = SMOTENC([2], random_state=0)
    codes = np.column_stack([X[:, :2], np.digitize(X[:, 2], [-0.5, 0.5])])
    samplers = [
        ADASYN(random_state=0), SVMSMOTE(random_state=0), BorderlineSMOTE(random_state=0), AllKNN(), ClusterCentroids(random_state=0),
        CondensedNearestNeighbour(random_state=0), EditedNearestNeighbours(), InstanceHardnessThreshold(random_state=0), NearMiss(),
        NeighbourhoodCleaningRule(), OneSidedSelection(random_state=0), RepeatedEditedNearestNeighbours(), TomekLinks(),
        KMeansSMOTE(random_state=0, cluster_balance_threshold=0.0, k_neighbors=2),
    ]
    for sampler in samplers:
        case(kind, type(sampler).__name__.lower(), make_pipeline(sampler, GaussianNB()), X, BINARY, "a sampler by its name: " + type(sampler).__name__)
    case(kind, "smotenc", make_pipeline(nc, GaussianNB()), codes, BINARY, "SMOTENC with an encoder of its own")


def ensembles():
    kind = "imblearn-forest"
    arguments = {"replacement": True, "sampling_strategy": "all", "bootstrap": False} if RELEASE != "0.6" else {}
    case(kind, "balanced-forest", BalancedRandomForestClassifier(4, max_depth=3, random_state=0, **arguments), X, BINARY, "a forest of balanced trees")
    case(kind, "balanced-forest-three", BalancedRandomForestClassifier(3, max_depth=3, random_state=1, **arguments), X, THREE, "three classes that are texts")
    frame = pd.DataFrame(X, columns=["a", "b", "c", "d"])
    case(kind, "balanced-forest-frame", BalancedRandomForestClassifier(3, max_depth=3, random_state=1, **arguments), frame, BINARY == 1, "a data frame, booleans as classes", named=RELEASE != "0.6")
    if NEW:
        holed = np.where(random.random_sample(X.shape) < 0.1, np.nan, X)
        case(kind, "balanced-forest-missing", BalancedRandomForestClassifier(3, max_depth=3, random_state=1, **arguments), holed, BINARY, "missing values")
    tree = DecisionTreeClassifier(max_depth=2, random_state=0)
    case(kind, "balanced-bagging", BalancedBaggingClassifier(tree, n_estimators=3, max_features=3, random_state=0), X, THREE, "bags of some of the columns")
    case(kind, "balanced-bagging-decisions", BalancedBaggingClassifier(LogisticRegression(), n_estimators=3, random_state=0), X, BINARY, "bags whose estimators have decisions")
    booster = AdaBoostClassifier(n_estimators=3, random_state=0)
    name = "estimator" if RELEASE != "0.6" else "base_estimator"
    case(kind, "easy-ensemble", EasyEnsembleClassifier(n_estimators=2, random_state=0, **{name: booster}), X, BINARY, "AdaBoost in each bag")
    case(kind, "easy-ensemble-three", EasyEnsembleClassifier(n_estimators=2, random_state=0, **{name: booster}), X, THREE, "three classes")
    case(kind, "easy-ensemble-svc", EasyEnsembleClassifier(n_estimators=2, random_state=0, **{name: SVC(gamma="scale")}), X, BINARY, "members without probabilities vote")
    case(kind, "rusboost", RUSBoostClassifier(tree, n_estimators=4, random_state=0), X, BINARY, "boosting, by the library's own default")
    case(kind, "rusboost-three", RUSBoostClassifier(tree, n_estimators=4, random_state=0), X, THREE, "three classes")
    if not NEW:
        case(kind, "rusboost-samme", RUSBoostClassifier(tree, n_estimators=4, algorithm="SAMME", random_state=0), X, THREE, "votes rather than probabilities")


pipelines()
ensembles()
