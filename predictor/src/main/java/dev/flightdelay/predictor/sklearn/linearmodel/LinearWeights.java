package dev.flightdelay.predictor.sklearn.linearmodel;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.explain.WeightExplainer;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.numpy.NdArray;
import java.util.Arrays;

/**
 * {@code coef_} and {@code intercept_}: {@code X @ coef_.T + intercept_}, as in scikit-learn's
 * {@code linear_model/_base.py}.
 *
 * @param coefficients (outputs * features), row-major
 * @param intercepts (outputs)
 */
record LinearWeights(double[] coefficients, double[] intercepts, int features) {

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if the shapes disagree or a
   *     number is not finite
   */
  static LinearWeights read(Attributes attributes) {
    NdArray array = attributes.array("coef_");
    int[] shape = array.shape();
    if (shape.length < 1 || shape.length > 2) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "coef_ has %d dimensions, not 1 or 2".formatted(shape.length));
    }
    int features = shape[shape.length - 1];
    int outputs = shape.length == 1 ? 1 : shape[0];
    if (features < 1 || outputs < 1) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "coef_ has the shape %s".formatted(Arrays.toString(shape)));
    }
    double[] coefficients = attributes.reals("coef_");
    double[] intercepts = attributes.reals("intercept_");
    if (intercepts.length == 1 && outputs > 1) {
      intercepts = repeat(intercepts[0], outputs);
    }
    if (intercepts.length != outputs) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "intercept_ has %d numbers, and coef_ %d rows".formatted(intercepts.length, outputs));
    }
    return new LinearWeights(coefficients, intercepts, features);
  }

  private static double[] repeat(double value, int times) {
    double[] values = new double[times];
    Arrays.fill(values, value);
    return values;
  }

  /** Explains the sums. */
  Explainer explainer(Explainer.Space space) {
    return new WeightExplainer(space, coefficients, intercepts);
  }

  int outputs() {
    return intercepts.length;
  }

  /** The sum for one output and the row that starts at {@code offset} in {@code values}. */
  double sum(int output, double[] values, int offset) {
    double sum = 0;
    int coefficient = output * features;
    for (int j = 0; j < features; j++) {
      sum += values[offset + j] * coefficients[coefficient + j];
    }
    return sum + intercepts[output];
  }

  /** The same for a row of sparse rows. */
  double sum(int output, SparseRows rows, int row) {
    double sum = 0;
    int coefficient = output * features;
    for (int i = rows.starts()[row]; i < rows.starts()[row + 1]; i++) {
      sum += rows.values()[i] * coefficients[coefficient + rows.columns()[i]];
    }
    return sum + intercepts[output];
  }

  /** The terms of that sum without the intercept, by feature. */
  double[] terms(int output, double[] values, int offset) {
    double[] terms = new double[features];
    for (int j = 0; j < features; j++) {
      terms[j] = values[offset + j] * coefficients[output * features + j];
    }
    return terms;
  }
}
