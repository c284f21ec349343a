"""Makes small models and writes down what the libraries say each column added to their answers.

    python make_explanation_fixtures.py          with requirements-explanations.txt

Each case is two files of ../resources/explanations: <case>.pkl, and <case>.json with the rows (null = missing),
and where there is an explanation its space, base (outputs) and contributions (rows, columns, outputs), each
from the library that is named in "by":

- shap            shap.TreeExplainer, feature_perturbation="tree_path_dependent"
- xgboost         Booster.predict(pred_contribs=True)
- lightgbm        predict(pred_contrib=True); of boosting "rf" divided by the iterations
- catboost        get_feature_importance(type="ShapValues")
- subsets         all subsets of columns, where the libraries refuse or are off: the path-dependent game itself
- terms           coefficients times values

"refused" says that there is none, and what the reason must name. Every array is drawn from a seed.
"""

import itertools
import json
import math
import pickle
import tempfile
import warnings
from pathlib import Path

import catboost
import lightgbm
import numpy as np
import pandas as pd
import shap
import sklearn.ensemble as ensemble
import xgboost
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.feature_selection import SelectKBest, VarianceThreshold
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression, PoissonRegressor
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import (
    KBinsDiscretizer, MinMaxScaler, OneHotEncoder, OrdinalEncoder, PolynomialFeatures, StandardScaler)
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor, ExtraTreeRegressor

warnings.filterwarnings("ignore")
OUT = Path(__file__).resolve().parent.parent / "resources" / "explanations"
SHOWN = 10

random = np.random.default_rng(11)
N, M = 400, 6
X = random.normal(size=(N, M))
X[:, 5] = random.integers(0, 4, size=N)
NOISE = random.normal(size=N)
NUMBER = 3 + 2 * X[:, 0] * X[:, 1] + X[:, 2] ** 2 + (X[:, 5] == 2) + 0.5 * NOISE
BINARY = (NUMBER > 3.5).astype(int)
CLASSES = np.digitize(NUMBER, [2.5, 5])
COUNTS = random.poisson(np.exp(np.clip(0.4 * X[:, 0] + 0.3 * X[:, 2], -2, 2))) + 0.0
WEIGHTS = random.uniform(0.1, 3, size=N)
HOLES = np.where(random.random(X.shape) < 0.15, np.nan, X)
BOTH = np.column_stack([NUMBER, X[:, 0] - X[:, 3] ** 2])
CARRIERS = np.array(["AA", "BB", "CC", "DD", "EE"])[random.integers(0, 5, size=N)]
AIRPORTS = np.array([f"A{i}" for i in range(12)])[random.integers(0, 12, size=N)]
FRAME = pd.DataFrame({"distance": X[:, 0], "hour": X[:, 1], "wind": X[:, 2], "carrier": CARRIERS, "airport": AIRPORTS})
MIXED = NUMBER + 2 * (CARRIERS == "BB") - 1.5 * (AIRPORTS == "A3") * X[:, 0]
MIXED_BINARY = (MIXED > 3.5).astype(int)


def plain(value):
    if isinstance(value, (str, type(None))):
        return value
    return None if math.isnan(value) else float(value)


def write(case, model, rows, by=None, space=None, base=None, contributions=None, answer=None, tolerance=1e-8,
          refused=None):
    OUT.mkdir(exist_ok=True)
    (OUT / f"{case}.pkl").write_bytes(pickle.dumps(model, protocol=4))
    values = rows.values.tolist() if isinstance(rows, pd.DataFrame) else np.asarray(rows).tolist()
    text = {"case": case, "rows": [[plain(v) for v in row] for row in values]}
    if refused is not None:
        text["refused"] = refused
    else:
        contributions = np.asarray(contributions, dtype=float)
        if contributions.ndim == 2:
            contributions = contributions[:, :, None]
        base = np.atleast_1d(np.asarray(base, dtype=float))
        sums = base + contributions.sum(axis=1)
        answer = np.asarray(answer, dtype=float).reshape(sums.shape)
        scale = np.maximum(1, np.abs(contributions).sum(axis=1).max())
        worst = np.abs(sums - answer).max() / scale
        assert worst < max(tolerance, 1e-8) * 10, f"{case}: the library's own sums are off by {worst}"
        text.update(by=by, space=space, tolerance=tolerance, base=base.tolist(),
                    contributions=[[[float(f"{v:.12g}") for v in c] for c in row] for row in contributions.tolist()])
    (OUT / f"{case}.json").write_text(json.dumps(text) + "\n")
    print(case)


