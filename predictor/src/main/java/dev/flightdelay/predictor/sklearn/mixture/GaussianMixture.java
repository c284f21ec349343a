package dev.flightdelay.predictor.sklearn.mixture;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.LargestScore;
import dev.flightdelay.predictor.sklearn.Matrix;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * GaussianMixture: the component that a row is likeliest of, and how likely it is of each ({@code
 * _estimate_log_gaussian_prob} in scikit-learn's {@code mixture/_gaussian_mixture.py}).
 */
public final class GaussianMixture implements Model {

  private enum Covariance {
    FULL,
    TIED,
    DIAGONAL,
    SPHERICAL
  }

  private final Signature signature;
  private final Covariance covariance;
  // (components * features)
  private final double[] means;
  // The Cholesky factors of the precisions: one matrix each, one for all, or their diagonals.
  private final double[] factors;
  private final double[] logDeterminants;
  private final double[] logWeights;
  // Full and tied, (components * features): the means times the factors.
  private final double[] products;
  private final int features;

  private GaussianMixture(
      Signature signature,
      Covariance covariance,
      Matrix means,
      double[] factors,
      double[] logWeights) {
    this.signature = signature;
    this.covariance = covariance;
    this.means = means.values();
    this.factors = factors;
    this.logWeights = logWeights;
    this.features = means.columns();
    this.logDeterminants = new double[means.rows()];
    this.products = new double[hasMatrices() ? this.means.length : 0];
    for (int k = 0; k < logDeterminants.length; k++) {
      logDeterminants[k] = logDeterminant(k);
      if (hasMatrices()) {
        for (int j = 0; j < features; j++) {
          products[k * features + j] = product(this.means, k * features, k, j);
        }
      }
    }
  }

  static Model read(Attributes attributes) {
    Matrix means = Matrix.read(attributes, "means_");
    double[] weights = attributes.reals("weights_");
    int components = means.rows();
    int features = means.columns();
    if (components < 1 || features < 1 || weights.length != components) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "it has %d means and %d weights".formatted(components, weights.length));
    }
    double[] logWeights = new double[components];
    for (int k = 0; k < components; k++) {
      if (!(weights[k] > 0)) {
        throw attributes.invalid(Reason.MODEL_INVALID, "weights_ holds " + weights[k]);
      }
      logWeights[k] = Math.log(weights[k]);
    }
    Covariance covariance =
        switch (attributes.text("covariance_type").orElse("full")) {
          case "full" -> Covariance.FULL;
          case "tied" -> Covariance.TIED;
          case "diag" -> Covariance.DIAGONAL;
          case "spherical" -> Covariance.SPHERICAL;
          default -> throw attributes.invalid(Reason.MODEL_INVALID, "an unknown covariance_type");
        };
    Signature signature =
        FittedSignature.of(attributes, FeatureNames.read(attributes, features))
            .classes(
                new Labels(Labels.Kind.INTEGER, LongStream.range(0, components).boxed().toList()))
            .hasProbabilities(true)
            .build();
    double[] factors = factors(attributes, covariance, components, features);
    return new GaussianMixture(signature, covariance, means, factors, logWeights);
  }

  private static double[] factors(
      Attributes attributes, Covariance covariance, int components, int features) {
    int[] wanted =
        switch (covariance) {
          case FULL -> new int[] {components, features, features};
          case TIED -> new int[] {features, features};
          case DIAGONAL -> new int[] {components, features};
          case SPHERICAL -> new int[] {components};
        };
    NdArray array = attributes.array("precisions_cholesky_");
    if (!Arrays.equals(array.shape(), wanted)) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "precisions_cholesky_ is not for %d components of %d features"
              .formatted(components, features));
    }
    double[] factors = attributes.reals("precisions_cholesky_");
    for (int i = 0; i < factors.length; i++) {
      boolean onDiagonal =
          switch (covariance) {
            case FULL, TIED -> i / features % features == i % features;
            case DIAGONAL, SPHERICAL -> true;
          };
      if (onDiagonal && !(factors[i] > 0)) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "precisions_cholesky_ holds what is not above 0");
      }
    }
    return factors;
  }

  private boolean hasMatrices() {
    return covariance == Covariance.FULL || covariance == Covariance.TIED;
  }

  private double logDeterminant(int k) {
    double sum = 0;
    switch (covariance) {
      case FULL, TIED -> {
        int matrix = covariance == Covariance.FULL ? k * features * features : 0;
        for (int j = 0; j < features; j++) {
          sum += Math.log(factors[matrix + j * features + j]);
        }
      }
      case DIAGONAL -> {
        for (int j = 0; j < features; j++) {
          sum += Math.log(factors[k * features + j]);
        }
      }
      case SPHERICAL -> sum = features * Math.log(factors[k]);
    }
    return sum;
  }

  /** A row's product with column {@code j} of the factor of component {@code k}. */
  private double product(double[] row, int at, int k, int j) {
    int matrix = covariance == Covariance.FULL ? k * features * features : 0;
    double sum = 0;
    for (int i = 0; i < features; i++) {
      sum += row[at + i] * factors[matrix + i * features + j];
    }
    return sum;
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int components = logWeights.length;
    double[] logarithms = new double[components];
    for (int row = from; row < to; row++) {
      int at = row * rows.width();
      for (int k = 0; k < components; k++) {
        double distance = distance(rows.values(), at, k);
        logarithms[k] =
            -0.5 * (features * Math.log(2 * Math.PI) + distance)
                + logDeterminants[k]
                + logWeights[k];
      }
      int likeliest = LargestScore.of(logarithms, 0, components);
      scores.labels()[row] = likeliest;
      if (scores.probabilities() != null) {
        double sum = 0;
        for (double logarithm : logarithms) {
          sum += Math.exp(logarithm - logarithms[likeliest]);
        }
        double total = logarithms[likeliest] + Math.log(sum);
        for (int k = 0; k < components; k++) {
          scores.probabilities()[row * components + k] = Math.exp(logarithms[k] - total);
        }
      }
    }
  }

  /** The squared Mahalanobis distance, summed as the library does. */
  private double distance(double[] row, int at, int k) {
    return switch (covariance) {
      case FULL, TIED -> {
        double sum = 0;
        for (int j = 0; j < features; j++) {
          double difference = product(row, at, k, j) - products[k * features + j];
          sum += difference * difference;
        }
        yield sum;
      }
      case DIAGONAL -> {
        double ofMean = 0;
        double ofBoth = 0;
        double ofRow = 0;
        for (int j = 0; j < features; j++) {
          double mean = means[k * features + j];
          double factor = factors[k * features + j];
          double precision = factor * factor;
          double value = row[at + j];
          ofMean += mean * mean * precision;
          ofBoth += value * (mean * precision);
          ofRow += value * value * precision;
        }
        yield ofMean - 2.0 * ofBoth + ofRow;
      }
      case SPHERICAL -> {
        double ofMean = 0;
        double ofBoth = 0;
        double ofRow = 0;
        for (int j = 0; j < features; j++) {
          double mean = means[k * features + j];
          double value = row[at + j];
          ofMean += mean * mean;
          ofBoth += value * mean;
          ofRow += value * value;
        }
        double precision = factors[k] * factors[k];
        yield ofMean * precision - 2 * (ofBoth * precision) + ofRow * precision;
      }
    };
  }
}
