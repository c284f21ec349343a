"""The servers that are compared: how each is started, and which calls it answers."""

import http.client
import json
import time
from pathlib import Path

from calls import API, INFER, INSTANCES
from ports import free_port
from server import Wrong

SERVERS = Path(__file__).resolve().parent / "servers"

# One core: a second thread in the arithmetic libraries could only get in the way.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}

MANAGEMENT_SECONDS = 120


class Contender:
    """`constant` marks a server that answers the same whatever the rows are."""

    constant = False
    single_calls = (API,)
    batches = False
    idle = False

    def settle(self):
        """Waits for what the server still starts after its first answer."""

    def counted_requests(self):
        """How many predictions the server's own metrics have counted; None where it has no metrics."""
        return None


class Nginx(Contender):
    name = "nginx"
    title = "nginx, a constant"
    constant = True
    single_calls = (API, INFER)
    idle = True

    def command(self, port, directory):
        configuration = (SERVERS / "nginx.conf").read_text()
        configuration = configuration.replace("@PORT@", str(port)).replace("@DIRECTORY@", str(directory))
        (directory / "nginx.conf").write_text(configuration)
        return ["nginx", "-p", directory, "-c", "nginx.conf"], {}


class Predictor(Contender):
    name = "predictor"
    title = "predictor, java -jar"
    single_calls = (API, INFER)
    batches = True
    idle = True

    def __init__(self, java, jar, model, options, name=name, title=title):
        self.java = java
        self.jar = jar
        self.model = model
        self.options = options
        self.name = name
        self.title = title

    def with_cache(self, cache):
        # AOTMode=on ends the process where the cache does not fit; the default would only start slowly.
        options = [*self.options, f"-XX:AOTCache={cache}", "-XX:AOTMode=on"]
        title = "predictor, with its AOT cache"
        return Predictor(self.java, self.jar, self.model, options, "predictor-aot", title)

    def training(self, cache):
        options = [*self.options, f"-XX:AOTCacheOutput={cache}"]
        return Predictor(self.java, self.jar, self.model, options, "training", "the training run")

    def command(self, port, directory):
        self.management_port = free_port()
        environment = {
            "ADDRESS": "127.0.0.1",
            "PORT": str(port),
            "MANAGEMENT_PORT": str(self.management_port),
            "MODEL_NAME": "flight-delay",
            "MODEL_VERSION": "v1",
        }
        return [self.java, *self.options, "-jar", self.jar, f"--model={self.model}"], environment

    def settle(self):
        """The metrics come later than the first answer, and starting them takes the core."""
        deadline = time.monotonic() + MANAGEMENT_SECONDS
        while time.monotonic() < deadline:
            try:
                self.metrics()
                return
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
        raise Wrong(f"{self.title}: no metrics from the management port in {MANAGEMENT_SECONDS} s")

    def counted_requests(self):
        counts = [line for line in self.metrics().splitlines() if line.startswith("predictor_requests_seconds_count")]
        return int(sum(float(line.split()[-1]) for line in counts))

    def metrics(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.management_port, timeout=10)
        try:
            connection.request("GET", "/actuator/prometheus")
            response = connection.getresponse()
            if response.status != 200:
                raise http.client.HTTPException(f"/actuator/prometheus answers {response.status}")
            return response.read().decode()
        finally:
            connection.close()


class FastApi(Contender):
    name = "fastapi"
    title = "FastAPI, uvicorn"
    batches = True
    idle = True

    def __init__(self, environment, model):
        self.environment = environment
        self.model = model

    def command(self, port, directory):
        command = [self.environment / "bin" / "uvicorn", "fastapi_app:app", "--app-dir", SERVERS]
        command += ["--host", "127.0.0.1", "--port", port, "--loop", "uvloop", "--http", "httptools"]
        command += ["--no-access-log", "--backlog", "4096"]
        # Its default of 5 s would close the idle connections before they are measured.
        command += ["--timeout-keep-alive", "3600"]
        return command, ONE_THREAD | {"MODEL": str(self.model)}


class Flask(Contender):
    name = "flask"
    title = "Flask, gunicorn"

    def __init__(self, environment, model):
        self.environment = environment
        self.model = model

    def command(self, port, directory):
        # Threads, because gunicorn's plain workers close the connection after every answer.
        command = [self.environment / "bin" / "gunicorn", "--chdir", SERVERS, "--bind", f"127.0.0.1:{port}"]
        command += ["--workers", "1", "--threads", "4", "--keep-alive", "75", "--worker-tmp-dir", "/dev/shm"]
        command += ["flask_app:app"]
        return command, ONE_THREAD | {"MODEL": str(self.model)}


class MlServer(Contender):
    name = "mlserver"
    title = "MLServer"
    single_calls = (INFER,)

    def __init__(self, environment, model):
        self.environment = environment
        self.model = model

    def command(self, port, directory):
        settings = {
            "host": "127.0.0.1",
            "http_port": port,
            "grpc_port": free_port(),
            "metrics_port": free_port(),
            "debug": False,
            # Inference in the server's own process: a worker beside it costs more on one core.
            "parallel_workers": 0,
        }
        model = {
            "name": "flight-delay",
            "implementation": "mlserver_sklearn.SKLearnModel",
            "parameters": {"uri": str(self.model), "version": "v1"},
        }
        (directory / "settings.json").write_text(json.dumps(settings))
        (directory / "model-settings.json").write_text(json.dumps(model))
        return [self.environment / "bin" / "mlserver", "start", directory], ONE_THREAD


BATCH_CALL = INSTANCES
