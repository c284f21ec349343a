"""What a load generator saw: counts, latencies and a line a second. Generators of one load are added up."""

import json

from histogram import Histogram

# Errors that no answer stands for, as the generators name them.
ERRORS = {
    "connect": "connections that could not be opened",
    "read": "connections that broke while an answer was read",
    "write": "connections that broke while a request was written",
    "timeout": "requests without an answer in time",
    "unsent": "requests for which no connection got free in time",
}


class Seen:
    def __init__(self):
        self.right = self.refused = self.wrong = 0
        self.first_wrong = ""
        self.errors = dict.fromkeys(ERRORS, 0)
        self.latency = Histogram()
        self.refusals = Histogram()
        self.seconds = 0.0
        self.timeline = {}

    @property
    def requests(self):
        return self.right + self.refused + self.wrong

    @property
    def failed(self):
        return sum(self.errors.values())

    @property
    def per_second(self):
        return self.right / self.seconds if self.seconds else 0.0

    def second(self, when, right, refused, wrong):
        counts = self.timeline.setdefault(when, [0, 0, 0])
        for i, count in enumerate((right, refused, wrong)):
            counts[i] += count

    def line(self, text):
        """Takes a line of a generator's output; False where it is not one of those it prints for this."""
        if text.startswith("LOAD "):
            self.second(*map(int, text.split()[1:5]))
            return True
        if text.startswith("RESULT "):
            self.result(json.loads(text.removeprefix("RESULT ")))
            return True
        return False

    def result(self, result):
        self.right += result["right"]
        self.refused += result["refused"]
        self.wrong += result["wrong"]
        self.first_wrong = self.first_wrong or result["first_wrong"]
        for kind in self.errors:
            self.errors[kind] += result.get(kind, 0)
        self.latency.merge(Histogram(result["latency"]))
        self.refusals.merge(Histogram(result.get("refusals", ())))
        # They run beside each other.
        self.seconds = max(self.seconds, result["microseconds"] / 1e6)

    def as_json(self):
        start = min(self.timeline, default=0)
        return {
            "seconds": self.seconds,
            "requests": self.requests,
            "requests_per_second": self.requests / self.seconds if self.seconds else 0,
            "right_per_second": self.per_second,
            "right": self.right,
            "refused": self.refused,
            "wrong": self.wrong,
            "first_wrong": self.first_wrong,
            "errors": self.errors,
            "latency": self.latency.as_json(),
            "refusals": self.refusals.as_json(),
            "timeline": [[second - start, *counts] for second, counts in sorted(self.timeline.items())],
        }
