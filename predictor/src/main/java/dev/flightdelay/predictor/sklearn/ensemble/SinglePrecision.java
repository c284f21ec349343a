package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import java.util.Optional;

/**
 * A linear model with weights of float32, as scikit-learn 1.8 and newer fit it with rows of
 * float32: asked with such rows it answers in float32, each product added to the sum in one step
 * (sgemv in BLAS).
 */
record SinglePrecision(float[] weights, float intercept) {

  /** Whether an estimator has weights of float32. */
  static boolean is(Attributes init) {
    return init.has("coef_") && init.array("coef_").dtype().itemSize() == Float.BYTES;
  }

  /** Its weights; empty if they are not of float32, or for several outputs. */
  static Optional<SinglePrecision> read(Attributes init, int features) {
    if (!is(init)) {
      return Optional.empty();
    }
    double[] weights = init.reals("coef_");
    double[] intercept = init.reals("intercept_");
    if (weights.length != features || intercept.length != 1) {
      return Optional.empty();
    }
    float[] single = new float[features];
    for (int j = 0; j < features; j++) {
      single[j] = (float) weights[j];
    }
    return Optional.of(new SinglePrecision(single, (float) intercept[0]));
  }

  /** The sum for the row that begins at {@code from}. */
  float sum(float[] block, int from) {
    float sum = 0;
    for (int j = 0; j < weights.length; j++) {
      sum = Math.fma(block[from + j], weights[j], sum);
    }
    return sum + intercept;
  }

  /** The logistic function of the sum: {@code scipy.special.expit} of a float32. */
  float probability(float[] block, int from) {
    return 1 / (1 + (float) Math.exp(-sum(block, from)));
  }
}
