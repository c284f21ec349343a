"""The benchmark's options and order; `run` starts it, ../README.md says what it means."""

import argparse
import datetime
import hashlib
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import batches
import choices
import contenders
import environments
import idle
import java
import machine
import ratios
import report
import single_rows
import starts
from calls import Sample
from server import Wrong

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLE = REPOSITORY / "predictor" / "samples" / "flight-delay"
PIECES = {"single": single_rows, "start": starts, "batch": batches, "idle": idle}
SERVERS = ("nginx", "predictor", "predictor-aot", "fastapi", "flask", "mlserver")


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="run",
        description="Compares the predictor with nginx, FastAPI, Flask and MLServer: the same model, one core each, "
        "wrk on another, every answer verified. Ends with 1 if an answer was wrong.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--only", type=choices.names(PIECES), default=list(PIECES), metavar="PIECES", help="of single,start,batch,idle")
    add("--servers", type=choices.names(SERVERS), default=list(SERVERS), metavar="NAMES", help=f"of {','.join(SERVERS)}")
    add("--no-aot", action="store_true", help="leave out the predictor with its AOT cache, and the training run")
    add("--quick", action="store_true", help="one round of a second, to see that everything works; no figures")
    add("--rounds", type=int, default=7, help="interleaved rounds")
    add("--starts", type=int, default=7, help="starts of each server")
    add("--seconds", type=int, default=4, help="seconds of load in a round")
    add("--batch-seconds", type=int, default=5, help="the same for batches")
    add("--warm-up", type=int, default=8, help="seconds of load before the first round")
    add("--batch-rows", type=int, default=10_000, help="rows of a batch")
    add("--idle-connections", type=int, default=10_000, help="idle connections")
    add("--server-core", type=int, default=0, help="the core of the server that is measured")
    add("--load-core", type=int, default=1, help="the core of wrk, the idle connections and this program")
    add("--jar", type=Path, default=REPOSITORY / "predictor" / "target" / "predictor.jar", help="the predictor")
    add("--java", help="the java to run it with, a 25; by default JAVA_HOME's or one of /usr/lib/jvm")
    add("--java-options", type=shlex.split, default=[], metavar="OPTIONS", help="JVM options, as one argument")
    add("--out", type=Path, default=REPOSITORY / "target" / "benchmark", help="where results.json and .md go")
    options = parser.parse_args(arguments)
    if options.no_aot:
        options.servers = [name for name in options.servers if name != "predictor-aot"]
    if options.quick:
        options.rounds = options.starts = options.seconds = options.warm_up = 1
        options.batch_seconds = 2
        options.idle_connections = min(options.idle_connections, 1_000)
    if not {options.server_core, options.load_core} <= os.sched_getaffinity(0):
        parser.error(f"cores {options.server_core} and {options.load_core} are not both available here")
    if options.server_core == options.load_core:
        parser.error("the server and the load need a core each")
    for tool in ("wrk", "nginx", "taskset"):
        if not shutil.which(tool):
            parser.error(f"{tool} is not installed: apt-get install wrk nginx-light util-linux")
    return options


def main(arguments):
    options = parse(arguments)
    # Whatever ends this program, the servers end first.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(130))
    began = datetime.datetime.now(datetime.UTC)
    directory = options.out.resolve() / began.strftime("%Y%m%dT%H%M%SZ")
    directory.mkdir(parents=True)
    sample = Sample(SAMPLE / "expected.csv")
    model = SAMPLE / "flight-delay.pkl"
    sha256 = hashlib.sha256(model.read_bytes()).hexdigest()
    if sha256 != json.loads((SAMPLE / "versions.json").read_text())["sha256"][model.name]:
        sys.exit(f"{model} is not the file that expected.csv belongs to: its sha256 is {sha256}")

    # Installed before this program leaves the other cores.
    found, versions = prepare(options, model, directory, sample)
    os.sched_setaffinity(0, {options.load_core})

    results = {
        "date": began.isoformat(timespec="seconds"),
        "machine": machine.describe(),
        "versions": versions,
        "model": {"file": str(model.relative_to(REPOSITORY)), "sha256": sha256},
        "options": {name: choices.plain(value) for name, value in vars(options).items()},
    }
    for piece in options.only:
        say(f"== {piece}")
        results[piece] = PIECES[piece].measure(found, sample, options, directory / piece, say)
        write(results, directory)
    print("\n" + (directory / "results.md").read_text(), end="")
    print(f"\n{directory}/results.json and results.md")
    return 1 if results["wrong"] else 0


def prepare(options, model, directory, sample):
    """The contenders that were asked for, and the versions of what they are made of."""
    wanted = set(options.servers)
    versions = {
        "nginx": after(["nginx", "-v"], "nginx/"),
        "wrk": after(["wrk", "-v"], "wrk ").split(" [")[0],
    }
    made = {"nginx": contenders.Nginx()}
    if wanted & {"predictor", "predictor-aot"}:
        if not options.jar.exists():
            sys.exit(f"{options.jar} is not there: build it with mvn -pl predictor -am package, or give --jar")
        jar = options.jar.resolve()
        executable = java.find_java(options.java)
        versions["java"] = java.version(executable).splitlines()[-1]
        versions["predictor.jar"] = "sha256 " + hashlib.sha256(jar.read_bytes()).hexdigest()[:16]
        if options.java_options:
            versions["java options"] = " ".join(options.java_options)
        made["predictor"] = contenders.Predictor(executable, jar, model, options.java_options)
        if "predictor-aot" in wanted:
            say("training the AOT cache")
            cache = directory / "predictor.aot"
            java.train_cache(made["predictor"], cache, options.server_core, directory / "training", sample)
            versions["AOT cache"] = f"{cache.stat().st_size / 2**20:.0f} MiB"
            made["predictor-aot"] = made["predictor"].with_cache(cache)
    if wanted & {"fastapi", "flask"}:
        environment = environments.environment("python")
        packages = ["fastapi", "uvicorn", "Flask", "gunicorn", "scikit-learn", "numpy"]
        versions |= environments.versions(environment, packages)
        made["fastapi"] = contenders.FastApi(environment, model)
        made["flask"] = contenders.Flask(environment, model)
    if "mlserver" in wanted:
        environment = environments.environment("mlserver")
        theirs = environments.versions(environment, ["mlserver", "mlserver-sklearn", "scikit-learn"])
        theirs["scikit-learn of mlserver"] = theirs.pop("scikit-learn")
        versions |= theirs
        made["mlserver"] = contenders.MlServer(environment, model)
    return [made[name] for name in SERVERS if name in wanted], versions


def write(results, directory):
    """After every piece, so that an interrupted run leaves what it has measured."""
    results["ratios"] = ratios.of(results)
    results["wrong"] = sum(row.get("wrong", 0) for piece in PIECES for row in results.get(piece, {}).get("rows", []))
    (directory / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    (directory / "results.md").write_text(report.markdown(results))


def after(command, marker):
    said = subprocess.run(command, capture_output=True, text=True)
    return (said.stdout + said.stderr).partition(marker)[2].splitlines()[0].strip()


def say(line):
    print(f"{datetime.datetime.now():%H:%M:%S} {line}", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Wrong as wrong:
        sys.exit(f"stopped: {wrong}")
    except KeyboardInterrupt:
        sys.exit(130)
