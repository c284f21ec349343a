"""The Python servers' virtual environments: made once for a list of requirements, and kept."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def cache():
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "flight-delay" / "benchmark"


def environment(name):
    """The directory of the environment with requirements-<name>.txt installed."""
    requirements = HERE / f"requirements-{name}.txt"
    key = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:12]
    directory = cache() / f"{name}-{key}"
    finished = directory / "finished"
    if not finished.exists():
        print(f"installing {requirements.name} into {directory}", flush=True)
        shutil.rmtree(directory, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", directory], check=True)
        pip = [directory / "bin" / "pip", "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run([*pip, "--requirement", requirements], check=True)
        finished.touch()
    return directory


def versions(directory, packages):
    code = "import sys\nfrom importlib.metadata import version\nprint(*[version(p) for p in sys.argv[1:]])"
    said = subprocess.run(
        [directory / "bin" / "python", "-c", code, *packages], check=True, capture_output=True, text=True
    )
    return dict(zip(packages, said.stdout.split(), strict=True))
