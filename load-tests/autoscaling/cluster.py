"""The cluster of KUBECONFIG: the chart on it, the model, its pods and their CPU."""

import json
import os
import platform
import subprocess

NAMESPACE = "flights"
OPERATOR = "flight-delay-system"
NAME = "scaled"


class Cluster:
    def __init__(self, root, chart):
        self.root, self.chart = root, chart
        self.model = None

    def install(self):
        for namespace in (OPERATOR, NAMESPACE):
            self.kubectl("apply", "-f", "-", input=json.dumps({
                "apiVersion": "v1", "kind": "Namespace",
                "metadata": {"name": namespace, "labels": {"pod-security.kubernetes.io/enforce": "restricted"}}}))
        registry = os.environ.get("E2E_REGISTRY", "")
        images = [f"--set=image.repository={registry}/flight-delay-operator"] if registry else []
        self._run(["helm", "upgrade", "--install", "operator", self.chart, f"--namespace={OPERATOR}", "--wait", "--timeout=4m",
                   f"--set=watch.namespaces={{{NAMESPACE}}}", "--set=replicas=1", *images])
        self.kubectl("apply", "-f", "crds/examples/flight-delay-models.yaml")

    def apply(self, autoscaling):
        """One version, 100m of CPU a pod: the autoscaler's target of 70 % is 70m."""
        self.model = {
            "apiVersion": "flightdelay.dev/v1alpha1", "kind": "FlightDelayModel", "metadata": {"name": NAME},
            "spec": {
                "versions": [{"name": "v1", "traffic": 100, "model": {
                    "uri": "configmap://flight-delay-models/flight-delay.pkl",
                    "sha256": "818a8c85a890bcf651fe5a13f9d004a7f0c4b9f9741631e93568978baea4c3a6"}}],
                "autoscaling": autoscaling,
                "predictor": {"resources": {"requests": {"cpu": "100m"}}}}}
        self.kubectl("delete", "fdm", "--all", "--wait")
        self.kubectl("wait", "pods", "--for=delete", "--all", "--timeout=2m")
        self.kubectl("apply", "-f", "-", input=json.dumps(self.model))
        self.kubectl("wait", f"fdm/{NAME}", "--for=condition=Ready", "--timeout=4m")
        if autoscaling.get("mode", "HPA") == "HPA":
            # It does not scale before it has had a measurement, and a JVM's start is none of the load.
            self.kubectl("wait", f"hpa/{NAME}-v1", "--for=condition=ScalingActive", "--timeout=2m")

    def url(self):
        """The Ingress; v1's only route is the model's."""
        entry = os.environ.get("E2E_URL")
        if not entry:
            entry = "http://" + self.kubectl("get", "ingress", NAME, "-o", "jsonpath={.status.loadBalancer.ingress[0].ip}")
        return f"{entry.rstrip('/')}/v1/models/{NAME}:predict"

    def pods(self):
        """Pods that are ready, pods that are asked for, and the CPU of all in thousandths of a core, as last measured."""
        deployment = json.loads(self.kubectl("get", "deployment", f"{NAME}-v1", "-o", "json"))
        metrics = json.loads(self.kubectl(
            "get", "--raw", f"/apis/metrics.k8s.io/v1beta1/namespaces/{NAMESPACE}/pods?labelSelector=app.kubernetes.io/instance%3D{NAME}"))
        usage = [millicores(container["usage"]["cpu"]) for pod in metrics["items"] for container in pod["containers"]]
        return {"ready": deployment["status"].get("readyReplicas", 0), "wanted": deployment["spec"]["replicas"],
                "cpu": sum(usage) if usage else None}

    def autoscaler_flags(self):
        """The controller manager's, as far as it runs on this machine."""
        for process in os.listdir("/proc"):
            if process.isdigit():
                try:
                    with open(f"/proc/{process}/cmdline", encoding="utf-8") as file:
                        command = file.read().split("\0")
                except OSError:
                    continue
                if command[0].endswith("kube-controller-manager") and any(
                        os.environ.get("KUBECONFIG", "-").rsplit("/", 1)[0] in argument for argument in command):
                    return [argument for argument in command if argument.startswith("--horizontal-pod-autoscaler")]
        return []

    def machine(self):
        return {"cores": os.cpu_count(), "system": platform.platform(), "load": os.getloadavg()[0]}

    def kubectl(self, *arguments, input=""):
        return self._run(["kubectl", "-n", NAMESPACE, *arguments], input)

    def _run(self, command, input=""):
        process = subprocess.run(command, cwd=self.root, input=input, capture_output=True, text=True, check=False)
        if process.returncode and not ("--all" in command and "no matching resources" in process.stderr):
            raise SystemExit(f"{' '.join(command)}: {process.stderr}")
        return process.stdout


def millicores(quantity):
    """Of a quantity such as 15600u, 3n or 2."""
    for unit, factor in (("n", 1e-6), ("u", 1e-3), ("m", 1)):
        if quantity.endswith(unit):
            return float(quantity[:-1]) * factor
    return float(quantity) * 1000
