"""As much of Google's API as a plan of new resources asks for: a project's number.

Listens on a free port of the loopback interface, writes its address into the file named by the first
argument, and ends with its parent.
"""

import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

NUMBER = "123456789012"


class GoogleApi(BaseHTTPRequestHandler):
    def do_GET(self):
        project = re.fullmatch(r"/v1/projects/([a-z0-9-]+)", self.path.split("?")[0])
        if not project:
            # A plan that asks for more is to fail, and to say for what.
            self.answer(501, {"error": {"code": 501, "message": f"the plans' API has no {self.path}"}})
            return
        self.answer(
            200,
            {
                "projectId": project[1],
                "projectNumber": NUMBER,
                "name": project[1],
                "lifecycleState": "ACTIVE",
                "parent": {"type": "organization", "id": "1"},
            },
        )

    def answer(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), GoogleApi)
    Path(sys.argv[1]).write_text(f"http://127.0.0.1:{server.server_port}/")
    server.serve_forever()
