package dev.flightdelay.predictor.sklearn.neighbors;

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

/**
 * NearestCentroid: the class with the nearest centroid. From 1.6 on also by distances that are
 * scaled within the classes, less what is to be expected beforehand: that decides where the classes
 * are not equally likely ({@code _decision_function} in scikit-learn's {@code
 * neighbors/_nearest_centroid.py}).
 */
final class NearestCentroid implements Model {

  private final Signature signature;
  private final Metric metric;
  private final Matrix centroids;
  // The same divided by the deviations; null before 1.6, as the next three.
  private final double[] scaledCentroids;
  private final double[] deviations;
  private final double[] priors;
  private final boolean decidesByScore;

  private NearestCentroid(
      Signature signature,
      Metric metric,
      Matrix centroids,
      double[] scaledCentroids,
      double[] deviations,
      double[] priors,
      boolean decidesByScore) {
    this.signature = signature;
    this.metric = metric;
    this.centroids = centroids;
    this.scaledCentroids = scaledCentroids;
    this.deviations = deviations;
    this.priors = priors;
    this.decidesByScore = decidesByScore;
  }

  static Model read(Attributes attributes) {
    Labels labels = ClassLabels.read(attributes);
    int classes = labels.size();
    Metric metric =
        switch (attributes.has("metric") ? attributes.text("metric").orElse("") : "euclidean") {
          case "euclidean" -> new Metric(2);
          case "manhattan" -> new Metric(1);
          default ->
              throw attributes.invalid(
                  Reason.UNSUPPORTED, "its metric is neither euclidean nor manhattan");
        };
    Matrix centroids = Matrix.read(attributes, "centroids_");
    centroids.require(attributes, "centroids_", classes, Math.max(1, centroids.columns()));
    boolean hasScores = attributes.has("class_prior_");
    boolean shows = hasScores && metric.power() == 2;
    Signature signature =
        FittedSignature.of(attributes, FeatureNames.read(attributes, centroids.columns()))
            .classes(labels)
            .hasProbabilities(shows)
            .decisionWidth(shows ? classes == 2 ? 1 : classes : 0)
            .build();
    if (!hasScores) {
      return new NearestCentroid(signature, metric, centroids, null, null, null, false);
    }
    double[] priors = attributes.reals("class_prior_");
    double[] deviations = attributes.reals("within_class_std_dev_");
    if (priors.length != classes || deviations.length != centroids.columns()) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "class_prior_ or within_class_std_dev_ is not for the classes and features there are");
    }
    for (double prior : priors) {
      if (!(prior > 0)) {
        throw attributes.invalid(Reason.MODEL_INVALID, "class_prior_ holds " + prior);
      }
    }
    double[] scaled = centroids.values().clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = scaled(scaled[i], deviations[i % deviations.length]);
    }
    return new NearestCentroid(
        signature, metric, centroids, scaled, deviations, priors, !areEqual(priors));
  }

  /** {@code numpy.isclose} with its own tolerances. */
  private static boolean areEqual(double[] priors) {
    double each = 1.0 / priors.length;
    for (double prior : priors) {
      if (Math.abs(prior - each) > 1e-8 + 1e-5 * each) {
        return false;
      }
    }
    return true;
  }

  private static double scaled(double value, double deviation) {
    return deviation == 0 ? value : value / deviation;
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int classes = signature.classes().getFirst().size();
    int features = centroids.columns();
    double[] numbers = new double[classes];
    double[] row = new double[features];
    boolean asked = scores.probabilities() != null || scores.decisions() != null;
    for (int i = from; i < to; i++) {
      int at = i * rows.width();
      if (decidesByScore || asked) {
        discriminate(rows, i, row, numbers);
        write(numbers, i, scores);
      }
      if (decidesByScore) {
        scores.labels()[i] = LargestScore.of(numbers, 0, classes);
      } else {
        scores.labels()[i] = nearest(rows.values(), at);
      }
    }
  }

  private int nearest(double[] values, int at) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    int features = centroids.columns();
    for (int k = 0; k < centroids.rows(); k++) {
      double distance = metric.between(values, at, centroids.values(), k * features, features);
      if (distance < least) {
        least = distance;
        nearest = k;
      }
    }
    return nearest;
  }

  private void discriminate(Rows rows, int i, double[] row, double[] numbers) {
    int features = row.length;
    for (int j = 0; j < features; j++) {
      row[j] = scaled(rows.get(i, j), deviations[j]);
    }
    for (int k = 0; k < numbers.length; k++) {
      double distance =
          metric.distance(metric.between(row, 0, scaledCentroids, k * features, features));
      numbers[k] = -(distance * distance) + 2.0 * Math.log(priors[k]);
    }
  }

  private void write(double[] numbers, int row, Scores scores) {
    int classes = numbers.length;
    if (scores.decisions() != null) {
      if (classes == 2) {
        scores.decisions()[row] = numbers[1] - numbers[0];
      } else {
        System.arraycopy(numbers, 0, scores.decisions(), row * classes, classes);
      }
    }
    if (scores.probabilities() != null) {
      double largest = numbers[LargestScore.of(numbers, 0, classes)];
      double sum = 0;
      for (double number : numbers) {
        sum += Math.exp(number - largest);
      }
      for (int k = 0; k < classes; k++) {
        scores.probabilities()[row * classes + k] = Math.exp(numbers[k] - largest - Math.log(sum));
      }
    }
  }
}
