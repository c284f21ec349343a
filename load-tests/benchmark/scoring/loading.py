"""How long `inspect` takes with a large forest, on one core and in a heap of three times the file."""

import json
import os
import subprocess
import time

from spread import Spread

HEAP = 3


def measure(options, files, java, directory, say):
    rows = []
    for file in files:
        size = file.stat().st_size
        heap = HEAP * size // 2**20
        runs = [load(options, file, heap, java) for _ in range(options.loads)]
        say(f"{file.name}: " + ", ".join(f"{run['wall']:.2f} s" for run in runs))
        rows.append(
            {
                "file": file.name,
                "megabytes": size / 1e6,
                "heap_mib": heap,
                "seconds": Spread(run["wall"] for run in runs).as_json(),
                "cpu": Spread(run["cpu"] for run in runs).as_json(),
                "rss_mib": max(run["rss_mib"] for run in runs),
            }
        )
    return rows


def load(options, file, heap, java):
    command = ["taskset", "-c", str(options.core), java, f"-Xmx{heap}m", "-jar", options.jar, "inspect", file]
    began = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = process.stdout.read()
    failure = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0 or json.loads(said)["size"] != file.stat().st_size:
        raise SystemExit(f"{file} was not read in {heap} MiB: {failure.decode().strip()}")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "rss_mib": usage.ru_maxrss / 1024}
