"""Makes pickles of XGBoost models and writes down what XGBoost answers with them.

    python make_xgboost_fixtures.py          the cases that the installed XGBoost can make

Run it once with each requirements file (README.md has the commands). Each case is two files of
../resources/parity-xgboost: <case>.pkl, and <case>.json with the version, 12 input rows (null = missing)
and predict, and where the model has them predict_proba and decision_function (a Booster's margins).
Every array is drawn from a seed; the data means nothing.
"""

import json
import pickle
import warnings
from pathlib import Path

import numpy as np
import xgboost as xgb
from xgboost import XGBClassifier, XGBRegressor

warnings.filterwarnings("ignore")
OUT = Path(__file__).resolve().parent.parent / "resources" / "parity-xgboost"
VERSION = tuple(int(n) for n in xgb.__version__.split(".")[:2])
PREFIX = "v" + ".".join(xgb.__version__.split(".")[:2])
FEATURES = 5
ROWS = 200

random = np.random.default_rng(3)
X = random.normal(size=(ROWS, FEATURES))
X[random.random(X.shape) < 0.1] = np.nan
FILLED = np.nan_to_num(X)
NUMBER = 20 + 8 * FILLED[:, 0] + FILLED[:, 1] ** 2 + random.normal(size=ROWS)
BINARY = (NUMBER > 20).astype(int)
CLASSES = np.digitize(NUMBER, [15, 25])


def write(case, model, inputs, expected):
    OUT.mkdir(exist_ok=True)
    name = f"{PREFIX}-{case}"
    (OUT / f"{name}.pkl").write_bytes(pickle.dumps(model, protocol=4))
    rows = [[None if np.isnan(v) else float(v) for v in row] for row in inputs]
    answers = {key: np.asarray(value).tolist() for key, value in expected.items()}
    text = {"case": name, "xgboost": xgb.__version__, "inputs": rows, "expected": answers}
    (OUT / f"{name}.json").write_text(json.dumps(text) + "\n")


def estimator(case, model, y, x=X, **fit):
    model.fit(x, y, **fit)
    inputs = x[:12]
    expected = {"predict": model.predict(inputs)}
    if isinstance(model, XGBClassifier):
        expected["predict_proba"] = model.predict_proba(inputs)
        if np.ndim(y) == 2:  # for each label that it is not there, and that it is
            expected["predict"] = expected["predict"].astype(int)
            there = expected["predict_proba"].T
            expected["predict_proba"] = np.stack([1 - there, there], axis=-1)
    write(case, model, inputs, expected)


def booster(case, parameters, y, x=X, rounds=4, **data):
    matrix = xgb.DMatrix(x, label=y, **data)
    if parameters["objective"] == "survival:aft":
        matrix.set_float_info("label_lower_bound", y)
        matrix.set_float_info("label_upper_bound", y + 1)
    if parameters["objective"].startswith("rank:"):
        matrix.set_group([len(y)])
    model = xgb.train({"nthread": 1, "max_depth": 3, **parameters}, matrix, rounds)
    names = data.get("feature_names")
    # Told a limit, versions before 1.0 drop none of dart's trees.
    old_dart = VERSION < (1, 0) and parameters.get("booster") == "dart"
    all_trees = {"ntree_limit": rounds} if old_dart else {}
    inputs = xgb.DMatrix(x[:12], feature_names=names, **types(data))
    write(
        case,
        model,
        x[:12],
        {
            "predict": model.predict(inputs, **all_trees),
            "decision_function": model.predict(inputs, output_margin=True, **all_trees),
        },
    )


def types(data):
    return {k: v for k, v in data.items() if k in ("feature_types", "enable_categorical")}


SMALL = {"n_estimators": 4, "max_depth": 3, "n_jobs": 1}
TEXTS = np.array(["no", "yes"])[BINARY]

estimator("classifier", XGBClassifier(**SMALL), BINARY)
estimator("classifier-of-three", XGBClassifier(**SMALL), CLASSES)
estimator("classifier-missing-zero", XGBClassifier(missing=0, **SMALL), BINARY, np.round(FILLED))
if VERSION >= (1, 0):  # before, predict dropped trees at random
    estimator("classifier-dart", XGBClassifier(booster="dart", rate_drop=0.5, **SMALL), CLASSES)
