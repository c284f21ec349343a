"""The predictor's image with the sample model: started, asked in every dialect, trained."""

import csv
import json
from pathlib import Path

from processes import Program, ask, free_port

SAMPLE = Path(__file__).resolve().parents[1] / "predictor" / "samples" / "flight-delay"
TRAINING_ROUNDS = 100


class Predictor(Program):
    """Serves the sample on `port`; its control plane is on `management_port`."""

    def __init__(self, image, directory, environment=None, **program):
        self.port, self.management_port = free_port(), free_port()
        self.sha256 = json.loads((SAMPLE / "versions.json").read_text())["sha256"]["flight-delay.pkl"]
        settings = {
            "ADDRESS": "127.0.0.1",
            "PORT": str(self.port),
            "MANAGEMENT_PORT": str(self.management_port),
            "MODEL_NAME": "flight-delay",
            "MODEL_VERSION": "v1",
            "MODEL_URI": "/tmp/model/flight-delay.pkl",
            "MODEL_SHA256": self.sha256,
        }
        binds = [(SAMPLE, "/tmp/model", False), *program.pop("binds", ())]
        super().__init__(image, directory, settings | (environment or {}), binds, **program)

    def ready(self):
        return self.wait_until(self.port, "/readyz")

    def managed(self):
        return self.wait_until(self.management_port, "/actuator/prometheus", pause=0.05)

    def check_answers(self, row):
        """Asks for one row in every dialect of programs; AssertionError where scikit-learn says otherwise."""
        expected = row.classes
        tensor = {"name": "input", "shape": [1, len(row.values)], "datatype": "FP64", "data": row.values}
        calls = [
            ("/api", {"array": row.values}, lambda answer: answer["predicciones"]),
            ("/v1/models/flight-delay:predict", {"instances": [row.values]}, lambda answer: answer["predictions"]),
            ("/v1/models/flight-delay:predict", {"instances": [row.named]}, lambda answer: answer["predictions"]),
            ("/v2/models/flight-delay/infer", {"inputs": [tensor]}, lambda answer: answer["outputs"][0]["data"]),
            (
                "/v2/models/flight-delay/versions/v1/infer",
                {"inputs": [tensor], "outputs": [{"name": "predict"}, {"name": "predict_proba"}]},
                lambda answer: answer["outputs"][0]["data"],
            ),
            ("/predict", {"data": [row.values]}, lambda answer: answer["predictions"]),
        ]
        for path, body, classes in calls:
            status, answer = ask(self.port, "POST", path, json.dumps(body), {"Content-Type": "application/json"})
            assert status == 200 and classes(json.loads(answer)) == expected, f"{path}: {status} {answer[:300]}"


class Row:
    """A row of the sample's expected.csv: its numbers, by name too, and the class that scikit-learn gave it."""

    def __init__(self, names, line):
        width = names.index("predict")
        self.values = [int(value) for value in line[:width]]
        self.named = dict(zip(names, self.values))
        self.classes = [int(line[width])]


def rows():
    with open(SAMPLE / "expected.csv", newline="", encoding="utf-8") as file:
        names, *lines = csv.reader(file)
        return [Row(names, line) for line in lines]


def train(predictor):
    """What a pod does in its first minutes: predictions, the page, probes, scrapes, questions of the operator."""
    predictor.ready()
    sample = rows()
    for i in range(TRAINING_ROUNDS):
        predictor.check_answers(sample[i * 7 % len(sample)])
        if i == 0:
            predictor.managed()
        if i % 10 == 0:
            for path in ("/livez", "/readyz", "/", "/docs", "/openapi.json", "/v2", "/v2/models/flight-delay", "/v1/models"):
                assert ask(predictor.port, "GET", path)[0] == 200, path
            for path in ("/actuator/prometheus", "/actuator/info"):
                assert ask(predictor.management_port, "GET", path)[0] == 200, path
