"""The operator's image beside a real API server of its own: started, given models, trained."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from processes import NotReady, Program, ask, free_port

REPOSITORY = Path(__file__).resolve().parents[1]
CLUSTER = REPOSITORY / "e2e" / "cluster" / "cluster"
EXAMPLES = REPOSITORY / "crds" / "examples"
NOT_BUILT = 3


class ApiServer:
    """A kube-apiserver and etcd, without nodes. Use as a context."""

    def __enter__(self):
        self.state = tempfile.TemporaryDirectory()
        self.environment = os.environ | {"CLUSTER_STATE": self.state.name, "CLUSTER_PORT": str(free_port())}
        started = subprocess.run([CLUSTER, "api"], env=self.environment | {"CLUSTER_NO_BUILD": "1"}, capture_output=True, text=True)
        if started.returncode:
            self.__exit__()
            if started.returncode == NOT_BUILT:
                raise NotReady("no API server is built: e2e/cluster/cluster build api")
            raise NotReady(f"the API server does not start: {started.stderr[-1000:]}")
        self.kubectl("apply", "--server-side", "-f", REPOSITORY / "crds")
        self.kubectl("wait", "--for=condition=Established", "crd/flightdelaymodels.flightdelay.dev", "--timeout=30s")
        # With everything in it, and for the image's user to read.
        self.kubeconfig = Path(self.state.name) / "kubeconfig-of-the-operator"
        self.kubeconfig.write_text(self.kubectl("config", "view", "--raw", "--flatten"))
        return self

    def __exit__(self, *failure):
        subprocess.run([CLUSTER, "down"], env=self.environment, capture_output=True, check=False)
        self.state.cleanup()

    def kubectl(self, *arguments):
        # `env` prints a shell's exports: where kubectl is, and its kubeconfig.
        command = ["bash", "-c", 'eval "$("$0" env)" && kubectl "$@"', CLUSTER, *arguments]
        asked = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        if asked.returncode:
            raise NotReady(f"kubectl {' '.join(map(str, arguments))}: {asked.stderr}")
        return asked.stdout


class Operator(Program):
    """The operator, and the API server that it serves. Use as a context: both live inside it."""

    def __init__(self, image, directory, environment=None, api=None, **program):
        self.own_api = None if api else ApiServer()
        self.api = api or self.own_api
        self.port = free_port()
        self.arguments = (image, directory, environment or {}, program)

    def __enter__(self):
        if self.own_api:
            self.own_api.__enter__()
        image, directory, environment, program = self.arguments
        settings = {
            "KUBECONFIG": "/tmp/kubeconfig",
            "OPERATOR_NAMESPACES": "default",
            "OPERATOR_PREDICTOR_IMAGE": "flight-delay-predictor",
            "SERVER_ADDRESS": "127.0.0.1",
            "SERVER_PORT": str(self.port),
        }
        binds = [(self.api.kubeconfig, "/tmp/kubeconfig", False), *program.pop("binds", ())]
        super().__init__(image, directory, settings | environment, binds, **program)
        return super().__enter__()

    def __exit__(self, *failure):
        try:
            super().__exit__(*failure)
        finally:
            if self.own_api:
                self.own_api.__exit__(*failure)

    def ready(self):
        return self.wait_until(self.port, "/readyz", pause=0.01)

    def wait_for_deployments(self, names, timeout=180):
        """Until exactly these Deployments are there."""
        deadline = time.monotonic() + timeout
        found = None
        while found != sorted(names):
            if time.monotonic() > deadline:
                raise NotReady(f"the Deployments are {found}, not {sorted(names)}: {self.said()}")
            time.sleep(0.2)
            found = sorted(self.api.kubectl("get", "deployments", "-o", "name").replace("deployment.apps/", "").split())


def train(operator):
    """What an operator does in its first minutes: watches, writes the children of models, answers probes and scrapes."""
    operator.ready()
    operator.api.kubectl("apply", "-f", EXAMPLES / "first-model.yaml")
    operator.wait_for_deployments(["flight-delay-v1"])
    operator.api.kubectl("apply", "-f", EXAMPLES / "two-versions.yaml")
    operator.wait_for_deployments(["flight-delay-v1", "flight-delay-v2"])
    for path in ("/livez", "/readyz", "/actuator/prometheus", "/actuator/info"):
        assert ask(operator.port, "GET", path)[0] == 200, path
