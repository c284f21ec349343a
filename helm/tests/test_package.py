"""The packaged chart is whole, and has no second copy of anything."""

import pathlib
import shutil
import tarfile
import tempfile
import unittest

import yaml

import chart

CRD = "flightdelaymodels.flightdelay.dev-v1.yml"


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        chart.helm("package", str(chart.CHART), "--destination", folder.name)
        (cls.archive,) = pathlib.Path(folder.name).glob("*.tgz")

    def test_has_the_custom_resource_and_the_rules_of_the_sources(self):
        sources = {f"crds/{CRD}": chart.ROOT / "crds" / CRD}
        for file in (chart.ROOT / "operator/src/main/rbac").iterdir():
            sources[f"rbac/{file.name}"] = file
        self.assertGreater(len(sources), 3)
        with tarfile.open(self.archive) as archive:
            for name, source in sources.items():
                self.assertEqual(archive.extractfile(f"flight-delay-operator/{name}").read(), source.read_bytes(), name)

    def test_custom_resource_and_rules_are_links_in_the_sources_not_copies(self):
        self.assertTrue((chart.CHART / "crds" / CRD).is_symlink())
        self.assertTrue((chart.CHART / "rbac").is_symlink())

    def test_renders_as_the_sources_do(self):
        for case in chart.cases():
            arguments = chart.arguments_of(case / "values.yaml")
            self.assertEqual(chart.template(*arguments, chart=self.archive), chart.template(*arguments), case.name)

    def test_has_nothing_of_the_tests(self):
        with tarfile.open(self.archive) as archive:
            folders = {pathlib.PurePath(name).parts[1] for name in archive.getnames()}
        self.assertEqual(
            folders,
            {".helmignore", "Chart.yaml", "README.md", "crds", "dashboards", "rbac", "templates", "values.schema.json", "values.yaml"},
        )

    def test_is_what_lint_wants_in_every_case(self):
        for case in chart.cases():
            chart.helm("lint", "--strict", "--quiet", str(chart.CHART), "--values", str(case / "values.yaml"))

    def test_gives_the_operator_the_rights_that_its_tests_run_under_and_no_other(self):
        def shipped(name):
            return yaml.safe_load((chart.ROOT / "operator/src/main/rbac" / name).read_text())["rules"]

        for case in chart.cases():
            objects = chart.objects(chart.template(*chart.arguments_of(case / "values.yaml")))
            for role in (thing for thing in objects if thing["kind"] in ("Role", "ClusterRole")):
                with self.subTest(case=case.name, role=role["metadata"]["name"]):
                    if role["metadata"]["name"].endswith("-leader-election"):
                        self.assertEqual(role["rules"], shipped("role-leader-election.yaml"))
                    else:
                        rules = shipped("role.yaml")
                        if case.name.startswith("gke"):
                            rules += shipped("role-gke.yaml")
                        if role["kind"] == "ClusterRole":
                            rules += shipped("role-cluster.yaml")
                        self.assertEqual(role["rules"], rules)

    def test_says_what_to_do_where_a_checkout_has_lost_the_links(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "chart"
            shutil.copytree(chart.CHART, copy)
            shutil.rmtree(copy / "rbac")
            with self.assertRaisesRegex(chart.Refused, "has no rbac/role.yaml"):
                chart.template(chart=copy)
