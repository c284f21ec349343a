package dev.flightdelay.predictor.sklearn;

/** The class with the largest score: {@code numpy.argmax}, the first of several. */
public final class LargestScore {

  private LargestScore() {}

  /** The position, from 0, of the largest of {@code count} numbers from {@code offset} on. */
  public static int of(double[] scores, int offset, int count) {
    int largest = 0;
    for (int k = 1; k < count; k++) {
      if (scores[offset + k] > scores[offset + largest]) {
        largest = k;
      }
    }
    return largest;
  }
}
