"""The results as a page of Markdown tables."""

from spread import Spread


def markdown(results):
    parts = [head(results)]
    if "single" in results:
        parts.append(single(results["single"]))
    if results["ratios"]:
        parts.append(ratios(results["ratios"]))
    if "start" in results:
        parts.append(starts(results["start"]))
    if "batch" in results:
        parts.append(batches(results["batch"]))
    if "idle" in results:
        parts.append(idle(results["idle"]))
    return "\n\n".join(parts) + "\n"


def head(results):
    machine = results["machine"]
    options = results["options"]
    lines = [
        f"# Benchmark of {results['date']}",
        "",
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gib']} GiB, Linux {machine['kernel']}. "
        f"Servers on core {options['server_core']}, wrk and the connections on core {options['load_core']}. "
        f"Figures are the median of {options['rounds']} interleaved rounds with the lowest and the highest; "
        "“at least” where wrk's own core was full.",
        "",
        f"Model: {results['model']['file']}, sha256 {results['model']['sha256']}.",
        "",
        "Versions: " + ", ".join(f"{name} {version}" for name, version in results["versions"].items()) + ".",
        "",
        f"Wrong answers and socket errors in all of it: {results['wrong']}.",
    ]
    others = [max(load["taken_by_others"].values()) for piece in ("single", "batch") for load in loads(results, piece)]
    if others:
        lines += [
            "",
            f"Other processes took {Spread(others).text('{:.0%}')} of a core during a load: where that is more than a "
            "few hundredths, measure again on a quiet machine.",
        ]
    return "\n".join(lines)


def loads(results, piece):
    return [load for row in results.get(piece, {}).get("rows", []) for load in row["loads"]]


def single(measured):
    return (
        f"## Single rows: wrk -t1 -c{measured['connections']} -d{measured['seconds']}s, every answer compared\n\n"
        + table(
            ["server", "call", "requests/s", "p99 ms", "server's CPU µs/request", "RSS MiB after load", "wrong"],
            [
                [
                    row["server"],
                    f"`{row['call']}`",
                    at_least(row, figure(row["requests_per_second"], "{:,.0f}")),
                    figure(row["p99_ms"], "{:.2f}"),
                    figure(row["server_cpu_us_per_request"], "{:.1f}"),
                    f"{row['rss_mib']:.0f}",
                    row["wrong"],
                ]
                for row in measured["rows"]
            ],
        )
        + "".join(
            f"\n\nMetrics were on: {row['server']} counted {row['requests_counted_by_its_metrics']:,} predictions."
            for row in measured["rows"]
            if row["requests_counted_by_its_metrics"] is not None and row["call"] == "/api"
        )
    )


def ratios(measured):
    return "## Ratios, computed in each round\n\n" + table(
        ["what", "call", "of", "to", "ratio"],
        [
            [
                ratio["what"],
                f"`{ratio['call']}`",
                ratio["of"],
                ratio["to"],
                f"{ratio['bound']} {figure(ratio['ratio'], '{:.2f}')}".strip(),
            ]
            for ratio in measured
        ],
    )


def starts(measured):
    return "## From the start of the process to the first right answer\n\n" + table(
        ["server", "seconds", "RSS MiB at that moment"],
        [
            [
                row["server"],
                figure(row["seconds"], "{:.2f}"),
                figure(row["rss_mib_at_first_answer"], "{:.0f}"),
            ]
            for row in measured["rows"]
        ],
    )


def batches(measured):
    return (
        f"## Batches of {measured['batch_rows']:,} rows ({measured['body_bytes']:,} bytes of JSON): "
        f"wrk -t1 -c{measured['connections']} -d{measured['seconds']}s, every answer compared\n\n"
        + table(
            ["server", "call", "rows/s", "p50 ms a batch", "RSS MiB after load", "wrong"],
            [
                [
                    row["server"],
                    f"`{row['call']}`",
                    at_least(row, figure(row["rows_per_second"], "{:,.0f}")),
                    figure(row["p50_ms"], "{:.1f}"),
                    f"{row['rss_mib']:.0f}",
                    row["wrong"],
                ]
                for row in measured["rows"]
            ],
        )
    )


def idle(measured):
    return (
        f"## {measured['busy_connections']} busy connections beside {measured['idle_connections']:,} idle ones\n\n"
        + table(
            ["server", "p99 ms alone", "p99 ms beside them", "ratio", "opened", "alive afterwards", "RSS MiB", "wrong"],
            [
                [
                    row["server"],
                    figure(row["p99_ms_without"], "{:.2f}"),
                    figure(row["p99_ms_with"], "{:.2f}"),
                    figure(row["ratio"], "{:.2f}"),
                    f"{row['opened']:,}",
                    f"{row['alive_afterwards']:,}",
                    figure(row["rss_mib_with"], "{:.0f}"),
                    row["wrong"],
                ]
                for row in measured["rows"]
            ],
        )
    )


def figure(spread, form):
    return Spread(spread["rounds"]).text(form)


def at_least(row, text):
    return f"at least {text}" if row["wrk_core_full"] else text


def table(titles, rows):
    lines = ["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)
