"""Models of old releases, with what they answered.

    for release in 0.22 0.20 0.19 0.18; do
        python -m venv /tmp/sklearn-$release && /tmp/sklearn-$release/bin/pip install -r requirements-sklearn-$release.txt
        /tmp/sklearn-$release/bin/python old_releases.py
    done

By Python 3.8 (0.22), 3.7 (0.20) and 3.6 (0.19, 0.18), the last ones that they have wheels for.
"""

import warnings

import numpy as np
import sklearn
from sklearn.ensemble import AdaBoostClassifier, GradientBoostingClassifier, GradientBoostingRegressor, RandomForestClassifier
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from case_files import write

try:
    import pandas as pd
except ImportError:  # None is needed with 0.18.
    pd = None

warnings.simplefilter("ignore")
RELEASE = ".".join(sklearn.__version__.split(".")[:2])
NUMBER = tuple(int(part) for part in RELEASE.split("."))
LIBRARY = "scikit-learn " + sklearn.__version__
random = np.random.RandomState(31)
COUNT = 120
X = random.normal(size=(COUNT, 4))
SIGNAL = X[:, 0] - X[:, 1] + 0.5 * X[:, 2] ** 2 + 0.3 * random.normal(size=COUNT)
BINARY = (SIGNAL > 0.3).astype(int)
THREE = np.array(["early", "late", "on time"])[np.digitize(SIGNAL, [-0.3, 0.9])]
NEW = random.normal(size=(7, 4)) * 1.5
FRAME = pd.DataFrame({
    "distance": X[:, 0],
    "delay": np.where(random.random_sample(COUNT) < 0.1, np.nan, X[:, 1]),
    "airline": pd.Series(random.choice(["LATAM", "Sky", "JetSmart"], COUNT), dtype=object),
    "month": random.randint(1, 13, COUNT),
}) if pd else None


def case(kind, name, model, rows, target, why, new=NEW, library=LIBRARY, release=RELEASE, **about):
    model.fit(rows, target)
    if not hasattr(model, "classes_") and "methods" not in about:
        # Until 0.18 regressors had a decision_function too, which was predict.
        about["methods"] = ["predict"]
    write(kind, release + "-" + name, model, new, why, library, **about)


def gradient_boosting():
    kind = "old-gradient-boosting"
    small = {"n_estimators": 4, "max_depth": 2, "random_state": 0}
    case(kind, "binary", GradientBoostingClassifier(**small), X, BINARY, "log loss, of two classes")
    case(kind, "three", GradientBoostingClassifier(**small), X, THREE, "log loss, of three classes that are texts")
    case(kind, "exponential", GradientBoostingClassifier(loss="exponential", **small), X, BINARY == 1, "exponential loss, booleans as classes")
    case(kind, "sampled", GradientBoostingClassifier(subsample=0.7, max_features=2, learning_rate=0.3, **small), X, THREE, "some of the rows and columns at a time")
    case(kind, "regressor", GradientBoostingRegressor(**small), X, SIGNAL, "least squares")
    for loss in ("lad", "huber", "quantile"):
        case(kind, loss, GradientBoostingRegressor(loss=loss, alpha=0.8, **small), X, SIGNAL, "the loss " + loss)
    case(kind, "pipeline", make_pipeline(StandardScaler(), GradientBoostingRegressor(**small)), X, SIGNAL, "in a pipeline")
    if NUMBER < (0, 21):
        case(kind, "init-zero", GradientBoostingRegressor(init=sklearn.ensemble.gradient_boosting.ZeroEstimator(), **small), X, SIGNAL, "starting from zero")


