"""A server as a process: pinned to a core, asked for answers, weighed, and stopped whatever happens."""

import http.client
import os
import signal
import subprocess
import time
from pathlib import Path

from ports import free_port

TICKS = os.sysconf("SC_CLK_TCK")
POLL_SECONDS = 0.005
# Enough for a stack trace, and for the line before it that says why.
LOG_LINES = 80


class Wrong(Exception):
    """A server that does not answer, or not what scikit-learn answers."""


class Server:
    """Use as a context: the process lives inside it."""

    def __init__(self, contender, core, directory):
        self.contender = contender
        self.core = core
        self.directory = Path(directory) / f"{contender.name}-{time.monotonic_ns()}"
        self.port = free_port()
        self.process = None

    def __enter__(self):
        self.directory.mkdir(parents=True)
        command, environment = self.contender.command(self.port, self.directory)
        self.log = open(self.directory / "log", "wb")
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            ["taskset", "-c", str(self.core), *map(str, command)],
            # Nothing of the caller's settings reaches a server, so that all start alike everywhere.
            env={"PATH": os.environ["PATH"], "HOME": str(self.directory), "LANG": "C.UTF-8"} | environment,
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            # Its own session: the process and all its children can be found and stopped together.
            start_new_session=True,
        )
        return self

    def __exit__(self, *failure):
        self.stop()

    def stop(self):
        if self.process.returncode is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            deadline = time.monotonic() + 20
            # Looked at without collecting it: until then its process id belongs to nobody else.
            gone = os.WEXITED | os.WNOHANG | os.WNOWAIT
            while not os.waitid(os.P_PID, self.process.pid, gone) and time.monotonic() < deadline:
                time.sleep(0.02)
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        else:
            for pid in self.tree():
                os.kill(pid, signal.SIGKILL)
        self.log.close()

    def tree(self):
        """The process ids of the server and its children."""
        pids = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            fields = stat_fields(stat)
            if fields and int(fields[3]) == self.process.pid:
                pids.append(int(stat.parent.name))
        return pids

    def rss_mib(self):
        """Resident memory, summed over the tree: what children share is counted in each."""
        kib = 0
        for pid in self.tree():
            try:
                for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                    if line.startswith("VmRSS"):
                        kib += int(line.split()[1])
            except FileNotFoundError:
                continue
        return kib / 1024

    def cpu_seconds(self):
        seconds = 0.0
        for pid in self.tree():
            fields = stat_fields(Path(f"/proc/{pid}/stat"))
            if fields:
                seconds += (int(fields[11]) + int(fields[12])) / TICKS
        return seconds

    def url(self, call):
        return f"http://127.0.0.1:{self.port}{call.path}"

    def ask(self, call, body, timeout=60):
        """One request on a connection of its own: status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("POST", call.path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def wait_until_right(self, call, rows, classes, timeout=120):
        """Seconds from the start of the process to the first answer that is right."""
        body = call.bytes(rows)
        last = "no connection"
        while time.perf_counter() - self.started < timeout:
            if self.process.poll() is not None:
                raise Wrong(f"{self.contender.title} ended with {self.process.returncode}: {self.log_tail()}")
            try:
                status, answer = self.ask(call, body)
                if status == 200 and call.read(answer) == classes:
                    return time.perf_counter() - self.started
                last = f"{status} {answer[:200]!r}"
            except (OSError, http.client.HTTPException, ValueError) as error:
                last = repr(error)
            time.sleep(POLL_SECONDS)
        raise Wrong(f"{self.contender.title} gave no right answer in {timeout} s, last {last}: {self.log_tail()}")

    def expected_answer(self, call, rows, classes):
        """The bytes that every answer to these rows must be: right, and the same twice."""
        body = call.bytes(rows)
        (status, answer), (_, again) = self.ask(call, body), self.ask(call, body)
        try:
            said = call.read(answer)
        except ValueError as error:
            raise Wrong(f"{self.contender.title} {call.path}: status {status}, {error}") from error
        if status != 200 or (said != classes and not self.contender.constant):
            raise Wrong(
                f"{self.contender.title} {call.path}: status {status}, classes {said[:5]}.. instead of {classes[:5]}.."
            )
        if answer != again:
            raise Wrong(f"{self.contender.title} {call.path} answers the same request differently: {answer[:300]!r}")
        return answer

    def log_tail(self):
        self.log.flush()
        lines = (self.directory / "log").read_text(errors="replace").strip().splitlines()
        return "\n".join(lines[-LOG_LINES:]) or "it logged nothing"


def stat_fields(path):
    """The fields of /proc/PID/stat after the name, which may hold spaces; None where it has gone."""
    try:
        return path.read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
