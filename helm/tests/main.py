"""Runs the tests, or those of the named classes; how long each class took is said at its end."""

import subprocess
import sys
import time
import unittest

from test_alerts import Alerts
from test_cases import Cases, Refusals
from test_cluster import Cluster
from test_package import Package
from test_values import Values

ALL = [Values, Cases, Refusals, Package, Alerts, Cluster]


def main() -> None:
    if not sys.argv[1:]:
        sys.exit(run_all())
    names = {case.__name__: case for case in ALL}
    for name in sys.argv[1:]:
        if name not in names:
            sys.exit(f"helm/test: {name} is none of {', '.join(names)}")
    sys.exit(0 if all([passes(names[name]) for name in sys.argv[1:]]) else 1)


def run_all() -> int:
    """Cluster waits for JVMs most of its time, so the others run beside it. 1 if one of them fails."""
    command = [sys.executable, __file__, Cluster.__name__]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as cluster:
        passed = [passes(case) for case in ALL if case is not Cluster]
        print(cluster.communicate()[0], end="", flush=True)
    return 0 if all(passed) and cluster.returncode == 0 else 1


def passes(case: type[unittest.TestCase]) -> bool:
    started = time.monotonic()
    result = unittest.TextTestRunner(verbosity=0, stream=sys.stdout).run(unittest.defaultTestLoader.loadTestsFromTestCase(case))
    print(f"{case.__name__}: {result.testsRun} tests in {time.monotonic() - started:.0f} s", flush=True)
    return result.wasSuccessful() and bool(result.testsRun) and not result.skipped


if __name__ == "__main__":
    main()
