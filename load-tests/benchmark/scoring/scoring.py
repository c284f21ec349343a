"""Rows per second of every contender, in interleaved rounds, with all answers compared."""

import array
import sys

import contenders
from spread import Spread


def measure(options, models, python, java, directory, say):
    """For each model a list of rows; a row of a contender that failed has only `error`."""
    return {
        model: measure_model(model, options, models, python, java, directory, say) for model in options.models
    }


def measure_model(model, options, models, python, java, directory, say):
    rows, running = [], []
    try:
        for name in contenders.BY_MODEL[model]:
            try:
                running.append(contenders.start(name, model, models, options.core, python, java))
            except contenders.Failed as error:
                rows.append({"name": name, "error": str(error).splitlines()[0][:200]})
        wrong = compare(running, model, directory)
        say(f"{model}: warming up")
        for contender in running:
            mine = contender.name == contenders.PREDICTOR
            for what in ("batch", "single"):
                contender.ask(f"{what} {options.warm_up if mine else 0}")
        rounds = {contender.name: [] for contender in running}
        for number in range(options.rounds):
            for contender in running:
                batch = contender.ask(f"batch {options.seconds}")
                single = contender.ask(f"single {options.seconds}")
                rounds[contender.name].append({"batch": batch, "single": single})
            say(f"{model}: round {number + 1} of {options.rounds}")
    finally:
        for contender in running:
            contender.stop()
    for contender in running:
        rows.append(summary(contender.name, rounds, wrong[contender.name]))
    return rows


def summary(name, rounds, wrong):
    mine = rounds[contenders.PREDICTOR]
    return {
        "name": name,
        "wrong": wrong,
        **{
            f"{what} {clock}": Spread(r[what][clock] for r in rounds[name]).as_json()
            for what in ("batch", "single")
            for clock in ("cpu", "wall")
        },
        # In each round by itself, so that a slow minute hits both.
        **{
            f"{what} {clock} ratio": Spread(
                r[what][clock] / m[what][clock] for r, m in zip(rounds[name], mine, strict=True)
            ).as_json()
            for what in ("batch", "single")
            for clock in ("cpu", "wall")
        },
    }


def compare(running, model, directory):
    """How many answers of each are not the model's own library's."""
    answers = {}
    for contender in running:
        file = directory / f"{model}-{contender.name}.f64"
        contender.ask(f"answers {file}")
        answers[contender.name] = read(file)
    reference = answers[contenders.BY_MODEL[model][0]]
    wrong = {}
    for name, given in answers.items():
        most = 0 if given is reference else contenders.tolerance(name, model)
        pairs = zip(given, reference, strict=True)
        # Whatever cannot be compared, NaN above all, is wrong too.
        wrong[name] = sum(not abs(a - b) <= most for a, b in pairs)
    return wrong


def read(file):
    numbers = array.array("d", file.read_bytes())
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
