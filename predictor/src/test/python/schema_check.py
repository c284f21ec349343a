"""Asks a predictor what its OpenAPI document says may be asked, and more, and checks that every answer is one that the
document tells of: with schemathesis, and with 200 requests for inference whose tensors are consistent, which a schema
cannot say. Always the same requests.

    schema_check.py URL
"""

import json
import random
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

SETTINGS = """
seed = 1
workers = 2
hooks = "hooks.py"

[generation]
max-examples = 5

[phases.stateful]
enabled = false

# A schema does not say that a tensor's data are as many as its shape says, nor that a frame's columns are as long as
# each other.
[[operations]]
include-operation-id-regex = "^(infer|invocations)"
checks.positive_data_acceptance.enabled = false
"""

HOOKS = '''
import json
import math
import sys

import schemathesis

# Schemas within schemas are gone through by as many calls.
sys.setrecursionlimit(10_000)


@schemathesis.hook
def before_call(context, case, kwargs):
    """Writes a field of a form as JSON where the document says that it is, which schemathesis does not."""
    case.body = bounded(case.body)
    if case.operation.definition.raw.get("operationId") == "predictText" and isinstance(case.body, dict) and "x" in case.body:
        case.body = {**case.body, "x": json.dumps(case.body["x"])}


def bounded(value):
    """The same without numbers so large that the answer to them is none, which HugeValuesTest looks after."""
    if isinstance(value, dict):
        return {name: bounded(member) for name, member in value.items()}
    if isinstance(value, list):
        return [bounded(element) for element in value]
    large = isinstance(value, (int, float)) and abs(value) > 1e100
    return math.copysign(1e100, value) if large else value


@schemathesis.hook
def filter_case(context, case):
    """No CSV: of that a schema says no more than that it is text, and any text would be taken for good."""
    return case.media_type != "text/csv"
'''

NUMBERS = {
    "BOOL": lambda chance: chance.random() < 0.5,
    "UINT8": lambda chance: chance.randrange(256),
    "INT16": lambda chance: chance.randrange(-32768, 32768),
    "INT64": lambda chance: chance.randrange(-(2**40), 2**40),
    "FP32": lambda chance: chance.gauss(0, 1000),
    "FP64": lambda chance: chance.gauss(0, 1000),
}


def main(url):
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder, "schemathesis.toml")
        settings.write_text(SETTINGS)
        Path(folder, "hooks.py").write_text(HOOKS)
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", settings, "--no-color", "run"]
        if subprocess.run([*command, f"{url}/openapi.json"], cwd=folder).returncode:
            sys.exit("schemathesis found what is above")
    with urllib.request.urlopen(f"{url}/openapi.json") as answer:
        document = json.load(answer)
    path = next(path for path in document["paths"] if path.endswith("/infer"))
    with urllib.request.urlopen(url + path.removesuffix("/infer")) as answer:
        inputs = json.load(answer)["inputs"]
    chance = random.Random(1)
    cells = cell_schemas(document)
    for _ in range(200):
        rows = chance.randint(1, 5)
        request = {"inputs": [tensor(place, rows, cells, chance) for place in enumerate(inputs)]}
        body = ask(url + path, request)
        assert body["outputs"][0]["shape"][0] == rows, body
    print("200 requests for inference were answered")


def cell_schemas(document):
    """A schema for each of the columns that are looked at."""
    schemas = document["components"]["schemas"]
    row = schemas["RowArray"]
    cells = row.get("prefixItems") or [row["items"]] * row["maxItems"]
    resolved = [schemas[cell["$ref"].rsplit("/", 1)[1]] if "$ref" in cell else cell for cell in cells]
    return [cell for cell in resolved if cell.get("description") != "Not looked at."]


def tensor(place, rows, cells, chance):
    """One that metadata tells of, with as much data as its shape says."""
    position, described = place
    shape = [rows, *described["shape"][1:]]
    if described["datatype"] == "BYTES":
        columns = [position] if len(shape) == 1 else range(shape[1])
        data = [text(cells[column], chance) for _ in range(rows) for column in columns]
        return {"name": described["name"], "shape": shape, "datatype": "BYTES", "data": data}
    datatype = chance.choice(sorted(NUMBERS))
    data = [[NUMBERS[datatype](chance) for _ in range(shape[1] if len(shape) == 2 else 1)] for _ in range(rows)]
    if len(shape) == 1 or chance.random() < 0.5:
        data = [number for row in data for number in row]
    return {"name": described["name"], "shape": shape, "datatype": datatype, "data": data}


def text(cell, chance):
    """A category that the model knows, where it takes no other."""
    known = [value for kind in cell.get("anyOf", []) for value in kind.get("enum", []) if isinstance(value, str)]
    return chance.choice(known or ["fog", "late crew", "", "snow on the runway"])


def ask(address, request):
    post = urllib.request.Request(address, json.dumps(request).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(post) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        raise AssertionError(f"{request}: {refused.code} {refused.read()}") from refused


main(sys.argv[1])