def of_shap(case, model, rows, space, answer, inner=None, shown=None, columns=None):
    """`inner` and `shown` where shap takes no pipeline: its last step, and what comes to that."""
    explainer = shap.TreeExplainer(inner or model, feature_perturbation="tree_path_dependent")
    values = np.asarray(explainer.shap_values(rows if shown is None else shown, check_additivity=False))
    if columns is not None:
        values = gathered(values, columns)
    base = np.atleast_1d(explainer.expected_value)
    write(case, model, rows, "shap", space, base, values, answer)


def gathered(values, columns):
    """Sums of what became of each column."""
    out = np.zeros((values.shape[0], max(columns) + 1) + values.shape[2:])
    for at, column in enumerate(columns):
        out[:, column] += values[:, at]
    return out


# --- the path-dependent game itself -------------------------------------------------------------------------

def by_subsets(trees, rows, columns):
    """trees: (value, scale) functions of (row, known columns)."""
    out = np.zeros((len(rows), columns))
    order = math.factorial(columns)
    for r, row in enumerate(rows):
        value = {}
        for size in range(columns + 1):
            for known in itertools.combinations(range(columns), size):
                value[known] = sum(tree(row, set(known)) for tree in trees)
        for known, v in value.items():
            for column in range(columns):
                if column in known:
                    without = tuple(c for c in known if c != column)
                    k = len(without)
                    weight = math.factorial(k) * math.factorial(columns - k - 1) / order
                    out[r, column] += weight * (v - value[without])
    base = sum(tree(rows[0], set()) for tree in trees)
    return base, out


def sklearn_game(tree, scale):
    t = tree.tree_

    def at(node, row, known):
        if t.children_left[node] < 0:
            return scale * t.value[node][0][0]
        left, right = t.children_left[node], t.children_right[node]
        if t.feature[node] in known:
            return at(left if np.float32(row[t.feature[node]]) <= t.threshold[node] else right, row, known)
        w = t.weighted_n_node_samples
        return (w[left] * at(left, row, known) + w[right] * at(right, row, known)) / w[node]
    return lambda row, known: at(0, row, known)


def hist_game(predictor, to_tree):
    nodes, sets = predictor.nodes, predictor.raw_left_cat_bitsets

    def goes_left(node, value):
        if np.isnan(value):
            return bool(node["missing_go_to_left"])
        if not node["is_categorical"]:
            return value <= node["num_threshold"]
        category = int(value)
        return bool(sets[node["bitset_idx"]][category >> 5] >> (category & 31) & 1)

    def at(i, row, known):
        node = nodes[i]
        if node["is_leaf"]:
            return node["value"]
        left, right = int(node["left"]), int(node["right"])
        if to_tree[node["feature_idx"]] in known:
            return at(left if goes_left(node, row[to_tree[node["feature_idx"]]]) else right, row, known)
        count = nodes["count"]
        return (count[left] * at(left, row, known) + count[right] * at(right, row, known)) / count[i]
    return lambda row, known: at(0, row, known)


# --- scikit-learn -------------------------------------------------------------------------------------------

