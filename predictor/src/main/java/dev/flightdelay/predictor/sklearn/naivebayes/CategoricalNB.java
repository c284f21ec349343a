package dev.flightdelay.predictor.sklearn.naivebayes;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.Matrix;
import java.util.Arrays;
import java.util.List;

/** CategoricalNB: each feature is a category's number, from 0. */
final class CategoricalNB {

  private CategoricalNB() {}

  /** Reads {@code feature_log_prob_}, for each feature (classes, categories). */
  static Model read(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    int classes = labels.size();
    double[] priors = DiscreteNB.priors(attributes, labels);
    List<Object> list = attributes.list("feature_log_prob_");
    Matrix[] weights = new Matrix[list.size()];
    for (int j = 0; j < weights.length; j++) {
      Matrix matrix = Matrix.of(attributes, list.get(j), "feature_log_prob_");
      weights[j] = matrix.require(attributes, "feature_log_prob_", classes, matrix.columns());
      if (matrix.columns() < 1) {
        throw attributes.invalid(Reason.MODEL_INVALID, "a feature has no categories");
      }
    }
    if (weights.length == 0) {
      throw attributes.invalid(Reason.MODEL_INVALID, "feature_log_prob_ is empty");
    }
    return NaiveBayes.of(
        attributes,
        labels,
        weights.length,
        (values, offset, likelihoods) -> {
          Arrays.fill(likelihoods, 0);
          for (int j = 0; j < weights.length; j++) {
            int category = category(values, offset, j, weights);
            for (int k = 0; k < classes; k++) {
              likelihoods[k] += weights[j].values()[k * weights[j].columns() + category];
            }
          }
          for (int k = 0; k < classes; k++) {
            likelihoods[k] += priors[k];
          }
        });
  }

  /** A number is cut to an integer, as scikit-learn does. */
  private static int category(double[] values, int offset, int feature, Matrix[] weights) {
    double value = values[offset + feature];
    int categories = weights[feature].columns();
    int category = (int) value;
    if (value < 0 || category >= categories) {
      throw new UnusableRowsException(
          "row %d, feature %d is the number of a category, from 0 to %d, not %s"
              .formatted(offset / weights.length, feature, categories - 1, value));
    }
    return category;
  }
}
