"""The report, as a browser shows it."""

import os
import re
import shutil
import struct
import tempfile
import unittest
import xml.etree.ElementTree
import zlib
from pathlib import Path

import page
from histogram import Histogram
from seen import Seen
from session import Phase, must

# Where somebody wants to look at the pictures.
PICTURES = os.environ.get("LOAD_PICTURES")


def results():
    seen, probed = Seen(), Seen()
    seen.result({"microseconds": 20_000_000, "right": 800_000, "refused": 900, "wrong": 7, "first_wrong": "500 <b>oh</b> " + "x" * 300,
                 "read": 3, "latency": [[100 * 2**i, 2**(18 - i)] for i in range(14)]})  # fmt: skip
    for second in range(20):
        seen.second(1000 + second, 40_000 - 100 * second, 45 * second, second % 3)
    probed.result({"microseconds": 20_000_000, "right": 1000, "refused": 0, "wrong": 0, "first_wrong": "",
                   "latency": [[900, 900], [40_000, 90], [300_000, 10]]})  # fmt: skip
    seen.refusals = Histogram([(2000, 800), (9000, 100)])
    phase = Phase("the load", "wrk -t10 -c400 -d20s", seen, probed)
    phase.memory = [[i, 180 + i] for i in range(0, 20, 3)]
    phase.replicas = [[1000 + i, 2 + i // 4, 2 + i // 3] for i in range(0, 20, 2)]
    table = [["round", "p99 ms", *["another figure"] * 9], ["1", "2.5", *["123,456"] * 9]]
    entries = [
        {"name": "challenge", "title": "The challenge", "phases": [phase.as_json()], "must": [must("holds", True, "1"), must("not", False, "0")],
         "table": table, "failed": None},
        {"name": "levers", "title": "The levers", "phases": [], "must": [], "table": table, "failed": None},
        {"name": "function", "title": "The function", "phases": [], "must": [], "table": None, "failed": "give --token " + "y" * 200},
    ]  # fmt: skip
    machine = {"processor": "a processor", "cores": 2, "memory_gib": 8, "kernel": "6", "load_before": 0.1}
    return {"started": "today", "command": "load-tests/run challenge", "target": "here", "machine": machine, "java": "java 25", "quick": False,
            "scenarios": entries}  # fmt: skip


class PageTest(unittest.TestCase):
    def test_needs_nothing_but_itself_and_escapes_what_servers_said(self):
        text = page.page(results())

        self.assertEqual(re.findall(r"""(?:src|href)\s*=\s*["'](?!#)|@import|url\(|<script|<link""", text), [])
        self.assertIn("500 &lt;b&gt;oh", text)
        self.assertNotIn("<b>oh", text)
        self.assertNotIn("nan", text.replace("nanos", ""))

    def test_a_phase_without_any_answer_has_a_page_too(self):
        empty = results()
        empty["scenarios"][0]["phases"] = [Phase("nothing", "sent", Seen(), Seen()).as_json()]

        self.assertIn("nothing", page.page(empty))

    def test_pictures_for_documents_are_well_formed_and_stand_alone(self):
        with tempfile.TemporaryDirectory() as directory:
            page.pictures(results(), Path(directory))
            [picture] = Path(directory).iterdir()
            self.assertEqual(picture.name, "challenge-the-load.svg")
            root = xml.etree.ElementTree.parse(picture).getroot()
            lines = [part for part in root.iter("{http://www.w3.org/2000/svg}path") if "line" in part.get("class")]
            self.assertEqual([line.get("class") for line in lines], ["line right", "line probe", "line refused"])
            self.assertIn("challenge, the load", "".join(root.itertext()))

    @unittest.skipUnless(shutil.which("chromium") and shutil.which("chromedriver"), "chromium or its driver is not installed")
    def test_looks_right_on_a_desk_and_on_a_phone_by_day_and_by_night(self):
        from browser import Browser

        with tempfile.TemporaryDirectory() as directory, Browser() as browser:
            file = Path(directory) / "report.html"
            file.write_text(page.page(results()), encoding="utf-8")
            for name, width, dark in (("desk", 1280, False), ("desk-night", 1280, True), ("phone", 390, False), ("phone-night", 390, True)):
                with self.subTest(name):
                    browser.show(file, width, 900, dark)
                    self.assertEqual(browser.script("return document.documentElement.scrollWidth"), width)
                    charts = browser.script(
                        "return [...document.querySelectorAll('svg')].map(e => e.getBoundingClientRect()).map(r => [r.width, r.height])"
                    )
                    self.assertEqual(len(charts), 4)
                    for wide, high in charts:
                        self.assertGreater(wide, 280)
                        self.assertGreater(high, 160)
                    letters = browser.script(
                        "let t = document.querySelector('svg text'), s = t.ownerSVGElement; "
                        "return parseFloat(getComputedStyle(t).fontSize) * s.getBoundingClientRect().width / s.viewBox.baseVal.width"
                    )
                    self.assertGreaterEqual(letters, 9)
                    picture = Path(PICTURES or directory) / f"report-{name}.png"
                    browser.screenshot(picture)
                    ground, colours = looks(picture)
                    self.assertEqual(sum(ground) < 200, dark, ground)
                    # The lines, areas and words are there, and not in the colour of the ground.
                    self.assertGreater(colours, 50)
            self.assertEqual(browser.complaints(), [])


def looks(picture):
    """The colour of the first pixel of a PNG, and how many colours there are in its upper part."""
    data = picture.read_bytes()
    at, packed, size = 8, b"", None
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        chunk = data[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", chunk[:10])
            size = {2: 3, 6: 4}[colour]
            assert depth == 8
        elif kind == b"IDAT":
            packed += chunk
        at += length + 12
    raw = zlib.decompress(packed)
    stride = width * size + 1
    before, first, colours = bytearray(stride - 1), None, set()
    for y in range(min(height, 700)):
        line = bytearray(raw[y * stride + 1 : (y + 1) * stride])
        unfilter(raw[y * stride], line, before, size)
        first = first or tuple(line[:3])
        colours |= {bytes(line[i : i + 3]) for i in range(0, len(line), size)}
        before = line
    return first, len(colours)


def unfilter(kind, line, before, size):
    """Undoes one of PNG's five filters (PNG specification, section 9)."""
    for i in range(len(line)):
        left = line[i - size] if i >= size else 0
        up = before[i]
        corner = before[i - size] if i >= size else 0
        if kind == 4:
            estimate = left + up - corner
            nearest = min((abs(estimate - left), 0, left), (abs(estimate - up), 1, up), (abs(estimate - corner), 2, corner))[2]
        else:
            nearest = (0, left, up, (left + up) // 2)[kind]
        line[i] = (line[i] + nearest) & 255


if __name__ == "__main__":
    unittest.main()
