package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import java.util.Optional;

/** KNeighborsRegressor: the neighbours' mean, for one or several targets. */
final class KNeighborsRegressor implements Model {

  private final Signature signature;
  private final FittedRows fitted;
  // (rows * outputs)
  private final double[] targets;

  private KNeighborsRegressor(Signature signature, FittedRows fitted, double[] targets) {
    this.signature = signature;
    this.fitted = fitted;
    this.targets = targets;
  }

  static Model read(Attributes attributes) {
    FittedRows fitted = FittedRows.read(attributes);
    FittedTargets targets = FittedTargets.read(attributes, fitted.rows());
    return new KNeighborsRegressor(
        FittedSignature.of(attributes, fitted.features()).outputs(targets.outputs()).build(),
        fitted,
        targets.values());
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(RowCost.of(signature, fitted.operations(signature.outputs())));
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int outputs = signature.outputs();
    Nearest nearest = fitted.nearest();
    double[] weights = new double[nearest.count()];
    double[] scratch = new double[fitted.search().scratch()];
    for (int row = from; row < to; row++) {
      fitted.search().find(rows.values(), row * rows.width(), nearest, scratch);
      fitted.weigh(nearest, weights);
      for (int output = 0; output < outputs; output++) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
          sum += targets[nearest.row(i) * outputs + output] * weights[i];
          total += weights[i];
        }
        scores.values()[row * outputs + output] = sum / total;
      }
    }
  }
}
