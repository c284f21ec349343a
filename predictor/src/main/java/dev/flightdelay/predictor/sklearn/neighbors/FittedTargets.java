package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;

/**
 * The targets that a neighbours' regressor was fitted with, its {@code _y}.
 *
 * @param values (rows * outputs)
 */
record FittedTargets(double[] values, int outputs) {

  static FittedTargets read(Attributes attributes, int rows) {
    int[] shape = attributes.array("_y").shape();
    double[] values = attributes.reals("_y");
    if (shape.length < 1 || shape.length > 2 || shape[0] != rows || values.length < rows) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "_y has %d targets for %d rows".formatted(values.length, rows));
    }
    return new FittedTargets(values, shape.length == 1 ? 1 : shape[1]);
  }
}
