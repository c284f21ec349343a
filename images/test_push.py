"""The registry form: the predictor's image pushed to a registry on loopback, pulled again, and run."""

import os
import shutil
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

import predictor
from container import unpack

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "flight-delay" / "bin"
CRANE = "github.com/google/go-containerregistry/cmd/crane@v0.22.1"


def crane():
    """A registry and its client, built once."""
    program = CACHE / "-".join(["crane", CRANE.rsplit("@", 1)[1]])
    if not program.exists():
        if not shutil.which("go"):
            raise unittest.SkipTest("there is no registry to push to: install go, which builds one")
        with tempfile.TemporaryDirectory() as built:
            environment = os.environ | {"GOBIN": built, "CGO_ENABLED": "0"}
            subprocess.run(["go", "install", "-trimpath", CRANE], check=True, env=environment)
            CACHE.mkdir(parents=True, exist_ok=True)
            shutil.copy(Path(built) / "crane", program)
    return program


class Registry:
    """On a free port of loopback, keeping everything in memory. Use as a context."""

    def __enter__(self):
        command = [crane(), "registry", "serve", "--address", "127.0.0.1:0"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if "serving on port" in line:
                self.address = "127.0.0.1:" + line.rsplit(maxsplit=1)[1]
                break
        else:
            raise AssertionError(f"the registry ended with {self.process.wait()}")
        # Nobody reads what it says of each request; a full pipe would stop it.
        self.reader = threading.Thread(target=self.process.stderr.read, daemon=True)
        self.reader.start()
        return self

    def __exit__(self, *failure):
        self.process.kill()
        self.process.wait()
        self.reader.join()
        self.process.stderr.close()


class Push(unittest.TestCase):
    def setUp(self):
        if os.geteuid() != 0:
            self.skipTest("run images/test as root: it runs the image as its own user")

    def test_the_image_of_a_registry_answers(self):
        with Registry() as registry, tempfile.TemporaryDirectory() as work:
            run = lambda *words: subprocess.run(words, check=True, capture_output=True, text=True).stdout  # noqa: E731
            base, team = f"{registry.address}/base:1", f"{registry.address}/team"
            run(crane(), "push", HERE / "target" / "base.tar", base)
            said = run(HERE / "build", "--if-changed", "--only", "predictor", "--push", team, "--base", base)

            repository = f"{team}/flight-delay-predictor"
            [tag] = run(crane(), "ls", repository).split()
            image = f"{repository}:{tag}"
            digest = run(crane(), "digest", image).strip()
            self.assertIn(f"pushed: {repository}@{digest}", said)
            pulled = Path(work) / "pulled.tar"
            run(crane(), "pull", image, pulled)
            with predictor.Predictor(unpack(pulled, Path(work) / "root"), work) as served:
                served.ready()
                served.check_answers(predictor.rows()[0])