def scikit_learn():
    rows = X[:SHOWN]
    tree = DecisionTreeClassifier(max_depth=6, random_state=0).fit(X, BINARY)
    of_shap("tree-classifier", tree, rows, "probability", tree.predict_proba(rows))
    tree = DecisionTreeRegressor(max_depth=8, random_state=0).fit(X, NUMBER)
    of_shap("tree-regressor", tree, rows, "value", tree.predict(rows))
    tree = DecisionTreeRegressor(random_state=0).fit(X[:, :2], NUMBER)
    of_shap("tree-repeated-columns", tree, rows[:, :2], "value", tree.predict(rows[:, :2]))
    tree = DecisionTreeRegressor(max_depth=1).fit(X, NUMBER)
    of_shap("stump", tree, rows, "value", tree.predict(rows))
    tree = DecisionTreeRegressor().fit(X, np.full(N, 2.5))
    write("one-leaf", tree, rows, "subsets", "value", 2.5, np.zeros(rows.shape), tree.predict(rows))
    tree = ExtraTreeRegressor(max_depth=7, random_state=0).fit(X, NUMBER, sample_weight=WEIGHTS)
    of_shap("extra-tree-weights", tree, rows, "value", tree.predict(rows))
    forest = ensemble.RandomForestClassifier(12, max_depth=6, random_state=0).fit(X, BINARY)
    of_shap("forest-classifier", forest, rows, "probability", forest.predict_proba(rows))
    forest = ensemble.RandomForestClassifier(8, max_depth=5, random_state=0, class_weight="balanced").fit(X, CLASSES)
    of_shap("forest-classes-balanced", forest, rows, "probability", forest.predict_proba(rows))
    forest = ensemble.RandomForestClassifier(8, max_depth=6, random_state=0).fit(X, BINARY, sample_weight=WEIGHTS)
    of_shap("forest-weights", forest, rows, "probability", forest.predict_proba(rows))
    forest = ensemble.RandomForestClassifier(8, max_depth=6, random_state=0).fit(HOLES, BINARY)
    of_shap("forest-missing", forest, HOLES[:SHOWN], "probability", forest.predict_proba(HOLES[:SHOWN]))
    forest = ensemble.RandomForestRegressor(10, max_depth=8, random_state=0).fit(X, NUMBER)
    of_shap("forest-regressor", forest, rows, "value", forest.predict(rows))
    forest = ensemble.RandomForestRegressor(4, random_state=0).fit(X, NUMBER)
    of_shap("forest-deep", forest, rows, "value", forest.predict(rows))
    forest = ensemble.RandomForestRegressor(6, max_depth=5, random_state=0).fit(X, BOTH)
    of_shap("forest-outputs", forest, rows, "value", forest.predict(rows))
    forest = ensemble.ExtraTreesClassifier(10, max_depth=7, random_state=0).fit(X, CLASSES)
    of_shap("extra-trees-classes", forest, rows, "probability", forest.predict_proba(rows))
    forest = ensemble.ExtraTreesRegressor(8, max_depth=7, bootstrap=True, random_state=0).fit(X, NUMBER)
    of_shap("extra-trees-bootstrap", forest, rows, "value", forest.predict(rows))
    # float32 thresholds: values of float64 that only rounding puts on one side.
    near = X.copy()
    near[:, 0] = np.round(near[:, 0], 1)
    forest = ensemble.RandomForestRegressor(6, max_depth=6, random_state=0).fit(near, NUMBER)
    close = near[:SHOWN].copy()
    inner = forest.estimators_[0].tree_
    splits = inner.threshold[(inner.feature == 0)]
    close[:, 0] = np.resize(splits, SHOWN) * (1 + np.resize([0, 1e-9, -1e-9], SHOWN))
    of_shap("float32-thresholds", forest, close, "value", forest.predict(close))
    boost = ensemble.GradientBoostingClassifier(n_estimators=25, max_depth=3, random_state=0).fit(X, BINARY)
    of_shap("boosting-classifier", boost, rows, "log_odds", boost.decision_function(rows))
    boost = ensemble.GradientBoostingRegressor(n_estimators=25, subsample=0.7, random_state=0).fit(X, NUMBER)
    of_shap("boosting-regressor", boost, rows, "value", boost.predict(rows))
    boost = ensemble.GradientBoostingRegressor(
        n_estimators=60, n_iter_no_change=3, random_state=0).fit(X, NUMBER, sample_weight=WEIGHTS)
    of_shap("boosting-early-stopping", boost, rows, "value", boost.predict(rows))
    boost = ensemble.GradientBoostingClassifier(n_estimators=6, max_depth=3, random_state=0).fit(X, CLASSES)
    start = boost._raw_predict_init(rows)[0]
    parts, base = [], []
    for k in range(3):
        games = [sklearn_game(stage[k], boost.learning_rate) for stage in boost.estimators_]
        b, c = by_subsets(games, rows, M)
        base.append(start[k] + b)
        parts.append(c)
    write("boosting-classes", boost, rows, "subsets", "margin", base, np.stack(parts, axis=2),
          boost.decision_function(rows))
    boost = ensemble.GradientBoostingClassifier(
        loss="exponential", n_estimators=8, max_depth=3, random_state=0).fit(X, BINARY)
    b, c = by_subsets([sklearn_game(t[0], boost.learning_rate) for t in boost.estimators_], rows, M)
    write("boosting-exponential", boost, rows, "subsets", "margin", boost._raw_predict_init(rows)[0] + b, c,
          boost.decision_function(rows))
    boost = ensemble.GradientBoostingRegressor(n_estimators=4, init=LinearRegression(), random_state=0).fit(X, NUMBER)
    write("boosting-init", boost, rows, refused="init")
    holes = HOLES[:SHOWN]
    boost = ensemble.HistGradientBoostingClassifier(max_iter=15, max_leaf_nodes=15, random_state=0).fit(HOLES, BINARY)
    of_shap("hist-classifier", boost, holes, "log_odds", boost.decision_function(holes))
    boost = ensemble.HistGradientBoostingRegressor(max_iter=15, random_state=0).fit(HOLES, NUMBER)
    of_shap("hist-regressor", boost, holes, "value", boost.predict(holes))
    boost = ensemble.HistGradientBoostingRegressor(loss="poisson", max_iter=12, random_state=0).fit(HOLES, COUNTS)
    of_shap("hist-poisson", boost, holes, "log", np.log(boost.predict(holes)))
    boost = ensemble.HistGradientBoostingRegressor(
        max_iter=6, max_leaf_nodes=8, categorical_features=[5], random_state=0)
    boost.fit(HOLES, NUMBER + 2 * (X[:, 5] % 2))
    to_tree = [5, 0, 1, 2, 3, 4]
    games = [hist_game(p[0], to_tree) for p in boost._predictors]
    b, c = by_subsets(games, holes, M)
    write("hist-categories", boost, holes, "subsets", "value", float(boost._baseline_prediction.ravel()[0]) + b, c, boost.predict(holes))
    boost = ensemble.HistGradientBoostingClassifier(max_iter=4, max_leaf_nodes=8, random_state=0).fit(HOLES, CLASSES)
    parts, base = [], []
    for k in range(3):
        games = [hist_game(p[k], list(range(M))) for p in boost._predictors]
        b, c = by_subsets(games, holes, M)
        base.append(boost._baseline_prediction.ravel()[k] + b)
        parts.append(c)
    write("hist-classes", boost, holes, "subsets", "margin", base, np.stack(parts, axis=2), boost.decision_function(holes))
    write("isolation-forest", ensemble.IsolationForest(n_estimators=5, random_state=0).fit(X), rows, refused="IsolationForest")
    write("neighbours", KNeighborsClassifier().fit(X[:40], BINARY[:40]), rows, refused="KNeighborsClassifier")
    write("kernel", SVC().fit(X[:40], BINARY[:40]), rows, refused="SVC")


