"""Two callers ask for much on many connections and go away, again and again; a third asks for little, and waits for it."""

import json
import random
import socket
import sys
import tempfile
import threading
import time

from cases import neighbours, single_rows
from histogram import Histogram
from processes import Running
from session import must, none_lost, none_wrong

TITLE = "Callers: two that ask for much and go away, beside a third"
LASTS = "2 minutes"

# All of 127.0.0.0/8 is this machine: each address is a caller of its own.
GREEDY = ("127.0.0.2", "127.0.0.3")
THIRD = "127.0.0.4"
CONNECTIONS = 20
GREEDY_ROWS = 400
THIRD_ROWS = 100
TRIES = 50
MOST_MS = 2_000

# Some go at once, some while their rows are being scored.
STAY_SECONDS = (0.0, 0.1, 0.5)
TIMEOUT_SECONDS = 30


def play(session):
    tries = 5 if session.quick else TRIES
    served = neighbours(session.directory / "neighbours")
    # The file is 33 MB, and what is made of it twice as much.
    with session.target(local_only="has callers of several addresses", served=served, java_options=("-Xmx192m",)) as target:
        # Until the compiler is done with it.
        session.constant(target, "warm-up", single_rows(target), 100, session.seconds(15, 2), 32, TIMEOUT_SECONDS)
        before = target.memory_mib()
        with tempfile.TemporaryDirectory() as directory:
            third = asking(directory, "third", target, served, THIRD_ROWS)
            greedy = asking(directory, "greedy", target, served, GREEDY_ROWS)
            alone = session.load(
                target, "the third alone", [[*third, THIRD, tries]], tries, probe=False, sent=f"{THIRD_ROWS} rows, {tries} times"
            )
            with Running([[*greedy, address, CONNECTIONS] for address in GREEDY]) as others:
                beside = session.load(
                    target, "the third beside two greedy ones", [[*third, THIRD, tries]], tries * MOST_MS // 1000, probe=False,
                    sent=f"{THIRD_ROWS} rows, {tries} times, beside {len(GREEDY)} that ask for {GREEDY_ROWS} on {CONNECTIONS} connections each, and go",
                    meanwhile=lambda: others.poll(0),
                )  # fmt: skip
                others.poll(0)
                asked = sum(int(line.split()[1]) for line in others.other if line.startswith("asked "))
        memory = max([target.memory_mib(), *(mib for _, mib in beside.memory)])
        time.sleep(1)
        rests = target.cpu_seconds()
        time.sleep(2)
        rests = target.cpu_seconds() - rests
    p99 = beside.seen.latency.percentile(99)
    musts = [
        none_wrong([alone, beside]),
        none_lost([alone, beside]),
        must("the third is never refused", beside.seen.refused == 0, f"{beside.seen.refused} refusals of {tries}"),
        must("the greedy ones ask all the time", asked > 2 * CONNECTIONS * len(GREEDY), f"{asked:,} requests, none of them waited for"),
        must("what nobody waits for is not done", rests < 0.5, f"{rests:.2f} s of CPU in the two seconds after one"),
        must("memory stays bounded", memory < before + 200, f"{before:.0f} MiB before, {memory:.0f} at most"),
    ]
    if not session.quick:
        musts.append(must(f"the third's p99 is below {MOST_MS / 1000:.0f} s", p99 < MOST_MS, f"{p99:,.0f} ms; alone {alone.seen.latency.percentile(99):,.0f}"))
    table = [["the third", "p50, ms", "p99, ms", "most, ms"]]
    for name, phase in (("alone", alone), ("beside the greedy ones", beside)):
        latency = phase.seen.latency
        table.append([name, f"{latency.percentile(50):,.0f}", f"{latency.percentile(99):,.0f}", f"{latency.percentile(100):,.0f}"])
    return [alone, beside], musts, table


def asking(directory, kind, target, served, count):
    """The command of a caller, but for its address and how much of it there is."""
    times = -(-count // len(served.rows))
    body = json.dumps({"data": (served.rows * times)[:count]}, separators=(",", ":"))
    answer = '{"predictions":[%s]}' % ",".join(map(str, (served.classes * times)[:count]))
    request = (
        f"POST /predict HTTP/1.1\r\nHost: {target.host}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    )
    file = f"{directory}/{kind}.json"
    with open(file, "w", encoding="utf-8") as text:
        json.dump({"request": request, "answer": answer}, text)
    host, port = target.addresses[0]
    return [sys.executable, "-u", __file__, kind, host, port, file]


def connect(address, source):
    return socket.create_connection(address, TIMEOUT_SECONDS, (source, 0))


def be_third(address, case, source, tries):
    """Asks one after the other, and prints the lines that load generators print."""
    request, answer = case["request"].encode(), case["answer"].encode()
    seen = {"right": 0, "refused": 0, "wrong": 0, "first_wrong": "", "connect": 0, "read": 0, "timeout": 0}
    latency = Histogram()
    began = time.perf_counter()
    for _ in range(tries):
        start = time.perf_counter()
        kind = "connect"
        try:
            with connect(address, source) as connection:
                kind = "read"
                connection.sendall(request)
                head, body = read(connection)
        except TimeoutError:
            seen["timeout"] += 1
            continue
        except OSError:
            seen[kind] += 1
            continue
        kind = judge(head, body, answer)
        seen[kind] += 1
        if kind == "right":
            latency.add((time.perf_counter() - start) * 1e6)
        elif kind == "wrong":
            seen["first_wrong"] = seen["first_wrong"] or (head[9:40] + b" " + body[:200]).decode(errors="replace")
        print("LOAD", int(time.time()), *(int(kind == each) for each in ("right", "refused", "wrong")), flush=True)
    micros = int((time.perf_counter() - began) * 1e6)
    print("RESULT " + json.dumps(seen | {"microseconds": micros, "latency": latency.pairs()}), flush=True)


def read(connection):
    text = b""
    while (end := text.find(b"\r\n\r\n")) < 0 or len(text) < end + 4 + length(text[:end]):
        more = connection.recv(1 << 16)
        if not more:
            raise ConnectionError("it ended before the answer did")
        text += more
    return text[:end], text[end + 4 :]


def length(head):
    at = head.index(b"Content-Length: ") + 16
    return int(head[at:].split(b"\r", 1)[0])


def judge(head, body, answer):
    status = head[9:12]
    if status == b"200" and body == answer:
        return "right"
    return "refused" if status in (b"429", b"503") and b"\r\nRetry-After: " in head else "wrong"


def be_greedy(address, case, source, connections):
    """Asks on so many connections and goes away, until it is ended."""
    request = case["request"].encode()
    asked = [0] * connections

    def ask(number):
        while True:
            try:
                with connect(address, source) as connection:
                    connection.sendall(request)
                    asked[number] += 1
                    time.sleep(random.choice(STAY_SECONDS))
            except OSError:
                time.sleep(0.1)

    for number in range(connections):
        threading.Thread(target=ask, args=(number,), daemon=True).start()
    told = 0
    while True:
        time.sleep(0.5)
        now = sum(asked)
        print("asked", now - told, flush=True)
        told = now


if __name__ == "__main__":
    what, host, port, file, own, count = sys.argv[1:]
    with open(file, encoding="utf-8") as text:
        asks = json.load(text)
    {"third": be_third, "greedy": be_greedy}[what]((host, int(port)), asks, own, int(count))
