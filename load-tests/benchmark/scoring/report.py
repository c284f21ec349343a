"""The results as a page of Markdown tables."""

from spread import Spread

TITLES = {
    "forest": "scikit-learn's RandomForestClassifier, {forest} trees of depth 10, 30 features",
    "xgboost": "XGBClassifier, {xgboost} trees of depth 6, 30 features",
    "lightgbm": "LGBMClassifier, {lightgbm} trees of 31 leaves, 30 features",
}


def markdown(results):
    parts = [head(results)]
    for model, rows in results.get("scoring", {}).items():
        parts.append(f"## {TITLES[model].format(**results['trees'])}\n\n" + scoring(rows))
    if "loading" in results:
        loads = results["options"]["loads"]
        title = f"## `inspect` of a large forest on one core, with all checks: the median of {loads} loads"
        parts.append(title + "\n\n" + loading(results["loading"]))
    return "\n\n".join(parts) + "\n"


def head(results):
    machine = results["machine"]
    return "\n".join(
        [
            f"# Scoring, {results['date']}",
            "",
            f"{machine['processor']}, core {results['options']['core']} of {machine['cores']}, {machine['memory_gib']} GiB, "
            f"Linux {machine['kernel']}. Scoring: the median of {results['options']['rounds']} interleaved rounds, with the lowest and "
            "the highest. “x of the predictor's” is CPU time, the quotient computed in each round: above 1 the predictor "
            "takes less.",
            "",
            "Versions: " + ", ".join(f"{name} {version}" for name, version in results["versions"].items()) + ".",
            "",
            f"Wrong answers in all of it: {results['wrong']}.",
        ]
    )


def scoring(rows):
    lines = []
    for row in rows:
        if "error" in row:
            lines.append([row["name"], "did not run: " + row["error"].replace("|", "/"), "", "", "", "", "", ""])
            continue
        lines.append(
            [
                f"**{row['name']}**" if row["name"] == "predictor" else row["name"],
                figure(row["batch cpu"], "{:.1f}", 1e3),
                figure(row["batch wall"], "{:.1f}", 1e3),
                figure(row["batch cpu ratio"], "{:.2f}"),
                figure(row["single cpu"], "{:,.1f}", 1e6),
                figure(row["single wall"], "{:,.1f}", 1e6),
                figure(row["single cpu ratio"], "{:,.2f}"),
                row["wrong"],
            ]
        )
    return table(
        [
            "",
            "10,000 rows: CPU ms",
            "ms",
            "x of the predictor's",
            "one row: CPU µs",
            "µs",
            "x of the predictor's",
            "wrong",
        ],
        lines,
    )


def loading(rows):
    return table(
        ["file", "MB", "-Xmx", "seconds from start to end", "CPU seconds", "RSS MiB"],
        [
            [
                row["file"],
                f"{row['megabytes']:.0f}",
                f"{row['heap_mib']}m",
                figure(row["seconds"], "{:.2f}"),
                figure(row["cpu"], "{:.2f}"),
                f"{row['rss_mib']:.0f}",
            ]
            for row in rows
        ],
    )


def figure(spread, form, times=1):
    return Spread(value * times for value in spread["rounds"]).text(form)


def table(titles, rows):
    lines = ["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)
