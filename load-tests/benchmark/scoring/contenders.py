"""Who scores which model, and the processes that do so."""

import json
import os
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
PREDICTOR = "predictor"

# Each model's own library first: the answers of all others are compared with its.
BY_MODEL = {
    "forest": ["scikit-learn", PREDICTOR, "onnxruntime", "treelite", "tl2cgen"],
    "xgboost": ["xgboost", PREDICTOR, "treelite", "tl2cgen"],
    "lightgbm": ["lightgbm", PREDICTOR, "lleaves", "treelite", "tl2cgen"],
}

# Those that compute or answer in float32 differ by so much; the predictor in nothing but XGBoost's last float32.
TOLERANCE = {"onnxruntime": 2e-6, "treelite": 2e-6, "tl2cgen": 2e-6, "lleaves": 1e-12, PREDICTOR: 1e-12}
FLOAT_TOLERANCE = 1e-6

ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}


class Failed(Exception):
    """A contender that does not start, or ends too soon."""


class Contender:
    """One process with one model, pinned to a core; it waits while others are measured."""

    def __init__(self, name, model, command, core):
        self.name = name
        self.model = model
        self.process = subprocess.Popen(
            ["taskset", "-c", str(core), *map(str, command)],
            env={"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "LANG": "C.UTF-8"} | ONE_THREAD,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            ready = self.read()
            if "error" in ready:
                raise Failed(ready["error"])
        except Failed:
            self.stop()
            raise

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self.read()

    def read(self):
        for line in self.process.stdout:
            # Libraries print warnings of their own.
            if line.startswith("{"):
                return json.loads(line)
        raise Failed(f"its process ended with {self.process.wait()}")

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(name, model, models, core, python, java):
    if name == PREDICTOR:
        command = [*java, HERE / "Worker.java", model, models]
    else:
        command = [python, HERE / "worker.py", name, model, models]
    return Contender(name, model, command, core)


def tolerance(name, model):
    return FLOAT_TOLERANCE if model == "xgboost" and name == PREDICTOR else TOLERANCE[name]
