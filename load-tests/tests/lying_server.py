"""A server whose every third answer is wrong in some way, and every fifth a refusal: what a load test has to notice."""

import http.server
import json
import threading


class Lying:
    """Use as a context. `answer` is a body for every request, else the class is turned round; `counts` is what was sent."""

    def __init__(self, right):
        self.right = right
        self.counts = {"right": 0, "refused": 0, "wrong": 0}
        self.lock = threading.Lock()
        self.number = 0

    def __enter__(self):
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                with outer.lock:
                    outer.number += 1
                    kind, status, answer = outer.choose(outer.number, self.path, body)
                    outer.counts[kind] += 1
                self.send_response(status)
                if kind == "refused":
                    self.send_header("Retry-After", "1")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer.encode())

            def log_message(self, *words):
                pass

        self.server = Quiet(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *failure):
        self.server.shutdown()
        self.server.server_close()

    def choose(self, number, path, body):
        right = self.right(path, body)
        if number % 5 == 0:
            return "refused", 503, '{"error":"later"}'
        match number % 12:
            case 3:
                return "wrong", 200, right.replace("1", "0") if "1" in right else right.replace("0", "1")
            case 6:
                return "wrong", 500, right
            case 9:
                # Without Retry-After a 503 is an error like any other.
                return "wrong", 503, right
            case 0:
                return "wrong", 200, ""
        return "right", 200, right


class Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, address):
        """A client that leaves while it is answered, as wrk does at its end, is nothing to tell."""


def predictor_answers(classes):
    """What a predictor says in each dialect, given the class of each row by its text."""

    def right(path, body):
        if path.endswith("/infer"):
            asked = json.loads(body)
            label = classes[",".join(map(str, asked["inputs"][0]["data"]))]
            return '{"model_name":"m","id":"%s","outputs":[{"name":"predict","datatype":"INT64","shape":[1],"data":[%s]}]}' % (asked["id"], label)
        if path == "/" :
            row = body.removeprefix("x=[").removesuffix("]")
            return '{"model_prediction":"[%s]","received_data":{"x":"[%s]"}}' % (classes[row], row)
        if path == "/Predecir" or (path == "/predict" and body.startswith("var")):
            label = classes[",".join(field.partition("=")[2] for field in body.split("&"))]
            return f"<html><b>Class: {label}</b></html>"
        row = body[body.index("[") :].strip("[]}")
        label = classes[row]
        return '{"predicciones":[%s]}' % label if path == "/api" else '{"predictions":[%s]}' % label

    return right
