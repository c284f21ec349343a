"""50,000 open connections: once with clients that pause between requests, once with clients that never do."""

import threading
import time
from pathlib import Path

from processes import Failed
from session import must, none_lost, none_wrong

TITLE = "The crowd: 50,000 open connections for 45 s, pausing and not"
LASTS = "4 minutes"

CONNECTIONS = 50_000

# A process here may open 20,000 files, and some of them are not connections.
OF_A_PROCESS = 17_000

# From four fifths of the limit on, idle connections are closed for new ones.
LIMIT = (OF_A_PROCESS + 500) * 5 // 4

ESTABLISHED = "01"


def play(session):
    connections = 600 if session.quick else CONNECTIONS
    processes = 2 if session.quick else -(-connections // OF_A_PROCESS)
    seconds = session.seconds(45, 5)
    with session.target(count=processes, limits={"LIMIT_CONNECTIONS": str(LIMIT)}) as target:
        if target.kind == "url" and connections > OF_A_PROCESS:
            raise Failed(
                "one address takes 28,000 connections from here at most, and a wrk 20,000: play it with --local"
            )
        warm = session.wrk(target, "capacity", "api", 1, 400, session.seconds(15, 2), probe=False)
        pause_ms = connections / (warm.seen.per_second / 2) * 1e3
        with Watch(target, seconds) as held:
            pausing = session.wrk(target, "pausing", "api", 1, connections, seconds, pause_ms=pause_ms)
        pausing_held = held.least()
        with Watch(target, seconds) as held:
            hurrying = session.wrk(target, "never pausing", "api", 1, connections, seconds)
        hurrying_held = held.most()
    musts = [
        must(f"pausing: {connections:,} connections are held", pausing_held >= connections, f"{pausing_held:,}"),
        named("pausing", none_lost([pausing])),
        named("pausing", must("every answer is 200 and right", *all_right(pausing))),
        named("never pausing", none_wrong([hurrying])),
        named("never pausing", none_lost([hurrying])),
        named(
            "never pausing",
            must(
                "every answer is 200 and right, or 503 with Retry-After",
                hurrying.seen.right + hurrying.seen.refused == hurrying.seen.requests,
                f"{hurrying.seen.right:,} right, {hurrying.seen.refused:,} refused; {hurrying_held:,} connections at most",
            ),
        ),
    ]
    return [pausing, hurrying], musts


def all_right(phase):
    return phase.seen.right == phase.seen.requests, f"{phase.seen.right:,} of {phase.seen.requests:,}"


def named(name, verdict):
    return verdict | {"what": f"{name}: {verdict['what']}"}


class Watch:
    """Counts the connections that predictors started here hold, every few seconds. Use as a context."""

    def __init__(self, target, seconds):
        # What is opened at once takes seconds until the last of it is accepted.
        self.settled = seconds / 3
        self.every = seconds / 12
        self.ports = {f"{port:04X}" for _, port in target.addresses} if target.kind == "local" else set()
        self.ended = threading.Event()
        self.counts = []

    def __enter__(self):
        self.start = time.monotonic()
        self.thread = threading.Thread(target=self.look, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *failure):
        self.ended.set()
        self.thread.join()

    def look(self):
        while not self.ended.wait(self.every):
            self.counts.append((time.monotonic() - self.start, count_established(self.ports)))

    def most(self):
        return max((count for _, count in self.counts), default=0)

    def least(self):
        """The fewest between all having been opened and the end, when they are closed again."""
        settled = [count for since, count in self.counts if since > self.settled]
        return min(settled[:-3] or [self.most()], default=0)


def count_established(ports):
    """Connections of this machine to one of the ports (as four hexadecimal digits), from the server's side."""
    count = 0
    # Java listens on IPv6 sockets, which take IPv4's connections too.
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with Path(table).open() as lines:
            next(lines)
            for line in lines:
                _, local, _, state, _ = line.split(None, 4)
                count += state == ESTABLISHED and local[-4:] in ports
    return count
