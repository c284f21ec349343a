"""How many times one server's rate is another's, round by round, so that a slow minute hits both."""

from spread import Spread


def of(results):
    """Every ratio that the results allow: the predictor's rows over the other servers'."""
    found = []
    single = results.get("single", {}).get("rows", [])
    batch = results.get("batch", {}).get("rows", [])
    for rows, rate, what in (
        (single, "requests_per_second", "single rows"),
        (batch, "rows_per_second", "batches"),
    ):
        for mine in (row for row in rows if row["name"].startswith("predictor")):
            for other in rows:
                if other["call"] == mine["call"] and not other["name"].startswith("predictor"):
                    found.append(ratio(mine, other, rate, what))
    return found


def ratio(mine, other, rate, what):
    return {
        "of": mine["server"],
        "to": other["server"],
        "call": mine["call"],
        "what": what,
        "ratio": Spread(a / b for a, b in zip(mine[rate]["rounds"], other[rate]["rounds"], strict=True)).as_json(),
        "bound": bound(mine["wrk_core_full"], other["wrk_core_full"]),
    }


def bound(mine_full, other_full):
    """A rate that wrk limited is a lower bound: what that makes of a quotient."""
    if mine_full and other_full:
        return "wrk limited both"
    if mine_full:
        return "at least"
    return "at most" if other_full else ""
