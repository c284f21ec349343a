"""Neighbours that are as far away as others, of which NumPy's partition or a heap takes some, and rows that are fitted ones.

    for release in 1.9 1.6 1.3 1.0; do
        python -m venv /tmp/sklearn-$release && /tmp/sklearn-$release/bin/pip install -r requirements-sklearn-$release.txt
        /tmp/sklearn-$release/bin/python neighbors_ties.py
    done

All numbers are small and whole, so that no distance is rounded; except of rows that are fitted ones, whose steps must round as the
library's do: where a distance is 0, that neighbour alone is counted.
"""

import os

# Since 2.0 NumPy's partition depends on the processor: the predictor follows the code that is for all of them. Each release knows
# some of these names.
os.environ["NPY_DISABLE_CPU_FEATURES"] = "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR X86_V3 X86_V4"

import warnings

import numpy as np
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.impute import KNNImputer
from sklearn.linear_model import Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, PowerTransformer

from case_files import write

warnings.simplefilter("ignore")
RELEASE = ".".join(sklearn.__version__.split(".")[:2])
VERSION = tuple(int(part) for part in RELEASE.split("."))
LIBRARY = "scikit-learn %s, NumPy %s" % (sklearn.__version__, np.__version__)
random = np.random.RandomState(3)
WHOLE = random.randint(0, 3, (90, 4))
REAL = WHOLE.astype(float)
SIGNAL = random.normal(size=90)
CLASSES = np.array(["early", "late", "on time"])[random.randint(0, 3, 90)]
NEW = random.randint(0, 3, (12, 4))
# The predictor takes rows for real numbers; asked with whole ones, the library makes a partition of real ones too.
NEW_REAL = NEW.astype(float)
HOLED = np.where(random.rand(90, 4) < 0.2, np.nan, REAL)
NEW_HOLED = np.where(random.rand(12, 4) < 0.4, np.nan, NEW)
WORDS = np.array(["fog", "late", "snow", "crew", "gate"])
TEXTS = [" ".join(random.choice(WORDS, 3)) for _ in range(90)]
MEASURED = random.normal(size=(90, 3))


def case(name, model, rows, target, new, why):
    model.fit(rows, target)
    write("sk-neighbors-ties", RELEASE + "-" + name, model, new, why, LIBRARY)


def main():
    near = dict(algorithm="brute")
    for count in (3, 6, 20):
        case("whole-%d" % count, KNeighborsRegressor(count, **near), WHOLE, SIGNAL, NEW, "whole numbers are partitioned")
        case("real-%d" % count, KNeighborsRegressor(count, **near), REAL, SIGNAL, NEW_REAL, "real numbers are kept in a heap, since 1.1")
        case("imputed-%d" % count, make_pipeline(KNNImputer(n_neighbors=count), Ridge()), HOLED, SIGNAL, NEW_HOLED, "donors are partitioned")
    case("classes", KNeighborsClassifier(7, weights="distance", **near), WHOLE, CLASSES, NEW, "classes, weighted by distance")
    case("manhattan", KNeighborsRegressor(5, metric="manhattan", **near), REAL, SIGNAL, NEW_REAL, "another metric")
    case("tree", KNeighborsRegressor(5, algorithm="kd_tree"), WHOLE, SIGNAL, NEW, "whole numbers in a tree")
    encoder = OneHotEncoder(handle_unknown="ignore")
    case("sparse", make_pipeline(encoder, KNeighborsRegressor(5)), REAL, SIGNAL, NEW, "sparse rows are partitioned, except from 1.2 to 1.4.0")
    case("sparse-manhattan", make_pipeline(encoder, KNeighborsRegressor(5, metric="manhattan")), REAL, SIGNAL, NEW, "sparse rows by another metric")
    case("counts", make_pipeline(CountVectorizer(), KNeighborsClassifier(4)), TEXTS, CLASSES, TEXTS[:6] + ["fog", ""], "counts are whole numbers")
    itself = KNeighborsRegressor(4, weights="distance")
    if VERSION < (1, 9):
        case("itself-power", make_pipeline(PowerTransformer(), itself), MEASURED, SIGNAL, MEASURED[:20], "powers of fitted rows are their powers")
    # Dense: until 1.4 the cells of a sparse row are in another order, in which the predictor does not add them up.
    words = ColumnTransformer([("words", TfidfVectorizer(ngram_range=(1, 2)), 0), ("others", OneHotEncoder(), [1])], sparse_threshold=0)
    rows = np.column_stack([np.array(TEXTS, dtype=object), WHOLE[:, 0]])
    case("itself-words", make_pipeline(words, KNeighborsRegressor(4, weights="distance", algorithm="kd_tree")), rows, SIGNAL, rows[:20], "weights of fitted texts are not all their weights")


if __name__ == "__main__":
    main()
