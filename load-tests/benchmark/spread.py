"""A figure of several rounds: its median, and how far the rounds lie apart."""

import statistics


class Spread:
    def __init__(self, values):
        self.values = list(values)
        self.median = statistics.median(self.values)
        self.low = min(self.values)
        self.high = max(self.values)

    def as_json(self):
        return {"median": self.median, "min": self.low, "max": self.high, "rounds": self.values}

    def text(self, form):
        """`form` is a format of one number, as in `{:,.0f}`."""
        if len(self.values) == 1:
            return form.format(self.median)
        return f"{form.format(self.median)} ({form.format(self.low)} to {form.format(self.high)})"

    def middle(self, form):
        """The same of many rounds: the median, and between which figures the middle half of them lies."""
        if len(self.values) < 4:
            return self.text(form)
        first, _, third = statistics.quantiles(self.values)
        return f"{form.format(self.median)} ({form.format(first)} to {form.format(third)})"
