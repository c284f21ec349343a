"""Single rows: requests per second, p99 and memory of every server, in interleaved rounds."""

from contextlib import ExitStack

from server import Server
from spread import Spread
from wrk import load

CONNECTIONS = 64


def measure(contenders, sample, options, directory, say):
    """All servers run throughout, and one of them is loaded at a time."""
    loads, warm_ups = {}, {}
    with ExitStack() as running:
        servers = []
        for contender in contenders:
            server = running.enter_context(Server(contender, options.server_core, directory))
            rows, classes = sample.single(0)
            server.wait_until_right(contender.single_calls[0], rows, [1] if contender.constant else classes)
            contender.settle()
            servers.append(server)

        def one(server, call, round_number, seconds):
            rows, classes = sample.single(round_number)
            expected = server.expected_answer(call, rows, classes)
            return load(server, call, call.bytes(rows), expected, options.load_core, CONNECTIONS, seconds)

        for server in servers:
            for call in server.contender.single_calls:
                warm = one(server, call, 0, options.warm_up)
                warm_ups[server.contender.name, call.name] = warm
                say(f"warm-up: {server.contender.title}, {call.path}: {warm.per_second:,.0f}/s, {warm.wrong} wrong")
        for round_number in range(options.rounds):
            for server in servers:
                for call in server.contender.single_calls:
                    seen = one(server, call, round_number, options.seconds)
                    loads.setdefault((server.contender.name, call.name), []).append(seen)
                    say(
                        f"round {round_number + 1} of {options.rounds}: {server.contender.title}, {call.path}: "
                        f"{seen.per_second:,.0f}/s, p99 {seen.p99_ms:.2f} ms, {seen.wrong} wrong, "
                        f"wrk's core {seen.wrk_cpu:.0%}"
                    )
        memory = {server.contender.name: server.rss_mib() for server in servers}
        counted = {server.contender.name: server.contender.counted_requests() for server in servers}

    return {
        "connections": CONNECTIONS,
        "seconds": options.seconds,
        "rows": [
            row(contender, call, warm_ups[contender.name, call.name], loads[contender.name, call.name])
            | {
                "rss_mib": memory[contender.name],
                "requests_counted_by_its_metrics": counted[contender.name],
            }
            for contender in contenders
            for call in contender.single_calls
        ],
    }


def row(contender, call, warm_up, rounds):
    return {
        "server": contender.title,
        "name": contender.name,
        "call": call.path,
        "requests_per_second": Spread(seen.per_second for seen in rounds).as_json(),
        "p99_ms": Spread(seen.p99_ms for seen in rounds).as_json(),
        "server_cpu_us_per_request": Spread(seen.server_us for seen in rounds).as_json(),
        "wrk_core_full": any(seen.full for seen in rounds),
        "wrong": sum(seen.wrong for seen in [warm_up, *rounds]),
        "loads": [seen.as_json() for seen in rounds],
    }
