"""Load generators as processes of their own: their output is read while they run, and none is left behind."""

import os
import selectors
import signal
import subprocess
import time

from seen import Seen


class Failed(Exception):
    """A scenario that cannot be played; the message says what to do."""


def play(commands, most_seconds, progress=None, environment=None):
    """Runs the commands beside each other to their end; what all of them saw."""
    with Running(commands, environment) as running:
        return running.wait(most_seconds, progress)


class Running:
    """Use as a context; `wait` for the end, or `seen` meanwhile."""

    def __init__(self, commands, environment=None):
        self.commands = commands
        self.environment = os.environ | (environment or {})
        self.seen = Seen()
        self.results = 0
        self.other = []
        self.open = {}

    def __enter__(self):
        self.selector = selectors.DefaultSelector()
        for i, command in enumerate(self.commands):
            process = subprocess.Popen(
                [str(word) for word in command],
                env=self.environment | {"LOAD_FIRST": str(i + 1)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                # Ctrl-C reaches this process, which then stops them in order.
                start_new_session=True,
            )
            os.set_blocking(process.stdout.fileno(), False)
            self.open[process] = b""
            self.selector.register(process.stdout, selectors.EVENT_READ, process)
        return self

    def __exit__(self, *failure):
        for process in self.open:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + 5
        for process in self.open:
            try:
                process.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()
        self.selector.close()

    def poll(self, seconds):
        """Reads what the generators say, for so long at most."""
        for key, _ in self.selector.select(seconds):
            process = key.data
            text = os.read(key.fd, 1 << 16)
            lines = (self.open[process] + text).split(b"\n")
            self.open[process] = lines.pop()
            for line in lines:
                self.take(line.decode(errors="replace"))
            if not text:
                self.selector.unregister(process.stdout)
                process.stdout.close()
                process.wait()
                del self.open[process]

    def take(self, line):
        if self.seen.line(line):
            self.results += line.startswith("RESULT ")
        elif line.strip():
            self.other.append(line.strip())

    def wait(self, most_seconds, progress=None):
        deadline = time.monotonic() + most_seconds
        while self.open:
            self.poll(0.2)
            if progress:
                progress(self.seen)
            if time.monotonic() > deadline:
                raise Failed(f"{self.commands[0][0]} has not ended after {most_seconds:.0f} s: {self.last_words()}")
        if self.results < len(self.commands):
            raise Failed(f"{self.commands[0][0]} ended without a result: {self.last_words()}")
        return self.seen

    def last_words(self):
        return " / ".join(self.other[-4:]) or "it said nothing"
