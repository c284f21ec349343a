"""Which branches of the templates a case takes: a copy of the chart that notes each of them while it renders."""

import collections
import json
import pathlib
import re
import shutil

import chart

_TAG = re.compile(r"\{\{-? *(if|else if|else|with|range|end|define)\b.*?\}\}", re.DOTALL)
# Rendered last: helm takes the templates of a folder from z to a.
_REPORT = "templates/0.yaml"


class NotedChart:
    """A copy of the chart in a folder; each if and with in it can be taken or passed over."""

    def __init__(self, folder: pathlib.Path):
        self.path = folder / "flight-delay-operator"
        self.branches: set[str] = set()
        shutil.copytree(chart.CHART, self.path)
        # It has no place for the notes.
        (self.path / "values.schema.json").unlink()
        for template in sorted((self.path / "templates").iterdir()):
            template.write_text(self._noted(template.name, template.read_text()))
        (self.path / _REPORT).write_text(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: branches}\ndata:\n"
            "  taken: {{ keys (default dict .Values.branches) | sortAlpha | toJson | quote }}\n"
        )

    def taken(self, arguments: list[str]) -> set[str]:
        """The branches that a rendering takes."""
        for thing in chart.objects(chart.template(*arguments, "--set", "branches.none=true", chart=self.path)):
            if thing["metadata"]["name"] == "branches":
                return set(json.loads(thing["data"]["taken"])) - {"none"}
        raise AssertionError("the noted chart has no report")

    def _noted(self, name: str, text: str) -> str:
        out, at, open_tags = [], 0, []
        counts = collections.Counter()
        for tag in _TAG.finditer(text):
            out.append(text[at : tag.start()])
            at = tag.end()
            word, whole = tag[1], tag[0]
            counts[word] += 1
            branch = f"{name}:{text.count(chr(10), 0, tag.start()) + 1} {word}"
            if word in ("if", "with", "range", "define"):
                open_tags.append((word, branch, False))
            elif word in ("else", "else if"):
                kind, opened, _ = open_tags.pop()
                open_tags.append((kind, opened, word == "else"))
            elif word == "end":
                kind, opened, has_else = open_tags.pop()
                # A list that may be empty is in a with; a range alone always has something.
                if kind in ("if", "with") and not has_else:
                    passed = opened + " passed over"
                    out.append(("{{- else }}" if whole.startswith("{{-") else "{{ else }}") + self._note(passed, ""))
            out.append(whole)
            # A refusal ends the rendering, and with it the notes.
            if word not in ("end", "define") and not re.match(r"\s*\{\{-? *fail ", text[at:]):
                out.append(self._note(branch, "-" if whole.endswith("-}}") else ""))
        out.append(text[at:])
        if open_tags:
            raise AssertionError(f"{name}: {open_tags} are not closed")
        return "".join(out)

    def _note(self, branch: str, trim: str) -> str:
        self.branches.add(branch)
        return '{{ $_ := set $.Values.branches "%s" true %s}}' % (branch, trim)
