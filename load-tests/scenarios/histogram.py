"""Latencies as a histogram: of any number of runs together, to within one percent."""

import math

# Values are kept to 7 binary digits: 128 steps between a power of two and the next.
DIGITS = 7

# Where a percentile curve is drawn: each step halves what is left above it.
CURVE = [0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.9, 99.95, 99.99, 99.999, 100]


class Histogram:
    """Microseconds and how often they were seen."""

    def __init__(self, pairs=()):
        self.counts = {}
        self.count = 0
        self.max = 0
        for micros, count in pairs:
            self.add(micros, count)

    def add(self, micros, count=1):
        micros = max(1, int(micros))
        shift = max(0, micros.bit_length() - 1 - DIGITS)
        bucket = (micros >> shift) << shift
        self.counts[bucket] = self.counts.get(bucket, 0) + count
        self.count += count
        self.max = max(self.max, micros)

    def merge(self, other):
        for micros, count in other.counts.items():
            self.add(micros, count)
        self.max = max(self.max, other.max)

    def percentile(self, percent):
        """Milliseconds that this share of the latencies does not exceed; NaN where there are none."""
        if not self.count:
            return math.nan
        if percent >= 100:
            return self.max / 1e3
        wanted = max(1, math.ceil(self.count * percent / 100))
        seen = 0
        for micros in sorted(self.counts):
            seen += self.counts[micros]
            if seen >= wanted:
                return micros / 1e3
        return self.max / 1e3

    def share_within(self, milliseconds):
        """The share of the latencies up to this one."""
        within = sum(count for micros, count in self.counts.items() if micros <= milliseconds * 1e3)
        return within / self.count if self.count else math.nan

    def pairs(self):
        return sorted(self.counts.items())

    def as_json(self):
        if not self.count:
            return {"count": 0, "curve": []}
        # Beyond the last percentile that one request in the sample can tell there is only the maximum.
        curve = [percent for percent in CURVE if percent == 100 or self.count * (100 - percent) / 100 >= 1]
        return {
            "count": self.count,
            "p50_ms": self.percentile(50),
            "p90_ms": self.percentile(90),
            "p99_ms": self.percentile(99),
            "p999_ms": self.percentile(99.9),
            "max_ms": self.max / 1e3,
            "within_100_ms": self.share_within(100),
            "curve": [[percent, self.percentile(percent)] for percent in curve],
        }
