"""Runs JMeter's plan and prints what its results say, as the other generators do.

    jmeter_load.py HOST PORT THREADS RAMP SECONDS TOKEN FILE

FILE is the JSON of open_loop.py; the first request's body is sent.
"""

import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from histogram import Histogram

PLAN = Path(__file__).resolve().parent.parent / "jmeter" / "predict.jmx"
HOME = Path("/usr/share/jmeter")

# 5,000 threads, each with a small stack.
JVM = ["-Xms256m", "-Xmx1g", "-Xss256k", "-XX:+UseParallelGC", f"-Djmeter.home={HOME}"]

COLUMNS = ["timeStamp", "elapsed", "responseCode", "success", "retry"]
SAVED = {
    "output_format": "csv", "print_field_names": "true", "time": "true", "timestamp_format": "ms", "response_code": "true",
    "successful": "true", "label": "false", "response_message": "false", "thread_name": "false", "data_type": "false",
    "bytes": "false", "latency": "false", "thread_counts": "false", "assertion_results": "none", "subresults": "false",
    "assertion_results_failure_message": "false", "default_delimiter": ",",
}  # fmt: skip


class Results:
    """JMeter's file of results, read as far as it has been written."""

    def __init__(self, path, out=print):
        self.path = path
        self.out = out
        self.at = 0
        self.columns = None
        self.right = self.refused = self.wrong = self.read_errors = 0
        self.first_wrong = ""
        self.latency, self.refusals = Histogram(), Histogram()
        self.seconds = {}

    def read(self):
        if not self.path.exists():
            return
        with self.path.open(newline="", encoding="utf-8") as file:
            file.seek(self.at)
            text = file.read()
        # The last line may not be complete.
        complete = text.rpartition("\n")[0]
        self.at += len((complete + "\n").encode()) if complete else 0
        for line in csv.reader(complete.splitlines()):
            if self.columns is None:
                self.columns = {name.strip('"'): i for i, name in enumerate(line)}
            elif line:
                self.sample(*[line[self.columns[name]] for name in COLUMNS])

    def sample(self, stamp, elapsed, status, success, retry):
        micros = max(1, int(elapsed)) * 1000
        # When the answer was there.
        counts = self.seconds.setdefault((int(stamp) + int(elapsed)) // 1000, [0, 0, 0])
        if status == "200" and success == "true":
            self.right += 1
            counts[0] += 1
            self.latency.add(micros)
        elif status == "503" and retry != "none":
            self.refused += 1
            counts[1] += 1
            self.refusals.add(micros)
        elif status.isdigit():
            self.wrong += 1
            counts[2] += 1
            self.first_wrong = self.first_wrong or f"status {status}"
        else:
            # "Non HTTP response code: java.net.SocketException"
            self.read_errors += 1
            self.first_wrong = self.first_wrong or status

    def tell(self, before):
        for second in sorted(s for s in self.seconds if s < before):
            self.out("LOAD", second, *self.seconds.pop(second), flush=True)

    def result(self, seconds):
        return {
            "microseconds": int(seconds * 1e6), "right": self.right, "refused": self.refused, "wrong": self.wrong,
            "first_wrong": self.first_wrong, "read": self.read_errors,
            "latency": self.latency.pairs(), "refusals": self.refusals.pairs(),
        }  # fmt: skip


def main(host, port, threads, ramp, seconds, token, file):
    [case, *_] = json.loads(Path(file).read_text())
    properties = {
        "host": host, "port": port, "threads": threads, "ramp": ramp, "seconds": seconds,
        "body": case["request"].partition("\r\n\r\n")[2], "answer": case["answer"], "token": token,
        "sample_variables": "retry", "httpclient4.time_to_live": "60000", "httpclient4.retrycount": "0",
    }  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="jmeter-") as directory:
        results = Results(Path(directory) / "results.csv")
        # In a file, because commas separate the values of a -J option.
        settings = Path(directory) / "user.properties"
        lines = [f"{name}={value}" for name, value in properties.items()]
        lines += [f"jmeter.save.saveservice.{name}={value}" for name, value in SAVED.items()]
        settings.write_text("\n".join(line.replace("\\", "\\\\") for line in lines) + "\n")
        jars = [HOME / "bin" / "ApacheJMeter.jar", *sorted(HOME.glob("lib/*.jar")), *sorted(HOME.glob("lib/ext/*.jar"))]
        command = ["java", *JVM, "-cp", ":".join(map(str, jars)), PLAN.with_name("RunPlan.java")]
        command += ["-n", "-t", PLAN, "-q", settings, "-l", results.path, "-j", Path(directory) / "log"]
        with (Path(directory) / "said").open("wb") as said:
            process = subprocess.Popen(
                command, cwd=directory, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
            )
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            while process.poll() is None:
                time.sleep(0.5)
                results.read()
                results.tell(int(time.time()) - 1)
            results.read()
            results.tell(float("inf"))
            if not results.columns:
                sys.exit(f"jmeter ended without results: {(Path(directory) / 'said').read_text()[-600:]}")
            print("RESULT " + json.dumps(results.result(float(seconds))), flush=True)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
