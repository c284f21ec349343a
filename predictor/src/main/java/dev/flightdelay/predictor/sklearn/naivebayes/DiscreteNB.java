package dev.flightdelay.predictor.sklearn.naivebayes;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.Matrix;
import java.util.function.DoubleUnaryOperator;

/**
 * The naive Bayes classifiers of counts, whose likelihood is a product of the row with {@code
 * feature_log_prob_} (classes, features).
 */
final class DiscreteNB {

  private DiscreteNB() {}

  /** MultinomialNB: how often something occurs. */
  static Model multinomial(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    Matrix weights = weights(attributes, labels);
    double[] priors = priors(attributes, labels);
    return SparseNaiveBayes.of(
        attributes,
        labels,
        weights.columns(),
        (values, offset, likelihoods) -> product(weights, values, offset, priors, likelihoods),
        (rows, row, likelihoods) -> product(weights, rows, row, cell -> cell, priors, likelihoods));
  }

  /** ComplementNB: the weights are of all other classes, and there is no prior. */
  static Model complement(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    Matrix weights = weights(attributes, labels);
    double[] none = new double[labels.size()];
    return SparseNaiveBayes.of(
        attributes,
        labels,
        weights.columns(),
        (values, offset, likelihoods) -> product(weights, values, offset, none, likelihoods),
        (rows, row, likelihoods) -> product(weights, rows, row, cell -> cell, none, likelihoods));
  }

  /** BernoulliNB: whether something occurs, which is when it is above {@code binarize}. */
  static Model bernoulli(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    Matrix logarithms = weights(attributes, labels);
    double[] constants = priors(attributes, labels).clone();
    int classes = labels.size();
    int features = logarithms.columns();
    double[] differences = new double[classes * features];
    for (int k = 0; k < classes; k++) {
      double absent = 0;
      for (int j = 0; j < features; j++) {
        double present = logarithms.values()[k * features + j];
        double negative = Math.log(1 - Math.exp(present));
        if (!Double.isFinite(negative)) {
          throw attributes.invalid(
              Reason.MODEL_INVALID, "feature_log_prob_ holds a probability of 1: fit it again");
        }
        differences[k * features + j] = present - negative;
        absent += negative;
      }
      constants[k] += absent;
    }
    Matrix weights = new Matrix(differences, classes, features);
    Double threshold = threshold(attributes);
    JointLogLikelihood likelihood =
        (values, offset, likelihoods) -> {
          if (threshold == null) {
            product(weights, values, offset, constants, likelihoods);
            return;
          }
          for (int k = 0; k < classes; k++) {
            double sum = 0;
            for (int j = 0; j < features; j++) {
              if (values[offset + j] > threshold) {
                sum += differences[k * features + j];
              }
            }
            likelihoods[k] = sum + constants[k];
          }
        };
    if (threshold != null && threshold < 0) {
      // A zero is above the threshold then, so that all cells count.
      return NaiveBayes.of(attributes, labels, features, likelihood);
    }
    return SparseNaiveBayes.of(
        attributes,
        labels,
        features,
        likelihood,
        (rows, row, likelihoods) ->
            product(
                weights,
                rows,
                row,
                cell -> threshold == null ? cell : cell > threshold ? 1 : 0,
                constants,
                likelihoods));
  }

  /** None where rows are taken as they are. */
  private static Double threshold(Attributes attributes) {
    return switch (NumpyScalar.unwrap(attributes.value("binarize").orElse(null))) {
      case null -> null;
      case Number number -> number.doubleValue();
      default -> throw attributes.invalid(Reason.STATE_INVALID, "binarize is not a number");
    };
  }

  private static Matrix weights(Attributes attributes, Labels labels) {
    Matrix weights = Matrix.read(attributes, "feature_log_prob_");
    if (weights.columns() < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "feature_log_prob_ has no columns");
    }
    return weights.require(attributes, "feature_log_prob_", labels.size(), weights.columns());
  }

  static double[] priors(Attributes attributes, Labels labels) {
    double[] priors = attributes.reals("class_log_prior_");
    if (priors.length != labels.size()) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "class_log_prior_ has %d numbers for %d classes".formatted(priors.length, labels.size()));
    }
    return priors;
  }

  private static void product(
      Matrix weights, double[] values, int offset, double[] constants, double[] likelihoods) {
    for (int k = 0; k < likelihoods.length; k++) {
      double sum = 0;
      int at = k * weights.columns();
      for (int j = 0; j < weights.columns(); j++) {
        sum += values[offset + j] * weights.values()[at + j];
      }
      likelihoods[k] = sum + constants[k];
    }
  }

  private static void product(
      Matrix weights,
      SparseRows rows,
      int row,
      DoubleUnaryOperator taken,
      double[] constants,
      double[] likelihoods) {
    for (int k = 0; k < likelihoods.length; k++) {
      double sum = 0;
      int at = k * weights.columns();
      for (int i = rows.starts()[row]; i < rows.starts()[row + 1]; i++) {
        sum += taken.applyAsDouble(rows.values()[i]) * weights.values()[at + rows.columns()[i]];
      }
      likelihoods[k] = sum + constants[k];
    }
  }
}
