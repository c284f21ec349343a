"""The run as a picture: pods and their CPU, requests per second, latency, over one time."""

WIDTH, LEFT, RIGHT = 860, 60, 60
TOP, HEIGHT, GAP = 46, 130, 34


def draw(results):
    samples = results["samples"]
    end = samples[-1]["at"]
    x = lambda at: LEFT + at / end * (WIDTH - LEFT - RIGHT)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {TOP + 3 * (HEIGHT + GAP) + 10}" '
        'font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{LEFT}" y="20" font-size="14">{title(results)}</text>',
    ]
    panels = [
        ("pods", [("ready", "#1f77b4", lambda s: s["ready"], True), ("asked for", "#aec7e8", lambda s: s["wanted"], True)],
         ("their CPU, cores", "#ff7f0e", lambda s: None if s["cpu"] is None else s["cpu"] / 1000)),
        ("requests/s", [("requests/s", "#2ca02c", lambda s: s["requests"] / s["seconds"], False)],
         ("failed", "#d62728", lambda s: s["failed"])),
        ("latency, ms", [("p99", "#9467bd", lambda s: s["p99"], False), ("p50", "#c5b0d5", lambda s: s["p50"], False)], None),
    ]
    for index, (name, series, right) in enumerate(panels):
        top = TOP + index * (HEIGHT + GAP)
        for at in range(0, int(end) + 1, 30):
            parts.append(f'<text x="{x(at):.1f}" y="{top + HEIGHT + 15}" text-anchor="middle" fill="#555">{at} s</text>')
            parts.append(f'<line x1="{x(at):.1f}" x2="{x(at):.1f}" y1="{top}" y2="{top + HEIGHT}" stroke="#eee"/>')
        parts += panel(samples, x, top, name, series, right)
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def title(results):
    samples = results["samples"]
    requests = sum(sample["requests"] for sample in samples)
    failed = sum(sample["failed"] for sample in samples)
    most = max(sample["ready"] for sample in samples)
    return (f"{samples[0]['ready']} pod, {most} under load, {samples[-1]['ready']} again: "
            f"{requests:,} requests, {failed} failed, on {results['machine']['cores']} cores that everything shares")


def panel(samples, x, top, name, series, right):
    bottom = top + HEIGHT
    parts = [f'<rect x="{x(0):.1f}" y="{top}" width="{x(samples[-1]["at"]) - x(0):.1f}" height="{HEIGHT}" fill="none" stroke="#ccc"/>']
    highest = ceiling(max(value(sample) for _, _, value, _ in series for sample in samples))
    parts += scale(x(0) - 6, "end", top, highest, "#333")
    for label, color, value, steps in reversed(series):
        parts.append(line(samples, x, bottom, value, highest, color, steps))
    legend = [(label, color) for label, color, _, _ in series]
    if right:
        label, color, value = right
        of_right = ceiling(max((value(sample) or 0) for sample in samples))
        parts += scale(x(samples[-1]["at"]) + 6, "start", top, of_right, color)
        parts.append(line(samples, x, bottom, value, of_right, color, False))
        legend.append((label, color))
    position = x(0)
    parts.append(f'<text x="{position:.1f}" y="{top - 6}" font-weight="bold">{name}</text>')
    position += 90
    for label, color in legend:
        parts.append(f'<text x="{position:.1f}" y="{top - 6}" fill="{color}">&#9632; {label}</text>')
        position += 30 + 7 * len(label)
    return parts


def line(samples, x, bottom, value, highest, color, steps):
    points, before = [], None
    for sample in samples:
        number = value(sample)
        if number is None:
            continue
        y = bottom - number / highest * HEIGHT
        if steps and before is not None:
            points.append(f"{x(sample['at']):.1f},{before:.1f}")
        points.append(f"{x(sample['at']):.1f},{y:.1f}")
        before = y
    return f'<polyline points="{" ".join(points)}" fill="none" stroke="{color}" stroke-width="2"/>'


def scale(position, anchor, top, highest, color):
    return [f'<text x="{position:.1f}" y="{top + HEIGHT - part * HEIGHT + 4:.1f}" text-anchor="{anchor}" fill="{color}">{number(part * highest)}</text>'
            for part in (0, 0.5, 1)]


def number(value):
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"


def ceiling(value):
    """The next round number above."""
    if value <= 0:
        return 1
    for power in (10.0 ** exponent for exponent in range(-3, 9)):
        for factor in (1, 2, 4, 5):
            if value <= factor * power:
                return factor * power
    return value
