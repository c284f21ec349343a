package dev.flightdelay.predictor.sklearn.discriminant;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.ClassLabels;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.LargestScore;
import dev.flightdelay.predictor.sklearn.Matrix;
import java.util.List;

/**
 * QuadraticDiscriminantAnalysis: a normal distribution for each class, its log posterior as in
 * {@code discriminant_analysis.py} (4.12 in Hastie, Tibshirani and Friedman).
 */
final class QuadraticDiscriminantAnalysis implements Model {

  private final Signature signature;
  private final Matrix means;
  // For each class (components, features): rotations_ scaled by scalings_ ** -0.5, turned.
  private final Matrix[] directions;
  private final double[] constants;
  private final double[] logPriors;

  private QuadraticDiscriminantAnalysis(
      Signature signature,
      Matrix means,
      Matrix[] directions,
      double[] constants,
      double[] logPriors) {
    this.signature = signature;
    this.means = means;
    this.directions = directions;
    this.constants = constants;
    this.logPriors = logPriors;
  }

  static Model read(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    int classes = labels.size();
    Matrix means = Matrix.read(attributes, "means_");
    int features = means.columns();
    means.require(attributes, "means_", classes, features);
    List<Object> rotations = attributes.list("rotations_");
    List<Object> scalings = attributes.list("scalings_");
    double[] priors = attributes.reals("priors_");
    if (rotations.size() != classes
        || scalings.size() != classes
        || priors.length != classes
        || features < 1) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "rotations_, scalings_ and priors_ are not one for each of %d classes"
              .formatted(classes));
    }
    Matrix[] directions = new Matrix[classes];
    double[] constants = new double[classes];
    double[] logPriors = new double[classes];
    for (int k = 0; k < classes; k++) {
      double[] scaling = Matrix.vector(attributes, scalings.get(k), "scalings_");
      Matrix rotation =
          Matrix.of(attributes, rotations.get(k), "rotations_")
              .require(attributes, "rotations_", features, scaling.length);
      double[] turned = rotation.transposed();
      for (int c = 0; c < scaling.length; c++) {
        if (scaling[c] <= 0) {
          throw attributes.invalid(
              Reason.MODEL_INVALID, "scalings_ holds a variance that is not positive");
        }
        double scale = Math.pow(scaling[c], -0.5);
        for (int j = 0; j < features; j++) {
          turned[c * features + j] *= scale;
        }
        constants[k] += Math.log(scaling[c]);
      }
      directions[k] = new Matrix(turned, scaling.length, features);
      logPriors[k] = Math.log(priors[k]);
    }
    return new QuadraticDiscriminantAnalysis(
        FittedSignature.of(attributes, FeatureNames.read(attributes, features))
            .classes(labels)
            .hasProbabilities(true)
            .decisionWidth(classes == 2 ? 1 : classes)
            .build(),
        means,
        directions,
        constants,
        logPriors);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int classes = logPriors.length;
    double[] centred = new double[means.columns()];
    double[] posteriors = new double[classes];
    for (int row = from; row < to; row++) {
      for (int k = 0; k < classes; k++) {
        posteriors[k] = logPosterior(k, rows.values(), row * rows.width(), centred);
      }
      int label = LargestScore.of(posteriors, 0, classes);
      scores.labels()[row] = label;
      if (scores.decisions() != null) {
        if (classes == 2) {
          scores.decisions()[row] = posteriors[1] - posteriors[0];
        } else {
          System.arraycopy(posteriors, 0, scores.decisions(), row * classes, classes);
        }
      }
      if (scores.probabilities() != null) {
        double largest = posteriors[label];
        double sum = 0;
        for (int k = 0; k < classes; k++) {
          posteriors[k] = Math.exp(posteriors[k] - largest);
          sum += posteriors[k];
        }
        for (int k = 0; k < classes; k++) {
          scores.probabilities()[row * classes + k] = posteriors[k] / sum;
        }
      }
    }
  }

  private double logPosterior(int k, double[] values, int offset, double[] centred) {
    int features = centred.length;
    for (int j = 0; j < features; j++) {
      centred[j] = values[offset + j] - means.values()[k * features + j];
    }
    double norm = 0;
    double[] direction = directions[k].values();
    for (int c = 0; c < directions[k].rows(); c++) {
      double sum = 0;
      for (int j = 0; j < features; j++) {
        sum += centred[j] * direction[c * features + j];
      }
      norm += sum * sum;
    }
    return -0.5 * (norm + constants[k]) + logPriors[k];
  }
}
