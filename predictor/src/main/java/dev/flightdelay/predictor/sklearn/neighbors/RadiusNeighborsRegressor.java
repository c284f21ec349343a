package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import java.util.Optional;

/**
 * RadiusNeighborsRegressor: the mean of the neighbours within a radius. Where there are none the
 * library predicts NaN, which is no answer here.
 *
 * @param targets (rows * outputs)
 */
record RadiusNeighborsRegressor(Signature signature, WithinRadius fitted, double[] targets)
    implements Model {

  static Model read(Attributes attributes) {
    WithinRadius fitted = WithinRadius.read(attributes);
    FittedTargets targets = FittedTargets.read(attributes, fitted.rows());
    return new RadiusNeighborsRegressor(
        FittedSignature.of(attributes, fitted.features()).outputs(targets.outputs()).build(),
        fitted,
        targets.values());
  }

  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(RowCost.of(signature, fitted.operations(signature.outputs())));
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int outputs = signature.outputs();
    double[] weights = new double[fitted.rows()];
    for (int row = from; row < to; row++) {
      if (fitted.weigh(rows, row, weights) == 0) {
        throw new UnusableRowsException(
            "row %d has no neighbours within the radius that the model was fitted with"
                .formatted(row));
      }
      for (int output = 0; output < outputs; output++) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
          sum += targets[i * outputs + output] * weights[i];
          total += weights[i];
        }
        scores.values()[row * outputs + output] = sum / total;
      }
    }
  }
}
