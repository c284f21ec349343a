package dev.flightdelay.predictor.sklearn.voting;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.InnerModels;
import java.util.List;

/** VotingRegressor: the weighted mean of predictions. */
final class VotingRegressor implements Model {

  private final Signature signature;
  private final List<Model> models;
  private final double[] weights;

  private VotingRegressor(Signature signature, List<Model> models, double[] weights) {
    this.signature = signature;
    this.models = models;
    this.weights = weights;
  }

  static Model read(Attributes attributes) {
    List<Model> models = InnerModels.read(attributes, "estimators_");
    for (Model model : models) {
      if (model.signature().labels().isPresent() || model.signature().outputs() != 1) {
        throw attributes.invalid(
            Reason.MODEL_INVALID,
            "its %s is no regressor of one output".formatted(model.signature().estimator()));
      }
    }
    return new VotingRegressor(
        FittedSignature.of(attributes, InnerModels.features(attributes, models))
            .acceptsMissing(InnerModels.acceptMissing(models))
            .build(),
        models,
        Weights.read(attributes, models.size()));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    double[] sums = new double[to - from];
    double weightSum = 0;
    Rows part = InnerModels.part(rows, from, to);
    for (int m = 0; m < weights.length; m++) {
      Scores one = models.get(m).score(part, false, false);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += weights[m] * one.values()[i];
      }
      weightSum += weights[m];
    }
    for (int i = 0; i < sums.length; i++) {
      scores.values()[from + i] = sums[i] / weightSum;
    }
  }
}
