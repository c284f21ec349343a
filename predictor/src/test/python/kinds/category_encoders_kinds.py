"""category_encoders' ordinal, one-hot, target and count encoders, with what they answer.

    for release in 1.9 1.6 1.3 1.0; do
        python -m venv /tmp/sklearn-$release && /tmp/sklearn-$release/bin/pip install -r requirements-sklearn-$release.txt
        /tmp/sklearn-$release/bin/python category_encoders_kinds.py
    done

By Python 3.13 (1.9), 3.12 (1.6), 3.10 (1.3), 3.9 (1.0): these have wheels of it. Their category_encoders are 2.11, 2.8, 2.6 and 2.4.
"""

import warnings

import category_encoders as ce
import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from case_files import write

warnings.simplefilter("ignore")
RELEASE = ".".join(ce.__version__.split(".")[:2])
NUMBER = tuple(int(part) for part in RELEASE.split("."))
LIBRARY = "category_encoders " + ce.__version__ + ", pandas " + pd.__version__ + ", scikit-learn " + sklearn.__version__
random = np.random.RandomState(23)
COUNT = 90
FRAME = pd.DataFrame({
    "airline": pd.Series(random.choice(["LATAM", "Sky", "JetSmart", "Azul", "Gol"], COUNT, p=[0.5, 0.3, 0.12, 0.05, 0.03]), dtype=object),
    "distance": random.normal(size=COUNT).round(3),
    "month": random.randint(1, 4, COUNT),
    "kind": pd.Series(random.choice(["I", "N"], COUNT), dtype=object),
    "night": random.random_sample(COUNT) < 0.3,
})
HOLED = FRAME.copy()
HOLED.loc[random.random_sample(COUNT) < 0.15, "airline"] = None
TARGET = pd.Series(((FRAME["month"] == 2) ^ (FRAME["airline"] == "Sky")).astype(int))
SIGNAL = pd.Series(FRAME["month"] * 1.5 + FRAME["distance"])
THREE = np.array(["early", "late", "on time"])[FRAME["month"] - 1]
BOTH = ["airline", "kind"]
NEW = pd.DataFrame({
    "airline": pd.Series(["Sky", "Gol", "unknown", None, "LATAM"], dtype=object),
    "distance": [0.5, -1.25, 3, 0, 2],
    "month": [1, 3, 7, 2, 2],
    "kind": pd.Series(["N", "I", "N", "I", "X"], dtype=object),
    "night": [True, False, True, False, False],
})
KNOWN = NEW[NEW["airline"].isin(["Sky", "Gol", "LATAM"]) & (NEW["kind"] != "X")]


def numbers(frame):
    """Booleans as clients that know none send them."""
    return frame.assign(night=frame["night"].astype(int))


def rows_of(frame):
    return [{name: None if value is None or value is pd.NA or value != value else value for name, value in zip(frame.columns, row)} for row in numbers(frame).astype(object).values.tolist()]


def case(kind, name, encoder, why, train=FRAME, new=NEW, target=TARGET, arrays=False, **about):
    train, new = numbers(train), numbers(new)
    encoder.fit(train, target)
    rows = rows_of(new)
    sent = [list(row.values()) for row in rows] if arrays else rows
    methods = ["transform"] if hasattr(encoder, "transform") else None
    write(kind, RELEASE + "-" + name, encoder, new, why, LIBRARY, methods=methods, sent=sent, **about)


