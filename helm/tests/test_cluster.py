"""The chart on a real API server: its objects are accepted, and a release lives from install to uninstall."""

import json
import pathlib
import re
import subprocess
import tempfile
import unittest
import urllib.request

import yaml

import chart
import cluster
import test_alerts

MODELS = "flights"
EXAMPLES = chart.ROOT / "crds/examples"
# GKE's own custom resources are in no Go module: these objects are held by their files alone.
WITHOUT_SCHEMA = "monitoring.googleapis.com/v1"
FIRST = {
    "watch": {"namespaces": [MODELS]},
    "predictor": {"image": "registry.example/predictor:1"},
    "gateway": {"enabled": True, "className": "traefik"},
    "monitoring": {"type": "PodMonitor", "scraperNamespaces": ["monitoring"]},
    "alerts": {"enabled": True},
    "dashboard": {"enabled": True},
    # The operator works under it: what it makes is what it may.
    "admissionPolicy": {"enabled": True},
}
OTHER = {
    **FIRST,
    "replicas": 3,
    "resync": "4m",
    "monitoring": {"type": "None", "scraperNamespaces": ["observability"]},
    "predictor": {**FIRST["predictor"], "allowedImages": ["registry.example/*"], "allowedServiceAccounts": ["models"]},
    "gateway": {"enabled": False},
    "alerts": {"enabled": False},
    "podLabels": {"team": "flights"},
    "resources": {"requests": {"cpu": "200m"}},
}
OTHER_IMAGE = {**OTHER, "predictor": {**OTHER["predictor"], "image": "registry.example/predictor:2"}}


