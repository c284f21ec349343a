"""FrozenEstimator, TunedThresholdClassifierCV and FixedThresholdClassifier, with what they answer.

    for release in 1.9 1.6 1.5; do
        python -m venv /tmp/sklearn-$release && /tmp/sklearn-$release/bin/pip install -r requirements-sklearn-$release.txt
        /tmp/sklearn-$release/bin/python wrapped_classifiers.py
    done

By Python 3.13 (1.9), 3.12 (1.6), 3.11 (1.5): these have wheels of it.
"""

import warnings

import numpy as np
import pandas as pd
import sklearn
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier, StackingClassifier
from sklearn.feature_selection import SelectFromModel
from sklearn.linear_model import Lasso, LogisticRegression, Ridge
from sklearn.metrics import f1_score, fbeta_score, make_scorer
from sklearn.model_selection import FixedThresholdClassifier, TunedThresholdClassifierCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeRegressor

from case_files import write

try:
    from sklearn.frozen import FrozenEstimator
except ImportError:  # Before 1.6 there is none.
    FrozenEstimator = None

warnings.simplefilter("ignore")
RELEASE = ".".join(sklearn.__version__.split(".")[:2])
LIBRARY = "scikit-learn " + sklearn.__version__
random = np.random.RandomState(7)
X = random.normal(size=(90, 3))
SIGNAL = X[:, 0] - X[:, 1] + 0.5 * random.normal(size=90)
BINARY = (SIGNAL > 0.5).astype(int)
TEXTS = np.where(BINARY == 1, "delayed", "on time")
THREE = np.array(["early", "late", "on time"])[np.digitize(SIGNAL, [-0.6, 0.8])]
FRAME = pd.DataFrame({
    "distance": X[:, 0],
    "delay": np.where(random.random_sample(90) < 0.1, np.nan, X[:, 1]),
    "airline": pd.Series(random.choice(["LATAM", "Sky"], 90), dtype=object),
})
ROWS = 8


def case(kind, name, model, rows, target, why, **about):
    model.fit(rows, target)
    write(kind, RELEASE + "-" + name, model, rows[:ROWS], why, LIBRARY, **about)


def frozen():
    kind = "sk-frozen-estimator"
    case(kind, "classifier", FrozenEstimator(LogisticRegression().fit(X, THREE)), X, None, "a classifier of three classes that are texts")
    case(kind, "regressor", FrozenEstimator(DecisionTreeRegressor(max_depth=3).fit(X, SIGNAL)), X, None, "a regressor")
    case(kind, "transformer", FrozenEstimator(StandardScaler().fit(X)), X, None, "a transformer", methods=["transform"])
    case(kind, "calibrated", CalibratedClassifierCV(FrozenEstimator(LinearSVC().fit(X, BINARY))), X, BINARY, "what took the place of cv='prefit'")
    scaler = FrozenEstimator(StandardScaler().fit(X))
    selector = SelectFromModel(FrozenEstimator(Lasso(0.02).fit(X, SIGNAL)))
    case(kind, "steps", make_pipeline(scaler, selector, LogisticRegression()), X, BINARY, "steps that are frozen; a selector sees through to coef_, and not to the class's name")
    forest = FrozenEstimator(RandomForestClassifier(3, max_depth=3, random_state=0).fit(X, BINARY))
    case(kind, "stack", StackingClassifier([("f", forest), ("l", LogisticRegression())], cv=2), X, BINARY, "a member of a stack")
    case(kind, "twice", FrozenEstimator(FrozenEstimator(Ridge().fit(X, SIGNAL))), X, None, "frozen twice")
    columns = ColumnTransformer([("n", StandardScaler(), ["distance", "delay"]), ("c", OneHotEncoder(handle_unknown="ignore"), ["airline"])])
    frame = FRAME.dropna()
    model = make_pipeline(columns, LogisticRegression()).fit(frame, TEXTS[frame.index])
    case(kind, "frame", FrozenEstimator(model), frame, None, "a data frame, sent by name; an airline that is not known", named=True)


def thresholds():
    kind = "sk-fixed-threshold"
    case(kind, "probability", FixedThresholdClassifier(LogisticRegression(), threshold=0.2), X, BINARY, "a probability, by the default")
    case(kind, "auto", FixedThresholdClassifier(LogisticRegression()), X, TEXTS, "the threshold auto, texts as classes")
    case(kind, "auto-decision", FixedThresholdClassifier(LinearSVC()), X, TEXTS, "the threshold auto of a decision")
    case(kind, "decision", FixedThresholdClassifier(LogisticRegression(), threshold=-0.4, response_method="decision_function"), X, BINARY == 1, "a decision, booleans as classes")
    case(kind, "positive-first", FixedThresholdClassifier(LogisticRegression(), threshold=0.7, pos_label="delayed"), X, TEXTS, "the first class is the positive one")
    case(kind, "positive-first-decision", FixedThresholdClassifier(SVC(), threshold=0.1, pos_label="delayed"), X, TEXTS, "the same by the decision")
    if FrozenEstimator:
        fitted = FixedThresholdClassifier(FrozenEstimator(LogisticRegression().fit(X, BINARY)), threshold=0.6)
        write(kind, RELEASE + "-not-fitted", fitted, X[:ROWS], "around a fitted estimator, never fitted itself", LIBRARY)
    case(kind, "frame", FixedThresholdClassifier(pipeline(), threshold=0.25), FRAME.fillna(0), BINARY, "a data frame, sent by name", named=True)

    kind = "sk-tuned-threshold"
    case(kind, "balanced", TunedThresholdClassifierCV(LogisticRegression(), cv=3), X, TEXTS, "by the default metric, which has no positive label")
    case(kind, "f1", TunedThresholdClassifierCV(LogisticRegression(), scoring="f1", cv=3), X, BINARY, "F1, whose positive label is 1")
    scorer = make_scorer(f1_score, pos_label="delayed")
    case(kind, "positive-first", TunedThresholdClassifierCV(LogisticRegression(), scoring=scorer, cv=3), X, TEXTS, "the first class is the positive one")
    scorer = make_scorer(fbeta_score, beta=2, pos_label=0)
    case(kind, "decision", TunedThresholdClassifierCV(LinearSVC(), scoring=scorer, cv=3), X, BINARY, "by decisions, the first class positive")
    frozen_model = (FrozenEstimator or (lambda model: model))(RandomForestClassifier(3, max_depth=3, random_state=0).fit(X, BINARY))
    case(kind, "prefit", TunedThresholdClassifierCV(frozen_model, cv="prefit", refit=False, thresholds=[0.2, 0.4, 0.6], store_cv_results=True), X, BINARY, "of an estimator that is fitted already")
    case(kind, "frame", TunedThresholdClassifierCV(pipeline(), cv=3), FRAME.fillna(0), BINARY == 1, "a data frame, sent by name", named=True)


def pipeline():
    columns = ColumnTransformer([("n", StandardScaler(), ["distance", "delay"]), ("c", OneHotEncoder(), ["airline"])])
    return make_pipeline(columns, LogisticRegression())


if FrozenEstimator:
    frozen()
thresholds()