def linear():
    rows = X[:SHOWN]
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, BINARY)
    scaled = model[0].transform(rows)
    write("linear-classifier", model, rows, "terms", "log_odds", model[-1].intercept_, scaled * model[-1].coef_[0],
          model.decision_function(rows))
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, CLASSES)
    scaled = model[0].transform(rows)
    write("linear-classes", model, rows, "terms", "margin", model[-1].intercept_,
          scaled[:, :, None] * model[-1].coef_.T[None], model.decision_function(rows))
    model = LinearRegression().fit(X, BOTH)
    write("linear-outputs", model, rows, "terms", "value", model.intercept_, rows[:, :, None] * model.coef_.T[None],
          model.predict(rows))
    model = PoissonRegressor().fit(X, COUNTS)
    write("linear-poisson", model, rows, "terms", "log", model.intercept_, rows * model.coef_,
          np.log(model.predict(rows)))


def pipelines():
    rows = FRAME[:SHOWN]
    forest = ensemble.RandomForestClassifier(8, max_depth=6, random_state=0)
    split = ColumnTransformer([
        ("number", make_pipeline(SimpleImputer(), StandardScaler()), ["distance", "hour", "wind"]),
        ("name", OneHotEncoder(handle_unknown="ignore"), ["carrier", "airport"])], sparse_threshold=0)
    model = make_pipeline(split, forest).fit(FRAME, MIXED_BINARY)
    columns = [0, 1, 2] + [3] * 5 + [4] * 12
    of_shap("pipeline-one-hot", model, rows, "probability", model.predict_proba(rows), model[-1],
            model[:-1].transform(rows), columns)
    split = ColumnTransformer([
        ("bins", KBinsDiscretizer(4, encode="onehot-dense"), ["wind", "hour"]),
        ("codes", OrdinalEncoder(), ["airport"]),
        ("rest", "passthrough", ["distance"])])
    model = make_pipeline(split, ensemble.GradientBoostingClassifier(n_estimators=20, random_state=0))
    model.fit(FRAME, MIXED_BINARY)
    values = [2] * 4 + [1] * 4 + [4, 0]
    of_shap("pipeline-bins", model, rows, "log_odds", model.decision_function(rows), model[-1],
            model[:-1].transform(rows), values)
    union = FeatureUnion([("scaled", MinMaxScaler()), ("own", StandardScaler())])
    model = make_pipeline(union, VarianceThreshold(), SelectKBest(k=8),
                          ensemble.RandomForestRegressor(6, max_depth=6, random_state=0)).fit(X, NUMBER)
    kept = np.arange(12)[model[1].get_support()][model[2].get_support()] % 6
    values = list(kept)
    inside = model[:-1].transform(X[:SHOWN])
    explainer = shap.TreeExplainer(model[-1], feature_perturbation="tree_path_dependent")
    parts = np.zeros((SHOWN, M))
    for at, column in enumerate(values):
        parts[:, column] += explainer.shap_values(inside)[:, at]
    write("pipeline-union", model, X[:SHOWN], "shap", "value", explainer.expected_value, parts,
          model.predict(X[:SHOWN]))
    # What a sparse matrix does not store is missing to XGBoost.
    split = ColumnTransformer([
        ("name", OneHotEncoder(), ["carrier", "airport"]), ("number", "passthrough", ["distance", "hour", "wind"])],
        sparse_threshold=1)
    model = make_pipeline(split, xgboost.XGBClassifier(n_estimators=15, max_depth=4)).fit(FRAME, MIXED_BINARY)
    inside = model[:-1].transform(rows)
    parts = model[-1].get_booster().predict(xgboost.DMatrix(inside), pred_contribs=True)
    columns = [3] * 5 + [4] * 12 + [0, 1, 2]
    write("pipeline-sparse", model, rows, "xgboost", "log_odds", parts[0, -1], gathered(parts[:, :-1], columns),
          model[-1].predict(inside, output_margin=True), 1e-4)
    texts = np.array([f"{a} {b} late" for a, b in zip(CARRIERS, AIRPORTS)], dtype=object)
    frame = pd.DataFrame({"note": texts, "wind": X[:, 2]})
    split = ColumnTransformer([("words", TfidfVectorizer(), "note"), ("number", StandardScaler(), ["wind"])])
    model = make_pipeline(split, LogisticRegression()).fit(frame, MIXED_BINARY)
    inside = model[:-1].transform(frame[:SHOWN])
    inside = inside.toarray() if hasattr(inside, "toarray") else inside
    columns = [0] * (inside.shape[1] - 1) + [1]
    write("pipeline-text", model, frame[:SHOWN], "terms", "log_odds", model[-1].intercept_,
          gathered(inside * model[-1].coef_[0], columns), model.decision_function(frame[:SHOWN]))
    small = dict(n_estimators=2, max_depth=2, random_state=0)
    for case, step, name in [("pca", PCA(6), "pca"), ("polynomial", PolynomialFeatures(), "polynomialfeatures"),
                             ("neighbours-imputer", KNNImputer(), "knnimputer")]:
        model = make_pipeline(step, ensemble.RandomForestClassifier(**small)).fit(X[:60], BINARY[:60])
        write(f"pipeline-{case}", model, X[:SHOWN], refused=name)


