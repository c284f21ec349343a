"""What authentication adds to a prediction's latency, and what it takes of the throughput."""

import argparse
import base64
import functools
import http.client
import http.server
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from datetime import datetime, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "benchmark"))

import directory as ldap  # noqa: E402
import machine  # noqa: E402
from calls import API, Sample  # noqa: E402
from contenders import Predictor  # noqa: E402
from java import find_java  # noqa: E402
from server import Server  # noqa: E402
from spread import Spread  # noqa: E402
from wrk import load  # noqa: E402

SAMPLE = ROOT / "predictor" / "samples" / "flight-delay"
ISSUER = "https://issuer.example.com"
AUDIENCE = "flight-delay"
KEY = "5a" * 32
CONNECTIONS = 64
# What a small pod runs with.
JAVA_OPTIONS = ["-XX:+UseSerialGC", "-Xmx128m", "-Xmn24m", "-XX:TrimNativeHeapInterval=5000"]


class Guarded(Predictor):
    """A predictor with one way of recognising callers, or none."""

    def __init__(self, java, jar, name, environment, options=()):
        super().__init__(java, jar, SAMPLE / "flight-delay.pkl", [*JAVA_OPTIONS, *options], name, name)
        self.environment = environment

    def command(self, port, folder):
        command, environment = super().command(port, folder)
        return command, environment | self.environment | {"EVENT_LOOPS": "1"}


