"""Each wrk script and the generator at a constant rate, before a server that lies."""

import csv
import shutil
import tempfile
import unittest
from pathlib import Path

import generators
from cases import ROWS, single_rows, sample
from lying_server import Lying, predictor_answers
from processes import play


class Server:
    """What the generators need of a target."""

    kind, model, token, host, secure = "local", "flight-delay", None, "127.0.0.1", False

    def __init__(self, port):
        self.addresses = [("127.0.0.1", port)]
        self.urls = [f"http://127.0.0.1:{port}"]
        self.served = sample()


def classes():
    with ROWS.open(newline="") as file:
        titles, *lines = csv.reader(file)
    label = titles.index("predict")
    return {",".join(line[:label]): line[label] for line in lines}


class DialectsTest(unittest.TestCase):
    def counted(self, lying, seen):
        """As sent, but for the few answers that were on their way when wrk stopped."""
        for kind, count in lying.counts.items():
            self.assertGreater(count, 10, kind)
            self.assertLessEqual(getattr(seen, kind), count, kind)
            self.assertGreaterEqual(getattr(seen, kind), count - 4, kind)

    @unittest.skipUnless(shutil.which("wrk"), "wrk is not installed")
    def test_every_script_counts_what_is_right_refused_and_wrong(self):
        self.assertEqual(len(generators.DIALECTS), 7)
        for dialect in generators.DIALECTS:
            with self.subTest(dialect), Lying(predictor_answers(classes())) as lying:
                target = Server(lying.port)
                command = generators.wrk(target.urls[0], dialect, 2, 4, 1)
                seen = play([command], 30, environment=generators.wrk_environment(target))
                self.counted(lying, seen)
                self.assertEqual(sum(map(sum, seen.timeline.values())) > 0, True)

    def test_the_constant_rate_counts_them_too_and_keeps_its_rate(self):
        with Lying(predictor_answers(classes())) as lying:
            target = Server(lying.port)
            with generators.ConstantRate(target, single_rows(target)) as constant:
                seen = play([constant.command(100, 2, 10, 5)], 30)
        self.assertEqual({kind: getattr(seen, kind) for kind in lying.counts}, lying.counts)
        self.assertEqual(seen.requests, 200)
        self.assertEqual(seen.failed, 0)

    def test_latency_counts_from_when_a_request_was_due(self):
        def stalls(path, body):
            # Once, in which ten requests become due.
            if not stalls.done:
                stalls.done = True
                import time

                time.sleep(1)
            return predictor_answers(classes())(path, body)

        stalls.done = False
        with Lying(stalls) as lying:
            target = Server(lying.port)
            with generators.ConstantRate(target, single_rows(target)) as constant:
                # One connection: who is due meanwhile waits for it.
                seen = play([constant.command(10, 3, 1, 5)], 30)
        late = sum(count for micros, count in seen.latency.counts.items() if micros > 300_000)
        self.assertGreaterEqual(late, 3)
        self.assertEqual(seen.requests, 30)

    def test_a_server_that_never_answers_is_not_passed_over(self):
        import socket

        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen(50)
            target = Server(silent.getsockname()[1])
            with generators.ConstantRate(target, single_rows(target)) as constant:
                seen = play([constant.command(20, 1, 5, 1)], 30)
        self.assertEqual(seen.right, 0)
        self.assertEqual(seen.errors["timeout"] + seen.errors["unsent"], 20)


class JmeterResultsTest(unittest.TestCase):
    def test_reads_a_file_that_grows(self):
        from jmeter_load import Results

        lines = [
            "timeStamp,elapsed,responseCode,success,\"retry\"",
            "1000000,20,200,true,none",
            "1000500,30,200,false,none",
            "1001000,5,503,false,1",
            "1001000,5,503,false,none",
            "1001500,100,Non HTTP response code: java.net.SocketException,false,none",
        ]
        said = []
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "results.csv"
            results = Results(path, out=lambda *words, flush: said.append(" ".join(map(str, words))))
            text = "\n".join(lines) + "\n"
            for end in (10, 60, 61, len(text)):
                path.write_text(text[:end])
                results.read()
        results.tell(float("inf"))
        self.assertEqual(said, ["LOAD 1000 1 0 1", "LOAD 1001 0 1 1"])
        counts = results.result(1)
        self.assertEqual((counts["right"], counts["refused"], counts["wrong"], counts["read"]), (1, 1, 2, 1))


if __name__ == "__main__":
    unittest.main()