# --- XGBoost ------------------------------------------------------------------------------------------------

def of_xgboost(case, model, rows, space, limit=None, matrix=None):
    booster = model if isinstance(model, xgboost.Booster) else model.get_booster()
    data = matrix or xgboost.DMatrix(rows, enable_categorical=True)
    used = (0, limit or 0)
    parts = booster.predict(data, pred_contribs=True, iteration_range=used)
    margins = booster.predict(data, output_margin=True, iteration_range=used)
    if parts.ndim == 3:
        parts = parts.transpose(0, 2, 1)
    write(case, model, rows, "xgboost", space, parts[0, -1], parts[:, :-1], margins, 1e-4)


def xgb():
    rows, holes = X[:SHOWN], HOLES[:SHOWN]
    of_xgboost("xgb-classifier", xgboost.XGBClassifier(n_estimators=20, max_depth=5).fit(X, BINARY), rows, "log_odds")
    of_xgboost("xgb-missing", xgboost.XGBClassifier(n_estimators=15, max_depth=4).fit(
        HOLES, BINARY, sample_weight=WEIGHTS), holes, "log_odds")
    of_xgboost("xgb-classes", xgboost.XGBClassifier(n_estimators=8, max_depth=4).fit(X, CLASSES), rows, "margin")
    of_xgboost("xgb-regressor", xgboost.XGBRegressor(n_estimators=20, max_depth=6).fit(X, NUMBER), rows, "value")
    of_xgboost("xgb-leafwise", xgboost.XGBRegressor(
        n_estimators=15, grow_policy="lossguide", max_leaves=20, max_depth=0).fit(X, NUMBER), rows, "value")
    of_xgboost("xgb-poisson", xgboost.XGBRegressor(
        n_estimators=12, objective="count:poisson").fit(X, COUNTS), rows, "log")
    of_xgboost("xgb-base-score", xgboost.XGBClassifier(
        n_estimators=10, base_score=0.2, max_depth=3).fit(X, BINARY), rows, "log_odds")
    of_xgboost("xgb-targets", xgboost.XGBRegressor(n_estimators=8, max_depth=4).fit(X, BOTH), rows, "value")
    of_xgboost("xgb-dart", xgboost.XGBRegressor(
        n_estimators=12, booster="dart", rate_drop=0.3, max_depth=4, seed=1).fit(X, NUMBER), rows, "value")
    of_xgboost("xgb-rf", xgboost.XGBRFRegressor(n_estimators=12, max_depth=5).fit(X, NUMBER), rows, "value")
    of_xgboost("xgb-stumps", xgboost.XGBClassifier(n_estimators=10, max_depth=1).fit(X, BINARY), rows, "log_odds")
    stopped = xgboost.XGBRegressor(n_estimators=80, max_depth=4, early_stopping_rounds=3)
    stopped.fit(X[:300], NUMBER[:300], eval_set=[(X[300:], NUMBER[300:])], verbose=False)
    of_xgboost("xgb-early-stopping", stopped, rows, "value", stopped.best_iteration + 1)
    codes = pd.DataFrame(HOLES[:, :5], columns=list("abcde"))
    codes["f"] = pd.Categorical(X[:, 5].astype(int))
    categories = xgboost.XGBRegressor(n_estimators=10, max_depth=4, enable_categorical=True, max_cat_to_onehot=1)
    categories.fit(codes, NUMBER + 2 * (X[:, 5] % 2))
    parts = categories.get_booster().predict(xgboost.DMatrix(codes[:SHOWN], enable_categorical=True), pred_contribs=True)
    write("xgb-categories", categories, np.column_stack([HOLES[:SHOWN, :5], X[:SHOWN, 5]]), "xgboost",
          "value", parts[0, -1], parts[:, :-1],
          categories.get_booster().predict(xgboost.DMatrix(codes[:SHOWN], enable_categorical=True), output_margin=True), 1e-4)
    vectors = xgboost.XGBRegressor(n_estimators=4, multi_strategy="multi_output_tree", tree_method="hist").fit(X, BOTH)
    write("xgb-vectors", vectors, rows, refused="XGBRegressor")
    booster = xgboost.train({"max_depth": 4}, xgboost.DMatrix(X, NUMBER), 10)
    of_xgboost("xgb-booster", booster, rows, "value")
    write("xgb-linear", xgboost.XGBRegressor(booster="gblinear", n_estimators=5).fit(X, NUMBER), rows, refused="gblinear")