class GuardedServer(Server):
    """Asks with the header that its callers send."""

    header = ""

    def ask(self, call, body, timeout=60):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        headers = {"Content-Type": "application/json"}
        if self.header:
            name, _, value = self.header.partition(": ")
            headers[name] = value
        try:
            connection.request("POST", call.path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()


class Variant:
    """Which server is asked, with which headers, and how often each is used."""

    def __init__(self, title, server, file, distinct):
        self.title = title
        self.server = server
        self.file = file
        self.distinct = distinct
        self.used = 1

    def header(self):
        return self.file.read_text().partition("\n")[0]


class Row:
    """A row of the table: what was measured of one title, round by round, over all starts."""

    def __init__(self):
        self.rounds = []
        self.loads = []


class Driver:
    """ConstantRate.java, kept running so that it stays compiled."""

    def __init__(self, java, core, folder, body, expected):
        (folder / "body").write_bytes(body)
        (folder / "expected").write_bytes(expected)
        command = ["taskset", "-c", str(core), java, "-XX:+UseSerialGC", "-Xmx512m", HERE / "ConstantRate.java"]
        self.process = subprocess.Popen(
            [*map(str, command), API.path, str(folder / "body"), str(folder / "expected")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.process.stdin.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def run(self, variant, rate, count):
        offset = variant.used if variant.distinct else 0
        variant.used += count
        # What is known stays the same line; what is seen first is the next one.
        file = variant.file if variant.distinct else first_line(variant.file)
        print(variant.server.port, rate, count, file, offset, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{variant.title}: the driver ended")
        return json.loads(answer)


def first_line(file):
    alone = file.with_suffix(".first")
    if not alone.exists():
        alone.write_text(file.read_text().partition("\n")[0] + "\n")
    return alone


def publish(folder):
    """The issuer's keys on a port of loopback."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *ignored):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    server.handle_error = lambda *ignored: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def options_of(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__ + " Takes some nine minutes; prints Markdown at its end, progress on standard error.",
        epilog="Needs Linux with two cores, JDK 25, wrk, and slapd and openssl for the rows of LDAP: "
        "apt-get install wrk slapd openssl; mvn -pl predictor -am package",
    )
    parser.add_argument("--jar", type=Path, default=ROOT / "predictor" / "target" / "predictor.jar")
    parser.add_argument("--java", help="the java to use: a 25 (default: JAVA_HOME's, or an installed one)")
    parser.add_argument("--rate", type=int, default=500, help="requests a second, constant (%(default)s)")
    parser.add_argument("--starts", type=int, default=2, help="how often all servers are started: no two are compiled alike (%(default)s)")
    parser.add_argument("--rounds", type=int, default=8, help="interleaved rounds of each start (%(default)s)")
    parser.add_argument("--seconds", type=float, default=0.5, help="of one measurement of latency (%(default)s)")
    parser.add_argument("--wrk-seconds", type=int, default=1, help="of one of throughput (%(default)s)")
    parser.add_argument("--warm-up", type=int, default=12, help="seconds of load that each gets before: in four, not all is compiled (%(default)s)")
    parser.add_argument("--server-core", type=int, default=0)
    parser.add_argument("--load-core", type=int, default=1, help="of the load, the issuer and the directory")
    parser.add_argument("--json", type=Path, help="where to write every single figure")
    parser.add_argument("--quick", action="store_true", help="a minute: does everything work? no figures")
    options = parser.parse_args(arguments)
    if options.quick:
        options.starts, options.rounds, options.seconds, options.wrk_seconds, options.warm_up = 1, 1, 1, 1, 1
    if not options.jar.exists():
        sys.exit(f"{options.jar} is not there: build it with mvn -pl predictor -am package, or give --jar")
    return options


def say(text):
    print(text, file=sys.stderr, flush=True)


def main(arguments):
    options = options_of(arguments)
    java = find_java(options.java)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="authentication-") as name:
        folder = Path(name)
        count = int(options.rate * options.seconds)
        distinct = 1 + count * (options.rounds + 1)
        say(f"making {distinct:,} tokens of each kind ..")
        tokens = folder / "tokens"
        tokens.mkdir()
        command = [java, "-cp", options.jar, HERE / "Tokens.java", tokens, distinct, ISSUER, AUDIENCE]
        subprocess.run(list(map(str, command)), check=True)
        rows = {}
        for number in range(options.starts):
            say(f"start {number + 1} of {options.starts}")
            fresh = folder / f"start-{number + 1}"
            fresh.mkdir()
            with ExitStack() as running:
                variants = start(options, java, fresh, tokens, distinct, running)
                for variant in variants:
                    rows.setdefault(variant.title, Row())
                measure(options, java, fresh, variants, count, rows, running)
    took = time.monotonic() - began
    print(table(options, rows, took))
    if options.json:
        figures = [
            {"title": title, "latency": row.rounds, "loads": [seen.as_json() for seen in row.loads]} for title, row in rows.items()
        ]
        options.json.write_text(json.dumps({"machine": machine.describe(), "rows": figures}, indent=1))
    wrong = sum(seen["wrong"] for row in rows.values() for seen in row.rounds) + sum(s.wrong for row in rows.values() for s in row.loads)
    if wrong:
        sys.exit(f"{wrong} answers were wrong")


def start(options, java, folder, tokens, distinct, running):
    """Starts a server for each mechanism, and says what will be measured."""
    keys = folder / "keys"
    keys.mkdir()
    (keys / "timetable").write_text(KEY)
    files = {"none": "", "key": f"x-api-key: {KEY}", "padding": "x-padding: " + "p" * 700}
    for name, line in files.items():
        (folder / f"{name}.txt").write_text(line + "\n")
    published = publish(tokens)
    port = published.server_address[1]
    jwt = {
        "JWT_ISSUER": ISSUER,
        "JWT_JWKS_URI": f"http://127.0.0.1:{port}/keys.json",
        "JWT_AUDIENCES": AUDIENCE,
        "JWT_ALLOWED": '[{"claim":"groups","values":["planners"]}]',
        "MODEL_ALLOWED_HOSTS": f"127.0.0.1:{port}",
    }

    def server(name, environment, first, java_options=()):
        guarded = Guarded(java, options.jar, name, environment, java_options)
        started = GuardedServer(guarded, options.server_core, folder)
        started.header = first
        return running.enter_context(started)

    nobody = server("open", {}, "")
    key = server("api-key", {"API_KEYS_DIR": str(keys)}, files["key"])
    rs256, es256 = tokens / "rs256.txt", tokens / "es256.txt"
    token = server("jwt", jwt, first_line(rs256).read_text().strip())
    variants = [
        Variant("none", nobody, folder / "none.txt", False),
        Variant("none, and a header of 700 bytes that nobody reads", nobody, folder / "padding.txt", False),
        Variant("API key", key, folder / "key.txt", False),
        Variant("JWT, known (RS256)", token, rs256, False),
        Variant("JWT, known (ES256)", token, es256, False),
        Variant("JWT, first seen (RS256)", token, rs256, True),
        Variant("JWT, first seen (ES256)", token, es256, True),
    ]
    why = ldap.missing()
    if why:
        say(f"without LDAP: {why}")
    else:


        users = folder / "users.txt"
        with users.open("w") as lines:
            for i in range(distinct):
                pair = f"{ldap.user(i)}:{ldap.PASSWORD.format(ldap.user(i))}"
                lines.write(f"Authorization: Basic {base64.b64encode(pair.encode()).decode()}\n")
        keytool = java.parent / "keytool"
        slapd = running.enter_context(ldap.Directory(folder / "ldap", distinct, options.load_core, keytool))
        password = server("ldap", slapd.environment(), first_line(users).read_text().strip(), slapd.java_options())
        variants += [
            Variant("LDAP, known", password, users, False),
            Variant("LDAP, first seen", password, users, True),
        ]
    return variants


def measure(options, java, folder, variants, count, measured, running):
    sample = Sample(SAMPLE / "expected.csv")
    rows, classes = sample.single(0)
    body = API.bytes(rows)
    expected = None
    for server in dict.fromkeys(variant.server for variant in variants):
        server.wait_until_right(API, rows, classes)
        expected = server.expected_answer(API, rows, classes)
        server.contender.settle()

    def throughput(variant, seconds):
        header = variant.header()
        return load(
            variant.server, API, body, expected, options.load_core, CONNECTIONS, seconds, [header] if header else []
        )

    driver = running.enter_context(Driver(java, options.load_core, folder, body, expected))
    for variant in variants:
        if not variant.distinct:
            throughput(variant, options.warm_up)
        driver.run(variant, options.rate, count)
        say(f"warm: {variant.title}")
    for number in range(options.rounds):
        # Each is first in turn, so that none is always measured after the same one.
        turn = number % len(variants)
        order = variants[turn:] + variants[:turn]
        for variant in order:
            seen = driver.run(variant, options.rate, count)
            measured[variant.title].rounds.append(seen)
            say(
                f"round {number + 1} of {options.rounds}: {variant.title}: p50 {seen['p50']:.1f} us, "
                f"p99 {seen['p99']:.1f} us, {seen['wrong']} wrong {seen['first_wrong']}"
            )
        for variant in order:
            if not variant.distinct:
                # A server that nobody asked for a while has given memory back, and its code has left the caches.
                throughput(variant, options.wrk_seconds)
                seen = throughput(variant, options.wrk_seconds)
                measured[variant.title].loads.append(seen)
                say(f"round {number + 1} of {options.rounds}: {variant.title}: {seen.per_second:,.0f}/s, {seen.wrong} wrong")


def table(options, rows, took):
    about = machine.describe()
    base = next(iter(rows.values()))
    lines = [
        f"{about['cores']} cores of {about['processor']}, Linux {about['kernel']}, {datetime.now(timezone.utc):%-d %B %Y}, "
        f"`load-tests/authentication/run{''.join(' ' + word for word in sys.argv[1:])}`, {took:.0f} s, load average "
        f"{os.getloadavg()[1]:.1f}: {options.rate} requests a second, {options.rounds} interleaved rounds of each of "
        f"{options.starts} starts; median of the rounds, difference to none within a round, in brackets the middle half.",
        "",
        "| | p50 µs | p99 µs | adds to p50, µs | adds to p99, µs | most requests/s | of none | CPU a request, µs | of none |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for title, row in rows.items():
        cells = [title]
        cells += [f"{statistics.median(seen[at] for seen in row.rounds):.0f}" for at in ("p50", "p99")]
        for at in ("p50", "p99"):
            adds = Spread(mine[at] - none[at] for mine, none in zip(row.rounds, base.rounds))
            cells.append("" if row is base else adds.middle("{:+.1f}"))
        if row.loads:
            full = "at least " if any(seen.full for seen in row.loads) else ""
            cells.append(full + f"{statistics.median(seen.per_second for seen in row.loads):,.0f}")
            share = Spread(mine.per_second / none.per_second for mine, none in zip(row.loads, base.loads))
            cells.append("" if row is base else share.middle("{:.2f}"))
            cells.append(f"{statistics.median(seen.server_us for seen in row.loads):.2f}")
            share = Spread(mine.server_us / none.server_us for mine, none in zip(row.loads, base.loads))
            cells.append("" if row is base else share.middle("{:.2f}"))
        else:
            cells += ["", "", "", ""]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
