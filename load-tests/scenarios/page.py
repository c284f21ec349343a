"""The report: one page of HTML that needs nothing else, neither a network nor a script."""

import html
from pathlib import Path

import charts
from seen import ERRORS

STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")

HOW_TO_READ = """
<h2 id="how">How to read it</h2>
<p><b>Right, refused, wrong.</b> Every answer is held against the class that scikit-learn gives that row. <i>Right</i> is status 200 with that answer; <i>refused</i> is
503 with Retry-After, which a client may try again; everything else is <i>wrong</i>, whatever its status. Requests that got no answer are errors, and are listed as what they are.
Throughput counts right answers only.</p>
<p><b>Two kinds of load.</b> wrk and JMeter are <i>closed loops</i>: each connection sends its next request when it has its answer. A server that stalls is asked less
meanwhile, so that few requests see the stall, and their percentiles look better than what a user would see (“coordinated omission”). Their curve is blue. Therefore a <i>probe</i> runs
beside them: 50 requests a second, each due at a fixed time, whose latency counts from when it was due. Its curve is violet, and the latency objective is judged by it. Scenarios at a
<i>constant rate</i> are sent so altogether, and their blue curve is free of it.</p>
<p><b>Percentile curves.</b> To the right of 99 are the slowest in a hundred; each nine is as far from the next, and milliseconds are by powers of ten. A curve ends where there are too few
requests to tell. wrk keeps its percentiles to a hundredth of a percent.</p>
<p><b>Verdicts.</b> A scenario has what must hold for it. The service's objectives (99.9 % of predictions not 5xx, 99 % within 100 ms, over 30 days) are shown for each load as if it lasted: a refusal
is a 503 and counts against the first, so that an overload misses it, and should.</p>
<p><b>What it does not say.</b> The load and the predictor share this machine's cores unless a URL was given, there is no network between them, and figures of a machine with other
work are those of that machine: see the load average above.</p>
"""


def page(results):
    scenarios = results["scenarios"]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Load tests, {escape(results['started'])}</title><style>{STYLE}</style></head><body>"
        + head(results)
        + "".join(scenario(entry) for entry in scenarios)
        + HOW_TO_READ
        + "</body></html>\n"
    )


def head(results):
    machine = results["machine"]
    quick = "<p><b>Played with --quick: it shows that everything works; these are no figures.</b></p>" if results["quick"] else ""
    where = "The load was made by" if results["java"] is None else "On"
    return (
        f"<h1>Load tests</h1><p class='soft'>{escape(results['started'])} · {escape(results['target'])} · <code>{escape(results['command'])}</code><br>"
        f"{where} {escape(machine['processor'])}, {machine['cores']} cores, {machine['memory_gib']} GiB, Linux {escape(machine['kernel'])}"
        f"{', ' + escape(results['java']) if results['java'] else ''}; load average before: {machine['load_before']:.1f}</p>{quick}"
        + table([["scenario", "holds", "right/s", "right", "refused", "wrong", "errors"], *[summary(e) for e in results["scenarios"]]], raw=True)
        + "<p class='key soft'><span><i style='background:var(--blue)'></i>right, as the generator saw it</span><span><i style='background:var(--violet)'></i>the probe</span>"
        "<span><i style='background:var(--warn)'></i>refused: 503 with Retry-After</span><span><i style='background:var(--bad)'></i>wrong</span> <a href='#how'>How to read it</a></p>"
    )


def summary(entry):
    name = f"<a href='#{entry['name']}'>{escape(entry['name'])}</a>"
    if entry["failed"]:
        return [name, "<span class='bad'>not played</span>", "", "", "", "", ""]
    seen = [phase["seen"] for phase in entry["phases"]]
    holds = all(verdict["ok"] for verdict in entry["must"])
    return [
        name,
        "<span class='good'>yes</span>" if holds else "<span class='bad'>no</span>",
        between(seen),
        *[f"{sum(one[kind] for one in seen):,}" for kind in ("right", "refused", "wrong")],
        f"{sum(sum(one['errors'].values()) for one in seen):,}",
    ]


def between(seen):
    """The rate of the loads, or the lowest and the highest."""
    rates = sorted(one["right_per_second"] for one in seen)
    if not rates:
        return ""
    return f"{rates[0]:,.0f}" if len(rates) == 1 else f"{rates[0]:,.0f} to {rates[-1]:,.0f}"


