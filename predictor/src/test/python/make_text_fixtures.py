"""Text vectorizers and what stands behind them, pickled with what they answer.

    python make_text_fixtures.py

Run by hand with scikit-learn 1.9 and 1.2 (requirements-sklearn-*.txt); writes ../resources/parity-text/v<release>-<case>.pkl and
.json: inputs, and expected outputs; those that are not read say in `refused` which words the refusal has.
"""

import os

# Which of several neighbours are taken NumPy 2 leaves to the processor: its code for all of them decides. Each release knows some names.
os.environ["NPY_DISABLE_CPU_FEATURES"] = "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR X86_V3 X86_V4"

import gzip
import json
import pathlib
import pickle
import warnings

import numpy as np
import pandas as pd
import sklearn
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import TruncatedSVD
from sklearn.ensemble import RandomForestClassifier, StackingClassifier, VotingClassifier
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.feature_selection import SelectKBest, chi2
from sklearn.linear_model import (
    LogisticRegression,
    PassiveAggressiveClassifier,
    Perceptron,
    Ridge,
    RidgeClassifier,
    SGDClassifier,
    SGDRegressor,
)
from sklearn.model_selection import GridSearchCV
from sklearn.multiclass import OneVsRestClassifier
from sklearn.naive_bayes import BernoulliNB, ComplementNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import MaxAbsScaler, Normalizer, OneHotEncoder, StandardScaler
from sklearn.svm import SVC, SVR, LinearSVC, NuSVC

warnings.simplefilter("ignore")
RELEASE = ".".join(sklearn.__version__.split(".")[:2])
FOLDER = pathlib.Path(__file__).parent.parent / "resources" / "parity-text"

WORDS = (
    "late late delayed on time flight gate closed the a of to Rome Lima Köln São-Paulo naïve café İstanbul ΣΑΣ straße ﬁle don't "
    "x2 2024 ½ first_class e-mail weather crew strike fog 北京 東京 नमस्ते 👩‍✈️ U.S. I o'clock"
).split()
random = np.random.default_rng(11)
TEXTS = [" ".join(random.choice(WORDS, random.integers(3, 14))) for _ in range(80)]
SCORES = np.array([text.count("late") + 2 * text.count("fog") - text.count("Rome") for text in TEXTS], dtype=float)
BINARY = (SCORES > np.median(SCORES)).astype(int)
THREE = np.array(["early", "late", "very late"])[np.digitize(SCORES, [0.5, 2.5])]
ROWS = TEXTS[:12] + [
    "",
    "   \t\n ",
    "nothing of this was seen",
    "LATE!!late\x1clate\u2028FOG  fog\u00a0\u3000Rome",
    "İİ ΣΣ ẞ ﬁ e\u0301 n\u0303aive ½ ² ٣ Ⅷ x\u0947y",
    "a b c d",
    "👩‍✈️ 👩‍✈️👩‍✈️ late",
    "the the the of of a",
    "strike\u0000strike first_class__ _late_ l_a",
    "o\u0334\u0301clock q\u0345\u0323 \u1d15e\U0001d15f",
    "late " * 50,
]


def write(name, model, rows, expected):
    FOLDER.mkdir(parents=True, exist_ok=True)
    base = FOLDER / f"v{RELEASE}-{name}"
    content = pickle.dumps(model, protocol=2 if "protocol-2" in name else 4)
    base.with_name(base.name + ".pkl").write_bytes(content if len(content) < 1 << 20 else gzip.compress(content, mtime=0))
    text = json.dumps({"inputs": rows, **expected})
    base.with_name(base.name + ".json").write_text(text + "\n")


def answers(model, rows):
    expected = {}
    for method in ("predict", "predict_proba", "decision_function"):
        if hasattr(model, method):
            expected[method] = getattr(model, method)(rows).tolist()
    return {"expected": expected}


def case(name, vectorizer, last, target=BINARY, rows=ROWS):
    model = make_pipeline(*(vectorizer if isinstance(vectorizer, tuple) else (vectorizer,)), last)
    model.fit(TEXTS, target)
    write(name, model, rows, answers(model, rows))


def refused(name, model, words, target=BINARY):
    write(name, model.fit(TEXTS, target), ROWS[:2], {"refused": words})


def logistic(name, *vectorizer):
    case(name, vectorizer, LogisticRegression(C=10))