# --- LightGBM -----------------------------------------------------------------------------------------------

def of_lightgbm(case, model, rows, space, outputs=1, divisor=1, shown=None):
    shown = rows if shown is None else shown
    parts = np.asarray(model.predict(shown, pred_contrib=True)).reshape(len(rows), outputs, -1).transpose(0, 2, 1)
    raw = model.predict(shown, raw_score=True)
    write(case, model, rows, "lightgbm", space, parts[0, -1] / divisor, parts[:, :-1] / divisor, raw / divisor)


def lgb():
    rows, holes = X[:SHOWN], HOLES[:SHOWN]
    few = dict(verbose=-1, min_child_samples=5)
    of_lightgbm("lgb-classifier", lightgbm.LGBMClassifier(n_estimators=15, **few).fit(X, BINARY), rows, "log_odds")
    of_lightgbm("lgb-missing", lightgbm.LGBMClassifier(n_estimators=15, **few).fit(
        HOLES, BINARY, sample_weight=WEIGHTS), holes, "log_odds")
    of_lightgbm("lgb-classes", lightgbm.LGBMClassifier(n_estimators=6, num_leaves=12, **few).fit(X, CLASSES), rows,
                "margin", 3)
    of_lightgbm("lgb-regressor", lightgbm.LGBMRegressor(n_estimators=15, **few).fit(X, NUMBER), rows, "value")
    of_lightgbm("lgb-poisson", lightgbm.LGBMRegressor(n_estimators=10, objective="poisson", **few).fit(
        X, COUNTS), rows, "log")
    of_lightgbm("lgb-dart", lightgbm.LGBMRegressor(n_estimators=12, boosting_type="dart", drop_rate=0.3, **few).fit(
        X, NUMBER), rows, "value")
    of_lightgbm("lgb-rf", lightgbm.LGBMRegressor(
        n_estimators=10, boosting_type="rf", bagging_freq=1, bagging_fraction=0.7, **few).fit(X, NUMBER), rows,
        "value", divisor=10)
    of_lightgbm("lgb-stumps", lightgbm.LGBMRegressor(n_estimators=10, num_leaves=2, **few).fit(X, NUMBER), rows, "value")
    of_lightgbm("lgb-categories", lightgbm.LGBMClassifier(n_estimators=10, min_data_per_group=5, cat_smooth=1,
                max_cat_to_onehot=1, **few).fit(HOLES, BINARY, categorical_feature=[5]), holes, "log_odds")
    zeros = np.where(np.abs(X) < 0.4, 0, X)
    of_lightgbm("lgb-zero-as-missing", lightgbm.LGBMRegressor(n_estimators=10, zero_as_missing=True, **few).fit(
        zeros, NUMBER), zeros[:SHOWN], "value")
    stopped = lightgbm.LGBMRegressor(n_estimators=60, num_leaves=12, **few)
    stopped.fit(X[:300], NUMBER[:300], eval_set=[(X[300:], NUMBER[300:])],
                callbacks=[lightgbm.early_stopping(3, verbose=False)])
    of_lightgbm("lgb-early-stopping", stopped, rows, "value")
    frame = FRAME.astype({"carrier": "category", "airport": "category"})
    model = lightgbm.LGBMClassifier(n_estimators=10, min_data_per_group=5, **few).fit(frame, MIXED_BINARY)
    of_lightgbm("lgb-frame", model, FRAME[:SHOWN], "log_odds", shown=frame[:SHOWN])
    write("lgb-linear-leaves", lightgbm.LGBMRegressor(n_estimators=4, linear_tree=True, **few).fit(X, NUMBER), rows,
          refused="linear models")


