"""Makes the kinds rows-* and multi-output-*: what callers may call, leave out, or send in columns.

    python3.11 -m venv /tmp/kinds-rows
    /tmp/kinds-rows/bin/pip install -r ../requirements-lightgbm-4.7.txt
    /tmp/kinds-rows/bin/python rows.py
"""

import json
import pickle
import sys
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.datasets import make_multilabel_classification
from sklearn.ensemble import GradientBoostingRegressor, HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.multioutput import MultiOutputClassifier
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier

KINDS = Path(__file__).parent / "../../resources/kinds"
METHODS = ("predict", "predict_proba", "decision_function")


def plain(value):
    """As JSON has it."""
    if isinstance(value, np.ndarray):
        return [plain(item) for item in value.tolist()]
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return None if isinstance(value, float) and np.isnan(value) else value


def write(kind, case, model, why, rows, frame=None, **about):
    """What the model says of `frame`, or of nothing where the rows are to be refused."""
    folder = KINDS / kind
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{case}.pkl").write_bytes(pickle.dumps(model, protocol=4))
    library = f"scikit-learn {sklearn.__version__}"
    if isinstance(model, lightgbm.LGBMModel):
        library = f"lightgbm {lightgbm.__version__}"
    about = {"library": library, "why": why, "rows": plain(rows), **about}
    if frame is not None:
        about["expected"] = {
            name: plain(getattr(model, name)(frame)) for name in METHODS if hasattr(model, name)
        }
    (folder / f"{case}.expect.json").write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n")


def frame(seed=0, n=40):
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "id": [f"row {i}" for i in range(n)],
            "age": random.normal(40, 10, n).round(1),
            "note": random.choice(["a", "b"], n),
            "port": random.choice(["S", "C", "Q"], n),
            "fare": random.exponential(30, n).round(2),
        }
    )


def dropped_columns():
    X = frame()
    y = (X["fare"] + X["age"] > 65).astype(int)
    remainder = make_pipeline(
        ColumnTransformer([("scale", StandardScaler(), ["age", "fare"]), ("port", OneHotEncoder(), ["port"])]),
        LogisticRegression(),
    ).fit(X, y)
    rows = X.head(4)
    write("rows-dropped-columns", "sent", remainder, "columns that are dropped are sent as they were",
          rows.to_dict("records"), rows)
    left_out = rows.drop(columns=["id", "note"])
    write("rows-dropped-columns", "left-out", remainder, "and may be left out by name",
          left_out.to_dict("records"), left_out)
    anything = left_out.to_dict("records")
    for row, sent in zip(anything, [None, True, {"of": ["any", "kind"]}, 1.5]):
        row["note"] = sent
    write("rows-dropped-columns", "anything", remainder, "and be of any kind", anything, left_out)
    lists = [[f"{i}", *row[1:]] for i, row in enumerate(rows.values.tolist())]
    write("rows-dropped-columns", "lists", remainder, "in lists they keep their place", lists, rows)
    write("rows-dropped-columns", "needed", remainder, "the others are still needed",
          [{"id": "x", "age": 1, "note": "b", "port": "S"}], error="'fare'")
    by_name = make_pipeline(
        ColumnTransformer([("no", "drop", ["note", "port"]), ("no too", "drop", ["id"])], remainder="passthrough"),
        GradientBoostingRegressor(n_estimators=5, max_depth=2, random_state=0),
    ).fit(X, X["fare"] * 2 + X["age"])
    write("rows-dropped-columns", "dropped-by-name", by_name, "columns that 'drop' names",
          left_out.drop(columns=["port"]).to_dict("records"), rows)
    arrays = make_pipeline(
        ColumnTransformer([("keep", "passthrough", [0, 2])]), LinearRegression()
    ).fit(X[["age", "fare", "fare"]].values, X["age"])
    write("rows-dropped-columns", "without-names", arrays, "columns without names keep their place",
          [[1.5, "?", 2], [3, None, 4]], np.array([[1.5, 0, 2], [3, 0, 4]]))


