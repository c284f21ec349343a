"""One library with one model, as a process that is asked for work by lines. Runs in the virtual environment.

`python worker.py CONTENDER MODEL DIRECTORY`, then on standard input `answers FILE` (the probabilities of the second
class, float64), `batch SECONDS` and `single SECONDS` of CPU time; each is answered by a line of JSON.
"""

import json
import pickle
import sys
import time
from pathlib import Path

import numpy as np


def scikit_learn(model, directory, x, x32):
    forest = unpickled(model, directory)
    return forest.predict, lambda rows: forest.predict_proba(rows)[:, 1], x


def xgboost(model, directory, x, x32):
    booster = unpickled(model, directory).get_booster()
    booster.set_param({"nthread": 1})
    return booster.inplace_predict, booster.inplace_predict, x32


def lightgbm(model, directory, x, x32):
    booster = unpickled(model, directory).booster_

    def predict(rows):
        return booster.predict(rows, num_threads=1)

    return predict, predict, x


def onnxruntime(model, directory, x, x32):
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(directory / f"{model}.onnx", options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return (
        lambda rows: session.run(None, {name: rows}),
        lambda rows: session.run(None, {name: rows})[1][:, 1],
        x32,
    )


def treelite(model, directory, x, x32):
    import treelite

    trees = treelite.Model.deserialize(str(directory / f"{model}.treelite"))

    def predict(rows):
        return treelite.gtil.predict(trees, rows, nthread=1)

    return predict, lambda rows: second(predict(rows)), x if model == "lightgbm" else x32


def tl2cgen(model, directory, x, x32):
    import tl2cgen

    predictor = tl2cgen.Predictor(str(directory / f"{model}.so"), nthread=1)
    rows_of = x if model == "lightgbm" else x32

    def predict(rows):
        return predictor.predict(tl2cgen.DMatrix(rows, dtype=str(rows.dtype)))

    return predict, lambda rows: second(predict(rows)), rows_of


def lleaves(model, directory, x, x32):
    import lleaves

    compiled = lleaves.Model(model_file=str(directory / "lightgbm.txt"))
    compiled.compile(cache=str(directory / "lightgbm.lleaves"))

    def predict(rows):
        return compiled.predict(rows, n_jobs=1)

    return predict, predict, x


CONTENDERS = {
    "scikit-learn": scikit_learn,
    "xgboost": xgboost,
    "lightgbm": lightgbm,
    "onnxruntime": onnxruntime,
    "treelite": treelite,
    "tl2cgen": tl2cgen,
    "lleaves": lleaves,
}


def unpickled(model, directory):
    with open(directory / f"{model}.pkl", "rb") as file:
        return pickle.load(file)


def second(answers):
    """The second class's part of what treelite gives, whatever dimensions its version adds."""
    answers = np.squeeze(answers)
    return answers[:, 1] if answers.ndim == 2 else answers


def main(contender, model, directory):
    x = np.fromfile(directory / "rows.f64").reshape(-1, 30)
    try:
        predict, probabilities, rows = CONTENDERS[contender](model, directory, x, x.astype(np.float32))
        probabilities(rows[:10])
    except Exception as error:  # said in the report instead
        say({"error": f"{type(error).__name__}: {error}"})
        return
    say({"ready": True})
    for line in sys.stdin:
        command, argument = line.split(maxsplit=1)
        if command == "answers":
            np.asarray(probabilities(rows), "<f8").tofile(argument.strip())
            say({"rows": len(rows)})
        elif command == "batch":
            say(repeat(predict, [rows], float(argument)))
        elif command == "single":
            say(repeat(predict, [rows[i : i + 1] for i in range(1000)], float(argument)))


def repeat(predict, inputs, seconds):
    """One input after the other until that much CPU time is gone; what one took."""
    done = 0
    cpu = time.process_time()
    wall = time.perf_counter()
    while done == 0 or time.process_time() - cpu < seconds:
        predict(inputs[done % len(inputs)])
        done += 1
    return {"wall": (time.perf_counter() - wall) / done, "cpu": (time.process_time() - cpu) / done}


def say(answer):
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
