"""Options and order of the load tests; `run` starts it, ../README.md says what they mean."""

import argparse
import datetime
import importlib
import json
import os
import shlex
import signal
import sys
from pathlib import Path

import machine
import page
from cases import REPOSITORY
from java import find_java, version
from processes import Failed
from server import Wrong
from session import Session

SCENARIOS = {
    name: importlib.import_module(name.replace("-", "_"))
    for name in (
        "challenge", "crowd", "function", "jmeter-1000", "jmeter-5000", "ramp", "soak", "overload", "callers", "slow-clients",
        "levers",
    )
}  # fmt: skip


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="load-tests/run",
        description="Plays load scenarios, holds every answer against the right one, and writes a report. Without a "
        "scenario all are played. Ends with 1 where something that must hold does not.",
        epilog="The load goes to predictors that it starts on loopback, unless --url or --ingress says otherwise. "
        "Ctrl-C stops everything.",
    )
    add = parser.add_argument
    add("scenarios", nargs="*", metavar="SCENARIO", help="of " + ", ".join(SCENARIOS))
    add("--list", action="store_true", help="say what each scenario does and how long it takes")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--local", action="store_true", help="load predictors started here (as without any of these)")
    where.add_argument("--url", help="load http://HOST[:PORT]; it must serve the sample model, or --rows its rows")
    where.add_argument("--ingress", metavar="MODEL", help="load the FlightDelayModel of this name where its Ingress or "
                       "HTTPRoute is reached; KUBECONFIG names the cluster, and the report shows the replicas")  # fmt: skip
    add("--model", help="the model's name in paths, where --url serves several")
    add("--host", help="the header Host for --url")
    add("--token", default=os.environ.get("LOAD_TOKEN"), help="sent as bearer token (or LOAD_TOKEN)")
    add("--quick", action="store_true", help="seconds of each, to see that everything works; no figures")
    add("--except", dest="left_out", default="", metavar="SCENARIOS", help="all but these, separated by commas")
    add("--short", action="store_true", help="soak: 2 minutes in place of 10")
    add("--server-cores", default=f"0-{os.cpu_count() - 1}", help="the cores of predictors started here (all)")
    add("--jar", type=Path, default=REPOSITORY / "predictor" / "target" / "predictor.jar", help="the predictor")
    add("--java", help="the java to run it with, a 25; by default JAVA_HOME's or one of /usr/lib/jvm")
    add("--java-options", type=shlex.split, default=[], metavar="OPTIONS", help="further JVM options, as one argument")
    add("--out", type=Path, default=REPOSITORY / "target" / "load-tests", help="where the report goes")
    add("--pictures", type=Path, metavar="DIRECTORY", help="write the latency of each load as SVG there, for documents")
    options = parser.parse_args(arguments)
    options.left_out = [name for name in options.left_out.split(",") if name]
    for name in options.scenarios + options.left_out:
        if name not in SCENARIOS:
            parser.error(f"no scenario {name}: there are {', '.join(SCENARIOS)}")
    return options


def main(arguments):
    options = parse(arguments)
    if options.list:
        for name, scenario in SCENARIOS.items():
            print(f"{name:14}{scenario.TITLE} ({scenario.LASTS})")
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    remote = options.url or options.ingress
    if not remote:
        options.java = find_java(options.java)
        if not options.jar.exists():
            raise Failed(f"{options.jar} is not there: mvn -q -pl predictor -am package, or give --jar")
    started = datetime.datetime.now(datetime.UTC)
    directory = options.out / started.strftime("%Y%m%d-%H%M%S")
    directory.mkdir(parents=True)
    results = {
        "started": started.strftime("%d %B %Y, %H:%M UTC"),
        "command": shlex.join(["load-tests/run", *arguments]),
        "target": options.url or (f"the cluster's {options.ingress}" if options.ingress else "predictors on this machine"),
        "machine": machine.describe() | {"load_before": os.getloadavg()[0]},
        "java": None if remote else version(options.java).splitlines()[0],
        "quick": options.quick,
        "scenarios": [],
    }
    chosen = [name for name in options.scenarios or SCENARIOS if name not in options.left_out]
    held = True
    try:
        for name in chosen:
            held &= play(name, options, directory, results)
    finally:
        if results["scenarios"]:
            (directory / "results.json").write_text(json.dumps(results, indent=1))
            (directory / "report.html").write_text(page.page(results))
            if options.pictures:
                page.pictures(results, options.pictures)
            print(f"\nreport: {directory / 'report.html'}", flush=True)
    return 0 if held else 1


def play(name, options, directory, results):
    scenario = SCENARIOS[name]
    say = lambda text: print(text, flush=True)  # noqa: E731
    say(f"\n{name}: {scenario.TITLE}")
    entry = {"name": name, "title": scenario.TITLE, "phases": [], "must": [], "table": None, "failed": None}
    try:
        played = scenario.play(Session(options, directory / name, say))
    except (Failed, Wrong) as failed:
        entry["failed"] = str(failed)
        say(f"  not played: {failed}")
    else:
        phases, entry["must"], *table = played
        entry["phases"] = [phase.as_json() for phase in phases]
        entry["table"] = table[0] if table else None
        for verdict in entry["must"]:
            say(f"  {'holds' if verdict['ok'] else 'DOES NOT HOLD'}: {verdict['what']} ({verdict['figure']})")
    results["scenarios"].append(entry)
    return not entry["failed"] and all(verdict["ok"] for verdict in entry["must"])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failed as failed:
        sys.exit(f"load-tests/run: {failed}")
    except KeyboardInterrupt:
        sys.exit("stopped")
