package dev.flightdelay.predictor.sklearn;

/**
 * {@code numpy.sum} of an array: in NumPy's order, so that a sum which is compared with another
 * number agrees to the last bit ({@code pairwise_sum} in its {@code loops_utils.h.src}).
 */
public final class PairwiseSum {

  private static final int BLOCK = 128;
  private static final int LANES = 8;

  private PairwiseSum() {}

  /** The sum of all numbers. */
  public static double of(double[] numbers) {
    return of(numbers, 0, numbers.length);
  }

  /** The mean of all numbers. */
  public static double mean(double[] numbers) {
    return of(numbers) / numbers.length;
  }

  private static double of(double[] numbers, int from, int count) {
    if (count < LANES) {
      double sum = 0;
      for (int i = from; i < from + count; i++) {
        sum += numbers[i];
      }
      return sum;
    }
    if (count > BLOCK) {
      int half = count / 2;
      half -= half % LANES;
      return of(numbers, from, half) + of(numbers, from + half, count - half);
    }
    double[] lanes = new double[LANES];
    System.arraycopy(numbers, from, lanes, 0, LANES);
    int whole = count - count % LANES;
    for (int i = LANES; i < whole; i++) {
      lanes[i % LANES] += numbers[from + i];
    }
    double sum =
        ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]))
            + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
    for (int i = whole; i < count; i++) {
      sum += numbers[from + i];
    }
    return sum;
  }
}
