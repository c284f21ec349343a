"""Runs the tests, or those of the named classes; how long each class took is said at its end."""

import sys
import time
import unittest


from test_cases import Cases, Refusals

from test_package import Package
from test_values import Values

ALL = [Values, Cases, Refusals, Package]


def main() -> None:
    chosen = [case for case in ALL if not sys.argv[1:] or case.__name__ in sys.argv[1:]]
    if not chosen:
        sys.exit(f"helm/test: {' '.join(sys.argv[1:])} is none of {', '.join(case.__name__ for case in ALL)}")
    for case in chosen:
        started = time.monotonic()
        suite = unittest.defaultTestLoader.loadTestsFromTestCase(case)
        result = unittest.TextTestRunner(verbosity=0, stream=sys.stdout).run(suite)
        print(f"{case.__name__}: {result.testsRun} tests in {time.monotonic() - started:.0f} s", flush=True)
        if result.skipped or not result.testsRun or not result.wasSuccessful():
            sys.exit(1)


main()
