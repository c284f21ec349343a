package dev.flightdelay.predictor.sklearn;

/**
 * The class with the largest score: {@code numpy.argmax}, the first of several. A NaN, which sums
 * of very large numbers come to, is the largest.
 */
public final class LargestScore {

  private LargestScore() {}

  /** The position, from 0, of the largest of {@code count} numbers from {@code offset} on. */
  public static int of(double[] scores, int offset, int count) {
    int largest = 0;
    for (int k = 1; k < count; k++) {
      // False too where the next is NaN, and what follows the first NaN is not looked at.
      if (!(scores[offset + k] <= scores[offset + largest])) {
        if (Double.isNaN(scores[offset + largest])) {
          return largest;
        }
        largest = k;
      }
    }
    return largest;
  }
}