def exactly_the_words(name, pattern, **options):
    """A regression of made-up weights: what is counted decides, not how well it was fitted."""
    vectorizer = CountVectorizer(token_pattern=pattern, **options)
    case(name, vectorizer, Ridge(), SCORES)


logistic("count", CountVectorizer())
logistic("count-protocol-2", CountVectorizer(max_features=20))
logistic("count-binary", CountVectorizer(binary=True))
logistic("count-case", CountVectorizer(lowercase=False))
logistic("count-ngrams", CountVectorizer(ngram_range=(1, 3), max_features=300))
logistic("count-stop-list", CountVectorizer(stop_words=["late", "the"], ngram_range=(1, 2), max_features=300))
logistic("count-accents-ascii", CountVectorizer(strip_accents="ascii"))
logistic("count-accents-unicode", CountVectorizer(strip_accents="unicode"))
logistic("count-char", CountVectorizer(analyzer="char", ngram_range=(1, 3), max_features=400))
logistic("count-char-wb", CountVectorizer(analyzer="char_wb", ngram_range=(2, 6), max_features=400))
logistic("count-char-accents", CountVectorizer(analyzer="char", strip_accents="unicode", ngram_range=(2, 2)))
logistic("count-vocabulary", CountVectorizer(vocabulary=["late", "fog", "rome", "the"]))
logistic("count-float", CountVectorizer(dtype=np.float32, min_df=2, max_df=0.9))
logistic("tfidf", TfidfVectorizer())
logistic("tfidf-english", TfidfVectorizer(stop_words="english", max_df=0.8, min_df=2))
logistic("tfidf-sublinear-l1", TfidfVectorizer(sublinear_tf=True, norm="l1", ngram_range=(1, 2), max_features=200))
logistic("tfidf-plain", TfidfVectorizer(use_idf=False, norm=None))
logistic("tfidf-no-smooth", TfidfVectorizer(smooth_idf=False, binary=True))
logistic("tfidf-char-wb", TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3)))
logistic("count-then-tfidf", CountVectorizer(), TfidfTransformer())
logistic("count-then-tfidf-no-idf", CountVectorizer(), TfidfTransformer(use_idf=False, sublinear_tf=True))
logistic("count-then-tfidf-protocol-2", CountVectorizer(), TfidfTransformer(norm="l1"))
logistic("hashing", HashingVectorizer(n_features=64))
logistic("hashing-one-sign", HashingVectorizer(n_features=97, alternate_sign=False, norm=None))
logistic("hashing-l1-char", HashingVectorizer(n_features=128, analyzer="char_wb", ngram_range=(2, 4), norm="l1"))
logistic("hashing-binary", HashingVectorizer(n_features=16, binary=True, norm=None))
logistic("hashing-tfidf", HashingVectorizer(n_features=64), TfidfTransformer())
logistic("tfidf-select", TfidfVectorizer(), SelectKBest(chi2, k=10))
logistic("tfidf-svd", TfidfVectorizer(), TruncatedSVD(5, random_state=0))
logistic("tfidf-normalizer", CountVectorizer(), Normalizer(), MaxAbsScaler(), StandardScaler(with_mean=False))

for number, pattern in enumerate(
    [
        r"(?u)\b\w+\b",
        r"\w+",
        r"\w{3,}",
        r"[a-zA-Z]+",
        r"[^\W\d_]+",
        r"[^\s,]{2,}",
        r"\S+",
        r"\b[a-z][a-z]+\b",
        r"\b\w[\w'-]*\w\b",
        r"\b\w+(?:'\w+)?\b",
        r"(?:late|fog|\d+)",
        r"(\w+)[-']\w+",
        r"\B\w|\w\w?",
        r".",
        r"[À-ɏ]+|\W{2}",
    ]
):
    exactly_the_words(f"pattern-{number:02d}", pattern)