# --- CatBoost -----------------------------------------------------------------------------------------------

def of_catboost(case, model, rows, space, categories=None):
    pool = catboost.Pool(rows, cat_features=categories)
    parts = np.asarray(model.get_feature_importance(pool, type="ShapValues"))
    if parts.ndim == 3:
        parts = parts.transpose(0, 2, 1)
    raw = model.predict(pool, prediction_type="RawFormulaVal")
    write(case, model, rows, "catboost", space, parts[0, -1], parts[:, :-1], raw)


def asymmetric_game(tree):
    def weight(node):
        return node["weight"] if "value" in node else weight(node["left"]) + weight(node["right"])

    def at(node, row, known):
        if "value" in node:
            return node["value"]
        value = row[node["split"]["float_feature_index"]]
        if node["split"]["float_feature_index"] in known:
            return at(node["right"] if np.float32(value) > node["split"]["border"] else node["left"], row, known)
        left, right = weight(node["left"]), weight(node["right"])
        return sum(w * at(child, row, known) for w, child in ((left, node["left"]), (right, node["right"])) if w) \
            / (left + right)
    return lambda row, known: at(tree, row, known)


def of_asymmetric(case, model, rows, space):
    with tempfile.TemporaryDirectory() as folder:
        model.save_model(f"{folder}/model.json", format="json")
        document = json.loads(Path(f"{folder}/model.json").read_text())
    base, parts = by_subsets([asymmetric_game(tree) for tree in document["trees"]], rows, M)
    scale, (bias, *_) = document["scale_and_bias"]
    write(case, model, rows, "subsets", space, scale * base + bias, scale * parts,
          model.predict(rows, prediction_type="RawFormulaVal"))


