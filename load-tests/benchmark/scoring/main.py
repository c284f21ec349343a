"""The options and order of the scoring benchmark; `run` starts it, README.md says what it means."""

import argparse
import datetime
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]
# Python finds this folder's own modules first; what both benchmarks use is in the one above.
sys.path.append(str(HERE.parent))

import choices
import contenders
import environments
import java
import loading
import machine
import report
import scoring

PIECES = ("scoring", "loading")
PACKAGES = ["scikit-learn", "xgboost-cpu", "lightgbm", "treelite", "tl2cgen", "onnxruntime", "lleaves", "numpy"]


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="run",
        description="Compares the predictor's scoring with scikit-learn, XGBoost, LightGBM, onnxruntime, treelite, tl2cgen "
        "and lleaves on one core, every answer compared; and loads a forest of 200 MB in three times its size of heap. Ends "
        "with 1 if an answer was wrong.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--only", type=choices.names(PIECES), default=list(PIECES), metavar="PIECES", help="of scoring,loading")
    add("--models", type=choices.names(contenders.BY_MODEL), default=list(contenders.BY_MODEL), metavar="MODELS")
    add("--quick", action="store_true", help="one short round with small models, to see that it works; no figures")
    add("--rounds", type=int, default=7, help="interleaved rounds")
    add("--seconds", type=float, default=1, help="CPU seconds of batches, and of single rows, in a round")
    add("--warm-up", type=float, default=5, help="the same of the predictor before the first round")
    add("--loads", type=int, default=5, help="loads of each large file")
    add("--megabytes", type=float, default=200, help="the size of the large files")
    add("--core", type=int, default=1, help="the core of whoever is measured")
    add("--jar", type=Path, default=REPOSITORY / "predictor" / "target" / "predictor.jar", help="the predictor")
    add("--java", help="the java to run it with, a 25; by default JAVA_HOME's or one of /usr/lib/jvm")
    add("--out", type=Path, default=REPOSITORY / "target" / "benchmark", help="where results.json and .md go")
    options = parser.parse_args(arguments)
    options.trees = {"forest": 100, "xgboost": 500, "lightgbm": 500}
    if options.quick:
        options.trees = {"forest": 10, "xgboost": 20, "lightgbm": 20}
        options.rounds = options.loads = 1
        options.seconds, options.warm_up, options.megabytes = 0.1, 0.5, 20
    if options.core not in os.sched_getaffinity(0):
        parser.error(f"core {options.core} is not available here")
    for tool in ("taskset", "gcc"):
        if not shutil.which(tool):
            parser.error(f"{tool} is not installed: apt-get install util-linux gcc")
    if not options.jar.exists():
        parser.error(f"{options.jar} is not there: build it with mvn -pl predictor -am package, or give --jar")
    options.jar = options.jar.resolve()
    return options


def main(arguments):
    options = parse(arguments)
    began = datetime.datetime.now(datetime.UTC)
    directory = options.out.resolve() / began.strftime("scoring-%Y%m%dT%H%M%SZ")
    directory.mkdir(parents=True)
    executable = java.find_java(options.java)
    environment = environments.environment("scoring")
    python = environment / "bin" / "python"
    results = {
        "date": began.isoformat(timespec="seconds"),
        "machine": machine.describe(),
        "versions": environments.versions(environment, PACKAGES)
        | {
            "java": java.version(executable).splitlines()[-1],
            "predictor.jar": "sha256 " + hashlib.sha256(options.jar.read_bytes()).hexdigest()[:16],
        },
        "trees": options.trees,
        "options": {name: choices.plain(value) for name, value in vars(options).items()},
        "wrong": 0,
    }
    if "scoring" in options.only:
        models = made("models.py", [json.dumps(options.trees)], python)
        command = [executable, "-XX:+UseSerialGC", "-cp", options.jar]
        results["scoring"] = scoring.measure(options, models, python, command, directory, say)
        failed = json.loads((models / "errors.json").read_text())
        for model, rows in results["scoring"].items():
            for row in rows:
                # Why there was nothing to run, rather than that it was not there.
                if "error" in row and f"{model} {row['name']}" in failed:
                    row["error"] = failed[f"{model} {row['name']}"].splitlines()[0][:200]
        results["wrong"] = sum(row.get("wrong", 0) for rows in results["scoring"].values() for row in rows)
    if "loading" in options.only:
        large = made("large_forest.py", [str(options.megabytes)], python)
        files = [large / "forest.pkl", large / "forest.joblib"]
        results["loading"] = loading.measure(options, files, executable, directory, say)
    (directory / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (directory / "results.md").write_text(report.markdown(results))
    print("\n" + (directory / "results.md").read_text(), end="")
    print(f"\n{directory}/results.json and results.md")
    return 1 if results["wrong"] else 0


def made(script, arguments, python):
    """The folder of what a script makes: made once for the script, its arguments and the environment, and kept."""
    source = (HERE / script).read_bytes() + json.dumps([arguments, str(python)]).encode()
    key = hashlib.sha256(source).hexdigest()[:12]
    directory = environments.cache() / f"{Path(script).stem}-{key}"
    finished = directory / "finished"
    if not finished.exists():
        say(f"{script}: once, into {directory}")
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
        with open(directory / "log", "wb") as log:
            subprocess.run([python, HERE / script, directory, *arguments], check=True, stdout=log, stderr=log)
        finished.touch()
    return directory


def say(line):
    print(f"{datetime.datetime.now():%H:%M:%S} {line}", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
