"""The commands of the load generators: wrk with a dialect's script, and the one at a constant rate."""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from processes import Failed

HERE = Path(__file__).resolve().parent
SCRIPTS = HERE.parent / "wrk"
DIALECTS = sorted(path.stem for path in SCRIPTS.glob("*.lua") if path.stem != "answers")

# Beyond this a client would have given up; answers that come later are still counted, as timeouts.
TIMEOUT_SECONDS = 60

PROBE_RATE = 50
PROBE_CONNECTIONS = 20
PROBE_TIMEOUT_SECONDS = 10


def wrk(url, dialect, threads, connections, seconds):
    if not shutil.which("wrk"):
        raise Failed("wrk is not installed: apt-get install wrk")
    command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", f"{TIMEOUT_SECONDS}s"]
    return [*command, "-s", SCRIPTS / f"{dialect}.lua", url]


def wrk_environment(target, pause_ms=None, rate_of_a_thread=None):
    settings = {"LOAD_MODEL": target.model, "LOAD_HOST": target.host if target.kind == "url" else None}
    settings |= {"LOAD_TOKEN": target.token, "LOAD_PAUSE": pause_ms, "LOAD_RATE": rate_of_a_thread}
    return {name: str(value) for name, value in settings.items() if value is not None}


class ConstantRate:
    """The file of requests that the generator reads. Use as a context."""

    def __init__(self, target, cases):
        if target.kind == "url" and target.secure:
            raise Failed("requests at a constant rate are sent without TLS: give an http:// address")
        self.target = target
        self.cases = cases

    def __enter__(self):
        self.directory = tempfile.TemporaryDirectory(prefix="load-")
        self.file = Path(self.directory.name) / "cases.json"
        self.file.write_text(json.dumps(self.cases))
        return self

    def __exit__(self, *failure):
        self.directory.cleanup()

    def command(self, rate, seconds, connections, timeout, address=0):
        host, port = self.target.addresses[address]
        numbers = [host, port, rate, seconds, connections, timeout]
        return [sys.executable, "-u", HERE / "open_loop.py", *numbers, self.file]

    def probe(self, seconds):
        """A few requests a second beside a load that sends as fast as it is answered."""
        return self.command(PROBE_RATE, seconds, PROBE_CONNECTIONS, PROBE_TIMEOUT_SECONDS)
