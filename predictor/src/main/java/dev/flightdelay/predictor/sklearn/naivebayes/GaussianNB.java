package dev.flightdelay.predictor.sklearn.naivebayes;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.Matrix;

/** GaussianNB: each feature of a class is normally distributed. */
final class GaussianNB {

  private GaussianNB() {}

  /** Reads {@code theta_} and {@code var_} (named sigma_ before 1.0), both (classes, features). */
  static Model read(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    Matrix means = Matrix.read(attributes, "theta_");
    int classes = labels.size();
    int features = means.columns();
    means.require(attributes, "theta_", classes, features);
    String name = attributes.has("var_") ? "var_" : "sigma_";
    Matrix variances = Matrix.read(attributes, name).require(attributes, name, classes, features);
    double[] priors = attributes.reals("class_prior_");
    if (priors.length != classes || features < 1) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "class_prior_ has %d numbers for %d classes".formatted(priors.length, classes));
    }
    for (double variance : variances.values()) {
      if (variance <= 0) {
        throw attributes.invalid(Reason.MODEL_INVALID, name + " holds no positive variance");
      }
    }
    double[] constants = new double[classes];
    for (int k = 0; k < classes; k++) {
      double sum = 0;
      for (int j = 0; j < features; j++) {
        sum += Math.log(2 * Math.PI * variances.values()[k * features + j]);
      }
      constants[k] = Math.log(priors[k]) - 0.5 * sum;
    }
    return NaiveBayes.of(
        attributes,
        labels,
        features,
        (values, offset, likelihoods) -> {
          for (int k = 0; k < classes; k++) {
            double sum = 0;
            for (int j = 0; j < features; j++) {
              double difference = values[offset + j] - means.values()[k * features + j];
              sum += difference * difference / variances.values()[k * features + j];
            }
            likelihoods[k] = constants[k] - 0.5 * sum;
          }
        });
  }
}
