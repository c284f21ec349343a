package dev.flightdelay.predictor.sklearn.impute;

import java.util.Arrays;

/** Which number is the k-th smallest, without sorting the others: Hoare's selection. */
final class SmallestValues {

  /** So few are sorted at once. */
  private static final int FEW = 64;

  /** Each round leaves half of them or less, unless somebody has chosen the numbers. */
  private static final int MOST_ROUNDS = 64;

  private SmallestValues() {}

  /**
   * The number that would stand at {@code k}, from 0, if the first {@code count} were sorted.
   *
   * @param numbers no NaN among them; they are put into another order
   */
  static double select(double[] numbers, int count, int k) {
    int from = 0;
    int to = count;
    for (int round = 0; to - from > FEW && round < MOST_ROUNDS; round++) {
      double pivot = middle(numbers, from, to);
      // Three parts: smaller than the pivot, the same, and larger, which many of them may be.
      int smaller = from;
      int larger = to;
      for (int at = from; at < larger; ) {
        double number = numbers[at];
        if (number < pivot) {
          numbers[at++] = numbers[smaller];
          numbers[smaller++] = number;
        } else if (number > pivot) {
          numbers[at] = numbers[--larger];
          numbers[larger] = number;
        } else {
          at++;
        }
      }
      if (k < smaller) {
        to = smaller;
      } else if (k >= larger) {
        from = larger;
      } else {
        return pivot;
      }
    }
    Arrays.sort(numbers, from, to);
    return numbers[k];
  }

  /** The median of the medians of three times three that stand far from each other. */
  private static double middle(double[] numbers, int from, int to) {
    int step = (to - from) / 9;
    double[] medians = new double[3];
    for (int i = 0; i < 3; i++) {
      int at = from + 3 * i * step;
      medians[i] = median(numbers[at], numbers[at + step], numbers[at + 2 * step]);
    }
    return median(medians[0], medians[1], medians[2]);
  }

  private static double median(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