def booleans():
    X = pd.get_dummies(frame()[["age", "port"]], columns=["port"])
    y = (X["age"] > 40).astype(int)
    rows = X.head(4)
    for name, model in {
        "get-dummies": LogisticRegression(),
        "forest": RandomForestClassifier(n_estimators=3, max_depth=2, random_state=0),
        "knn": KNeighborsClassifier(3),
    }.items():
        model.fit(X, y)
        write("rows-booleans", name, model, "true and false are 1 and 0", rows.to_dict("records"), rows)
    X = pd.DataFrame({"member": [True, False] * 20, "n": np.arange(40.0)})
    y = (np.arange(40) % 3 == 0).astype(int)
    encoded = make_pipeline(
        ColumnTransformer([("flag", OneHotEncoder(handle_unknown="ignore"), ["member"])], remainder="passthrough"),
        LogisticRegression(),
    ).fit(X, y)
    rows = X.head(3)
    write("rows-booleans", "one-hot", encoded, "categories that are booleans", rows.to_dict("records"), rows)
    ordinal = make_pipeline(OrdinalEncoder(), LogisticRegression()).fit(X[["member"]], y)
    write("rows-booleans", "ordinal", ordinal, "categories that are booleans",
          X[["member"]].head(2).to_dict("records"), X[["member"]].head(2))
    categories = X.assign(member=X["member"].astype("category"))
    boosted = lightgbm.LGBMClassifier(n_estimators=3, min_child_samples=2, verbose=-1).fit(categories, y)
    write("rows-booleans", "lightgbm-categories", boosted, "pandas' categories that are booleans",
          rows.to_dict("records"), categories.head(3))


def names_with_spaces():
    random = np.random.default_rng(1)
    X = pd.DataFrame(random.normal(size=(60, 3)), columns=["sepal length (cm)", "petal width", "id_no"])
    y = (X["petal width"] > 0).astype(int)
    rows = X.head(3)
    options = {"n_estimators": 4, "min_child_samples": 2, "verbose": -1}
    classifier = lightgbm.LGBMClassifier(**options).fit(X, y)
    write("rows-names-with-spaces", "classifier", classifier, "the names of the data frame",
          rows.to_dict("records"), rows)
    underscores = rows.rename(columns=lambda name: name.replace(" ", "_"))
    write("rows-names-with-spaces", "underscores", classifier, "the names that LightGBM made of them",
          underscores.to_dict("records"), rows)
    regressor = lightgbm.LGBMRegressor(**options).fit(X, X["petal width"] * 2)
    write("rows-names-with-spaces", "regressor", regressor, "the names of the data frame",
          rows.to_dict("records"), rows)
    both = {**rows.to_dict("records")[0], "petal_width": 1}
    write("rows-names-with-spaces", "twice", regressor, "one column under both of its names", [both],
          error="twice")


