"""Long batches: rows per second, the same JSON to every server, every answer compared."""

from contextlib import ExitStack

from contenders import BATCH_CALL
from server import Server
from spread import Spread
from wrk import load

# A few at a time: enough that a server always has the next one, and no more to wait for than that.
CONNECTIONS = 4


def measure(contenders, sample, options, directory, say):
    contenders = [contender for contender in contenders if contender.batches]
    rows, classes = sample.batch(options.batch_rows)
    body = BATCH_CALL.bytes(rows)
    loads = {contender.name: [] for contender in contenders}
    with ExitStack() as running:
        servers = []
        for contender in contenders:
            server = running.enter_context(Server(contender, options.server_core, directory))
            server.wait_until_right(BATCH_CALL, rows[:1], classes[:1])
            contender.settle()
            servers.append((server, server.expected_answer(BATCH_CALL, rows, classes)))

        def one(server, expected, seconds):
            return load(server, BATCH_CALL, body, expected, options.load_core, CONNECTIONS, seconds)

        warm_ups = {server.contender.name: one(server, expected, options.warm_up) for server, expected in servers}
        for round_number in range(options.rounds):
            for server, expected in servers:
                seen = one(server, expected, options.batch_seconds)
                loads[server.contender.name].append(seen)
                say(
                    f"round {round_number + 1} of {options.rounds}: {server.contender.title}: "
                    f"{seen.per_second * len(rows):,.0f} rows/s, p50 {seen.p50_ms:.1f} ms, {seen.wrong} wrong"
                )
        memory = {server.contender.name: server.rss_mib() for server, _ in servers}

    return {
        "batch_rows": len(rows),
        "body_bytes": len(body),
        "connections": CONNECTIONS,
        "seconds": options.batch_seconds,
        "rows": [
            row(contender, len(rows), warm_ups[contender.name], loads[contender.name])
            | {"rss_mib": memory[contender.name]}
            for contender in contenders
        ],
    }


def row(contender, batch_rows, warm_up, rounds):
    return {
        "server": contender.title,
        "name": contender.name,
        "call": BATCH_CALL.path,
        "rows_per_second": Spread(seen.per_second * batch_rows for seen in rounds).as_json(),
        "p50_ms": Spread(seen.p50_ms for seen in rounds).as_json(),
        "p99_ms": Spread(seen.p99_ms for seen in rounds).as_json(),
        "wrk_core_full": any(seen.full for seen in rounds),
        "wrong": sum(seen.wrong for seen in [warm_up, *rounds]),
        "loads": [seen.as_json() for seen in rounds],
    }
