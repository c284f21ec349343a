package dev.flightdelay.predictor.catboost;

import java.util.Optional;

/**
 * What the training rows that came to each leaf weighed, in float32 where that is exact.
 *
 * @param singles null where they are not exact in float32
 * @param doubles null where {@code singles} has them
 */
record LeafWeights(float[] singles, double[] doubles) {

  /**
   * @param values (leaves, dimensions)
   * @return empty if there is not one for each leaf, or if a leaf that nothing came to is not zero:
   *     what it would add in an explanation is not known
   */
  static Optional<LeafWeights> of(double[] weights, double[] values, int dimensions) {
    if ((long) weights.length * dimensions != values.length) {
      return Optional.empty();
    }
    boolean exact = true;
    for (int leaf = 0; leaf < weights.length; leaf++) {
      double weight = weights[leaf];
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)
          || weight == 0 && !isZero(values, leaf * dimensions, dimensions)) {
        return Optional.empty();
      }
      exact &= weight == (float) weight;
    }
    if (!exact) {
      return Optional.of(new LeafWeights(null, weights));
    }
    float[] singles = new float[weights.length];
    for (int leaf = 0; leaf < singles.length; leaf++) {
      singles[leaf] = (float) weights[leaf];
    }
    return Optional.of(new LeafWeights(singles, null));
  }

  private static boolean isZero(double[] values, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (values[i] != 0) {
        return false;
      }
    }
    return true;
  }

  int count() {
    return singles == null ? doubles.length : singles.length;
  }

  double of(int leaf) {
    return singles == null ? doubles[leaf] : singles[leaf];
  }
}
