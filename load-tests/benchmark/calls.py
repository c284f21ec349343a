"""The requests that are measured: a path, how rows become a body, where the classes are in an answer."""

import csv
import json


class Call:
    def __init__(self, name, path, body, classes):
        self.name = name
        self.path = path
        self.body = body
        self.classes = classes

    def bytes(self, rows):
        return json.dumps(self.body(rows), separators=(",", ":")).encode()

    def read(self, answer):
        """The classes in an answer's bytes; ValueError where they are not there."""
        try:
            return [int(label) for label in self.classes(json.loads(answer))]
        except (KeyError, IndexError, TypeError) as error:
            raise ValueError(f"no classes in {answer[:200]!r}") from error


def tensor(rows):
    return {
        # MLServer makes up an id where there is none, and then no two answers are alike.
        "id": "1",
        "inputs": [
            {
                "name": "input",
                "shape": [len(rows), len(rows[0])],
                "datatype": "FP64",
                "data": [value for row in rows for value in row],
            }
        ],
        "outputs": [{"name": "predict"}],
    }


API = Call("api", "/api", lambda rows: {"array": rows[0]}, lambda answer: answer["predicciones"])
INFER = Call("infer", "/v2/models/flight-delay/infer", tensor, lambda answer: answer["outputs"][0]["data"])
INSTANCES = Call(
    "instances",
    "/v1/models/flight-delay:predict",
    lambda rows: {"instances": rows},
    lambda answer: answer["predictions"],
)


class Sample:
    """Rows with the class that scikit-learn gave them, read from the sample's expected.csv."""

    def __init__(self, path):
        with open(path, newline="", encoding="utf-8") as file:
            table = list(csv.reader(file))
        label = table[0].index("predict")
        self.rows = [[int(value) for value in line[:label]] for line in table[1:]]
        self.classes = [int(line[label]) for line in table[1:]]

    def single(self, round_number):
        """A row and its class; even rounds get one of class 1, odd rounds one of class 0."""
        wanted = 1 - round_number % 2
        fitting = [i for i, label in enumerate(self.classes) if label == wanted]
        i = fitting[(41 * round_number + 17) % len(fitting)]
        return [self.rows[i]], [self.classes[i]]

    def batch(self, count):
        """`count` rows: the sample's, in a different order each time round."""
        positions = [(7 * i + i // len(self.rows)) % len(self.rows) for i in range(count)]
        return [self.rows[i] for i in positions], [self.classes[i] for i in positions]
