"""Asks a predictor that serves samples/flight-delay with a client that others wrote, and compares what it
gets with the answer to plain JSON. Prints a line for each call.

    clients.py triton|kserve|transformer|mlserver|mlflow|generated URL
"""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import numpy as np

MODEL = "flight-delay"
ROWS = {"OPERA": ["Grupo LATAM", "Sky Airline"], "TIPOVUELO": ["I", "N"], "MES": [12, 3]}


def columns(url):
    """The same two rows as a matrix of one-hot columns, and their answers by plain JSON."""
    with urllib.request.urlopen(f"{url}/v2/models/{MODEL}") as answer:
        width = json.load(answer)["inputs"][0]["shape"][1]
    with urllib.request.urlopen(f"{url}/openapi.json") as answer:
        names = [name for name in json.load(answer)["components"]["schemas"]["RowObject"]["properties"] if name not in ROWS]
    assert len(names) == width, names
    matrix = np.zeros((2, width))
    for group, values in ROWS.items():
        for row, value in enumerate(values):
            matrix[row, names.index(f"{group}_{value}")] = 1
    request = {
        "inputs": [{"name": "x", "shape": [2, width], "datatype": "FP64", "data": matrix.ravel().tolist()}],
        "outputs": [{"name": "predict"}, {"name": "predict_proba"}],
    }
    with urllib.request.urlopen(f"{url}/v2/models/{MODEL}/infer", json.dumps(request).encode()) as answer:
        classes, probabilities = (np.array(output["data"]) for output in json.load(answer)["outputs"])
    return matrix, classes, probabilities.reshape(2, -1)


def same(what, got, expected):
    """Exactly: both are the same doubles."""
    np.testing.assert_array_equal(got, expected)
    print(f"{what}: {np.asarray(got).tolist()}")


def triton(url):
    import tritonclient.http as client
    import tritonclient.http.aio as aio

    matrix, classes, probabilities = columns(url)
    many = np.tile(matrix, (200, 1))
    address = url.removeprefix("http://")

    def tensor(binary, dtype, data):
        it = client.InferInput("x", data.shape, dtype)
        it.set_data_from_numpy(data, binary_data=binary)
        return it

    with client.InferenceServerClient(address) as server:
        assert server.is_server_live() and server.is_server_ready() and server.is_model_ready(MODEL)
        assert "binary_tensor_data" in server.get_server_metadata()["extensions"]
        same("triton, defaults", server.infer(MODEL, [tensor(True, "FP64", matrix)]).as_numpy("predict"), classes)
        for dtype, numbers in (("FP32", np.float32), ("FP16", np.float16), ("INT64", np.int64), ("INT8", np.int8), ("UINT8", np.uint8), ("BOOL", bool)):
            answer = server.infer(MODEL, [tensor(True, dtype, matrix.astype(numbers))], request_id="7", priority=1, timeout=9)
            assert answer.get_response()["id"] == "7"
            same(f"triton, {dtype}", answer.as_numpy("predict"), classes)
        wanted = [client.InferRequestedOutput("predict_proba"), client.InferRequestedOutput("predict", binary_data=False)]
        answer = server.infer(MODEL, [tensor(True, "FP64", matrix)], outputs=wanted)
        same("triton, outputs", answer.as_numpy("predict_proba"), probabilities)
        same("triton, output as JSON", answer.as_numpy("predict"), classes)
        same("triton, JSON", server.infer(MODEL, [tensor(False, "FP64", matrix)]).as_numpy("predict"), classes)
        named = []
        for name, values in ROWS.items():
            texts = np.array([str(value).encode() for value in values], dtype=np.object_)
            named.append(client.InferInput(name, [2], "BYTES"))
            named[-1].set_data_from_numpy(texts)
        same("triton, BYTES", server.infer(MODEL, named).as_numpy("predict"), classes)
        for binary in (True, False):
            for request in (None, "gzip", "deflate"):
                for answer in (None, "gzip", "deflate"):
                    compressed = {"request_compression_algorithm": request, "response_compression_algorithm": answer}
                    given = server.infer(MODEL, [tensor(binary, "FP64", many)], outputs=wanted, **compressed)
                    assert given.as_numpy("predict_proba").shape == (len(many), 2)
                    same(f"triton, binary {binary}, {request}, {answer}", given.as_numpy("predict_proba")[:2], probabilities)
        try:
            server.infer(MODEL, [tensor(True, "FP64", matrix)], sequence_id=3)
            raise AssertionError("a sequence was answered")
        except client.InferenceServerException as refused:
            assert "sequence_id" in str(refused), refused
            print(f"triton, sequence: {refused}")

    async def ask():
        async with aio.InferenceServerClient(address) as server:
            plain = await server.infer(MODEL, [tensor(True, "FP64", matrix)])
            coded = {"request_compression_algorithm": "gzip", "response_compression_algorithm": "gzip"}
            return plain, await server.infer(MODEL, [tensor(False, "FP64", many)], outputs=wanted, **coded)

    plain, coded = asyncio.run(ask())
    same("triton, aio", plain.as_numpy("predict"), classes)
    same("triton, aio, gzip", coded.as_numpy("predict_proba")[:2], probabilities)


