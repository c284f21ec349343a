"""values.yaml, values.schema.json and README.md say the same."""

import json
import unittest

import yaml

import chart
import documented_values


class Values(unittest.TestCase):
    maxDiff = None

    def test_every_value_has_a_comment_which_is_its_description_in_the_schema(self):
        self.assertEqual(
            documented_values.SCHEMA.read_text(), documented_values.schema_with_descriptions(), "run helm/test --write"
        )

    def test_the_readme_has_every_value(self):
        self.assertEqual(documented_values.README.read_text(), documented_values.readme_with_table(), "run helm/test --write")

    def test_the_schema_has_no_value_that_is_not_in_the_file(self):
        def keys(node, path):
            if isinstance(node.get("properties"), dict) and not node.get("description"):
                return {deeper for key, child in node["properties"].items() for deeper in keys(child, (*path, key))}
            return {path}

        described = keys(json.loads(documented_values.SCHEMA.read_text()), ())
        self.assertEqual(described, {value.path for value in documented_values.values()})

    def test_the_schema_takes_no_other_key_anywhere(self):
        def groups(node):
            if node.get("type") == "object" and "properties" in node:
                yield node
                for child in node["properties"].values():
                    yield from groups(child)

        found = list(groups(json.loads(documented_values.SCHEMA.read_text())))
        self.assertGreater(len(found), 10)
        for group in found:
            self.assertIs(group.get("additionalProperties"), False, group)

    def test_every_setting_of_the_operator_is_set(self):
        """As its Java record has them: a setting that the chart does not know would be out of reach."""
        source = chart.ROOT / "operator/src/main/java/dev/flightdelay/operator/OperatorSettings.java"
        record = source.read_text().split("public record OperatorSettings(")[1].split(") {")[0]
        parts = [part.split() for part in record.split(",\n")]
        names = [part[-1] for part in parts if part[-2] != "LeaseTimes"]
        self.assertGreater(len(names), 5)
        # A record in the record: its settings begin with its name.
        times = source.parent / "leader/LeaseTimes.java"
        nested = times.read_text().split("public record LeaseTimes(")[1].split(") {")[0]
        names += ["lease_" + part.split()[-1] for part in nested.split(",\n")]
        settings = {"OPERATOR_" + "".join("_" + c if c.isupper() else c for c in name).upper() for name in names}

        (deployment,) = (thing for thing in chart.objects(chart.template()) if thing["kind"] == "Deployment")
        env = deployment["spec"]["template"]["spec"]["containers"][0]["env"]

        self.assertEqual({entry["name"] for entry in env}, settings)

    def test_the_versions_are_the_poms(self):
        about = yaml.safe_load((chart.CHART / "Chart.yaml").read_text())
        pom = (chart.ROOT / "pom.xml").read_text()
        version = pom.split("<artifactId>")[1].split("<version>")[1].split("</version>")[0]
        self.assertEqual((about["version"], about["appVersion"]), (version, version))
