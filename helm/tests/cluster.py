"""An API server without nodes, and operator and predictor as processes of this machine."""

import json
import os
import pathlib
import socket
import subprocess
import time
import urllib.request

import chart

JAVA = str(pathlib.Path(os.environ.get("JAVA_HOME", "")) / "bin" / "java")
# A machine that does other things besides starts a JVM in half a minute.
PATIENCE = 180


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def until(what: str, condition, seconds: int = PATIENCE):
    """What the condition gives, as soon as that is true; a failure of it is one more no."""
    end = time.monotonic() + seconds
    last = None
    while time.monotonic() < end:
        try:
            last = condition()
            if last:
                return last
        except (OSError, subprocess.CalledProcessError, KeyError, ValueError) as e:
            last = e
        time.sleep(0.5)
    raise AssertionError(f"not within {seconds} s: {what}; last: {last}")


class ControlPlane:
    """e2e/cluster/cluster control-plane, in a folder of its own."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.kubeconfig = folder / "state" / "admin.conf"
        self._environment = {
            **os.environ,
            "CLUSTER_STATE": str(folder / "state"),
            "CLUSTER_PORT": str(free_port()),
            "KUBECONFIG": str(self.kubeconfig),
        }

    def start(self) -> None:
        for command in ("control-plane", "gateway-api", "monitoring"):
            self._run([str(chart.ROOT / "e2e/cluster/cluster"), command])

    def stop(self) -> None:
        self._run([str(chart.ROOT / "e2e/cluster/cluster"), "down"])

    def kubectl(self, *arguments: str, stdin: str | None = None) -> str:
        return self._run(["kubectl", *arguments], stdin)

    def helm(self, *arguments: str) -> str:
        return self._run(["helm", *arguments])

    def get(self, namespace: str, kind: str, name: str = "") -> dict:
        return json.loads(self.kubectl("-n", namespace, "get", kind, *([name] if name else []), "-o", "json"))

    def names(self, namespace: str, kind: str) -> list[str]:
        return [thing["metadata"]["name"] for thing in self.get(namespace, kind)["items"]]

    def kubeconfig_of(self, namespace: str, service_account: str) -> pathlib.Path:
        """How a pod with that ServiceAccount reaches the API server."""
        token = self.kubectl("-n", namespace, "create", "token", service_account, "--duration=1h").strip()
        config = json.loads(self.kubectl("config", "view", "--raw", "--minify", "-o", "json"))
        config["users"][0]["user"] = {"token": token}
        file = self.folder / f"{service_account}.conf"
        file.write_text(json.dumps(config))
        return file

    def _run(self, command: list[str], stdin: str | None = None) -> str:
        result = subprocess.run(command, input=stdin, capture_output=True, text=True, env=self._environment)
        if result.returncode:
            failed = subprocess.CalledProcessError(result.returncode, command, result.stdout, result.stderr)
            failed.add_note(result.stderr)
            raise failed
        return result.stdout


class Process:
    """A jar that runs until it is told to stop."""

    def __init__(self, jar: str, environment: dict[str, str], log: pathlib.Path, port: int, arguments: tuple[str, ...] = ()):
        self._port = port
        self._log = log
        self._process = subprocess.Popen(
            [JAVA, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", str(chart.ROOT / jar), *arguments],
            env={"PATH": os.environ["PATH"], **environment},
            stdout=log.open("w"),
            stderr=subprocess.STDOUT,
        )

    def get(self, path: str) -> str:
        if self._process.poll() is not None:
            raise AssertionError(f"it ended: {self._log.read_text()[-2000:]}")
        with urllib.request.urlopen(f"http://127.0.0.1:{self._port}{path}", timeout=5) as answer:
            return answer.read().decode()

    def metrics(self) -> str:
        return self.get("/actuator/prometheus")

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def operator(control_plane: ControlPlane, deployment: dict, number: int) -> Process:
    """The operator as its Deployment would run it: with that environment and that ServiceAccount's rights."""
    pod = deployment["spec"]["template"]["spec"]
    namespace = deployment["metadata"]["namespace"]
    environment = {entry["name"]: entry.get("value", namespace) for entry in pod["containers"][0]["env"]}
    port = free_port()
    return Process(
        "operator/target/operator.jar",
        {
            **environment,
            "KUBECONFIG": str(control_plane.kubeconfig_of(namespace, pod["serviceAccountName"])),
            # The name of the pod, by which replicas tell each other apart.
            "HOSTNAME": f"operator-{number}",
            "SERVER_PORT": str(port),
            "SERVER_ADDRESS": "127.0.0.1",
        },
        control_plane.folder / f"operator-{number}-{port}.log",
        port,
    )


def predictor(folder: pathlib.Path) -> tuple[Process, int]:
    """A predictor of the sample model, and the port of its predictions."""
    port, management = free_port(), free_port()
    sample = chart.ROOT / "predictor/samples/flight-delay/flight-delay.pkl"
    process = Process(
        "predictor/target/predictor.jar",
        {"ADDRESS": "127.0.0.1", "PORT": str(port), "MANAGEMENT_PORT": str(management)},
        folder / "predictor.log",
        management,
        (f"--model={sample}",),
    )
    return process, port


def exported(text: str) -> dict[str, dict[str, set[str]]]:
    """The metrics of an export: their labels, and the values of each."""
    found: dict[str, dict[str, set[str]]] = {}
    for line in text.splitlines():
        if line.startswith("#") or not line:
            continue
        name, _, rest = line.partition("{")
        labels = found.setdefault(name.split(" ")[0], {})
        if rest:
            for pair in rest.rsplit("}", 1)[0].split('",'):
                key, _, value = pair.partition("=")
                labels.setdefault(key.strip(), set()).add(value.strip('"'))
    return found