def kserve(url):
    from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig

    matrix, classes, _ = columns(url)

    async def ask(protocol, data):
        async with InferenceRESTClient(RESTConfig(protocol=protocol)) as server:
            assert await server.is_model_ready(url, MODEL)
            return await server.infer(url, data, model_name=MODEL)

    def request(binary, answer_binary):
        it = InferInput("x", list(matrix.shape), "FP64")
        it.set_data_from_numpy(matrix, binary_data=binary)
        parameters = {"binary_data_output": True} if answer_binary else None
        return InferRequest(MODEL, [it], parameters=parameters)

    for binary in (False, True):
        for answer_binary in (False, True):
            answer = asyncio.run(ask("v2", request(binary, answer_binary)))
            same(f"kserve, v2, binary {binary}, {answer_binary}", answer.outputs[0].as_numpy(), classes)
    rows = [dict(zip(ROWS, row)) for row in zip(*ROWS.values())]
    for key in ("instances", "inputs"):
        same(f"kserve, v1, {key}", asyncio.run(ask("v1", {key: rows}))["predictions"], classes)


def generated(url):
    """A client that a generator makes of the OpenAPI document."""
    matrix, classes, probabilities = columns(url)
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder, "settings.yaml")
        # Nobody reads the code: it need not be formatted.
        settings.write_text("post_hooks: []\n")
        made = subprocess.run(
            [sys.executable, "-m", "openapi_python_client", "generate", "--url", f"{url}/openapi.json", "--meta", "none"]
            + ["--output-path", f"{folder}/flights", "--config", settings],
            check=True, capture_output=True, text=True)
        # It says which schemas it has left out; a body of CSV it does not know at all.
        assert "Unable to process schema" not in made.stdout + made.stderr, made.stdout + made.stderr
        sys.path.insert(0, folder)
        ask_generated(url, matrix, classes, probabilities)


def ask_generated(url, matrix, classes, probabilities):
    from flights import Client
    from flights.api.health import ready
    from flights.api.open_inference_protocol import infer, model_metadata
    from flights.api.version_1 import predict_instances
    from flights.models.inference_request import InferenceRequest
    from flights.models.instances_request import InstancesRequest

    client = Client(base_url=url)
    assert ready.sync(client=client).ready
    assert model_metadata.sync(client=client).name == MODEL

    def outputs(*inputs):
        request = InferenceRequest.from_dict({
            "inputs": list(inputs), "outputs": [{"name": "predict"}, {"name": "predict_proba"}]})
        return {output.name.value: np.array(output.data) for output in infer.sync(client=client, body=request).outputs}

    answer = outputs({"name": "x", "shape": list(matrix.shape), "datatype": "FP64", "data": matrix.ravel().tolist()})
    same("generated, infer", answer["predict"], classes)
    same("generated, probabilities", answer["predict_proba"].reshape(2, -1), probabilities)
    nested = outputs({"name": "x", "shape": list(matrix.shape), "datatype": "FP64", "data": matrix.tolist()})
    same("generated, nested data", nested["predict"], classes)
    named = [{"name": name, "shape": [2], "datatype": "BYTES", "data": [str(value) for value in values]}
             for name, values in ROWS.items()]
    same("generated, infer by name", outputs(*named)["predict"], classes)
    rows = [dict(zip(ROWS, row)) for row in zip(*ROWS.values())]
    answer = predict_instances.sync(client=client, body=InstancesRequest.from_dict({"instances": rows}))
    same("generated, instances", [int(prediction) for prediction in answer.predictions], classes)


