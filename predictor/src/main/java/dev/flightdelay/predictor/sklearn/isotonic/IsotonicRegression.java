package dev.flightdelay.predictor.sklearn.isotonic;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import java.util.Map;

/** IsotonicRegression: a monotonic function of one feature. */
public final class IsotonicRegression implements Model {

  private final Signature signature;
  private final Interpolation interpolation;

  private IsotonicRegression(Signature signature, Interpolation interpolation) {
    this.signature = signature;
    this.interpolation = interpolation;
  }

  static Model read(Attributes attributes) {
    Interpolation interpolation = Interpolation.read(attributes);
    Features features = FeatureNames.read(attributes, 1);
    return new IsotonicRegression(
        FittedSignature.of(attributes, features.withSamples(Map.of(0, interpolation.least())))
            .build(),
        interpolation);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    for (int row = from; row < to; row++) {
      double x = rows.get(row, 0);
      if (!interpolation.reaches(x)) {
        throw new UnusableRowsException(
            row,
            0,
            "is %s, and it was fitted from %s to %s; beyond that it answers only with out_of_bounds='clip'"
                .formatted(x, interpolation.least(), interpolation.most()));
      }
      scores.values()[row] = interpolation.at(x);
    }
  }
}
