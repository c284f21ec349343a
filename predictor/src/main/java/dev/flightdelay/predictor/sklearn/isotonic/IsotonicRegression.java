package dev.flightdelay.predictor.sklearn.isotonic;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.estimator.Family;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;

/** IsotonicRegression: a monotonic function of one feature. */
public final class IsotonicRegression implements Model {

  public static final Family FAMILY =
      Family.builder()
          .model(IsotonicRegression::read, "IsotonicRegression", "sklearn.isotonic")
          .build();

  private final Signature signature;
  private final Interpolation interpolation;

  private IsotonicRegression(Signature signature, Interpolation interpolation) {
    this.signature = signature;
    this.interpolation = interpolation;
  }

  static Model read(Attributes attributes) {
    return new IsotonicRegression(
        FittedSignature.regressor(attributes, FeatureNames.read(attributes, 1), 1, false),
        Interpolation.read(attributes));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    for (int row = from; row < to; row++) {
      scores.values()[row] = interpolation.at(rows.get(row, 0));
    }
  }
}