estimator("classifier-linear", XGBClassifier(booster="gblinear", **SMALL), CLASSES, FILLED)
estimator("classifier-hinge", XGBClassifier(objective="binary:hinge", **SMALL), BINARY)
estimator(
    "classifier-raw", XGBClassifier(objective="binary:logitraw", base_score=0.3, **SMALL), BINARY
)
estimator("regressor-base", XGBRegressor(base_score=17.5, **SMALL), NUMBER)
estimator(
    "regressor-deep", XGBRegressor(n_estimators=2, max_depth=14, min_child_weight=0), NUMBER**3
)
estimator("regressor-tweedie", XGBRegressor(objective="reg:tweedie", **SMALL), abs(NUMBER))
if VERSION < (1, 6):
    estimator("classifier-texts", XGBClassifier(**SMALL), TEXTS)
if VERSION < (1, 0):
    stop = {"early_stopping_rounds": 2, "eval_set": [(FILLED[:50], 1 - BINARY[:50])]}
    estimator("classifier-early", XGBClassifier(**{**SMALL, "n_estimators": 9}), BINARY, **stop)
    forest = XGBClassifier(num_parallel_tree=3, subsample=0.5, **{**SMALL, "n_estimators": 9})
    estimator("forest-early", forest, BINARY, **stop)
for objective, y in {
    "binary:logistic": BINARY,
    "reg:logistic": BINARY,
    "multi:softprob": CLASSES,
    "multi:softmax": CLASSES,
    "count:poisson": np.round(abs(NUMBER)),
    "reg:gamma": abs(NUMBER),
    "survival:cox": abs(NUMBER),
    "survival:aft": abs(NUMBER),
    "rank:pairwise": BINARY,
}.items():
    if objective == "survival:aft" and VERSION < (1, 2):
        continue
    parameters = {"objective": objective}
    if objective.startswith("multi"):
        parameters["num_class"] = 3
    booster("booster-" + objective.replace(":", "-"), parameters, y)
booster(
    "booster-names",
    {"objective": "binary:logistic", "base_score": 0.3},
    BINARY,
    feature_names=["a", "b", "c", "d", "e"],
)
booster("booster-dart", {"objective": "reg:squarederror", "booster": "dart", "rate_drop": 0.5}, NUMBER)
booster(
    "booster-linear", {"objective": "reg:squarederror", "booster": "gblinear"}, NUMBER
)
if VERSION >= (2, 0):
    from xgboost import XGBRanker, XGBRFClassifier, XGBRFRegressor

    estimator("forest", XGBRFRegressor(random_state=1, **SMALL), NUMBER)
    estimator("forest-classifier", XGBRFClassifier(random_state=1, **SMALL), BINARY)
    stop = {"eval_set": [(FILLED[:50], 1 - BINARY[:50])], "verbose": False}
    forest = XGBClassifier(
        num_parallel_tree=3, early_stopping_rounds=2, subsample=0.5, **{**SMALL, "n_estimators": 9}
    )
    estimator("forest-early", forest, BINARY, **stop)
    estimator("ranker", XGBRanker(objective="rank:ndcg", **SMALL), BINARY, qid=np.repeat([0, 1], 100))
    estimator(
        "quantiles",
        XGBRegressor(objective="reg:quantileerror", quantile_alpha=np.array([0.1, 0.5]), **SMALL),
        NUMBER,
    )
    estimator("vector-leaf", XGBRegressor(multi_strategy="multi_output_tree", **SMALL), np.c_[NUMBER, -NUMBER])
    estimator("many-labels", XGBClassifier(**SMALL), np.c_[BINARY, 1 - BINARY])
    lossguide = {"grow_policy": "lossguide", "max_depth": 0, "max_leaves": 40, "min_child_weight": 0}
    booster("booster-lossguide", {"objective": "reg:squarederror", **lossguide}, NUMBER**3)
    codes = FILLED.copy()
    codes[:, 0] = random.integers(0, 40, ROWS)
    codes[:, 1] = random.integers(0, 3, ROWS)
    codes[:5, 0] = np.nan
    kinds = {"feature_types": ["c", "c", "q", "q", "q"], "enable_categorical": True}
    target = codes[:, 1] * 5 + np.nan_to_num(codes[:, 0]) % 7
    booster("booster-categories", {"objective": "reg:squarederror"}, target, codes, **kinds)
    one_hot = {"objective": "reg:squarederror", "max_cat_to_onehot": 50}
    booster("booster-one-hot", one_hot, target, codes, **kinds)
