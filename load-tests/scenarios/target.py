"""What is loaded: predictors started here for it, or a URL that somebody gave."""

import http.client
import json
import socket
import subprocess
import time
import urllib.parse
from contextlib import ExitStack

from calls import API
from cases import sample
from contenders import Predictor
from processes import Failed
from server import Server

# As many cores as there are: the load and the server share them, as `taskset` is told.
JAVA_OPTIONS = ["-XX:+UseSerialGC", "-Xmx128m", "-Xmn24m", "-XX:TrimNativeHeapInterval=5000"]


class Local:
    """Predictors of a model, the sample's without another, on loopback, each with a port of its own. Use as a context."""

    kind = "local"
    model = "flight-delay"

    def __init__(self, options, directory, count=1, limits=None, java_options=(), cores=None, token=None, served=None):
        self.token = token
        self.served = served or sample()
        self.cores = options.server_cores if cores is None else cores
        self.directory = directory
        self.contender = LimitedPredictor(
            options.java, options.jar.resolve(), self.served.file, [*JAVA_OPTIONS, *java_options], limits or {}
        )
        self.count = count
        self.servers = []

    def __enter__(self):
        with ExitStack() as started:
            rows, classes = self.served.rows[:1], self.served.classes[:1]
            for number in range(self.count):
                # A list of cores gives each predictor its own.
                core = self.cores[number] if isinstance(self.cores, list) else self.cores
                self.servers.append(started.enter_context(TokenServer(self.contender, core, self.directory, self.token)))
                self.servers[-1].wait_until_right(API, rows, classes)
                self.contender.settle()
            self.running = started.pop_all()
        return self

    def __exit__(self, *failure):
        self.running.__exit__(*failure)

    @property
    def addresses(self):
        return [("127.0.0.1", server.port) for server in self.servers]

    @property
    def urls(self):
        return [f"http://{host}:{port}" for host, port in self.addresses]

    @property
    def host(self):
        return "127.0.0.1"

    def memory_mib(self):
        return sum(server.rss_mib() for server in self.servers)

    def cpu_seconds(self):
        return sum(server.cpu_seconds() for server in self.servers)


class TokenServer(Server):
    """A predictor that is asked with a bearer token, where it wants one."""

    def __init__(self, contender, core, directory, token):
        super().__init__(contender, core, directory)
        self.token = token

    def ask(self, call, body, timeout=60):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        try:
            connection.request("POST", call.path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()


class LimitedPredictor(Predictor):
    """A predictor with settings of its own."""

    def __init__(self, java, jar, model, options, settings):
        super().__init__(java, jar, model, options)
        self.settings = settings

    def command(self, port, directory):
        command, environment = super().command(port, directory)
        return command, environment | self.settings


class Url:
    """A predictor, a load balancer or an Ingress that runs already."""

    kind = "url"
    count = 1

    def __init__(self, url, host=None, token=None):
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
            raise Failed(f"--url {url} is not http://HOST[:PORT] or https://HOST[:PORT]")
        self.secure = parts.scheme == "https"
        self.port = parts.port or (443 if self.secure else 80)
        self.name = parts.hostname
        self.urls = [f"{parts.scheme}://{parts.netloc}"]
        self.host = host or parts.netloc
        self.token = token
        self.served = sample()

    def __enter__(self):
        try:
            self.addresses = [(socket.gethostbyname(self.name), self.port)]
        except OSError as error:
            raise Failed(f"{self.name} has no address: {error}") from error
        models = self.models()
        if len(models) != 1:
            raise Failed(f"{self.urls[0]} serves {', '.join(models) or 'no model'}: give the one to load with --model")
        self.model = models[0]
        return self

    def __exit__(self, *failure):
        pass

    def models(self):
        kind = http.client.HTTPSConnection if self.secure else http.client.HTTPConnection
        connection = kind(self.name, self.port, timeout=10)
        headers = {"Host": self.host} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        try:
            connection.request("GET", "/v1/models", headers=headers)
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise Failed(f"{self.urls[0]}/v1/models answers {response.status}: {body[:200].decode(errors='replace')}")
            return json.loads(body)["models"]
        except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
            raise Failed(f"{self.urls[0]}/v1/models gives no models: {error!r}") from error
        finally:
            connection.close()

    def memory_mib(self):
        return None


class Named(Url):
    """A URL of which the model's name is known."""

    def __init__(self, url, model, host=None, token=None):
        super().__init__(url, host, token)
        self.named = model

    def models(self):
        return [self.named]


def ingress(model, token=None):
    """The address at which a cluster's Ingress or Gateway takes the traffic of a model, and its host."""
    resource = kubectl("get", "fdm", model)
    host = resource["spec"].get("expose", {}).get("host")
    if resource["spec"].get("expose", {}).get("type") == "HTTPRoute":
        parent = resource["spec"]["expose"]["parentRefs"][0]
        space = ("-n", parent["namespace"]) if "namespace" in parent else ()
        places = kubectl("get", "gateway", parent["name"], *space).get("status", {}).get("addresses", [])
        addresses = [place["value"] for place in places]
    else:
        places = kubectl("get", "ingress", model).get("status", {}).get("loadBalancer", {}).get("ingress", [])
        addresses = [place.get("ip") or place.get("hostname") for place in places]
    if not addresses:
        raise Failed(f"nothing says where {model} is reached from outside: kubectl describe fdm {model}, or give --url")
    return Named(f"http://{addresses[0]}", model, host, token)


def kubectl(*words):
    try:
        said = subprocess.run(["kubectl", *words, "-o", "json"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failed(f"kubectl does not run: {error}") from error
    if said.returncode:
        raise Failed(f"kubectl {' '.join(words)}: {said.stderr.strip()}")
    return json.loads(said.stdout)


class Replicas:
    """How many pods serve, second by second, where KUBECONFIG names a cluster that has the model."""

    def __init__(self, model):
        self.model = model
        self.seen = []
        self.next = 0.0

    def look(self):
        if time.time() < self.next:
            return
        self.next = time.time() + 5
        status = kubectl("get", "fdm", self.model).get("status", {})
        scalers = kubectl("get", "hpa", "-l", f"app.kubernetes.io/instance={self.model}").get("items", [])
        wanted = sum(scaler.get("status", {}).get("desiredReplicas", 0) for scaler in scalers)
        self.seen.append([int(time.time()), status.get("readyReplicas", 0), wanted or status.get("replicas", 0)])
