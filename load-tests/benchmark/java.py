"""The Java that runs the predictor, and the cache that lets it start sooner."""

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from calls import API, INFER, INSTANCES
from server import Server, Wrong


def find_java(given):
    """The `java` to use: the one given, JAVA_HOME's, or an installed one; it must be a 25."""
    # Absolute, because every server starts in a directory of its own.
    candidates = [Path(shutil.which(given) or given).absolute()] if given else []
    if not given:
        if os.environ.get("JAVA_HOME"):
            candidates.append(Path(os.environ["JAVA_HOME"]) / "bin" / "java")
        candidates += sorted(Path("/usr/lib/jvm").glob("*25*/bin/java"))
    for java in candidates:
        if java.exists() and re.search(r'version "25[."]', version(java)):
            return java
    raise SystemExit(
        f"no Java 25 in {', '.join(map(str, candidates)) or '/usr/lib/jvm'}: set JAVA_HOME or give --java PATH"
    )


def version(java):
    said = subprocess.run([java, "-version"], capture_output=True, text=True)
    return said.stderr.strip() or said.stdout.strip()


def train_cache(predictor, cache, core, directory, sample):
    """Runs the predictor once with requests of each kind, so that it writes what it loaded to `cache`."""
    training = predictor.training(cache)
    with Server(training, core, directory) as server:
        rows, classes = sample.single(0)
        server.wait_until_right(API, rows, classes)
        for i in range(300):
            for call in (API, INFER, INSTANCES):
                rows, classes = sample.single(i)
                server.expected_answer(call, rows, classes)
        training.settle()
        # The process ends with SIGTERM as a pod's does; the cache is written while it ends.
        os.kill(server.process.pid, signal.SIGTERM)
        try:
            server.process.wait(timeout=300)
        except subprocess.TimeoutExpired as error:
            raise Wrong(f"the training run did not end: {server.log_tail()}") from error
        deadline = time.monotonic() + 60
        while not Path(cache).exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        if not Path(cache).exists():
            raise Wrong(f"the training run wrote no {cache}: {server.log_tail()}")
