"""Records what `mlflow models serve` answers for pickles that lie among the fixtures, in ../resources/mlflow/answers.json:
MlflowAnswersTest holds the predictor to it.

    python3.11 -m venv /tmp/mlflow && /tmp/mlflow/bin/pip install -r requirements-mlflow.txt
    /tmp/mlflow/bin/python mlflow_answers.py            writes the record
    /tmp/mlflow/bin/python mlflow_answers.py --check    asks again, and fails where an answer is another

A model is served as it is: an MLmodel is laid beside the pickle. What MLflow cannot answer, such as texts as an array, is left out.
"""

import csv
import json
import os
import pathlib
import pickle
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

import mlflow
import numpy as np
import pandas as pd
import sklearn
from mlflow.pyfunc.scoring_server.client import ScoringServerClient
from mlflow.utils.proto_json_utils import dump_input_data

RESOURCES = pathlib.Path(__file__).resolve().parent.parent / "resources"
RECORD = RESOURCES / "mlflow" / "answers.json"
ROWS = 3
MODELS = """
parity/linear-feature-names parity/linear-two-targets parity/logistic-feature-names parity/logistic-labels-negative
parity/logistic-labels-text parity/logistic-multinomial parity/multitasklasso parity/perceptron-binary parity/ridge parity/sgd-hinge-multi
parity-pipeline/columns-mask parity-pipeline/imputer-indicator parity-pipeline/onehot parity-pipeline/ordinal
parity-trees/adaboost-samme parity-trees/bagging-regressor parity-trees/boosting-three parity-trees/extra-trees-missing
parity-trees/forest-two-outputs parity-trees/hist-poisson parity-trees/tree-texts
""".split()


def rows(folder):
    """The first rows of a case, None where a value is missing."""
    if (folder / "case.json").exists():
        return json.loads((folder / "case.json").read_text())["inputs"][:ROWS]
    with open(folder / "input.csv", newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))[1 : ROWS + 1]
    return [[float(cell) if cell else None for cell in line] for line in lines]


def columns(folder, width):
    with open(folder / "model.pkl", "rb") as file:
        names = getattr(pickle.load(file), "feature_names_in_", None)
    return [f"x{i}" for i in range(width)] if names is None else [str(name) for name in names]


def requests(names, data):
    """What MLflow's pages show, and what its client sends: a content type and a body each."""
    frame = pd.DataFrame(data, columns=names)
    json_type, split = "application/json", {"columns": names, "data": data}
    bodies = [
        {"dataframe_split": {"columns": names, "index": list(range(len(data))), "data": data}},
        {"dataframe_records": [dict(zip(names, row)) for row in data]},
        {"dataframe_split": split, "params": {"temperature": 0.5}},
    ]
    # An array of NumPy has one type: numbers would become texts, or None an object.
    if all(isinstance(value, (int, float)) for row in data for value in row):
        bodies += [{"inputs": data}, {"instances": data}]
        yield json_type, dump_input_data(np.array(data))
    for body in bodies:
        yield json_type, json.dumps(body)
    yield json_type, dump_input_data(frame)
    yield "text/csv", frame.to_csv(index=False)


def serve(folder, port):
    """The folder that MLflow would have logged, around the very file."""
    place = pathlib.Path(tempfile.mkdtemp())
    shutil.copy(folder / "model.pkl", place / "model.pkl")
    (place / "MLmodel").write_text(
        f"""
flavors:
  python_function: {{loader_module: mlflow.sklearn, model_path: model.pkl, predict_fn: predict, python_version: {sys.version.split()[0]}}}
  sklearn: {{pickled_model: model.pkl, serialization_format: pickle, sklearn_version: {sklearn.__version__}}}
mlflow_version: {mlflow.__version__}
"""
    )
    command = [sys.executable, "-m", "mlflow", "models", "serve", "-m", str(place), "-h", "127.0.0.1", "-p", str(port)]
    path = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
    return subprocess.Popen([*command, "--env-manager", "local", "--workers", "1"], env={**os.environ, "PATH": path})


def answers(name):
    folder = RESOURCES / name
    data = rows(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = serve(folder, port)
    try:
        ScoringServerClient("127.0.0.1", port).wait_server_ready(timeout=300, scoring_server_proc=server)
        for content_type, body in requests(columns(folder, len(data[0])), data):
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}/invocations", body.encode(), {"Content-Type": content_type}
            )
            try:
                with urllib.request.urlopen(request) as answer:
                    yield {"type": content_type, "body": body, "answer": json.load(answer)}
            except urllib.error.HTTPError as refused:
                print(f"{name}: MLflow answers {refused.code} to {body[:80]}", file=sys.stderr)
    finally:
        server.terminate()
        server.wait()


def main():
    found = []
    for name in MODELS:
        calls = list(answers(name))
        print(f"{name}: {len(calls)} answers", flush=True)
        found.append({"model": f"{name}/model.pkl", "calls": calls})
    releases = {"mlflow": mlflow.__version__, "scikit-learn": sklearn.__version__}
    record = json.dumps({"releases": releases, "models": found}, indent=1, ensure_ascii=False) + "\n"
    if "--check" in sys.argv[1:]:
        if RECORD.read_text(encoding="utf-8") != record:
            sys.exit("MLflow answers otherwise than its record says")
    else:
        RECORD.parent.mkdir(exist_ok=True)
        RECORD.write_text(record, encoding="utf-8")


if __name__ == "__main__":
    main()
