package dev.flightdelay.predictor.numpy;

/**
 * The sum of a row's squares as {@code numpy.einsum("ij,ij->i", X, X)} adds it up, two numbers at a
 * time: scikit-learn takes it for the distance of rows, where the last bit decides whether a row is
 * as near as another.
 */
public final class SquaredNorm {

  private static final int UNROLLED = 8;

  private SquaredNorm() {}

  /** The sum of the squares of the {@code count} numbers from {@code from}. */
  public static double of(double[] numbers, int from, int count) {
    double even = 0;
    double odd = 0;
    int at = from;
    int end = from + count;
    for (; at + UNROLLED <= end; at += UNROLLED) {
      for (int pair = at + UNROLLED - 2; pair >= at; pair -= 2) {
        even += numbers[pair] * numbers[pair];
        odd += numbers[pair + 1] * numbers[pair + 1];
      }
    }
    for (; at + 1 < end; at += 2) {
      even += numbers[at] * numbers[at];
      odd += numbers[at + 1] * numbers[at + 1];
    }
    if (at < end) {
      even += numbers[at] * numbers[at];
    }
    return even + odd;
  }
}
