"""What makes it faster, and by how much: each lever against the same predictor without it, in interleaved rounds."""

import os
import statistics
import subprocess
from contextlib import ExitStack

from cases import MODEL_FILE
from session import must, none_wrong

TITLE = "Levers: what makes it faster, each measured with and without"
LASTS = "5 minutes"


class Variant:
    """A load of one of the predictors; its figure is rows a second."""

    def __init__(self, name, target, dialect="predict", connections=64, rows=1, **settings):
        self.name = name
        self.target = target
        self.dialect = dialect
        self.connections = connections
        self.rows = rows
        self.settings = settings | ({"LOAD_BATCH": str(rows)} if rows > 1 else {})

    def play(self, session, seconds):
        return session.wrk(
            self.target, self.name, self.dialect, 1, self.connections, seconds, probe=False, settings=self.settings
        )


def play(session):
    rounds, seconds = (1, 1) if session.quick else (3, 4)
    with ExitStack() as running:
        one = running.enter_context(session.target(local_only="compares predictors that it starts", cores="0"))
        cores = f"0-{os.cpu_count() - 1}"
        more_cores = running.enter_context(session.target(cores=cores))
        both = running.enter_context(session.target(count=2, cores=["0", "1" if os.cpu_count() > 1 else "0"]))
        base = Variant("one predictor on one core, 64 connections, 1 row a request", one)
        levers = [
            ("keep-alive", Variant("a connection for each request", one, LOAD_CLOSE="1"), base),
            ("requests at a time", Variant("1 connection", one, connections=1), base),
            ("batches", base, Variant("10 rows a request", one, rows=10)),
            ("batches", base, Variant("100 rows a request", one, rows=100)),
            ("batches", base, Variant("1,000 rows a request", one, connections=8, rows=1000)),
            ("JSON, not the page", Variant("the form and its page of 25 kB", one, dialect="predecir"), base),
            ("CPU", base, Variant(f"one predictor on {os.cpu_count()} cores, which wrk shares", more_cores)),
            ("replicas", base, Variant("two predictors, a core each, which the two wrk share", both)),
        ]
        variants = list(dict.fromkeys(variant for _, *pair in levers for variant in pair))
        warm = [variant.play(session, session.seconds(5, 1)) for variant in variants]
        phases, rates = [], {variant: [] for variant in variants}
        for number in range(rounds):
            session.say(f"  round {number + 1} of {rounds}")
            for variant in variants:
                phase = variant.play(session, seconds)
                rates[variant].append(phase.seen.per_second * variant.rows)
                phases.append(phase)
    table = [["lever", "without", "rows/s", "with", "rows/s", "times (lowest to highest of the rounds)"]]
    for name, without, with_it in levers:
        times = [b / max(a, 1e-9) for a, b in zip(rates[without], rates[with_it], strict=True)]
        table.append(
            [
                name, without.name, f"{statistics.median(rates[without]):,.0f}", with_it.name,
                f"{statistics.median(rates[with_it]):,.0f}",
                f"{statistics.median(times):.2f} ({min(times):.2f} to {max(times):.2f})",
            ]  # fmt: skip
        )
    table.append(model_in_memory())
    table.append(["authentication", "open", "", "API key, JWT, LDAP", "", "load-tests/authentication measures it"])
    return [], [none_wrong([*warm, *phases]), answered(phases)], table


def answered(phases):
    least = min(phase.seen.right for phase in phases)
    return must("every variant answers", least > 0, f"at least {least:,} in a round")


# What two of the earlier answers did: the pickle is read again for every request.
IN_PYTHON = """
import pickle, sys, time, warnings
warnings.simplefilter("ignore")
import numpy
data = open(sys.argv[1], "rb").read()
model, row = pickle.loads(data), numpy.zeros((1, 37))
def rate(call):
    call(); count, end = 0, time.perf_counter() + 2
    while time.perf_counter() < end:
        call(); count += 1
    return count / 2
print(rate(lambda: pickle.loads(data).predict(row)), rate(lambda: model.predict(row)))
"""


def model_in_memory():
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    python = os.path.join(cache, "flight-delay", "sklearn-1.9", "bin", "python")
    names = ["model kept in memory", "scikit-learn, unpickled for every row", "scikit-learn, unpickled once"]
    if not os.path.exists(python):
        return [names[0], names[1], "", names[2], "", "not measured: ./run-tests installs the scikit-learn for it"]
    said = subprocess.run([python, "-c", IN_PYTHON, MODEL_FILE], capture_output=True, text=True, check=True)
    without, kept = map(float, said.stdout.split())
    return [names[0], names[1], f"{without:,.0f}", names[2], f"{kept:,.0f}", f"{kept / without:.2f}"]
