"""Pipelines whose steps the shared models lack, pickled with what they answer.

    python pipeline_cases.py ../resources/parity-pipeline

Run with scikit-learn 1.9.1 (and 1.2.2 for the folders that end in -12); no pandas is needed.
"""

import json
import pathlib
import pickle
import sys
import warnings

import numpy as np
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.feature_selection import RFE, SelectKBest, SelectPercentile
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    MaxAbsScaler,
    MinMaxScaler,
    Normalizer,
    OneHotEncoder,
    OrdinalEncoder,
    PolynomialFeatures,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    SplineTransformer,
    StandardScaler,
)

warnings.simplefilter("ignore")
SUFFIX = "-12" if sklearn.__version__.startswith("1.2.") else ""
random = np.random.default_rng(7)

numbers = random.normal(size=(120, 4)) * [1, 3, 0.5, 10] + [0, 1, 2, -5]
target = numbers @ [1.0, -0.5, 2.0, 0.1] + numbers[:, 0] * numbers[:, 1]
labels = (target > np.median(target)).astype(int)
holed = np.where(random.random(numbers.shape) < 0.2, np.nan, numbers)
words = np.empty((120, 3), dtype=object)
words[:, 0] = random.choice(["red", "green", "blue", "azure"], 120, p=[0.5, 0.3, 0.15, 0.05])
words[:, 1] = random.choice(["S", "M", "L"], 120)
words[:, 2] = random.integers(1, 4, 120)
worn = words.copy()
worn[random.random(120) < 0.2, 0] = np.nan
sent = words[:20].copy()
sent[0, 0] = "violet"
sent[1, 1] = "XXL"


def clean(row):
    return [None if isinstance(v, float) and np.isnan(v) else v for v in row]


def case(name, model, fitted_on, y, rows):
    model.fit(fitted_on, y)
    folder = pathlib.Path(sys.argv[1]) / (name + SUFFIX)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.pkl").write_bytes(pickle.dumps(model, protocol=4))
    expected = {}
    for method in ("predict", "predict_proba", "decision_function"):
        if hasattr(model, method):
            expected[method] = getattr(model, method)(rows).tolist()
    inputs = [clean(row) for row in rows.tolist()]
    text = json.dumps({"inputs": inputs, "expected": expected})
    (folder / "case.json").write_text(text + "\n")


def regress(name, *steps, on=numbers, rows=None):
    case(name, make_pipeline(*steps, Ridge()), on, target, on[:20] if rows is None else rows)


def classify(name, *steps, on=words, rows=sent):
    case(name, make_pipeline(*steps, LogisticRegression(max_iter=2000)), on, labels, rows)


wide = numbers[:20] * 1.7
regress("poly", PolynomialFeatures(3))
regress("poly-interaction", PolynomialFeatures((2, 3), interaction_only=True, include_bias=False))
regress("minmax-clip", MinMaxScaler((-1, 2), clip=True), rows=wide)
regress("robust", RobustScaler())
regress("maxabs", MaxAbsScaler())
regress("standard-no-mean", StandardScaler(with_mean=False))
for norm in ("l1", "l2", "max"):
    regress("normalizer-" + norm, Normalizer(norm))
regress("power-yeo-johnson", PowerTransformer())
regress("power-box-cox", PowerTransformer(method="box-cox", standardize=False), on=np.abs(numbers) + 0.1)
regress("quantile-uniform", QuantileTransformer(n_quantiles=20), rows=wide)
regress("quantile-normal", QuantileTransformer(n_quantiles=20, output_distribution="normal"), rows=wide)
for extrapolation in ("constant", "continue", "periodic"):
    regress(
        "spline-" + extrapolation,
        SplineTransformer(5, 3, extrapolation=extrapolation, include_bias=False),
        rows=wide,
    )
regress("svd", TruncatedSVD(2, random_state=0))
regress("pca-whiten", StandardScaler(), PCA(3, whiten=True))
regress("select-k", SelectKBest(k=2))
regress("select-percentile", SelectPercentile(percentile=50))
regress("rfe", RFE(Ridge(), n_features_to_select=2))
regress("passthrough", "passthrough", StandardScaler(), None)
for name in ("log1p", "sqrt", "square", "abs"):
    function = FunctionTransformer(getattr(np, name))
    regress("function-" + name, FunctionTransformer(np.abs), function)
regress("imputer-indicator", SimpleImputer(strategy="median", add_indicator=True), on=holed)
regress("imputer-constant", SimpleImputer(strategy="constant", fill_value=-1.0), on=holed)
regress("union", FeatureUnion([("p", PCA(2)), ("s", StandardScaler()), ("n", "passthrough")],
                              transformer_weights={"p": 0.5}))
regress("columns-mask", ColumnTransformer(
    [("a", StandardScaler(), [True, False, True, False]), ("b", MinMaxScaler(), slice(-1, None)),
     ("c", "drop", [1])], remainder="passthrough"))
regress("columns-remainder", ColumnTransformer(
    [("a", "passthrough", [3, 0])], remainder=StandardScaler(), transformer_weights={"a": 2.0}))
classify("onehot", OneHotEncoder(handle_unknown="ignore"))
classify("onehot-first", OneHotEncoder(drop="first", handle_unknown="ignore"))
classify("onehot-binary", OneHotEncoder(drop="if_binary"), rows=words[:20])
classify("onehot-infrequent",
         OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=0.2))
classify("onehot-infrequent-first",
         OneHotEncoder(drop="first", handle_unknown="infrequent_if_exist", max_categories=3))
classify("onehot-missing", OneHotEncoder(handle_unknown="ignore"), on=worn, rows=worn[:20])
classify("ordinal", OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1))
classify("ordinal-missing", OrdinalEncoder(encoded_missing_value=-2), on=worn, rows=worn[:20])
classify("imputer-words", SimpleImputer(strategy="most_frequent"),
         OneHotEncoder(handle_unknown="ignore"), on=worn, rows=worn[:20])
if not SUFFIX:
    from sklearn.preprocessing import TargetEncoder

    classify("target", TargetEncoder(random_state=0))
