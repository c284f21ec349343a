"""Holds a process to a part of a core: by the kernel's quota where that may be set, else by stopping it again and again."""

import os
import signal
import threading
import time
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
PERIOD_MICROS = 100_000


class Quota:
    """Use as a context; `limit` and `lift` meanwhile. `how` says by which means."""

    def __init__(self, pid):
        self.pid = pid
        self.group = None
        self.duty = None

    def __enter__(self):
        name = f"load-tests-{os.getpid()}-{self.pid}"
        for root, quota in ((ROOT, "cpu.max"), (ROOT / "cpu", "cpu.cfs_quota_us")):
            group = root / name
            try:
                group.mkdir()
            except OSError:
                continue
            if (group / quota).exists():
                self.group, self.file = group, group / quota
                self.how = f"a CPU quota ({quota})"
                break
            group.rmdir()
        else:
            self.how = "SIGSTOP and SIGCONT in turn, because no CPU quota may be set here"
        return self

    def limit(self, share):
        """From now on the process has this share of a core."""
        micros = int(share * PERIOD_MICROS)
        if self.group:
            self.file.write_text(f"{micros} {PERIOD_MICROS}" if self.file.name == "cpu.max" else str(micros))
            (self.group / "cgroup.procs").write_text(str(self.pid))
        else:
            self.duty = Duty(self.pid, share)
            self.duty.start()

    def lift(self):
        if self.group:
            home = self.group.parent / "cgroup.procs"
            try:
                home.write_text(str(self.pid))
            except OSError:
                # It has ended meanwhile.
                pass
        elif self.duty:
            self.duty.end()
            self.duty = None

    def __exit__(self, *failure):
        self.lift()
        if self.group:
            for _ in range(50):
                try:
                    self.group.rmdir()
                    return
                except OSError:
                    time.sleep(0.05)


class Duty(threading.Thread):
    """Lets a process run for a share of each tenth of a second, on as many cores as it likes."""

    def __init__(self, pid, share):
        super().__init__(daemon=True)
        self.pid = pid
        self.run_seconds = share * PERIOD_MICROS / 1e6
        self.ended = threading.Event()

    def run(self):
        try:
            while not self.ended.is_set():
                os.kill(self.pid, signal.SIGCONT)
                time.sleep(self.run_seconds)
                os.kill(self.pid, signal.SIGSTOP)
                time.sleep(PERIOD_MICROS / 1e6 - self.run_seconds)
        except ProcessLookupError:
            return
        finally:
            try:
                os.kill(self.pid, signal.SIGCONT)
            except ProcessLookupError:
                pass

    def end(self):
        self.ended.set()
        self.join()
