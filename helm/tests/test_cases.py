"""What the chart renders: folders of values and of the objects that they give, and values that it refuses."""

import pathlib
import re
import tempfile
import unittest

import branches
import chart


class Cases(unittest.TestCase):
    maxDiff = None

    def test_every_case_renders_as_its_files_say_and_no_file_is_left_over(self):
        self.assertGreater(len(chart.cases()), 5)
        for case in chart.cases():
            with self.subTest(case.name):
                there = {file.name: file.read_text() for file in case.iterdir() if file.name != "values.yaml"}
                self.assertEqual(there, chart.golden(case), "if it is right so, run helm/test --write")

    def test_the_cases_take_every_branch_of_every_template(self):
        with tempfile.TemporaryDirectory() as folder:
            noted = branches.NotedChart(pathlib.Path(folder))
            taken = set().union(*(noted.taken(chart.arguments_of(case / "values.yaml")) for case in chart.cases()))
        self.assertGreater(len(taken), 50)
        self.assertEqual(sorted(noted.branches - taken), [])


class Refusals(unittest.TestCase):
    def test_every_file_is_refused_with_the_message_in_its_first_line(self):
        files = sorted((chart.ROOT / "helm/tests/refused-values").glob("*.yaml"))
        self.assertGreater(len(files), 10)
        for values in files:
            with self.subTest(values.name):
                message = re.match(r"# refused: (.+)\n", values.read_text())[1]
                with self.assertRaises(chart.Refused) as refused:
                    chart.template(*chart.arguments_of(values))
                self.assertIn(message, str(refused.exception))

    def test_every_refusal_of_the_templates_has_a_file(self):
        text = (chart.CHART / "templates/_refusals.tpl").read_text()
        said = "".join(file.read_text() for file in (chart.ROOT / "helm/tests/refused-values").iterdir())
        for message in re.findall(r'fail \(?(?:printf )?"([^"]+)"', text):
            with self.subTest(message):
                self.assertIn(re.split(r"%d, ", message)[-1], said)
