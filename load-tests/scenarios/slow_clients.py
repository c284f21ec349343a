"""500 clients that send their headers a byte at a time and 500 that send their bodies so, beside good ones."""

import asyncio
import statistics
import sys

from cases import single_rows
from processes import Running
from session import must, none_lost, none_wrong

TITLE = "Slow clients: 500 slow headers and 500 slow bodies beside good traffic"
LASTS = "2 minutes"

SLOW = 500
RATE = 500
MAX_TIMES = 2

# Where nothing waits, a p99 is a fraction of a millisecond and moves by more than twice by itself.
FLOOR_MS = 2


def play(session):
    rounds, seconds = (1, 3) if session.quick else (5, 8)
    phases, pairs = [], []
    with session.target() as target:
        cases = single_rows(target)
        session.constant(target, "warm-up", cases, RATE, session.seconds(10, 1), 50, 5)
        for number in range(1, rounds + 1):
            alone = session.constant(target, f"round {number}: alone", cases, RATE, seconds, 50, 5)
            with Running(slow_commands(target)) as slow:
                beside = session.constant(
                    target, f"round {number}: beside {2 * SLOW:,} slow clients", cases, RATE, seconds, 50, 5,
                    meanwhile=lambda: slow.poll(0),
                )  # fmt: skip
                opened = sum(seconds_open(line) for line in slow.other)
            phases += [alone, beside]
            pairs.append((alone.seen.latency.percentile(99), beside.seen.latency.percentile(99), opened))
    times = statistics.median(beside / max(FLOOR_MS, alone) for alone, beside, _ in pairs)
    least = min(opened for _, _, opened in pairs)
    table = [["round", "p99 alone, ms", "p99 beside the slow ones, ms", "slow connections opened"]]
    table += [[i, f"{a:.2f}", f"{b:.2f}", f"{o:,}"] for i, (a, b, o) in enumerate(pairs, 1)]
    musts = [
        none_wrong(phases),
        none_lost(phases),
        must(f"{2 * SLOW:,} slow clients are there", least >= 2 * SLOW, f"{least:,} connections, again when they are ended"),
    ]
    if not session.quick:
        musts.append(
            must(f"the p99 of good traffic at most doubles (of {FLOOR_MS} ms where it is less)", times <= MAX_TIMES,
                 f"{times:.2f} times, the median of {rounds} interleaved rounds")
        )  # fmt: skip
    return phases, musts, table


def slow_commands(target):
    host, port = target.addresses[0]
    return [[sys.executable, "-u", __file__, host, port, kind, SLOW, target.host] for kind in ("headers", "body")]


def seconds_open(line):
    """The connections that a process of slow clients says it has opened."""
    return int(line.split()[1]) if line.startswith("opened ") else 0


HEADS = {
    "headers": "POST /api HTTP/1.1\r\nHost: {host}\r\nX-Slow: ",
    "body": "POST /api HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n",
}


async def be_slow(host, port, kind, count, header):
    """So many connections that each send a byte a second; one that the server ends is opened again."""
    opened = 0

    async def client():
        nonlocal opened
        while True:
            try:
                reader, writer = await asyncio.open_connection(host, port)
            except OSError:
                await asyncio.sleep(1)
                continue
            opened += 1
            try:
                writer.write(HEADS[kind].format(host=header).encode())
                while not reader.at_eof():
                    writer.write(b" " if kind == "body" else b"x")
                    await writer.drain()
                    try:
                        # The server's 408 ends it.
                        if await asyncio.wait_for(reader.read(4096), 1):
                            break
                    except TimeoutError:
                        continue
            except OSError:
                pass
            finally:
                writer.close()

    async def tell():
        told = 0
        while True:
            await asyncio.sleep(0.5)
            print("opened", opened - told, flush=True)
            told = opened

    await asyncio.gather(tell(), *[client() for _ in range(count)])


if __name__ == "__main__":
    to, number, what, clients, name = sys.argv[1:]
    asyncio.run(be_slow(to, int(number), what, int(clients), name))
