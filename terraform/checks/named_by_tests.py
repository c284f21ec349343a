"""Fails for a variable that no test sets beside an assertion, and for a validation that no test has refuse.

    named_by_tests.py TERRAFORM-FOLDER

Looks at every folder below with variables.tf: its variables and how many validations each has, and the runs of
its tests/*.tftest.hcl. A variable may also be one of the effects of checks/plans/*.json, which plans_test.py finds in a real
plan. Relies on the layout that `tofu fmt` gives.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

BLOCK = re.compile(r'^(variable|run) "([^"\n]+)" \{\n(.*?)^\}', re.MULTILINE | re.DOTALL)


def blocks(text, kind):
    return {name: body for found, name, body in BLOCK.findall(text) if found == kind}


def assigned(run):
    variables = re.search(r"^  variables \{\n(.*?)^  \}", run, re.MULTILINE | re.DOTALL)
    return set(re.findall(r"^    (\w+) +=", variables[1], re.MULTILINE)) if variables else set()


def missing(folder, effects):
    variables = blocks((folder / "variables.tf").read_text(), "variable")
    tests = "\n".join(path.read_text() for path in sorted((folder / "tests").glob("*.tftest.hcl")))
    runs = blocks(tests, "run").values()

    set_beside_assertions = set(effects)
    refusals = Counter()
    for run in runs:
        if re.search(r"^  assert \{", run, re.MULTILINE):
            set_beside_assertions |= assigned(run)
        expected = re.search(r"^  expect_failures = \[(.*?)\]", run, re.MULTILINE | re.DOTALL)
        if expected:
            refusals.update(re.findall(r"var\.(\w+)", expected[1]))

    for name, body in variables.items():
        if name not in set_beside_assertions:
            yield f"no test sets {name} and asserts what it does"
        validations = len(re.findall(r"^  validation \{", body, re.MULTILINE))
        if refusals[name] < validations:
            yield f"{name} has {validations} validations, and tests have {refusals[name]} refuse"
        for needed in ("description", "type"):
            if not re.search(rf"^  {needed} +=", body, re.MULTILINE):
                yield f"{name} has no {needed}"


def main(root):
    plans = [json.loads(path.read_text()) for path in sorted((root / "checks/plans").glob("*.json"))]
    folders = [path.parent for path in sorted(root.rglob("variables.tf")) if ".terraform" not in path.parts]
    if len(folders) < 10:
        sys.exit(f"only {len(folders)} modules below {root}: is the layout another now?")
    faults = [
        f"{folder.relative_to(root)}: {fault}"
        for folder in folders
        for fault in missing(
            folder,
            [name for plan in plans if root / plan["folder"] == folder for name in plan.get("effects", {})],
        )
    ]
    print("\n".join(faults) or f"every variable and validation of {len(folders)} modules is named by a test")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
