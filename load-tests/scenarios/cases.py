"""Requests with the one answer that is right, for the generators that send bytes as they are given."""

import json
from pathlib import Path

from calls import Sample

REPOSITORY = Path(__file__).resolve().parents[2]
MODEL_FILE = REPOSITORY / "predictor" / "samples" / "flight-delay" / "flight-delay.pkl"
ROWS = MODEL_FILE.with_name("expected.csv")


def single_rows(target, count=200):
    """POST /api with one row, `count` different ones."""
    sample = Sample(ROWS)
    return [
        case(target, "/api", {"array": row}, '{"predicciones":[%d]}' % label)
        for row, label in list(zip(sample.rows, sample.classes, strict=True))[:count]
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
