"""Ports for servers that are started here."""

import random
import socket
from pathlib import Path

EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")
FIRST_UNPRIVILEGED = 1024
TRIES = 100

given = set()


def free_port():
    """A port that is still free when the server binds it, which may be seconds later.

    A port that the kernel chooses is one of those that it also gives to connections, and a load leaves tens of
    thousands of these waiting. So it is one below them, and never the same twice; the kernel chooses where all
    ports are the connections'.
    """
    first_ephemeral = int(EPHEMERAL.read_text().split()[0])
    below = range(max(FIRST_UNPRIVILEGED, first_ephemeral // 2), first_ephemeral)
    for port in [*random.sample(below, min(TRIES, len(below))), 0]:
        if port in given:
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            given.add(probe.getsockname()[1])
            return probe.getsockname()[1]
    raise OSError("no port is free")
