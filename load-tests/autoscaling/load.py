"""wrk, for some seconds at a time."""

import csv
import json
import os
import subprocess


class Load:
    def __init__(self, root, url):
        self.root, self.url = root, url
        # A flight that both of the sample's models say is late.
        with open(root / "predictor/samples/flight-delay/expected.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        row = next(row for row in rows if float(row["predict"]) == 1)
        features = [float(row[name]) for name in list(row)[:37]]
        self.body = json.dumps({"instances": [features]}, separators=(",", ":"))

    def run(self, seconds, connections, pause_ms):
        """What came of it; times in milliseconds. Answers that are wrong count as failed."""
        process = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s",
             "-s", str(self.root / "e2e/src/test/wrk/predict.lua"), self.url],
            env={**os.environ, "E2E_BODY": self.body, "E2E_EXPECTED": '{"predictions":[1]}', "E2E_PAUSE_MS": str(pause_ms)},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        lines = [line for line in process.stdout.splitlines() if line.startswith("{")]
        if not lines:
            raise SystemExit(f"wrk says: {process.stdout}")
        said = json.loads(lines[0])
        refused = sum(count for statuses in said["statuses"] for count in statuses.values())
        broken = said["connect"] + said["read"] + said["write"] + said["timeout"]
        return {"requests": said["requests"], "seconds": said["microseconds"] / 1e6, "p50": said["p50"] / 1e3,
                "p99": said["p99"] / 1e3, "failed": said["wrong"] + refused + broken, "statuses": said["statuses"]}
