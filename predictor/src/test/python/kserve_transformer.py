"""A KServe transformer in front of a predictor, as KServe's pages have one: it names columns as the model does, or undoes a scale, and
says in words what was predicted. clients.py starts and asks it.

    kserve_transformer.py HTTP_PORT PREDICTOR_HOST v1|v2 MODEL JSON|binary
"""

import sys

import uvicorn
from kserve import InferInput, InferRequest, Model, ModelServer, PredictorConfig

PORT, PREDICTOR, PROTOCOL, MODEL, DATA = sys.argv[1:]
COLUMNS = {"airline": "OPERA", "kind": "TIPOVUELO", "month": "MES"}


class Flights(Model):
    def __init__(self):
        super().__init__(MODEL, return_response_headers=True)
        self.ready = True

    def preprocess(self, payload, headers=None):
        if isinstance(payload, dict):
            return {"instances": [{COLUMNS[name]: value for name, value in row.items()} for row in payload["instances"]]}
        tensor = InferInput("x", payload.inputs[0].shape, "FP64")
        tensor.set_data_from_numpy(payload.inputs[0].as_numpy() / 10, binary_data=DATA == "binary")
        return InferRequest(MODEL, [tensor], request_id=payload.id)

    def postprocess(self, result, headers=None, response_headers=None):
        if isinstance(result, dict):
            return {"predictions": ["late" if late else "on time" for late in result["predictions"]]}
        return result


class Loopback(uvicorn.Config):
    """KServe's server listens at all addresses of a machine."""

    def __init__(self, app, **settings):
        super().__init__(app, **{**settings, "host": "127.0.0.1"})


if __name__ == "__main__":
    # What is left of the arguments would be taken for the server's own.
    sys.argv[1:] = []
    uvicorn.Config = Loopback
    predictor = PredictorConfig(PREDICTOR, PROTOCOL, predictor_request_timeout_seconds=30)
    ModelServer(http_port=int(PORT), enable_grpc=False, workers=1, predictor_config=predictor).start([Flights()])
