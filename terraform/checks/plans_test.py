"""The plans of checks/plans/*.json, as terraform/test has made them: what they make and what their outputs say.

PLANS is the folder with NAME.json for each, as `tofu show -json` prints a plan; PROJECT the root of the repository.
"""

import json
import os
import re
import unittest
from pathlib import Path

PLANS = Path(os.environ["PLANS"])
PROJECT = Path(os.environ["PROJECT"])
WANTED = {path.stem: json.loads(path.read_text()) for path in sorted((Path(__file__).parent / "plans").glob("*.json"))}


def plan(name):
    return json.loads((PLANS / f"{name}.json").read_text())


def made(name):
    return {
        change["address"]: change["change"]["after"]
        for change in plan(name)["resource_changes"]
        if change["mode"] == "managed"
    }


def at(values, path):
    for step in path.split("."):
        values = values[int(step)] if isinstance(values, list) else values[step]
    return values


class Plans(unittest.TestCase):
    maxDiff = None

    def test_make_the_resources_of_their_lists_no_more_no_fewer(self):
        for name, wanted in WANTED.items():
            if "resources" in wanted:
                with self.subTest(name):
                    self.assertEqual(wanted["resources"], sorted(made(name)))

    def test_only_make(self):
        for name in WANTED:
            with self.subTest(name):
                self.assertEqual(
                    {("create",)},
                    {tuple(c["change"]["actions"]) for c in plan(name)["resource_changes"] if c["mode"] == "managed"},
                )

    def test_carry_each_setting_to_where_it_works(self):
        checked = 0
        for name, wanted in WANTED.items():
            resources = made(name)
            for variable, effects in wanted.get("effects", {}).items():
                for address, values in effects.items():
                    for path, value in values.items():
                        with self.subTest(name, variable=variable, path=path):
                            self.assertEqual(value, at(resources[address], path))
                        checked += 1
        self.assertGreater(checked, 20)

    def test_have_no_secret_in_them(self):
        secret = re.compile(r"password|private_key|client_key|secret_data|access_token|hmac")
        for name in WANTED:
            for address, values in made(name).items():
                with self.subTest(name, address=address):
                    self.assertEqual([], [key for key in set_keys(values) if secret.search(key)])


def set_keys(values):
    """The keys at any depth that have a value."""
    if isinstance(values, dict):
        for key, value in values.items():
            if value not in (None, "", [], {}):
                yield key
            yield from set_keys(value)
    elif isinstance(values, list):
        for value in values:
            yield from set_keys(value)


class Readme(unittest.TestCase):
    maxDiff = None

    def test_has_the_next_commands_of_the_smallest_example(self):
        printed = plan("smallest")["planned_values"]["outputs"]["next_commands"]["value"]
        section = re.search(r"^## On Google Cloud\n(.*?)^## ", (PROJECT / "terraform" / "README.md").read_text(), re.M | re.S)
        self.assertTrue(section, "terraform/README.md has no section On Google Cloud")
        blocks = re.findall(r"^```sh\n(.*?)^```", section[1], re.M | re.S)
        self.assertIn(printed + "\n", blocks, "next_commands of the smallest example is not a block of terraform/README.md")

    def test_builds_what_the_commands_name(self):
        printed = plan("smallest")["planned_values"]["outputs"]["next_commands"]["value"]
        version = re.search(r"<version>(.*?)</version>", (PROJECT / "pom.xml").read_text())[1]
        self.assertIn(f"--set 'image.tag={version}'", printed)
        self.assertIn(f"/flight-delay-predictor:{version}'", printed)


class Chart(unittest.TestCase):
    """What Terraform's commands and alerts have to do with helm/flight-delay-operator."""

    CHART = PROJECT / "helm/flight-delay-operator"

    def test_has_the_values_that_helm_install_sets(self):
        schema = json.loads((self.CHART / "values.schema.json").read_text())
        for name in ("smallest", "production"):
            printed = plan(name)["planned_values"]["outputs"]["next_commands"]["value"]
            settings = re.findall(r"--set '([^=]+)=", printed)
            self.assertGreater(len(settings), 5)
            for setting in settings:
                with self.subTest(setting):
                    self.assertTrue(allows(schema, setting.split(".")), f"values.schema.json has no {setting}")

    def test_alerts_by_the_same_windows_rates_and_predictions(self):
        text = (self.CHART / "templates/_alerts.tpl").read_text()
        burns = re.findall(r"long: (\w+), short: (\w+), seconds: \d+, factor: ([\d.]+), severity: (\w+)", text)
        self.assertEqual(4, len(burns))
        for objective in ("availability", "latency"):
            self.assertCountEqual(
                [(long, short, float(factor), severity) for long, short, factor, severity in burns],
                [self.burn(policy) for policy in self.policies(objective)],
            )
        predictions = re.search(r"\$predictions := `(.*?)`", text)[1]
        by = re.search(r'\$by := "(.*?)"', text)[1]
        for policy in self.policies(""):
            selectors = re.findall(r"(predictor_\w+)\{(.*?)[,}]", query(policy))
            self.assertEqual({predictions}, {selector for _, selector in selectors})
            self.assertEqual({by}, set(re.findall(r"sum by \([^)]*\)", query(policy))))

    def test_promises_the_same_unless_told_otherwise(self):
        values = (self.CHART / "values.yaml").read_text()
        alerts = re.search(r"^alerts:\n(.*?)^\w", values, re.M | re.S)[1]
        number = {key: float(value) for key, value in re.findall(r"^ +(\w+): ([\d.]+)$", alerts, re.M)}
        slos = {address: slo for address, slo in made("production").items() if "google_monitoring_slo" in address}
        self.assertEqual(
            {"availability": number["availability"], "latency": number["objective"]},
            {slo["slo_id"]: round(slo["goal"] * 100, 4) for slo in slos.values()},
        )
        self.assertEqual(
            [number["seconds"]],
            [slo["request_based_sli"][0]["distribution_cut"][0]["range"][0]["max"] for slo in slos.values() if slo["slo_id"] == "latency"],
        )
        for policy in self.policies(""):
            self.assertEqual([number["minimumBad"]], [float(bad) for bad in re.findall(r">= ([\d.]+)$", query(policy))])

    def policies(self, objective):
        found = [
            policy
            for address, policy in made("production").items()
            if f'google_monitoring_alert_policy.burn["{objective}' in address
        ]
        self.assertTrue(found)
        return found

    def burn(self, policy):
        windows = re.findall(r"rate\(.*?\[(\w+)\]", query(policy))
        rates = {float(rate) for rate in re.findall(r"> ([\d.]+) \*", query(policy))}
        self.assertEqual(1, len(rates))
        return windows[0], windows[-1], rates.pop(), policy["severity"].lower()


def query(policy):
    return policy["conditions"][0]["condition_prometheus_query_language"][0]["query"]


def allows(schema, keys):
    if not keys:
        return True
    properties = schema.get("properties", {})
    if keys[0] in properties:
        return allows(properties[keys[0]], keys[1:])
    return not properties and schema.get("additionalProperties", True) is not False


if __name__ == "__main__":
    unittest.main(verbosity=1)