def hist_gradient_boosting():
    from sklearn.experimental import enable_hist_gradient_boosting  # noqa: F401
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    kind = "old-hist-gradient-boosting"
    holed = np.where(random.random_sample(X.shape) < 0.15, np.nan, X)
    new = np.where(random.random_sample(NEW.shape) < 0.2, np.nan, NEW)
    small = {"max_iter": 4, "min_samples_leaf": 6, "random_state": 0}
    case(kind, "binary", HistGradientBoostingClassifier(**small), holed, BINARY, "two classes, missing values", new=new)
    case(kind, "three", HistGradientBoostingClassifier(**small), X, THREE, "three classes that are texts")
    case(kind, "three-missing", HistGradientBoostingClassifier(max_leaf_nodes=5, **small), holed, THREE, "three classes, missing values", new=new)
    case(kind, "regressor", HistGradientBoostingRegressor(**small), holed, SIGNAL, "least squares, missing values", new=new)
    case(kind, "absolute", HistGradientBoostingRegressor(loss="least_absolute_deviation", **small), X, SIGNAL, "least absolute deviation")
    case(kind, "stopped-early", HistGradientBoostingClassifier(n_iter_no_change=2, validation_fraction=0.3, max_iter=12, min_samples_leaf=6, random_state=0), X, BINARY, "stopped early: the scorer is in the file")


def column_transformer():
    from sklearn.compose import ColumnTransformer, make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, OrdinalEncoder

    kind = "old-column-transformer"
    new = pd.DataFrame({"distance": [0.5, -2, 0.1], "delay": [1.5, np.nan, -0.5], "airline": ["Sky", "another", "LATAM"], "month": [1, 12, 7]})
    known = new.assign(airline=["Sky", "LATAM", "JetSmart"])
    parts = [
        ("number", make_pipeline(SimpleImputer(), StandardScaler()), ["distance", "delay"]),
        ("airline", OneHotEncoder(handle_unknown="ignore"), ["airline"]),
    ]
    # Until 0.21 the columns' names are not kept: clients send lists.
    about = {"new": new, "sent": [[0.5, 1.5, "Sky", 1], [-2, None, "another", 12], [0.1, -0.5, "LATAM", 7]]}
    known_about = {"new": known, "sent": [[0.5, 1.5, "Sky", 1], [-2, None, "LATAM", 12], [0.1, -0.5, "JetSmart", 7]]}
    dropping = make_pipeline(ColumnTransformer(parts), LogisticRegression(solver="liblinear"))
    case(kind, "drop", dropping, FRAME, THREE, "what remains is dropped", **about)
    passing = make_pipeline(ColumnTransformer(parts, remainder="passthrough"), LogisticRegression(solver="liblinear"))
    case(kind, "passthrough", passing, FRAME, BINARY, "what remains passes", **about)
    scaled = make_pipeline(ColumnTransformer(parts, remainder=MinMaxScaler()), Ridge())
    case(kind, "remainder", scaled, FRAME, SIGNAL, "what remains is scaled", **about)
    ordinal = ColumnTransformer([("o", OrdinalEncoder(), ["airline"]), ("p", "passthrough", ["month"]), ("d", "drop", ["delay"])], transformer_weights={"o": 2.0})
    case(kind, "weighted", make_pipeline(ordinal, DecisionTreeClassifier(max_depth=3, random_state=0)), FRAME, BINARY, "weights, a passing and a dropped part", **known_about)
    by_position = ColumnTransformer([("s", StandardScaler(), [0, 1]), ("m", MinMaxScaler(), slice(2, 4))])
    case(kind, "positions", by_position, X, BINARY, "columns by position and by slice; it transforms", methods=["transform"])
    case(kind, "mask", make_pipeline(ColumnTransformer([("s", StandardScaler(), [True, False, True, False])], remainder="passthrough"), Ridge()), X, SIGNAL, "columns by a mask")


