"""Models, and requests with the one answer that is right, for the generators that send bytes as they are given."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import environments
from calls import Sample

REPOSITORY = Path(__file__).resolve().parents[2]
MODEL_FILE = REPOSITORY / "predictor" / "samples" / "flight-delay" / "flight-delay.pkl"
ROWS = MODEL_FILE.with_name("expected.csv")


@dataclass(frozen=True)
class Served:
    """A model's file, and rows with the classes that are right for them."""

    file: Path
    rows: list
    classes: list


def sample():
    table = Sample(ROWS)
    return Served(MODEL_FILE, table.rows, table.classes)


def neighbours(directory):
    """A model that takes some milliseconds for a row, as scikit-learn writes and answers it."""
    directory.mkdir(parents=True, exist_ok=True)
    python = environments.environment("python") / "bin" / "python"
    subprocess.run([python, Path(__file__).with_name("neighbours.py"), directory], check=True)
    answers = json.loads((directory / "answers.json").read_text())
    return Served(directory / "model.pkl", answers["rows"], answers["classes"])


def single_rows(target, count=200):
    """POST /api with one row of those that the target's model is asked, `count` different ones."""
    served = target.served
    return [
        case(target, "/api", {"array": row}, '{"predicciones":[%d]}' % label)
        for row, label in list(zip(served.rows, served.classes, strict=True))[:count]
    ]


def batch(target, rows):
    """POST /predict with this many rows."""
    table, classes = Sample(ROWS).batch(rows)
    return [case(target, "/predict", {"data": table}, '{"predictions":[%s]}' % ",".join(map(str, classes)))]


def case(target, path, body, answer):
    text = json.dumps(body, separators=(",", ":"))
    token = f"Authorization: Bearer {target.token}\r\n" if target.token else ""
    request = (
        f"POST {path} HTTP/1.1\r\nHost: {target.host}\r\nContent-Type: application/json\r\n{token}"
        f"Content-Length: {len(text)}\r\n\r\n{text}"
    )
    return {"request": request, "answer": answer}
