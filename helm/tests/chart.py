"""The chart, its values and what helm makes of them."""

import pathlib
import re
import shutil
import subprocess
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHART = ROOT / "helm" / "flight-delay-operator"
CASES = ROOT / "helm" / "tests" / "cases"
RELEASE = "flight-delay-operator"
NAMESPACE = "flight-delay-system"

# What helm says of each file that a symbolic link leads to.
_LINKS = re.compile(r"^.*walk\.go:\d+: found symbolic link in path: .*\n", re.MULTILINE)


class Refused(Exception):
    """What helm says why it does not take the values."""


def helm(*arguments: str) -> str:
    """The output of a helm command."""
    result = subprocess.run(["helm", *arguments], capture_output=True, text=True)
    if result.returncode:
        raise Refused(_LINKS.sub("", result.stderr + result.stdout))
    return result.stdout


def template(*arguments: str, chart: pathlib.Path = CHART) -> str:
    """All objects of the chart."""
    return helm("template", RELEASE, str(chart), "--namespace", NAMESPACE, *arguments)


def documents(rendered: str) -> list[str]:
    """The objects in helm's output as it has them, without the line that says which template they are from."""
    parts = re.split(r"^---\n", rendered, flags=re.MULTILINE)
    bodies = (re.sub(r"^# Source: .*\n", "", part, flags=re.MULTILINE).strip("\n") for part in parts)
    return [body + "\n" for body in bodies if body.strip()]


def objects(rendered: str) -> list[dict]:
    """The objects in helm's output."""
    return [yaml.safe_load(document) for document in documents(rendered)]


def arguments_of(values: pathlib.Path) -> list[str]:
    """What helm gets to render a file of values: the file, and what its lines "# helm: .." say."""
    said = re.findall(r"^# helm: (.*)$", values.read_text(), re.MULTILINE)
    return ["--values", str(values), *(word for line in said for word in line.split())]


def golden(case: pathlib.Path) -> dict[str, str]:
    """The files that a case has to have: a name and a text for each object, and the notes."""
    arguments = arguments_of(case / "values.yaml")
    files = {}
    for document in documents(template(*arguments)):
        thing = yaml.safe_load(document)
        place = thing["metadata"].get("namespace")
        elsewhere = f"{place}-" if place and place != NAMESPACE else ""
        name = f"out-{thing['kind']}-{elsewhere}{thing['metadata']['name']}.yaml"
        if name in files:
            raise AssertionError(f"{case.name} has two objects for {name}")
        files[name] = document
    files["out-notes.txt"] = notes(arguments)
    return files


def notes(arguments: list[str]) -> str:
    """What helm install tells a person. helm asks a cluster for that, so a copy of the chart has it as an object."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "chart"
        shutil.copytree(CHART, copy)
        text = (copy / "templates/NOTES.txt").read_text()
        (copy / "templates/notes.yaml").write_text(
            '{{ define "notes" }}' + text + '{{ end }}{"kind": "Notes", "text": {{ include "notes" . | toJson }}}\n'
        )
        (thing,) = objects(template(*arguments, "--show-only", "templates/notes.yaml", chart=copy))
    return thing["text"].strip("\n") + "\n"


def cases() -> list[pathlib.Path]:
    """The folders of cases."""
    return sorted(folder for folder in CASES.iterdir() if folder.is_dir())


def rules(rendered: str, kinds: set[str]) -> dict:
    """The rules in objects of these kinds, as a file of Prometheus."""
    groups = [group for thing in objects(rendered) if thing["kind"] in kinds for group in thing["spec"]["groups"]]
    if not groups:
        raise AssertionError(f"no object of {kinds} is rendered")
    return {"groups": groups}