def searches():
    from sklearn.model_selection import GridSearchCV, RandomizedSearchCV

    kind = "old-search"
    liblinear = LogisticRegression(solver="liblinear")
    case(kind, "grid", GridSearchCV(liblinear, {"C": [0.1, 1, 10]}, cv=3), X, THREE, "by the default scorer")
    case(kind, "scored", GridSearchCV(make_pipeline(StandardScaler(), SVC(gamma=0.5)), {"svc__C": [0.5, 2]}, scoring="f1_macro", cv=2, return_train_score=True), X, THREE, "a pipeline, by a scorer with a name")
    case(kind, "regressor", GridSearchCV(Ridge(), {"alpha": np.logspace(-1, 1, 3)}, scoring="neg_mean_squared_error", cv=3), X, SIGNAL, "a regressor, by an error")
    case(kind, "random", RandomizedSearchCV(RandomForestClassifier(n_estimators=3, random_state=0), {"max_depth": [2, 3, 4], "min_samples_leaf": [1, 3]}, n_iter=3, random_state=0, cv=2), X, BINARY, "candidates drawn from lists")
    if NUMBER >= (0, 19):
        several = GridSearchCV(liblinear, {"C": [0.1, 1]}, scoring=["accuracy", "roc_auc"], refit="roc_auc", cv=2)
        case(kind, "several-scores", several, X, BINARY, "by several scores")
    boosted = GridSearchCV(GradientBoostingClassifier(n_estimators=3, max_depth=2, random_state=0), {"learning_rate": [0.1, 0.5]}, cv=2)
    case(kind, "boosted", boosted, X, BINARY, "gradient boosting inside")


def light_gbm():
    try:
        import lightgbm
    except ImportError:
        return
    kind = "old-lightgbm"
    library = "lightgbm " + lightgbm.__version__ + ", " + LIBRARY
    release = ".".join(lightgbm.__version__.split(".")[:2]) + "-sklearn-" + RELEASE
    small = {"n_estimators": 4, "num_leaves": 6, "min_child_samples": 5, "n_jobs": 1}
    holed = np.where(random.random_sample(X.shape) < 0.15, np.nan, X)
    new = np.where(random.random_sample(NEW.shape) < 0.2, np.nan, NEW)

    def boosted(name, model, rows, target, why, new=new, **about):
        case(kind, name, model, rows, target, why, new, library, release, **about)

    boosted("binary", lightgbm.LGBMClassifier(**small), holed, BINARY, "two classes, missing values")
    boosted("three", lightgbm.LGBMClassifier(**small), holed, THREE, "three classes that are texts")
    boosted("regressor", lightgbm.LGBMRegressor(**small), holed, SIGNAL, "a regressor")
    boosted("poisson", lightgbm.LGBMRegressor(objective="poisson", **small), X, np.exp(SIGNAL), "another objective")
    boosted("dart", lightgbm.LGBMClassifier(boosting_type="dart", **small), X, BINARY, "another kind of boosting")
    boosted("forest", lightgbm.LGBMRegressor(boosting_type="rf", subsample=0.7, subsample_freq=1, **small), X, SIGNAL, "a random forest")
    frame = FRAME.drop(columns="airline").assign(airline=FRAME["airline"].astype("category"))
    sent = [[0.5, 1.5, 1, "Sky"], [-2, None, 12, "another"], [0.1, -0.5, 7, "LATAM"]]
    asked = pd.DataFrame(sent, columns=list(frame.columns))
    asked["delay"] = asked["delay"].astype(float)
    asked["airline"] = pd.Categorical(asked["airline"], categories=frame["airline"].cat.categories)
    boosted("categories", lightgbm.LGBMClassifier(**small), frame, BINARY, "a data frame's categories", new=asked, sent=sent)
    booster = lightgbm.train({"objective": "binary", "num_leaves": 6, "min_data_in_leaf": 5, "verbose": -1}, lightgbm.Dataset(X, BINARY), 4)
    write(kind, release + "-booster", booster, NEW, "a Booster by itself", library, methods=["predict"])
    boosted("pipeline", make_pipeline(StandardScaler(), lightgbm.LGBMClassifier(**small)), X, BINARY, "in a pipeline", new=NEW)


if NUMBER < (0, 21):
    gradient_boosting()
    searches()
if NUMBER == (0, 22):
    hist_gradient_boosting()
if NUMBER == (0, 20):
    column_transformer()
light_gbm()
