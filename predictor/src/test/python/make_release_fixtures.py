"""The main estimators as each release of scikit-learn from 1.3 to 1.8 pickles them, with what it answers.

    python make_release_fixtures.py

Run by hand, once in each environment of requirements-sklearn-1.3.txt to 1.8.txt; writes ../resources/parity-releases/<release>-<case>.pkl and
.json. With the newest also models inside dictionaries, tuples and lists, and estimators that no other folder has.
"""

import json
import pathlib
import pickle
import warnings

import numpy as np
import pandas as pd
import sklearn
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import (
    AdaBoostClassifier,
    AdaBoostRegressor,
    BaggingClassifier,
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    IsolationForest,
    RandomForestClassifier,
    RandomForestRegressor,
    StackingClassifier,
    VotingClassifier,
    VotingRegressor,
)
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.feature_selection import RFECV, SelectKBest, VarianceThreshold, f_classif
from sklearn.impute import SimpleImputer
from sklearn.linear_model import (
    LarsCV,
    LassoLarsCV,
    LinearRegression,
    LogisticRegression,
    MultiTaskElasticNetCV,
    OrthogonalMatchingPursuitCV,
    PoissonRegressor,
    Ridge,
    SGDClassifier,
)
from sklearn.model_selection import GridSearchCV, HalvingRandomSearchCV
from sklearn.multiclass import OneVsRestClassifier
from sklearn.multioutput import MultiOutputClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    Binarizer,
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    PolynomialFeatures,
    StandardScaler,
    TargetEncoder,
)
from sklearn.svm import SVC, SVR, LinearSVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.simplefilter("ignore")
RELEASE = tuple(int(part) for part in sklearn.__version__.split(".")[:2])
NEWEST = RELEASE == (1, 8)
FOLDER = pathlib.Path(__file__).parent.parent / "resources" / "parity-releases"

random = np.random.RandomState(17)
X = random.normal(size=(70, 4))
SIGNAL = X[:, 0] - X[:, 1] + 0.5 * X[:, 2] ** 2 + 0.2 * random.normal(size=70)
BINARY = (SIGNAL > 0.3).astype(int)
THREE = np.array(["early", "late", "on time"])[np.digitize(SIGNAL, [-0.3, 0.9])]
HOLED = np.where(random.random_sample(X.shape) < 0.15, np.nan, X)
FRAME = pd.DataFrame({
    "distance": X[:, 0],
    "delay": HOLED[:, 1],
    "airline": pd.Series(random.choice(["LATAM", "Sky", "JetSmart", "Azul", "Gol"], 70, p=[0.5, 0.3, 0.1, 0.05, 0.05]), dtype=object),
    "month": random.randint(1, 13, 70),
})
SENT = 8


def clean(row):
    return [None if isinstance(cell, float) and np.isnan(cell) else cell for cell in row]


def write(name, content, model, rows, **about):
    FOLDER.mkdir(parents=True, exist_ok=True)
    expected = {}
    for method in ("predict", "predict_proba", "decision_function"):
        if hasattr(model, method):
            answer = getattr(model, method)(rows)
            expected[method] = [part.tolist() for part in answer] if isinstance(answer, list) else answer.tolist()
    table = rows.to_numpy() if hasattr(rows, "to_numpy") else rows
    text = json.dumps({"inputs": [clean(row) for row in table.tolist()], "expected": expected, **about})
    base = f"{RELEASE[0]}.{RELEASE[1]}-{name}"
    (FOLDER / f"{base}.pkl").write_bytes(pickle.dumps(content, protocol=5 if name.endswith("tree") else 4))
    (FOLDER / f"{base}.json").write_text(text + "\n")


def case(name, model, rows=X, target=BINARY):
    model.fit(rows, target)
    write(name, model, model, rows[:SENT])