def cat():
    rows, holes = X[:SHOWN], HOLES[:SHOWN]
    few = dict(verbose=0, random_seed=1, allow_writing_files=False, thread_count=1)
    of_catboost("cat-classifier", catboost.CatBoostClassifier(iterations=15, depth=4, **few).fit(X, BINARY), rows,
                "log_odds")
    of_catboost("cat-classes", catboost.CatBoostClassifier(iterations=10, depth=4, **few).fit(X, CLASSES), rows, "margin")
    of_catboost("cat-regressor", catboost.CatBoostRegressor(iterations=15, depth=6, **few).fit(HOLES, NUMBER), holes,
                "value")
    of_catboost("cat-poisson", catboost.CatBoostRegressor(iterations=10, depth=4, loss_function="Poisson", **few).fit(
        X, COUNTS), rows, "log")
    of_catboost("cat-weights", catboost.CatBoostRegressor(iterations=10, depth=5, **few).fit(
        X, NUMBER, sample_weight=WEIGHTS), rows, "value")
    # CatBoost's own values of such trees do not sum to what it predicts.
    of_asymmetric("cat-lossguide", catboost.CatBoostRegressor(
        iterations=10, grow_policy="Lossguide", max_leaves=12, **few).fit(HOLES, NUMBER), holes, "value")
    of_asymmetric("cat-depthwise", catboost.CatBoostClassifier(
        iterations=10, grow_policy="Depthwise", depth=5, **few).fit(HOLES, BINARY), holes, "log_odds")
    names = [3, 4]
    of_catboost("cat-categories", catboost.CatBoostClassifier(iterations=12, depth=4, cat_features=names, **few).fit(
        FRAME, MIXED_BINARY), FRAME[:SHOWN], "log_odds", names)
    of_catboost("cat-combinations", catboost.CatBoostRegressor(
        iterations=25, depth=5, cat_features=names, max_ctr_complexity=3, one_hot_max_size=2, **few).fit(
        FRAME, MIXED), FRAME[:SHOWN], "value", names)
    of_catboost("cat-one-hot", catboost.CatBoostRegressor(
        iterations=12, depth=4, cat_features=names, one_hot_max_size=20, **few).fit(FRAME, MIXED), FRAME[:SHOWN],
        "value", names)
    of_catboost("cat-targets", catboost.CatBoostRegressor(
        iterations=10, depth=4, loss_function="MultiRMSE", **few).fit(X, BOTH), rows, "value")


if __name__ == "__main__":
    import sys
    for make in [scikit_learn, linear, pipelines, xgb, lgb, cat]:
        if len(sys.argv) < 2 or make.__name__ in sys.argv[1:]:
            make()
