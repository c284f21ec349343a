import math
import random
import unittest

from histogram import Histogram


class HistogramTest(unittest.TestCase):
    def test_percentiles_are_those_of_the_sorted_values_to_one_percent(self):
        random.seed(1)
        values = [int(random.lognormvariate(8, 2)) + 1 for _ in range(20_000)]
        histogram = Histogram((value, 1) for value in values)

        ordered = sorted(values)
        for percent in (1, 50, 90, 99, 99.9):
            exact = ordered[math.ceil(len(ordered) * percent / 100) - 1] / 1e3
            self.assertAlmostEqual(histogram.percentile(percent) / exact, 1, delta=0.01)
        self.assertEqual(histogram.percentile(100), max(values) / 1e3)

    def test_two_together_are_as_one_of_both(self):
        one, other = Histogram([(1000, 3), (5000, 1)]), Histogram([(2000, 4)])
        one.merge(other)

        self.assertEqual(one.count, 8)
        self.assertEqual(one.percentile(50), 2.0)
        self.assertEqual(one.as_json()["max_ms"], 5)

    def test_says_only_percentiles_that_the_sample_can_tell(self):
        curve = Histogram([(1000, 200)]).as_json()["curve"]

        self.assertEqual([percent for percent, _ in curve][-3:], [99, 99.5, 100])

    def test_shares_within_a_time(self):
        histogram = Histogram([(50_000, 99), (200_000, 1)])

        self.assertEqual(histogram.share_within(100), 0.99)
        self.assertTrue(math.isnan(Histogram().share_within(100)))


if __name__ == "__main__":
    unittest.main()