def main_estimators():
    case("forest", RandomForestClassifier(4, max_depth=4, random_state=0), target=THREE)
    case("forest-regressor", RandomForestRegressor(3, max_depth=4, random_state=0), target=SIGNAL)
    case("extra-trees", ExtraTreesClassifier(3, max_depth=4, random_state=0))
    case("tree", DecisionTreeClassifier(max_depth=5), HOLED, THREE)
    case("regression-tree", DecisionTreeRegressor(max_depth=5), HOLED, SIGNAL)
    case("boosting", GradientBoostingClassifier(n_estimators=4, random_state=0), target=THREE)
    case("boosting-regressor", GradientBoostingRegressor(n_estimators=4, random_state=0), target=SIGNAL)
    categories = np.column_stack([HOLED[:, :2], FRAME["month"]])
    case("hist", HistGradientBoostingClassifier(max_iter=4, categorical_features=[2]), categories)
    case("hist-regressor", HistGradientBoostingRegressor(max_iter=4), HOLED, SIGNAL)
    if RELEASE >= (1, 5):
        frame = FRAME[["distance", "delay"]].assign(month=FRAME["month"].astype("category"))
        case("hist-frame", HistGradientBoostingClassifier(max_iter=4, categorical_features="from_dtype"), frame, THREE)
    case("bagging", BaggingClassifier(DecisionTreeClassifier(max_depth=2), 3, random_state=0))
    case("isolation", IsolationForest(n_estimators=4, max_samples=20, random_state=0))
    case("adaboost", AdaBoostClassifier(n_estimators=4, random_state=0), target=THREE)
    if RELEASE < (1, 6):
        case("adaboost-samme", AdaBoostClassifier(n_estimators=4, algorithm="SAMME", random_state=0), target=THREE)
        case("adaboost-samme-r", AdaBoostClassifier(n_estimators=4, algorithm="SAMME.R", random_state=0), target=THREE)
    case("adaboost-regressor", AdaBoostRegressor(n_estimators=3, random_state=0), target=SIGNAL)
    case("logistic", LogisticRegression(), target=THREE)
    case("logistic-binary", LogisticRegression(solver="liblinear"))
    if RELEASE < (1, 8):
        case("logistic-ovr", LogisticRegression(multi_class="ovr"), target=THREE)
    case("linear", LinearRegression(), target=SIGNAL)
    case("poisson", PoissonRegressor(), target=np.exp(SIGNAL))
    case("sgd", SGDClassifier(loss="log_loss", random_state=0), target=THREE)
    case("svc", SVC(random_state=0), target=THREE)
    case("svc-probability", SVC(probability=True, random_state=0))
    case("svr", SVR(kernel="poly", degree=2), target=SIGNAL)
    case("linear-svc", LinearSVC())
    case("neighbors", KNeighborsClassifier(3, weights="distance"), target=THREE)
    case("neighbors-regressor", KNeighborsRegressor(4, algorithm="ball_tree"), target=SIGNAL)
    case("bayes", GaussianNB(), target=THREE)
    case("discriminant", LinearDiscriminantAnalysis(), target=THREE)
    case("mlp", MLPClassifier((5,), max_iter=60, random_state=0), target=THREE)
    case("mlp-regressor", MLPRegressor(hidden_layer_sizes=(4, 3), max_iter=60, random_state=0), target=SIGNAL)
    case("calibrated", CalibratedClassifierCV(LinearSVC(), cv=2), target=THREE)
    case("calibrated-isotonic", CalibratedClassifierCV(GaussianNB(), method="isotonic", cv=2))
    members = [("l", LogisticRegression()), ("t", DecisionTreeClassifier(max_depth=2))]
    case("voting", VotingClassifier(members, voting="soft"), target=THREE)
    case("voting-regressor", VotingRegressor([("r", Ridge()), ("t", DecisionTreeRegressor(max_depth=2))]), target=SIGNAL)
    case("stacking", StackingClassifier(members, cv=2))
    case("one-vs-rest", OneVsRestClassifier(LogisticRegression()), target=THREE)
    case("outputs", MultiOutputClassifier(LogisticRegression()), target=np.column_stack([BINARY, THREE == "late"]))
    case("search", GridSearchCV(Ridge(), {"alpha": [0.1, 1]}, cv=2), target=SIGNAL)
    case("target", TransformedTargetRegressor(Ridge(), transformer=StandardScaler()), target=SIGNAL)
    case("pipeline", make_pipeline(MinMaxScaler(), PolynomialFeatures(2), SelectKBest(f_classif, k=5), LogisticRegression()))
    columns = ColumnTransformer(
        [
            ("number", make_pipeline(SimpleImputer(), StandardScaler()), ["distance", "delay"]),
            ("airline", OneHotEncoder(handle_unknown="ignore"), ["airline"]),
        ],
        remainder="passthrough",
    )
    case("columns", make_pipeline(columns, LogisticRegression(max_iter=500)), FRAME, THREE)
    infrequent = OneHotEncoder(min_frequency=8, handle_unknown="infrequent_if_exist")
    case("infrequent", make_pipeline(infrequent, Ridge()), FRAME[["airline", "month"]], SIGNAL)
    encoder = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
    case("ordinal", make_pipeline(encoder, DecisionTreeClassifier(max_depth=3)), FRAME[["airline", "month"]])
    case("target-encoder", make_pipeline(TargetEncoder(random_state=0), Ridge()), FRAME[["airline"]], SIGNAL)