def every(kind, encoder):
    """What all four do alike."""
    case(kind, "default", encoder(), "the columns that are texts, unknown and missing ones too")
    case(kind, "missing", encoder(), "missing values while fitting", train=HOLED)
    case(kind, "numbers", encoder(cols=["month", "airline"]), "numbers are categories; rows as lists", new=NEW.assign(kind=1), train=FRAME.assign(kind=1), arrays=True)
    case(kind, "return-nan", encoder(handle_unknown="return_nan", handle_missing="return_nan"), "what is unknown or missing is missing", train=HOLED)
    case(kind, "unknown-error", encoder(handle_unknown="error"), "an unknown one is an error", new=NEW[2:3], error="is no category")
    case(kind, "unknown-error-known", encoder(handle_unknown="error"), "known ones where an unknown one is an error", new=KNOWN)
    case(kind, "logistic", make_pipeline(encoder(cols=BOTH), StandardScaler(), LogisticRegression()), "before a scaler and a classifier", target=THREE if NUMBER >= (2, 8) or encoder != ce.TargetEncoder else TARGET)
    case(kind, "regressor", make_pipeline(encoder(), Ridge()), "before a regressor", target=SIGNAL)
    columns = ColumnTransformer([("e", encoder(), BOTH), ("n", "passthrough", ["distance", "month"])])
    case(kind, "columns", make_pipeline(columns, DecisionTreeClassifier(max_depth=4, random_state=0)), "inside a ColumnTransformer", new=NEW[:3] if NUMBER < (2, 5) else NEW)
    chained = make_pipeline(encoder(cols=["airline"]), encoder(cols=["kind"]), LogisticRegression())
    case(kind, "chained", chained, "one behind the other: a text passes the first")


def only(kind, encoder):
    if NUMBER >= (2, 5):
        case(kind, "invariant", encoder(drop_invariant=True, cols=["kind", "airline", "month"]), "columns that are always the same are dropped", train=FRAME.assign(month=1))
    if NUMBER >= (2, 5):
        case(kind, "missing-error", encoder(handle_missing="error"), "a missing one is an error", new=NEW[3:4], error="is missing")
    frame = HOLED.assign(airline=HOLED["airline"].astype("category"))
    case(kind, "category", encoder(), "a column of the type category", train=frame)


def ordinal():
    kind = "ce-ordinal"
    every(kind, ce.OrdinalEncoder)
    only(kind, ce.OrdinalEncoder)
    mapping = [{"col": "airline", "mapping": {"LATAM": 10, "Sky": 20, None: 0}}, {"col": "kind", "mapping": {"N": 1, "I": 2}}]
    case(kind, "mapping", ce.OrdinalEncoder(cols=BOTH, mapping=mapping), "numbers of one's own")
    if NUMBER >= (2, 11):
        case(kind, "handling-by-number", ce.OrdinalEncoder(handle_unknown=-7, handle_missing=-8), "unknown and missing ones by numbers of one's own")
        case(kind, "index-start", ce.OrdinalEncoder(index_start=0), "positions from 0")
        case(kind, "lumped", ce.OrdinalEncoder(cols=["airline"], min_group_size=12), "rare ones are one", new=NEW.assign(kind=0), train=FRAME.assign(kind=0))


def one_hot():
    kind = "ce-one-hot"
    every(kind, ce.OneHotEncoder)
    only(kind, ce.OneHotEncoder)
    case(kind, "names", ce.OneHotEncoder(use_cat_names=True), "columns named by their categories", train=HOLED)
    case(kind, "indicator", ce.OneHotEncoder(handle_unknown="indicator", handle_missing="indicator"), "columns for unknown and missing ones")


def target():
    kind = "ce-target"
    every(kind, ce.TargetEncoder)
    only(kind, ce.TargetEncoder)
    case(kind, "smoothed", ce.TargetEncoder(cols=["airline", "month"], min_samples_leaf=2, smoothing=3.5), "smoothed otherwise, by a number as target", target=SIGNAL, new=NEW.assign(kind=1), train=FRAME.assign(kind=1))


def counted():
    kind = "ce-count"
    every(kind, ce.CountEncoder)
    only(kind, ce.CountEncoder)
    case(kind, "shares", ce.CountEncoder(normalize=True), "shares rather than counts", train=HOLED)
    case(kind, "lumped", ce.CountEncoder(min_group_size=12), "rare ones are one", train=HOLED)
    case(kind, "unknown-by-number", ce.CountEncoder(handle_unknown=-3), "unknown ones by a number of one's own")
    each = ce.CountEncoder(handle_unknown={"airline": "return_nan"}, handle_missing={"kind": "return_nan"})
    case(kind, "by-column", each, "unknown and missing ones by column")


ordinal()
one_hot()
target()
counted()
