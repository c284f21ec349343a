import json
import unittest

from seen import Seen
from session import Phase

RESULT = {
    "microseconds": 2_000_000, "right": 997, "refused": 2, "wrong": 1, "first_wrong": "500 oh", "read": 1,
    "latency": [[1000, 990], [150_000, 7]],
}  # fmt: skip


class SeenTest(unittest.TestCase):
    def test_adds_up_what_generators_beside_each_other_say(self):
        seen = Seen()
        for _ in range(2):
            for line in ("LOAD 100 500 1 0", "LOAD 101 497 1 1", "RESULT " + json.dumps(RESULT)):
                self.assertTrue(seen.line(line))
        self.assertFalse(seen.line("Running 2s test @ http://127.0.0.1"))

        told = seen.as_json()
        self.assertEqual(told["timeline"], [[0, 1000, 2, 0], [1, 994, 2, 2]])
        self.assertEqual((told["right"], told["refused"], told["wrong"], told["errors"]["read"]), (1994, 4, 2, 2))
        self.assertEqual(told["right_per_second"], 997)
        self.assertEqual(told["first_wrong"], "500 oh")

    def test_refusals_errors_and_wrong_answers_count_against_the_objective(self):
        phase = Phase("p", "", self.seen(right=9_990, refused=5, wrong=3, read=2), None)
        self.assertTrue(phase.objectives()[0]["ok"])

        phase = Phase("p", "", self.seen(right=9_989, refused=5, wrong=3, read=3), None)
        self.assertFalse(phase.objectives()[0]["ok"])

    def test_latency_is_judged_by_the_probe_and_counts_what_it_got_no_answer_to(self):
        fast = self.seen(right=1000, latency=[[1000, 1000]])
        slow = self.seen(right=98, refused=2, latency=[[1000, 98]])
        self.assertFalse(Phase("p", "", fast, slow).objectives()[1]["ok"])
        self.assertTrue(Phase("p", "", slow, fast).objectives()[1]["ok"])

        closed_loop_only = Phase("p", "", fast, None).objectives()
        self.assertEqual(len(closed_loop_only), 1)

    def seen(self, **counts):
        seen = Seen()
        seen.result({"microseconds": 1e6, "right": 0, "refused": 0, "wrong": 0, "first_wrong": "", "latency": []} | counts)
        return seen


if __name__ == "__main__":
    unittest.main()
