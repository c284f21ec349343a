#!/usr/bin/env python3
"""Writes ../resources/token-patterns.csv.gz: random token patterns of the kind that is read, texts, and what re.findall gives. Needs no package.

  python3 make_token_patterns.py

A line is a pattern, a text and a list of tokens, each as JSON and with tabs between them.
"""

import gzip
import json
import pathlib
import random
import re

TARGET = pathlib.Path(__file__).parent.parent / "resources" / "token-patterns.csv.gz"
CASES = 4000
LETTERS = "aab-é_1 \t\n²à́𝒳"
CLASSES = [r"\w", r"\W", r"\d", r"\D", r"\s", r"\S", ".", "[ab]", "[^a]", r"[\w-]", r"[^\W\d_]", r"[^\Wab]", "[a-b1]", r"[]\-a]", "[^ -b]", r"[\d\s]", r"[é𝒳]"]


def atom(dice):
    if dice.random() < 0.1:
        return dice.choice([r"\b", r"\B"])
    one = dice.choice(CLASSES) if dice.random() < 0.5 else re.escape(dice.choice("ab-_1é")) if dice.random() < 0.9 else r"\t"
    count = dice.choice(["", "", "", "*", "+", "?", "{2}", "{1,}", "{,2}", "{0,3}", "{2,3}"])
    return one + count + (dice.choice(["", "", "?"]) if count else "")


def sequence(dice, depth, captures):
    parts = []
    for _ in range(dice.choice([0, 1, 1, 2, 2, 3, 4])):
        if depth < 2 and dice.random() < 0.25:
            capture = captures and dice.random() < 0.4
            inner = alternatives(dice, depth + 1, captures and not capture)
            # One group at most: what is inside of it must have none.
            captures = captures and not capture and "((" not in inner and not re.search(r"\((?!\?)", inner)
            parts.append(("(" if capture else "(?:") + inner + ")" + dice.choice(["", "?"]))
        else:
            parts.append(atom(dice))
    return "".join(parts), captures


def alternatives(dice, depth, captures):
    ways = []
    for _ in range(dice.choice([1, 1, 1, 2, 3])):
        way, captures = sequence(dice, depth, captures)
        ways.append(way)
    return "|".join(ways)


def main():
    dice = random.Random(20261130)
    lines = []
    while len(lines) < CASES:
        pattern = dice.choice(["", "(?u)"]) + alternatives(dice, 0, True)
        compiled = re.compile(pattern)
        if compiled.groups > 1 or len(pattern) > 300:
            continue
        text = "".join(dice.choice(LETTERS) for _ in range(dice.choice([0, 1, 3, 8, 20])))
        lines.append("\t".join(json.dumps(part) for part in (pattern, text, compiled.findall(text))))
    TARGET.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0))
    print(f"{len(lines)} cases, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