tfidf = TfidfVectorizer(max_features=120)
case("bayes-multinomial", CountVectorizer(), MultinomialNB(), THREE)
case("bayes-multinomial-tfidf", tfidf, MultinomialNB(alpha=0.1))
case("bayes-complement", CountVectorizer(), ComplementNB(), THREE)
case("bayes-bernoulli", CountVectorizer(), BernoulliNB(), THREE)
case("bayes-bernoulli-threshold", tfidf, BernoulliNB(binarize=0.3))
case("svc-linear", tfidf, SVC(kernel="linear"), THREE)
case("svc-rbf", tfidf, SVC(random_state=0), BINARY)
case("svc-poly", CountVectorizer(max_features=50), SVC(kernel="poly", degree=2, decision_function_shape="ovo"), THREE)
case("svc-sigmoid", tfidf, NuSVC(kernel="sigmoid", nu=0.3))
case("svr", tfidf, SVR(), SCORES)
case("linear-svc", tfidf, LinearSVC(), THREE)
case("sgd", tfidf, SGDClassifier(random_state=0), THREE)
case("sgd-log", HashingVectorizer(n_features=256), SGDClassifier(loss="log_loss", random_state=0), THREE)
case("sgd-regressor", tfidf, SGDRegressor(random_state=0), SCORES)
case("passive-aggressive", tfidf, PassiveAggressiveClassifier(random_state=0))
case("perceptron", tfidf, Perceptron(random_state=0))
case("ridge-classifier", tfidf, RidgeClassifier(), THREE)
case("multinomial", tfidf, LogisticRegression(C=5), THREE)
case("one-vs-rest", tfidf, OneVsRestClassifier(LogisticRegression()), THREE)
case("calibrated", tfidf, CalibratedClassifierCV(LinearSVC(), cv=2))
case("forest", CountVectorizer(max_features=20), RandomForestClassifier(3, random_state=0))

union = FeatureUnion([("words", TfidfVectorizer()), ("letters", HashingVectorizer(analyzer="char", n_features=50))],
                     transformer_weights={"letters": 0.25})
logistic("union", union)
search = GridSearchCV(make_pipeline(TfidfVectorizer(), LogisticRegression()), {"logisticregression__C": [0.1, 1]}, cv=2)
search.fit(TEXTS, BINARY)
write("search", search, ROWS, answers(search, ROWS))

text_models = [("l", make_pipeline(TfidfVectorizer(), LogisticRegression())), ("b", make_pipeline(CountVectorizer(), MultinomialNB()))]
for name, around in {
    "around-voting": VotingClassifier(text_models, voting="soft"),
    "around-stacking": StackingClassifier(text_models, cv=2),
    "around-calibrated": CalibratedClassifierCV(make_pipeline(tfidf, LinearSVC()), cv=2),
    "around-one-vs-rest": OneVsRestClassifier(text_models[0][1]),
}.items():
    write(name, around.fit(TEXTS, BINARY), ROWS, answers(around, ROWS))

frame = pd.DataFrame({
    "remark": pd.Series(TEXTS, dtype=object),
    "distance": random.normal(size=80),
    "airline": pd.Series(random.choice(["LATAM", "Sky"], 80), dtype=object),
    "note": pd.Series(TEXTS[::-1], dtype=object),
})
columns = ColumnTransformer([
    ("remark", TfidfVectorizer(), "remark"),
    ("number", StandardScaler(), ["distance"]),
    ("airline", OneHotEncoder(), ["airline"]),
    ("note", HashingVectorizer(n_features=20), "note"),
])
model = make_pipeline(columns, LogisticRegression()).fit(frame, BINARY)
sent = frame.iloc[:10]
write("columns", model, sent.to_numpy().tolist(), answers(model, sent))
numbered = make_pipeline(ColumnTransformer([("t", CountVectorizer(), 1), ("n", "passthrough", [0])]), LogisticRegression())
array = frame[["distance", "remark"]].to_numpy()
numbered.fit(array, BINARY)
write("columns-by-position", numbered, array[:10].tolist(), answers(numbered, array[:10]))

case("neighbours", CountVectorizer(), KNeighborsClassifier())
refused("refused-lookahead", make_pipeline(CountVectorizer(token_pattern=r"\w+(?=!)|late"), MultinomialNB()), "token_pattern")
refused("refused-repeated-group", make_pipeline(CountVectorizer(token_pattern=r"(?:\w\d?)+"), MultinomialNB()), "token_pattern")
refused("refused-backreference", make_pipeline(CountVectorizer(token_pattern=r"(\w)\1|late"), MultinomialNB()), "token_pattern")
refused("refused-range", make_pipeline(HashingVectorizer(n_features=8, ngram_range=(1, 40)), LogisticRegression()), "ngram_range")

# A million weights: compressed they take 5 kB; hardly any word is known, so that most of them are 0.
case("hashing-default", HashingVectorizer(), SGDClassifier(loss="log_loss", penalty="l1", random_state=0))
