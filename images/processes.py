"""Programs of an image, running in its unpacked files: waited for, asked, weighed, stopped."""

import http.client
import os
import signal
import socket
import subprocess
import time
from pathlib import Path


class NotReady(Exception):
    """A program that ended or did not answer in time; the message has the end of its log."""


class Program:
    """Use as a context: the process lives inside it. `cores` are the numbers of those that it may use."""

    def __init__(self, image, directory, environment, binds=(), entrypoint=None, arguments=(), cores=None):
        self.log = Path(directory) / f"{type(self).__name__.lower()}-{time.monotonic_ns()}.log"
        self.command = image.command(arguments, environment, binds, entrypoint)
        if cores is not None:
            self.command = ["taskset", "-c", ",".join(map(str, cores)), *self.command]

    def __enter__(self):
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.started = time.perf_counter()
        return self

    def __exit__(self, *failure):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def stop(self, timeout=60):
        """Ends it as Kubernetes does; returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout)

    def wait_until(self, port, path, timeout=180, pause=0.002):
        """Seconds from the start of the process until it answers `path` with 200."""
        while time.perf_counter() - self.started < timeout:
            if self.process.poll() is not None:
                raise NotReady(f"it ended with {self.process.returncode}: {self.said()}")
            try:
                if ask(port, "GET", path)[0] == 200:
                    return time.perf_counter() - self.started
            except OSError:
                pass
            time.sleep(pause)
        raise NotReady(f"{path} was not answered in {timeout} s: {self.said()}")

    def said(self):
        """The end of its log, without what a training run says of each class that it cannot keep."""
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join(line for line in lines if "][aot] Skipping " not in line)[-2000:]

    def rss_mib(self):
        """Resident memory of its one process."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def ask(port, method, path, body=None, headers=None):
    """One request on a connection of its own: the status and the bytes of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read()
    except http.client.HTTPException as error:
        raise OSError(f"no answer to {path}: {error!r}") from error
    finally:
        connection.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def training(entrypoint, output):
    """The image's own entrypoint, but writing an AOT cache instead of using one."""
    option = [word for word in entrypoint if word.startswith("-XX:AOT")]
    if len(option) != 1:
        raise SystemExit(f"the entrypoint should have one option of the AOT cache: {entrypoint}")
    return [f"-XX:AOTCacheOutput={output}" if word == option[0] else word for word in entrypoint]


def readable_by_all(path):
    """A folder that a program of another user may write to."""
    Path(path).mkdir(parents=True, exist_ok=True)
    os.chmod(path, 0o777)
    return Path(path)
