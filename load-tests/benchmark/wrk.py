"""One run of wrk on a core of its own, every answer verified, and how busy wrk itself was."""

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

from server import TICKS

LUA = Path(__file__).resolve().parent / "answers.lua"

# Above this share of its core wrk, not the server, is what limits the figure.
FULL = 0.95


class Load:
    """What one run of wrk saw."""

    def __init__(self, report, first_wrong, wrk_cpu, server_cpu_seconds, others):
        self.requests = report["requests"]
        self.per_second = report["requests"] / (report["microseconds"] / 1e6)
        self.p50_ms = report["p50"] / 1e3
        self.p99_ms = report["p99"] / 1e3
        self.max_ms = report["max"] / 1e3
        self.socket_errors = sum(report[kind] for kind in ("connect", "read", "write", "timeout"))
        self.wrong = report["wrong"] + self.socket_errors
        self.first_wrong = first_wrong
        self.wrk_cpu = wrk_cpu
        self.others = others
        self.full = wrk_cpu >= FULL
        self.server_us = server_cpu_seconds * 1e6 / max(1, report["requests"])

    def as_json(self):
        return {
            "requests": self.requests,
            "requests_per_second": self.per_second,
            "p50_ms": self.p50_ms,
            "p99_ms": self.p99_ms,
            "max_ms": self.max_ms,
            "wrong": self.wrong,
            "socket_errors": self.socket_errors,
            "first_wrong": self.first_wrong,
            "wrk_cpu_share": self.wrk_cpu,
            "wrk_core_full": self.full,
            "server_cpu_us_per_request": self.server_us,
            "taken_by_others": self.others,
        }


def load(server, call, body, expected, core, connections, seconds, headers=()):
    """Sends the one request over and over on `connections` connections; `headers` are lines of its head."""
    with tempfile.TemporaryDirectory() as directory:
        cores = {"server_core": server.core, "load_core": core}
        files = {"BENCHMARK_BODY": Path(directory) / "body", "BENCHMARK_EXPECTED": Path(directory) / "expected"}
        files["BENCHMARK_BODY"].write_bytes(body)
        files["BENCHMARK_EXPECTED"].write_bytes(expected)
        command = ["taskset", "-c", str(core), "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s"]
        for header in headers:
            command += ["-H", header]
        command += ["-s", str(LUA), server.url(call)]

        cpu_before = server.cpu_seconds()
        cores_before = {name: core_seconds(number) for name, number in cores.items()}
        began = time.perf_counter()
        process = subprocess.Popen(
            command,
            env={"PATH": os.environ["PATH"]} | {name: str(path) for name, path in files.items()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            if process.returncode is None:
                process.kill()
                process.wait()
            process.stdout.close()
        elapsed = time.perf_counter() - began
        server_cpu = server.cpu_seconds() - cpu_before
        wrk_cpu = usage.ru_utime + usage.ru_stime
        mine = {"server_core": server_cpu, "load_core": wrk_cpu}
        others = {
            name: max(0.0, (core_seconds(number) - cores_before[name] - mine[name]) / elapsed)
            for name, number in cores.items()
        }

    reports = [line.removeprefix("BENCHMARK ") for line in output.splitlines() if line.startswith("BENCHMARK ")]
    if not reports:
        raise RuntimeError(f"wrk ended with {process.returncode} and without a result: {output.strip()[-500:]}")
    first_wrong = output.partition("FIRST_WRONG ")[2].strip()
    return Load(json.loads(reports[0]), first_wrong, wrk_cpu / elapsed, server_cpu, others)


def core_seconds(core):
    """Seconds that processes, and the machine's other guests, have used of a core."""
    for line in Path("/proc/stat").read_text().splitlines():
        name, *ticks = line.split()
        if name == f"cpu{core}":
            user, nice, system, _, _, _, _, steal = map(int, ticks[:8])
            return (user + nice + system + steal) / TICKS
    raise RuntimeError(f"/proc/stat has no cpu{core}")
