"""Charts as SVG: they take their colours from the page, so that light and dark are one picture."""

import html
import math

WIDTH, HEIGHT = 360, 220
LEFT, RIGHT, TOP, BOTTOM = 46, 18, 12, 30


class Chart:
    """A frame with two axes; `x` and `y` turn values into places."""

    def __init__(self, title, x, y):
        self.title = title
        self.x_scale = x
        self.y_scale = y
        self.parts = []

    def x(self, value):
        return LEFT + self.x_scale.share(value) * (WIDTH - LEFT - RIGHT)

    def y(self, value):
        return HEIGHT - BOTTOM - self.y_scale.share(value) * (HEIGHT - TOP - BOTTOM)

    def line(self, points, kind):
        if not points:
            return
        path = " ".join(f"{'L' if i else 'M'}{self.x(x):.1f} {self.y(y):.1f}" for i, (x, y) in enumerate(points))
        self.parts.append(f'<path class="line {kind}" d="{path}"/>')
        self.parts += [
            f'<circle class="dot {kind}" cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="2.2">'
            f"<title>{html.escape(self.x_scale.text(x))}: {html.escape(self.y_scale.text(y))}</title></circle>"
            for x, y in (points if len(points) <= 60 else [])
        ]

    def area(self, points, below, kind):
        """Between two lines that have the same x."""
        if not points:
            return
        up = " ".join(f"{'L' if i else 'M'}{self.x(x):.1f} {self.y(y):.1f}" for i, (x, y) in enumerate(points))
        down = " ".join(f"L{self.x(x):.1f} {self.y(y):.1f}" for x, y in reversed(below))
        self.parts.append(f'<path class="area {kind}" d="{up} {down} Z"/>')

    def limit(self, y, text):
        """A level that is not to be exceeded."""
        place = self.y(y)
        if TOP <= place <= HEIGHT - BOTTOM:
            self.parts.append(
                f'<line class="limit" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{place:.1f}" y2="{place:.1f}"/>'
                f'<text class="limit" x="{WIDTH - RIGHT - 2}" y="{place + 10:.1f}" text-anchor="end">{html.escape(text)}</text>'
            )

    def svg(self):
        axes = []
        for value in self.y_scale.ticks:
            place = self.y(value)
            axes.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{place:.1f}" y2="{place:.1f}"/>')
            axes.append(f'<text x="{LEFT - 5}" y="{place + 3.5:.1f}" text-anchor="end">{self.y_scale.text(value)}</text>')
        for value in self.x_scale.ticks:
            place = self.x(value)
            axes.append(
                f'<text x="{place:.1f}" y="{HEIGHT - BOTTOM + 14}" text-anchor="middle">{self.x_scale.text(value)}</text>'
            )
        return (
            f'<figure><figcaption>{html.escape(self.title)}</figcaption><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-label="{html.escape(self.title)}">{"".join(axes)}{"".join(self.parts)}'
            f'<text class="unit" x="{WIDTH - RIGHT}" y="{HEIGHT - 3}" text-anchor="end">{html.escape(self.x_scale.unit)}</text>'
            "</svg></figure>"
        )


def alone(figure, style):
    """A chart of a page as a picture of its own, with its title in it."""
    if not figure:
        return ""
    title, drawing = figure.removeprefix("<figure><figcaption>").removesuffix("</svg></figure>").split("</figcaption>", 1)
    inside = drawing.partition(">")[2]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -22 {WIDTH} {HEIGHT + 22}" width="{2 * WIDTH}" height="{2 * HEIGHT + 44}">'
        f"<style>{style} .ground {{ fill: var(--ground); }} text.title {{ font-weight: 600; fill: var(--text); }}</style>"
        f'<rect class="ground" y="-22" width="{WIDTH}" height="{HEIGHT + 22}"/><text class="title" x="{LEFT}" y="-8">{title}</text>{inside}</svg>\n'
    )


class Linear:
    def __init__(self, most, unit=""):
        step = nice_step(max(most, 1e-9))
        self.most = step * math.ceil(max(most, 1e-9) / step)
        self.ticks = [step * i for i in range(round(self.most / step) + 1)]
        self.unit = unit

    def share(self, value):
        return min(1.0, max(0.0, value / self.most))

    def text(self, value):
        return short(value)


class Logarithmic:
    """Milliseconds, each power of ten as far from the next."""

    def __init__(self, least, most):
        self.low = math.floor(math.log10(max(least, 1e-3)))
        self.high = max(self.low + 1, math.ceil(math.log10(max(most, 1e-3))))
        self.ticks = [10.0**power for power in range(self.low, self.high + 1)]
        self.unit = ""

    def share(self, value):
        return min(1.0, max(0.0, (math.log10(max(value, 1e-3)) - self.low) / (self.high - self.low)))

    def text(self, value):
        return f"{value / 1e3:g} s" if value >= 1000 else f"{value:.3g} ms"


class Percentiles:
    """Each nine as far from the next: 0, 90, 99, 99.9 .."""

    ALL = (0, 50, 90, 99, 99.9, 99.99, 99.999)

    def __init__(self, most):
        self.nines = max(1.0, nines(most))
        self.ticks = [percent for percent in self.ALL if nines(percent) <= self.nines + 1e-9]
        self.unit = "percentile"

    def share(self, percent):
        return min(1.0, nines(percent) / self.nines)

    def text(self, percent):
        return "max" if percent >= 100 else f"{percent:g}"


def nines(percent):
    return -math.log10(max(1 - percent / 100, 1e-6))


def nice_step(most):
    """A step of 1, 2 or 5 times a power of ten that makes at most six of the range."""
    power = 10 ** math.floor(math.log10(most))
    for step in (power / 10, power / 5, power / 2, power, power * 2):
        if most / step <= 6:
            return step
    return power * 5


def short(value):
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:.3g}"


def latency(title, curves):
    """Percentile curves by kind: lists of (percent, ms)."""
    # The fastest tenth tells nothing, and would stretch the scale.
    curves = {kind: [point for point in curve if point[0] >= 10] for kind, curve in curves.items()}
    points = [point for curve in curves.values() for point in curve]
    if not points:
        return ""
    below = [percent for percent, _ in points if percent < 100]
    chart = Chart(title, Percentiles(max(below, default=90)), Logarithmic(min(ms for _, ms in points), max(ms for _, ms in points)))
    chart.limit(100, "objective: 99 % within 100 ms")
    for kind, curve in curves.items():
        chart.line([(percent, ms) for percent, ms in curve if percent < 100], kind)
    return chart.svg()


def answers_over_time(title, timeline):
    """A line a second: right, refused, wrong above each other."""
    if not timeline:
        return ""
    chart = Chart(
        title, Linear(max(second for second, *_ in timeline) or 1, "seconds"), Linear(max(sum(counts) for _, *counts in timeline))
    )
    below = [(second, 0) for second, *_ in timeline]
    for index, kind in enumerate(("right", "refused", "wrong")):
        above = [(second, low + counts[index]) for (second, low), (_, *counts) in zip(below, timeline, strict=True)]
        if any(counts[index] for _, *counts in timeline):
            chart.area(above, below, kind)
        below = above
    return chart.svg()


def over_time(title, lines):
    """Lines by kind: lists of (second, value)."""
    points = [point for line in lines.values() for point in line]
    if len(points) < 2:
        return ""
    chart = Chart(title, Linear(max(x for x, _ in points), "seconds"), Linear(max(y for _, y in points) * 1.05))
    for kind, line in lines.items():
        chart.line(line, kind)
    return chart.svg()
