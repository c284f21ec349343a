"""How long an explanation takes, beside the libraries', on one core; `run` starts it, README.md says what it means."""

import json
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")}
os.environ.update(ONE_THREAD)

import lightgbm
import numpy as np
import shap
import xgboost
from sklearn.datasets import make_classification
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier

HERE = Path(__file__).resolve().parent
WIDTH, ROWS = 30, 1000
ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS = float(os.environ.get("ROUND_SECONDS", "1"))
TOLERANCE = {"XGBoost": 1e-4}


def forest(x, y):
    model = RandomForestClassifier(100, max_depth=10, random_state=7, n_jobs=1).fit(x[:20_000], y[:20_000])
    explainer = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    return model, "shap", lambda rows: explainer.shap_values(rows, check_additivity=False)[..., 1]


def boosted(x, y):
    model = xgboost.XGBClassifier(n_estimators=500, max_depth=6, n_jobs=1, random_state=7).fit(x, y)
    booster = model.get_booster()
    booster.set_param({"nthread": 1})
    return model, "XGBoost", lambda rows: booster.predict(xgboost.DMatrix(rows, nthread=1), pred_contribs=True)[:, :-1]


def leafwise(x, y):
    model = lightgbm.LGBMClassifier(n_estimators=500, n_jobs=1, random_state=7, verbose=-1).fit(x, y)
    return model, "LightGBM", lambda rows: model.booster_.predict(rows, pred_contrib=True, num_threads=1)[:, :-1]


def histogram(x, y):
    model = HistGradientBoostingClassifier(max_iter=100, early_stopping=False, random_state=7).fit(x, y)
    explainer = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    return model, "shap", lambda rows: explainer.shap_values(rows, check_additivity=False)


MODELS = {
    "random forest, 100 x depth 10": forest,
    "XGBoost, 500 x depth 6": boosted,
    "LightGBM, 500 x 31 leaves": leafwise,
    "HistGradientBoosting, 100 x 31 leaves": histogram,
}


def trained(only):
    """The rows, and by name the model, what explains and how. `only` are functions' names; all without."""
    x, y = make_classification(50_000 + ROWS, WIDTH, n_informative=20, n_redundant=5, flip_y=0.1, random_state=7)
    chosen = {name: make for name, make in MODELS.items() if not only or make.__name__ in only}
    return x[50_000:], {name: make(x[:50_000], y[:50_000]) for name, make in chosen.items()}


def repeat(explain, rows, at_once):
    """Microseconds of CPU time for a row."""
    done = at = 0
    began = time.process_time()
    while done == 0 or time.process_time() - began < SECONDS:
        explain(rows[at:at + at_once])
        at = (at + at_once) % (len(rows) - at_once + 1)
        done += at_once
    return (time.process_time() - began) * 1e6 / done


class Predictor:
    """The predictor's process."""

    def __init__(self, java, jar, model, rows):
        command = [java, "-XX:+UseSerialGC", "-cp", jar, HERE / "Worker.java", model, rows, WIDTH]
        self.process = subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.read()

    def read(self):
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        raise SystemExit("the predictor's process ended")

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.read()

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def main(java, jar, *only):
    rows, models = trained(only)
    wrong = 0
    print("| | one row, CPU µs: library | predictor | a row of 1,000, µs: library | predictor |\n|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        rows.astype("<f8").tofile(f"{folder}/rows.f64")
        for name, (model, by, explain) in models.items():
            Path(f"{folder}/model.pkl").write_bytes(pickle.dumps(model))
            predictor = Predictor(java, jar, f"{folder}/model.pkl", f"{folder}/rows.f64")
            predictor.ask(f"answers {folder}/answers.f64")
            given = np.fromfile(f"{folder}/answers.f64").reshape(ROWS, WIDTH)
            reference = np.asarray(explain(rows), float)
            scale = np.maximum(1, np.abs(reference).sum(axis=1, keepdims=True))
            off = (np.abs(given - reference) / scale).max()
            wrong += off > TOLERANCE.get(by, 1e-8)
            for what in ("batch", "single"):
                predictor.ask(f"{what} {3 * SECONDS}")
            rounds = []
            for _ in range(ROUNDS):
                rounds.append((
                    repeat(explain, rows, 1), predictor.ask(f"single {SECONDS}")["us"],
                    repeat(explain, rows, ROWS), predictor.ask(f"batch {SECONDS}")["us"]))
            predictor.stop()
            figures = [statistics.median(column) for column in zip(*rounds)]
            shown = " | ".join(f"{figure:,.0f}" for figure in figures)
            print(f"| {name} ({by}; off by {off:.1e}) | {shown} |", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