def scenario(entry):
    parts = [f"<h2 id='{entry['name']}'>{escape(entry['title'])}</h2>"]
    if entry["failed"]:
        return parts[0] + f"<p class='bad'>Not played: {escape(entry['failed'])}</p>"
    parts.append(verdicts(entry["must"]))
    if entry["table"]:
        parts.append(table(entry["table"]))
    parts += [phase(one) for one in entry["phases"]]
    return "".join(parts)


def verdicts(entries):
    return (
        "<ul class='verdicts'>"
        + "".join(
            f"<li class='{'good-line' if one['ok'] else 'bad'}'>{escape(one['what'])} <span class='soft'>({escape(one['figure'])})</span></li>"
            for one in entries
        )
        + "</ul>"
    )


def phase(entry):
    seen, probe = entry["seen"], entry["probe"]
    latency = seen["latency"]
    figures = [
        (f"{seen['right_per_second']:,.0f}", "right answers a second"),
        (f"{seen['right']:,}", "right"),
        (f"{seen['refused']:,}", "refused"),
        (f"{seen['wrong']:,}", "wrong"),
    ]
    figures += [(f"{count:,}", ERRORS[kind]) for kind, count in seen["errors"].items() if count]
    if latency["count"]:
        figures.append((f"{milliseconds(latency['p50_ms'])} · {milliseconds(latency['p99_ms'])}", "p50 · p99" if entry["open_loop"] else "p50 · p99 as the generator saw it"))
    if probe and probe["latency"]["count"]:
        figures.append((f"{milliseconds(probe['latency']['p50_ms'])} · {milliseconds(probe['latency']['p99_ms'])}", "p50 · p99 of the probe"))
    drawn = [
        latency_chart("Latency by percentile", entry),
        charts.answers_over_time("Answers a second", seen["timeline"]),
        charts.over_time("Memory of the predictors, MiB", {"right": entry["memory_mib"]}),
        charts.over_time("Pods ready and wanted", replicas(entry["replicas"])),
    ]
    wrong = f"<p class='bad'>The first wrong answer: <code>{escape(seen['first_wrong'])}</code></p>" if seen["wrong"] else ""
    return (
        f"<h3>{escape(entry['name'])}</h3><p class='soft'>{escape(entry['sent'])}</p>"
        + "<div class='figures'>" + "".join(f"<div><b>{figure}</b><span>{escape(what)}</span></div>" for figure, what in figures) + "</div>"
        + wrong + f"<div class='charts'>{''.join(drawn)}</div>" + verdicts(entry["objectives"])
    )  # fmt: skip


def latency_chart(title, entry):
    seen, probe = entry["seen"], entry["probe"]
    curves = {"right": seen["latency"]["curve"], "probe": probe["latency"]["curve"] if probe else []}
    return charts.latency(title, curves | {"refused": seen["refusals"]["curve"]})


def pictures(results, directory):
    """The latency of each load as an SVG of its own, for documents."""
    directory.mkdir(parents=True, exist_ok=True)
    for entry in results["scenarios"]:
        for one in entry["phases"]:
            name = f"{entry['name']}-{one['name']}".replace(" ", "-").replace(",", "").replace(":", "").replace("%", "")
            figure = latency_chart(f"{entry['name']}, {one['name']}: latency by percentile", one)
            if figure:
                (directory / f"{name}.svg").write_text(charts.alone(figure, STYLE), encoding="utf-8")


def replicas(seen):
    if not seen:
        return {}
    start = seen[0][0]
    return {"ready": [(when - start, ready) for when, ready, _ in seen], "wanted": [(when - start, wanted) for when, _, wanted in seen]}


def table(rows, raw=False):
    show = str if raw else escape
    titles, *lines = rows
    return (
        "<div class='scroll'><table><thead><tr>" + "".join(f"<th>{show(cell)}</th>" for cell in titles) + "</tr></thead><tbody>"
        + "".join("<tr>" + "".join(f"<td>{show(cell)}</td>" for cell in line) + "</tr>" for line in lines) + "</tbody></table></div>"
    )  # fmt: skip


def milliseconds(value):
    return f"{value / 1e3:.2f} s" if value >= 1000 else f"{value:.3g} ms"


def escape(text):
    return html.escape(str(text))