def what_no_other_folder_has():
    case("binarizer", make_pipeline(Binarizer(threshold=0.2), LogisticRegression()))
    case("extra-trees-regressor", ExtraTreesRegressor(3, max_depth=3, random_state=0), target=SIGNAL)
    case("lars-cv", LarsCV(cv=2), target=SIGNAL)
    case("lasso-lars-cv", LassoLarsCV(cv=2), target=SIGNAL)
    case("multi-task-cv", MultiTaskElasticNetCV(cv=2), target=np.column_stack([SIGNAL, X[:, 1]]))
    case("pursuit-cv", OrthogonalMatchingPursuitCV(cv=2), target=SIGNAL)
    case("rfecv", make_pipeline(RFECV(Ridge(), cv=2), Ridge()), target=SIGNAL)
    case("variance", make_pipeline(VarianceThreshold(0.9), Ridge()), target=SIGNAL)
    search = HalvingRandomSearchCV(Ridge(), {"alpha": [0.1, 1, 10]}, cv=2, random_state=0)
    case("halving-random", search, target=SIGNAL)


def containers():
    model = LogisticRegression().fit(X, BINARY)
    other = GaussianNB().fit(X, THREE)
    for name, content, path, chosen in [
        ("dict-only", {"model": model, "features": ["a", "b", "c", "d"], "trained": "2026-01-05", "auc": 0.8}, "", model),
        ("tuple-only", (model, StandardScaler().fit(X), ["note"]), "", model),
        ("list-only", [{"fold": 1, "model": model}], "", model),
        ("dict-named", {"delay": model, "class": other}, "class", other),
        ("tuple-named", (model, other), "1", other),
        ("list-named", [model, other], "0", model),
        ("deep-named", {"models": [{"m": (other, model)}]}, "models.0.m.1", model),
    ]:
        write("container-" + name, content, chosen, X[:SENT], entry=path)
    several = {"dict-several": ({"delay": model, "class": other}, ["'delay' (LogisticRegression)", "'class' (GaussianNB)"]),
               "tuple-several": ((model, other), ["'0' (LogisticRegression)", "'1' (GaussianNB)"]),
               "list-several": ([[model], [other]], ["'0.0' (LogisticRegression)", "'1.0' (GaussianNB)"]),
               "dict-none": ({"a": 1, "b": [2.5, "x"]}, ["there is none in it"])}
    for name, (content, named) in several.items():
        base = FOLDER / f"1.8-container-{name}"
        base.with_name(base.name + ".pkl").write_bytes(pickle.dumps(content, protocol=4))
        base.with_name(base.name + ".json").write_text(json.dumps({"refused": named}) + "\n")


main_estimators()
if NEWEST:
    what_no_other_folder_has()
    containers()
