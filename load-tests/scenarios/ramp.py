"""Ever more requests a second until the predictor keeps up no more: the last rate before that is its knee."""

from session import must, none_wrong

TITLE = "Ramp: the rate at which answers begin to come late"
LASTS = "3 minutes"

CONNECTIONS = 200
# Of the maximum, and finer where the knee is expected.
STEPS = (0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0, 1.1, 1.25)
KEPT = 0.98
LATE_MS = 100


def play(session):
    seconds = session.seconds(10, 2)
    phases, knee = [], None
    table = [["offered/s", "right/s", "wrk's p50, p99 ms", "the probe's p50, p99 ms", "keeps up"]]
    with session.target() as target:
        most = session.wrk(target, "the most", "api", 2, CONNECTIONS, session.seconds(15, 2))
        for step in STEPS[:3] if session.quick else STEPS:
            rate = step * most.seen.per_second
            phase = session.wrk(target, f"{step:.0%} of it", "api", 2, CONNECTIONS, seconds, rate=rate)
            phases.append(phase)
            fair = phase.probed.latency if phase.probed else phase.seen.latency
            keeps = phase.seen.per_second >= KEPT * rate and fair.percentile(99) <= LATE_MS and not phase.seen.wrong
            if keeps:
                knee = phase
            table.append(
                [
                    f"{rate:,.0f}", f"{phase.seen.per_second:,.0f}", percentiles(phase.seen.latency), percentiles(fair),
                    "yes" if keeps else "no",
                ]  # fmt: skip
            )
            if not keeps and step >= 1:
                break
    musts = [none_wrong(phases)]
    if not session.quick:
        figure = f"{knee.seen.per_second:,.0f} right/s of at most {most.seen.per_second:,.0f}" if knee else "none"
        musts.append(must(f"there is a rate that it keeps up with, p99 within {LATE_MS} ms", knee is not None, figure))
    return [most, *phases], musts, table


def percentiles(latency):
    return f"{latency.percentile(50):.2f}, {latency.percentile(99):.2f}"
