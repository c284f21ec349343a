"""Makes the sample models of this folder, and what scikit-learn answers with them.

The flights are invented. Airlines and months are real words, but every number below (how often an
airline flies, how often it is late, what a month does) is made up for this sample, was drawn from no
record, and says nothing about any airline.

A flight is an airline (23), a type (I, international, or N, national) and a month: one-hot encoded as
37 columns, in the order that pandas.get_dummies gives them. It counts as delayed (class 1) when it
leaves more than 15 minutes late.

Written beside this file:
  flight-delay.pkl      LogisticRegression, 40,000 flights          expected.csv     its answers
  flight-delay-v2.pkl   the same, 80,000 flights, weaker penalty    expected-v2.csv  its answers
  versions.json         what wrote them, and the sha256 of each pickle

The answers are those to every possible flight: 23 airlines x 2 types x 12 months = 552 rows.

    python3.11 -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/python make_sample.py

Run twice on one machine it writes the same bytes; another processor's arithmetic library may round the
last bits of coef_ differently, so commit the five files together.
"""

import csv
import hashlib
import itertools
import json
import pickle
import platform
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import scipy
import sklearn
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

HERE = Path(__file__).resolve().parent

# Python 3.11's own default, written down so that a newer Python makes the same bytes.
PROTOCOL = 4


class Airline:
    """An airline as this sample imagines it.

    share: flights of it in a hundred; international: how many of its flights are, 0..1; lateness:
    what it adds to the log odds of a delay.
    """

    def __init__(self, share, international, lateness):
        self.share = share
        self.international = international
        self.lateness = lateness


AIRLINES = {
    "Aerolineas Argentinas": Airline(3.0, 1.00, 0.20),
    "Aeromexico": Airline(0.5, 1.00, -0.70),
    "Air Canada": Airline(0.8, 1.00, 0.45),
    "Air France": Airline(0.5, 1.00, -0.35),
    "Alitalia": Airline(0.4, 1.00, -0.25),
    "American Airlines": Airline(1.1, 1.00, -0.60),
    "Austral": Airline(0.1, 1.00, 0.15),
    "Avianca": Airline(1.7, 1.00, 0.35),
    "British Airways": Airline(0.3, 1.00, 0.05),
    "Copa Air": Airline(2.7, 1.00, -0.95),
    "Delta Air": Airline(0.5, 1.00, -0.55),
    "Gol Trans": Airline(1.2, 1.00, 0.55),
    "Grupo LATAM": Airline(58.0, 0.42, -0.10),
    "Iberia": Airline(0.5, 1.00, -0.40),
    "JetSmart SPA": Airline(1.6, 0.05, -0.15),
    "K.L.M.": Airline(0.4, 1.00, -0.30),
    "Lacsa": Airline(0.1, 1.00, -0.80),
    "Latin American Wings": Airline(2.4, 0.45, 0.90),
    "Oceanair Linhas Aereas": Airline(0.4, 1.00, 0.10),
    "Plus Ultra Lineas Aereas": Airline(0.1, 1.00, 0.75),
    "Qantas Airways": Airline(0.3, 1.00, 1.10),
    "Sky Airline": Airline(22.9, 0.25, 0.00),
    "United Airlines": Airline(0.5, 1.00, -0.75),
}
TYPES = ["I", "N"]
MONTHS = list(range(1, 13))

# Holidays and winter fog: what a month adds to the log odds of a delay.
SEASON = dict(
    zip(
        MONTHS,
        [0.10, -0.05, -0.45, -0.35, -0.20, 0.05, 0.55, -0.10, -0.05, 0.20, 0.15, 0.50],
        strict=True,
    )
)
INTERNATIONAL = 0.40
PUNCTUAL = -1.75  # log odds of a delay before anything else is known

COLUMNS = (
    [f"OPERA_{airline}" for airline in AIRLINES]
    + [f"TIPOVUELO_{kind}" for kind in TYPES]
    + [f"MES_{month}" for month in MONTHS]
)


def one_hot(flights):
    """The 37 columns of flights given as (airline, type, month)."""
    rows = np.zeros((len(flights), len(COLUMNS)), dtype=np.int64)
    position = {name: i for i, name in enumerate(COLUMNS)}
    for row, (airline, kind, month) in zip(rows, flights, strict=True):
        row[position[f"OPERA_{airline}"]] = 1
        row[position[f"TIPOVUELO_{kind}"]] = 1
        row[position[f"MES_{month}"]] = 1
    return pd.DataFrame(rows, columns=COLUMNS)


def synthetic_flights(count, seed):
    """Invented flights, and for each whether it was late (0 or 1)."""
    random = np.random.default_rng(seed)
    names = list(AIRLINES)
    shares = np.array([AIRLINES[name].share for name in names])
    airlines = random.choice(len(names), size=count, p=shares / shares.sum())
    months = random.integers(MONTHS[0], MONTHS[-1] + 1, size=count)
    type_draws = random.random(count)
    delay_draws = random.random(count)

    flights = []
    delayed = np.zeros(count, dtype=np.int64)
    for i in range(count):
        airline = AIRLINES[names[airlines[i]]]
        international = type_draws[i] < airline.international
        month = int(months[i])
        log_odds = (
            PUNCTUAL + airline.lateness + SEASON[month] + (INTERNATIONAL if international else 0.0)
        )
        delayed[i] = delay_draws[i] < 1.0 / (1.0 + np.exp(-log_odds))
        flights.append((names[airlines[i]], "I" if international else "N", month))
    return flights, delayed


def train(count, seed, penalty):
    flights, delayed = synthetic_flights(count, seed)
    model = LogisticRegression(C=penalty, class_weight="balanced", max_iter=1000)
    # Several threads add up in another order, and the last bits of coef_ differ.
    with threadpool_limits(limits=1):
        return model.fit(one_hot(flights), delayed)


def write(model, name, expected):
    """Writes the pickle and its answers to every possible flight; returns the pickle's sha256."""
    content = pickle.dumps(model, protocol=PROTOCOL)
    (HERE / name).write_bytes(content)

    rows = one_hot(list(itertools.product(AIRLINES, TYPES, MONTHS)))
    read_back = pickle.loads(content)
    classes = read_back.predict(rows)
    probabilities = read_back.predict_proba(rows)
    decisions = read_back.decision_function(rows)
    with open(HERE / expected, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(
            COLUMNS + ["predict", "predict_proba_0", "predict_proba_1", "decision_function"]
        )
        for i, row in enumerate(rows.to_numpy()):
            numbers = [probabilities[i, 0], probabilities[i, 1], decisions[i]]
            # repr gives the shortest digits that read back as the same double.
            table.writerow(
                [int(value) for value in row]
                + [int(classes[i])]
                + [repr(float(number)) for number in numbers]
            )
    print(f"{name}: {len(content)} bytes, class 1 for {int(classes.sum())} of {len(rows)} flights")
    return hashlib.sha256(content).hexdigest()


def main():
    hashes = {
        "flight-delay.pkl": write(
            train(count=40_000, seed=20170101, penalty=1.0), "flight-delay.pkl", "expected.csv"
        ),
        "flight-delay-v2.pkl": write(
            train(count=80_000, seed=20180101, penalty=10.0),
            "flight-delay-v2.pkl",
            "expected-v2.csv",
        ),
    }
    versions = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "pandas": pd.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
        "pickle protocol": PROTOCOL,
        "sha256": hashes,
    }
    (HERE / "versions.json").write_text(json.dumps(versions, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
