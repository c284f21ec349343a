"""Idle connections: what the p99 of a few busy ones becomes beside thousands that wait."""

import resource
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

from calls import API
from server import Server
from spread import Spread
from wrk import load

BUSY = 100
OPENER = Path(__file__).resolve().parent / "idle_connections.py"

# Descriptors that a server or the opener needs besides the connections.
BESIDE = 1_000


def allowed(wanted):
    """Raises the limit of open files, which the servers inherit, and returns how many connections fit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    need = wanted + BESIDE
    if hard < need:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (need, need))
            return wanted
        except (ValueError, PermissionError):
            pass
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, need)), hard))
    return min(wanted, hard - BESIDE)


class IdleConnections:
    """A process on the load's core that holds the connections."""

    def __init__(self, process):
        self.process = process

    def read(self, word):
        """Reads `word N wrong M`."""
        line = self.process.stdout.readline().split()
        if len(line) != 4 or line[0] != word:
            raise RuntimeError(f"the idle connections ended: {' '.join(line)}")
        return int(line[1]), int(line[3])

    def check(self):
        self.process.stdin.write("check\n")
        self.process.stdin.flush()
        return self.read("alive")


@contextmanager
def idle_connections(server, count, core, source, body, expected, directory):
    (directory / "idle-body").write_bytes(body)
    (directory / "idle-expected").write_bytes(expected)
    command = ["taskset", "-c", str(core), sys.executable, OPENER, server.port, count, source, API.path]
    command += [directory / "idle-body", directory / "idle-expected"]
    process = subprocess.Popen(
        [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield IdleConnections(process)
    finally:
        process.stdin.close()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def measure(contenders, sample, options, directory, say):
    contenders = [contender for contender in contenders if contender.idle]
    count = allowed(options.idle_connections)
    if count < options.idle_connections:
        say(f"only {count:,} idle connections: the limit of open files cannot be raised")
    seen = {contender.name: [] for contender in contenders}
    with ExitStack() as running:
        servers = []
        for contender in contenders:
            server = running.enter_context(Server(contender, options.server_core, directory))
            rows, classes = sample.single(0)
            server.wait_until_right(API, rows, [1] if contender.constant else classes)
            contender.settle()
            servers.append(server)
        for server in servers:
            rows, classes = sample.single(0)
            body, expected = API.bytes(rows), server.expected_answer(API, rows, classes)
            load(server, API, body, expected, options.load_core, BUSY, options.warm_up)

        for round_number in range(options.rounds):
            for position, server in enumerate(servers):
                # A source address of its own: closed connections keep their ports for a minute.
                source = f"127.0.{1 + position}.{1 + round_number}"
                seen[server.contender.name].append(
                    one_round(server, sample.single(round_number), count, source, options)
                )
                said = seen[server.contender.name][-1]
                say(
                    f"round {round_number + 1} of {options.rounds}: {server.contender.title}: p99 "
                    f"{said['without'].p99_ms:.2f} ms alone, {said['with'].p99_ms:.2f} ms beside "
                    f"{said['opened']:,} idle connections, {said['alive']:,} of them alive afterwards"
                )

    return {
        "idle_connections": count,
        "busy_connections": BUSY,
        "seconds": options.seconds,
        "rows": [row(contender, seen[contender.name]) for contender in contenders],
    }


def one_round(server, row_and_class, count, source, options):
    rows, classes = row_and_class
    body, expected = API.bytes(rows), server.expected_answer(API, rows, classes)

    def busy():
        return load(server, API, body, expected, options.load_core, BUSY, options.seconds)

    without = busy()
    with idle_connections(server, count, options.load_core, source, body, expected, server.directory) as idle:
        opened, wrong = idle.read("opened")
        beside = busy()
        memory = server.rss_mib()
        alive, wrong_later = idle.check()
    return {
        "without": without,
        "with": beside,
        "opened": opened,
        "alive": alive,
        "wrong": wrong + wrong_later + without.wrong + beside.wrong,
        "rss_mib": memory,
    }


def row(contender, rounds):
    return {
        "server": contender.title,
        "name": contender.name,
        "call": API.path,
        "p99_ms_without": Spread(r["without"].p99_ms for r in rounds).as_json(),
        "p99_ms_with": Spread(r["with"].p99_ms for r in rounds).as_json(),
        "ratio": Spread(r["with"].p99_ms / r["without"].p99_ms for r in rounds).as_json(),
        "opened": min(r["opened"] for r in rounds),
        "alive_afterwards": min(r["alive"] for r in rounds),
        "rss_mib_with": Spread(r["rss_mib"] for r in rounds).as_json(),
        "wrong": sum(r["wrong"] for r in rounds),
        "loads": [{"without": r["without"].as_json(), "with": r["with"].as_json()} for r in rounds],
    }
