"""The alerting rules, as Prometheus takes them and as they fire; and the dashboard's queries."""

import json
import pathlib
import re
import subprocess
import tempfile
import unittest

import yaml

import chart

ALERTS = chart.ROOT / "helm/tests/alerts"
DASHBOARD = chart.CHART / "dashboards/flight-delay.json"
RULES = {"PrometheusRule", "Rules", "ClusterRules"}


def promtool(*arguments: str) -> str:
    result = subprocess.run(["promtool", *arguments], capture_output=True, text=True)
    if result.returncode:
        raise AssertionError(result.stdout + result.stderr)
    return result.stdout


def default_rules() -> dict:
    return chart.rules(chart.template("--set", "alerts.enabled=true"), RULES)


def queries() -> list[str]:
    """Every query of the dashboard, with what Grafana puts in for its variables."""
    targets = [target for panel in json.loads(DASHBOARD.read_text())["panels"] for target in panel.get("targets", [])]
    return [target["expr"].replace("$__rate_interval", "5m") for target in targets]


def variable_metrics() -> set[str]:
    """The metrics that the dashboard's variables get their values from."""
    variables = json.loads(DASHBOARD.read_text())["templating"]["list"]
    asked = [variable["query"]["query"] for variable in variables if variable["type"] == "query"]
    return {re.match(r"label_values\((\w+)", query)[1] for query in asked}


def metrics(query: str) -> set[str]:
    """The names of the metrics in a query."""
    bare = re.sub(r'"[^"]*"', "", query)
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]", "", bare)
    bare = re.sub(r"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", "", bare)
    names = re.findall(r"(?<![\w:.])[a-zA-Z_:][\w:]*(?![\w:])(?!\s*\()", bare)
    return {name for name in names if name not in {"and", "or", "unless", "bool", "offset"}}


def exported_metrics_needed() -> set[str]:
    """What dashboard and rules ask for and no recording rule gives."""
    rules = [rule for group in default_rules()["groups"] for rule in group["rules"]]
    recorded = {rule["record"] for rule in rules if "record" in rule}
    asked = set().union(variable_metrics(), *(metrics(text) for text in [*queries(), *(rule["expr"] for rule in rules)]))
    return asked - recorded


class Alerts(unittest.TestCase):
    def test_prometheus_takes_the_rules_of_every_case(self):
        checked = 0
        with tempfile.TemporaryDirectory() as folder:
            for case in chart.cases():
                rendered = chart.template(*chart.arguments_of(case / "values.yaml"))
                if not any(thing["kind"] in RULES for thing in chart.objects(rendered)):
                    continue
                file = pathlib.Path(folder) / f"{case.name}.yaml"
                for thing in chart.objects(rendered):
                    if thing["kind"] in RULES:
                        file.write_text(yaml.safe_dump({"groups": thing["spec"]["groups"]}))
                        promtool("check", "rules", "--lint=all", "--lint-fatal", str(file))
                        checked += 1
        self.assertGreaterEqual(checked, 5)

    def test_alerts_fire_and_keep_silent_as_their_files_say(self):
        rules = default_rules()
        for group in rules["groups"]:
            # As often as the files say: they tell of hours.
            del group["interval"]
            for rule in group["rules"]:
                # promtool would want every text again; what is in them is looked at below.
                rule.pop("annotations", None)
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "rules.yaml").write_text(yaml.safe_dump(rules))
            for file in sorted(ALERTS.glob("*.yaml")):
                with self.subTest(file.name):
                    copy = pathlib.Path(folder) / file.name
                    copy.write_text(file.read_text())
                    promtool("test", "rules", str(copy))

    def test_every_alert_has_a_time_when_it_fires_and_one_when_it_does_not(self):
        fired, silent = set(), set()
        for file in ALERTS.glob("*.yaml"):
            for test in yaml.safe_load(file.read_text())["tests"]:
                for check in test["alert_rule_test"]:
                    windows = {alert["exp_labels"].get("long_window") for alert in check["exp_alerts"]}
                    fired |= {(check["alertname"], window) for window in windows}
                    silent |= {check["alertname"]} if not windows else set()
        alerts = [rule for group in default_rules()["groups"] for rule in group["rules"] if "alert" in rule]
        self.assertEqual(fired, {(rule["alert"], rule["labels"].get("long_window")) for rule in alerts})
        self.assertEqual(silent, {rule["alert"] for rule in alerts})

    def test_every_alert_says_what_is_wrong_and_what_to_do(self):
        for rule in (rule for group in default_rules()["groups"] for rule in group["rules"] if "alert" in rule):
            with self.subTest(rule["alert"]):
                self.assertIn(rule["labels"]["severity"], {"critical", "warning"})
                self.assertRegex(rule["annotations"]["summary"], r"^(?!.*\.$).+")
                self.assertRegex(rule["annotations"]["description"], r"(kubectl|See whether) .+\.$")

    def test_prometheus_takes_every_query_of_the_dashboard(self):
        self.assertGreater(len(queries()), 20)
        rules = [{"record": f"query:{number}", "expr": query} for number, query in enumerate(queries())]
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "rules.yaml"
            file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))
            promtool("check", "rules", str(file))

    def test_a_query_that_prometheus_does_not_take_is_noticed(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "rules.yaml"
            file.write_text(yaml.safe_dump({"groups": [{"name": "broken", "rules": [{"record": "a", "expr": "sum by (a"}]}]}))
            with self.assertRaises(AssertionError):
                promtool("check", "rules", str(file))
