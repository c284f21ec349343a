package dev.flightdelay.predictor.sklearn.multiclass;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import java.util.List;

/**
 * {@code _ConstantPredictor}: what stands in the place of an estimator of two classes where all
 * rows were of one.
 *
 * @param y -1 or 0 for the first class, 1 for the second
 */
record ConstantPredictor(Signature signature, int y) implements Model {

  static Model read(Attributes attributes) {
    double[] y = attributes.reals("y_");
    if (y.length != 1 || y[0] != -1 && y[0] != 0 && y[0] != 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "y_ is none of -1, 0 and 1");
    }
    long features =
        attributes
            .integer("n_features_in_")
            .orElseThrow(
                () ->
                    attributes.invalid(
                        Reason.UNSUPPORTED,
                        "it does not say how many columns it takes: fit it with scikit-learn 1.0"
                            + " or later"));
    if (features < 1 || features > 1_000_000) {
      throw attributes.invalid(Reason.MODEL_INVALID, "n_features_in_ is " + features);
    }
    return new ConstantPredictor(
        FittedSignature.of(attributes, FeatureNames.read(attributes, (int) features))
            .classes(new Labels(Labels.Kind.INTEGER, List.of(y[0] < 0 ? -1L : 0L, 1L)))
            .hasProbabilities(true)
            .decisionWidth(1)
            .acceptsMissing(true)
            .build(),
        (int) y[0]);
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    for (int row = from; row < to; row++) {
      scores.labels()[row] = y > 0 ? 1 : 0;
      if (scores.probabilities() != null) {
        scores.probabilities()[2 * row] = 1 - y;
        scores.probabilities()[2 * row + 1] = y;
      }
      if (scores.decisions() != null) {
        scores.decisions()[row] = y;
      }
    }
  }
}
