"""The comments in values.yaml, of which the chart's README and schema have copies."""

import dataclasses
import json
import re

import yaml

import chart

VALUES = chart.CHART / "values.yaml"
SCHEMA = chart.CHART / "values.schema.json"
README = chart.CHART / "README.md"
BEGIN, END = "<!-- values: written by helm/test --write -->\n", "<!-- end of values -->\n"


@dataclasses.dataclass(frozen=True)
class Value:
    """A key with a comment; what is below it belongs to it."""

    path: tuple[str, ...]
    comment: str
    default: object


class Undocumented(Exception):
    """A key without a comment."""


def values() -> list[Value]:
    """Every value, in the order of the file."""
    comments = _comments(VALUES.read_text())
    found = []

    def walk(node: object, path: tuple[str, ...]) -> None:
        if path in comments:
            found.append(Value(path, comments[path], node))
        elif isinstance(node, dict) and node:
            for key, child in node.items():
                walk(child, (*path, key))
        else:
            raise Undocumented(f"{'.'.join(path)} in values.yaml has no comment above it")

    for key, child in yaml.safe_load(VALUES.read_text()).items():
        walk(child, (key,))
    return found


def _comments(text: str) -> dict[tuple[str, ...], str]:
    comments, above, path = {}, [], []
    for line in text.splitlines():
        key = re.match(r"^( *)([A-Za-z_]+):", line)
        if line.strip().startswith("#"):
            above.append(line.strip().lstrip("#").strip())
        else:
            if key:
                depth = len(key[1]) // 2
                path = [*path[:depth], key[2]]
                if above:
                    comments[tuple(path)] = " ".join(above)
            above = []
    return comments


def schema_with_descriptions() -> str:
    """The schema with each value's comment as its description."""
    schema = json.loads(SCHEMA.read_text())
    for value in values():
        node = schema
        for key in value.path:
            if key not in node.get("properties", {}):
                raise Undocumented(f"{'.'.join(value.path)} is not in values.schema.json")
            node = node["properties"][key]
        rest = {key: content for key, content in node.items() if key != "description"}
        node.clear()
        node.update({"description": value.comment, **rest})
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def readme_with_table() -> str:
    """The README with a table of all values."""
    rows = ["| value | default | meaning |", "|---|---|---|"]
    for value in values():
        default = json.dumps(value.default, ensure_ascii=False)
        rows.append(f"| `{'.'.join(value.path)}` | `{default}` | {value.comment.replace('|', chr(92) + '|')} |")
    text = README.read_text()
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return before + BEGIN + "\n" + "\n".join(rows) + "\n\n" + END + after