@contextlib.contextmanager
def transformed(url, protocol, data):
    """The URL of a transformer in front of the predictor."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(__file__).with_name("kserve_transformer.py")
    command = [sys.executable, program, str(port), url.removeprefix("http://"), protocol, MODEL, data]
    server = subprocess.Popen(command)
    try:
        deadline = time.monotonic() + 120
        while True:
            assert server.poll() is None and time.monotonic() < deadline, "the transformer does not answer"
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/v2/health/live"):
                break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def transformer(url):
    from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig

    matrix, classes, _ = columns(url)

    async def ask(at, protocol, data):
        async with InferenceRESTClient(RESTConfig(protocol=protocol, timeout=60)) as server:
            return await server.infer(at, data, model_name=MODEL)

    with transformed(url, "v1", "JSON") as at:
        rows = [dict(zip(("airline", "kind", "month"), row)) for row in zip(*ROWS.values())]
        words = ["late" if late else "on time" for late in classes]
        same("transformer, v1", asyncio.run(ask(at, "v1", {"instances": rows}))["predictions"], words)
    for data in ("JSON", "binary"):
        with transformed(url, "v2", data) as at:
            tensor = InferInput("scaled", list(matrix.shape), "FP64")
            tensor.set_data_from_numpy(matrix * 10, binary_data=data == "binary")
            answer = asyncio.run(ask(at, "v2", InferRequest(MODEL, [tensor], request_id="7")))
            assert answer.id == "7", answer.id
            same(f"transformer, v2, {data}", answer.outputs[0].as_numpy(), classes)


def mlserver(url):
    """Its command line reads a request a line, merges some into one, and asks with ten workers."""
    matrix, classes, _ = columns(url)
    with tempfile.TemporaryDirectory() as folder:
        asked, given = os.path.join(folder, "requests.jsonl"), os.path.join(folder, "answers.jsonl")
        with open(asked, "w") as file:
            for row in list(matrix) * 10:
                tensor = {"name": "x", "shape": [1, len(row)], "datatype": "FP64", "data": row.tolist()}
                print(json.dumps({"inputs": [tensor]}), file=file)
        for options in ([], ["--batch-size", "4", "--binary-data"]):
            command = ["infer", "-u", url.removeprefix("http://"), "-m", MODEL, "-i", asked, "-o", given, *options]
            program = "import sys; from mlserver.cli import main; main()"
            subprocess.run([sys.executable, "-c", program, *command], check=True)
            with open(given) as file:
                answers = sorted(map(json.loads, file), key=lambda answer: answer["parameters"]["batch_index"])
            got = [answer["outputs"][0]["data"][0] for answer in answers]
            same(f"mlserver infer {' '.join(options)}", got, list(classes) * 10)


def mlflow(url):
    import pandas as pd
    from mlflow.pyfunc.scoring_server.client import ScoringServerClient

    matrix, classes, _ = columns(url)
    host, port = url.removeprefix("http://").split(":")
    server = ScoringServerClient(host, int(port))
    server.wait_server_ready(timeout=10)
    assert server.get_version()
    same("mlflow, frame", server.invoke(pd.DataFrame(ROWS))["predictions"], classes)
    same("mlflow, frame with parameters", server.invoke(pd.DataFrame(ROWS), params={"a": 1})["predictions"], classes)
    same("mlflow, array", server.invoke(matrix)["predictions"], classes)
    predictions = server.invoke(pd.DataFrame(ROWS)).get_predictions()
    same("mlflow, predictions as a frame", predictions[0], classes)


clients = {
    "triton": triton, "kserve": kserve, "transformer": transformer, "mlserver": mlserver, "mlflow": mlflow,
    "generated": generated}
clients[sys.argv[1]](sys.argv[2])