def one_hot_groups():
    random = np.random.default_rng(2)
    X = pd.DataFrame(
        random.normal(size=(60, 4)), columns=["sepal_length", "sepal_width", "petal_length", "petal_width"]
    )
    y = (X["petal_width"] + X["sepal_length"] > 0).astype(int)
    measures = [{"sepal": "length", "petal": "width"}]
    write("rows-one-hot-groups", "measures-linear", LogisticRegression().fit(X, y),
          "two prefixes with the same suffixes name measures", measures, error="no feature 'sepal'")
    two = X[["sepal_length", "sepal_width"]]
    tree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(two, y)
    write("rows-one-hot-groups", "measures-tree", tree, "columns compared with other numbers than 0 to 1",
          [{"sepal": "length"}], error="no feature 'sepal'")
    people = pd.DataFrame({"smoker": random.choice(["no", "yes"], 60), "drinker": random.choice(["no", "yes"], 60)})
    risk = (people["smoker"] == "yes").astype(int) ^ (people["drinker"] == "yes").astype(int)
    flags = pd.get_dummies(people)
    rows = people.head(4)
    for name, model in {
        "same-categories-forest": RandomForestClassifier(n_estimators=4, random_state=0),
        "same-categories-hist": HistGradientBoostingClassifier(max_iter=4, min_samples_leaf=2),
        "same-categories-lightgbm": lightgbm.LGBMClassifier(n_estimators=4, min_child_samples=2, verbose=-1),
    }.items():
        write("rows-one-hot-groups", name, model.fit(flags, risk), "columns of 0 and 1, by their comparisons",
              rows.to_dict("records"), flags.head(4))
    months = pd.get_dummies(pd.DataFrame({"MES": random.integers(1, 13, 60), "OPERA": random.choice(["LA", "Q"], 60)}),
                            columns=["MES", "OPERA"])
    linear = LogisticRegression().fit(months, risk)
    groups = [{"MES": 1, "OPERA": "LA"}, {"MES": 12, "OPERA": "Q"}]
    as_columns = pd.DataFrame(0, index=range(2), columns=months.columns)
    as_columns.loc[0, ["MES_1", "OPERA_LA"]] = 1
    as_columns.loc[1, ["MES_12", "OPERA_Q"]] = 1
    write("rows-one-hot-groups", "different-categories-linear", linear, "prefixes with suffixes of their own",
          groups, as_columns)


def several_outputs():
    random = np.random.default_rng(3)
    X = random.normal(size=(60, 4)).round(3)
    y = np.column_stack([
        random.choice(["early", "late"], 60), random.choice(["gate", "runway", "weather"], 60)
    ])
    rows = X[:4]
    for name, model in {
        "forest": RandomForestClassifier(n_estimators=3, max_depth=3, random_state=0),
        "each-by-itself": MultiOutputClassifier(LogisticRegression()),
        "knn": KNeighborsClassifier(5),
    }.items():
        write("multi-output-probabilities", name, model.fit(X, y), "outputs with classes of their own", rows, rows)
    X, y = make_multilabel_classification(40, 5, n_classes=3, random_state=0)
    labels = RandomForestClassifier(n_estimators=3, max_depth=3, random_state=0).fit(X, y)
    write("multi-output-probabilities", "labels", labels, "labels that are there or not", X[:4], X[:4])


def behind_encoders():
    X = frame()
    y = (X["age"] > 40).astype(int)
    encoded = make_pipeline(
        ColumnTransformer([("port", OneHotEncoder(), ["port"])], remainder="passthrough"), LogisticRegression()
    ).fit(X[["port", "fare", "age"]], y)
    write("rows-named-behind-encoders", "passed-missing", encoded, "a missing value that an encoder passes by",
          [{"port": "S", "fare": 1, "age": 2}, {"port": "Q", "fare": 1, "age": None}], error="row 1, feature 'age'")
    selected = make_pipeline(
        ColumnTransformer([("port", OneHotEncoder(), ["port"])], remainder="passthrough"),
        SelectKBest(k=2),
        LogisticRegression(),
    ).fit(X[["port", "fare", "age"]], y)
    write("rows-named-behind-encoders", "two-steps-missing", selected, "a missing value two steps away, of two",
          [{"port": "S", "fare": None, "age": None}], error="row 0, feature 'fare'")
    union = make_pipeline(
        FeatureUnion([("port", ColumnTransformer([("one-hot", OneHotEncoder(), ["port"])])),
                      ("numbers", ColumnTransformer([("fare", "passthrough", ["fare", "age"])]))]),
        LogisticRegression(),
    ).fit(X[["port", "fare", "age"]], y)
    write("rows-named-behind-encoders", "union-missing", union, "a missing value that a union passes",
          [{"port": "S", "fare": None, "age": None}], error="row 0, feature 'fare'")


if __name__ == "__main__":
    behind_encoders()
    dropped_columns()
    booleans()
    names_with_spaces()
    one_hot_groups()
    several_outputs()
    print("made", sum(1 for kind in ("rows-*", "multi-*") for _ in KINDS.glob(f"{kind}/*.pkl")), "files", file=sys.stderr)