class Cluster(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.control_plane = cluster.ControlPlane(cls.folder)
        cls.addClassCleanup(cls.control_plane.stop)
        cls.control_plane.start()
        cls.processes = []
        cls.addClassCleanup(cls.stop_processes)
        for namespace in (chart.NAMESPACE, MODELS, "cargo", "monitoring"):
            cls.control_plane.kubectl("create", "namespace", namespace)
            cls.control_plane.kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted")
        chart.helm("package", str(chart.CHART), "--destination", str(cls.folder))
        (cls.archive,) = cls.folder.glob("*.tgz")

    @classmethod
    def stop_processes(cls):
        while cls.processes:
            cls.processes.pop().stop()

    def test_1_the_api_server_takes_the_objects_of_every_case(self):
        for case in chart.cases():
            with self.subTest(case.name):
                objects = chart.objects(chart.template(*chart.arguments_of(case / "values.yaml")))
                taken = [thing for thing in objects if thing["apiVersion"] != WITHOUT_SCHEMA]
                self.assertTrue(len(taken) == len(objects) or case.name.startswith("gke"))
                said = self.control_plane.kubectl(
                    "apply", "--server-side", "--dry-run=server", "--validate=strict", "-f", "-", stdin=yaml.safe_dump_all(taken)
                )
                self.assertEqual(len(said.splitlines()), len(taken), said)

    def test_2_a_release_from_install_to_uninstall(self):
        self.installs()
        self.serves_with_one_of_two_replicas()
        self.exports_what_dashboard_and_rules_ask_for()
        first = self.template_hashes()
        self.upgrades(OTHER)
        self.assertEqual(self.template_hashes(), first, "other values rolled the predictors")
        self.upgrades(OTHER_IMAGE)
        self.assertNotEqual(self.template_hashes(), first, "the check sees that predictors roll")
        self.holds_the_operator_to_what_it_makes()
        self.rolls_back()
        self.uninstalls_and_leaves_the_models()
        self.installs_again()

    def installs(self):
        self.control_plane.helm(
            "install", chart.RELEASE, str(self.archive), "--namespace", chart.NAMESPACE, *self.values(FIRST)
        )
        # Made by the controller under the restricted Pod Security Standard; there is no node to run them.
        pods = cluster.until("two pods", lambda: len(names := self.control_plane.names(chart.NAMESPACE, "pods")) == 2 and names)
        self.assertEqual(len(pods), 2)
        self.assertEqual(self.control_plane.names(MODELS, "role"), ["flight-delay-operator"])

    def serves_with_one_of_two_replicas(self):
        self.start_operators(2)
        self.control_plane.kubectl(
            "-n", MODELS, "apply", "-f", str(EXAMPLES / "flight-delay-models.yaml"), "-f", str(EXAMPLES / "first-model.yaml")
        )
        cluster.until("the predictor's Deployment", self.template_hashes)
        leads = [operator.metrics().split("\nflightdelay_operator_leads ")[1].split("\n")[0] for operator in self.processes]
        self.assertEqual(sorted(leads), ["0.0", "1.0"])

    def may_only_read(self, resource):
        role = json.loads(self.control_plane.kubectl("-n", MODELS, "get", "role", "flight-delay-operator", "-o", "json"))
        rules = [
            rule | {"verbs": ["get", "list", "watch"]} if resource in rule["resources"] else rule for rule in role["rules"]
        ]
        self.assertNotEqual(rules, role["rules"])
        self.control_plane.kubectl(
            "-n", MODELS, "patch", "role", "flight-delay-operator", "--type=merge", "-p", json.dumps({"rules": rules})
        )

    def exports_what_dashboard_and_rules_ask_for(self):
        predictor, port = cluster.predictor(self.folder)
        self.processes.append(predictor)
        cluster.until("the predictor's metrics", predictor.metrics)
        row = {"instances": [{"OPERA": "Grupo LATAM", "TIPOVUELO": "I", "MES": 12}]}
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/v1/models/flight-delay:predict",
            json.dumps(row).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            self.assertEqual(json.load(answer), {"predictions": [1]})
        # Without a right the operator fails, and says so in metrics that are not there before; the upgrade below gives it
        # back. Not without all rights: it would leave the namespace alone, perhaps before it has failed.
        self.may_only_read("flightdelaymodels/status")
        self.control_plane.kubectl(
            "-n", MODELS, "patch", "fdm", "flight-delay", "--type=merge", "-p", '{"spec":{"drainSeconds":11,"limits":{"inFlight":99}}}'
        )
        needed = test_alerts.exported_metrics_needed()
        self.assertGreater(len(needed), 15)

        def all_there():
            metrics = {}
            for process in self.processes:
                for name, labels in cluster.exported(process.metrics()).items():
                    known = metrics.setdefault(name, {})
                    for label, values in labels.items():
                        known.setdefault(label, set()).update(values)
            if needed - metrics.keys():
                raise KeyError(f"not exported: {sorted(needed - metrics.keys())}")
            return metrics

        metrics = cluster.until("every metric is exported", all_there, 90)
        # The labels that they are asked by, besides those that PodMonitors add.
        added = {"namespace", "model", "pod"}
        rules = [rule["expr"] for group in test_alerts.default_rules()["groups"] for rule in group["rules"]]
        asked = re.findall(r"\b(\w+)\{([^}]*)\}", "\n".join([*test_alerts.queries(), *rules]))
        self.assertGreater(len(asked), 20)
        for name, matchers in asked:
            for label in re.findall(r"(\w+)\s*[=!]", re.sub(r'"[^"]*"', '""', matchers)):
                self.assertIn(label, added | metrics[name].keys(), f"{name}{{{matchers}}}")
        # What may be chosen as quick is what there are buckets for.
        schema = json.loads((chart.CHART / "values.schema.json").read_text())
        choices = schema["properties"]["alerts"]["properties"]["latency"]["properties"]["seconds"]["enum"]
        self.assertEqual({str(choice) for choice in choices} | {"+Inf"}, metrics["predictor_requests_seconds_bucket"]["le"])
        self.control_plane.kubectl(
            "-n", MODELS, "patch", "fdm", "flight-delay", "--type=json", "-p", '[{"op":"remove","path":"/spec/limits"}]'
        )

    def upgrades(self, values: dict):
        self.stop_processes()
        self.control_plane.helm(
            "upgrade", chart.RELEASE, str(self.archive), "--namespace", chart.NAMESPACE, *self.values(values)
        )
        self.start_operators(1)
        scraper = values["monitoring"]["scraperNamespaces"][0]
        image = values["predictor"]["image"]
        cluster.until("it works with the new settings", lambda: scraper in self.policy() and image in self.images())

    def holds_the_operator_to_what_it_makes(self):
        self.stop_processes()
        made = self.control_plane.get(MODELS, "deployment", "flight-delay-v1")
        made.pop("status")
        made["metadata"] = {key: made["metadata"][key] for key in ("namespace", "labels", "ownerReferences")}
        service = self.control_plane.get(MODELS, "service", "flight-delay-v1")
        service.pop("status")
        service["metadata"] = {key: service["metadata"][key] for key in ("namespace", "labels", "ownerReferences")}
        for key in ("clusterIP", "clusterIPs"):
            service["spec"].pop(key)

        def changed(thing: dict, name: str, change) -> str:
            copy = json.loads(json.dumps(thing))
            copy["metadata"]["name"] = name
            change(copy)
            return json.dumps(copy)

        pod = lambda thing: thing["spec"]["template"]["spec"]
        host = {"name": "node", "hostPath": {"path": "/"}}
        attacks = {
            "what has its label": (made, lambda it: it["metadata"].pop("labels")),
            "owned by a FlightDelayModel": (made, lambda it: it["metadata"].pop("ownerReferences")),
            "of the images only": (made, lambda it: pod(it)["containers"][0].update(image="evil.example/miner")),
            "nothing of a node": (made, lambda it: pod(it)["volumes"].append(host)),
            "ServiceAccounts only": (made, lambda it: pod(it).update(serviceAccountName="flight-delay-operator")),
            "no pod a token": (made, lambda it: pod(it).update(automountServiceAccountToken=True)),
            "a namespace of its node": (made, lambda it: pod(it).update(hostNetwork=True)),
            "on a node that it names": (made, lambda it: pod(it).update(nodeName="control-plane")),
            "no privileged container": (made, lambda it: pod(it)["containers"][0]["securityContext"].update(privileged=True, allowPrivilegeEscalation=True)),
            "Services inside the cluster only": (service, lambda it: it["spec"].update(type="LoadBalancer")),
            "an address outside": (service, lambda it: it["spec"].update(externalIPs=["203.0.113.7"])),
        }
        for number, (message, (thing, change)) in enumerate(attacks.items()):
            with self.subTest(message):
                self.assertIn(message, self.refused("create", "-f", "-", stdin=changed(thing, f"attack-{number}", change)))
        self.as_operator("create", "-f", "-", stdin=changed(made, "made", lambda it: None))
        self.as_operator("create", "-f", "-", stdin=changed(service, "made", lambda it: None))
        with self.subTest("a change of what it has made"):
            patch = json.dumps({"spec": {"template": {"spec": {"hostPID": True}}}})
            self.assertIn("a namespace of its node", self.refused("-n", MODELS, "patch", "deployment", "made", "-p", patch))
        with self.subTest("what is somebody else's"):
            self.control_plane.kubectl("-n", MODELS, "create", "service", "clusterip", "others", "--tcp=80")
            self.assertIn("changes and deletes only", self.refused("-n", MODELS, "delete", "service", "others"))
            label = "app.kubernetes.io/managed-by=flight-delay-operator"
            self.assertIn("changes and deletes only", self.refused("-n", MODELS, "label", "service", "others", label))
        self.as_operator("-n", MODELS, "delete", "deployment,service", "made")
        self.control_plane.kubectl("-n", MODELS, "delete", "service", "others")
        self.start_operators(1)

    def as_operator(self, *arguments: str, stdin: str = "") -> str:
        user = f"--as=system:serviceaccount:{chart.NAMESPACE}:flight-delay-operator"
        return self.control_plane.kubectl(user, *arguments, stdin=stdin)

    def refused(self, *arguments: str, stdin: str = "") -> str:
        with self.assertRaises(subprocess.CalledProcessError) as refused:
            self.as_operator(*arguments, stdin=stdin)
        return refused.exception.stderr

    def rolls_back(self):
        self.stop_processes()
        other = self.deployment()["spec"]["template"]
        self.control_plane.helm("rollback", chart.RELEASE, "1", "--namespace", chart.NAMESPACE)
        self.assertNotEqual(self.deployment()["spec"]["template"], other)
        self.assertEqual(self.environment()["OPERATOR_PREDICTOR_IMAGE"], FIRST["predictor"]["image"])
        self.assertEqual(self.control_plane.names(chart.NAMESPACE, "gateway"), ["predictions"])

    def uninstalls_and_leaves_the_models(self):
        before = self.template_hashes()
        self.control_plane.helm("uninstall", chart.RELEASE, "--namespace", chart.NAMESPACE, "--wait")
        for kind in ("deployment", "serviceaccount", "role", "networkpolicy", "gateway", "podmonitor", "prometheusrule"):
            left = set(self.control_plane.names(chart.NAMESPACE, kind)) - {"default"}
            self.assertEqual(left, set(), kind)
        self.assertEqual(self.control_plane.names(MODELS, "role"), [])
        self.assertEqual(self.control_plane.names(MODELS, "fdm"), ["flight-delay"])
        self.assertEqual(self.template_hashes(), before)

    def installs_again(self):
        crds = self.control_plane.helm("show", "crds", str(self.archive))
        applied = self.control_plane.kubectl("apply", "--server-side", "--force-conflicts", "-f", "-", stdin=crds)
        self.assertIn("flightdelaymodels.flightdelay.dev serverside-applied", applied)
        before = self.template_hashes()
        self.control_plane.helm(
            "install", chart.RELEASE, str(self.archive), "--namespace", chart.NAMESPACE, *self.values(OTHER_IMAGE)
        )
        self.start_operators(1)
        cluster.until("it knows the model", lambda: 'flightdelay_model_ready{model="flight-delay"' in self.processes[0].metrics())
        self.assertEqual(self.template_hashes(), before)

    def start_operators(self, count: int):
        deployment = self.deployment()
        for number in range(count):
            self.processes.append(cluster.operator(self.control_plane, deployment, number))
        for process in self.processes:
            cluster.until("the operator is ready", lambda process=process: process.get("/readyz"))
        cluster.until(
            "one leads", lambda: any("\nflightdelay_operator_leads 1.0" in process.metrics() for process in self.processes)
        )

    def values(self, values: dict) -> list[str]:
        file = self.folder / "values.yaml"
        file.write_text(yaml.safe_dump(values))
        return ["--values", str(file)]

    def deployment(self) -> dict:
        return self.control_plane.get(chart.NAMESPACE, "deployment", "flight-delay-operator")

    def environment(self) -> dict:
        entries = self.deployment()["spec"]["template"]["spec"]["containers"][0]["env"]
        return {entry["name"]: entry.get("value") for entry in entries}

    def template_hashes(self) -> list[str]:
        """Of the predictors' pods: every other template is another ReplicaSet."""
        return sorted(self.control_plane.names(MODELS, "replicaset"))

    def policy(self) -> str:
        return json.dumps(self.control_plane.get(MODELS, "networkpolicy", "flight-delay-v1")["spec"])

    def images(self) -> list[str]:
        pod = self.control_plane.get(MODELS, "deployment", "flight-delay-v1")["spec"]["template"]["spec"]
        return [container["image"] for container in pod["containers"]]
