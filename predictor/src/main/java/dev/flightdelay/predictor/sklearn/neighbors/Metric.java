package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.util.Map;

/**
 * A Minkowski distance and its reduced form, which orders alike and needs no root: scikit-learn's
 * {@code metrics/_dist_metrics}.
 *
 * @param power 1 for Manhattan, 2 for Euclidean, infinite for Chebyshev
 */
record Metric(double power) {

  private static final long POWER_OPERATIONS = 32;

  /** Reads {@code effective_metric_} and {@code effective_metric_params_}. */
  static Metric read(Attributes attributes) {
    Map<?, ?> parameters =
        attributes.value("effective_metric_params_").orElse(null) instanceof Map<?, ?> map
            ? map
            : Map.of();
    if (parameters.get("w") != null) {
      throw attributes.invalid(Reason.UNSUPPORTED, "its metric has weights of features");
    }
    return switch (attributes.text("effective_metric_").orElse("a function")) {
      case "euclidean", "l2" -> new Metric(2);
      case "manhattan", "cityblock", "l1" -> new Metric(1);
      case "chebyshev", "infinity" -> new Metric(Double.POSITIVE_INFINITY);
      case "minkowski", "p" -> {
        if (!(NumpyScalar.unwrap(parameters.get("p")) instanceof Number p)
            || !(p.doubleValue() > 0)) {
          throw attributes.invalid(Reason.MODEL_INVALID, "p of its metric is not above 0");
        }
        yield new Metric(p.doubleValue());
      }
      default ->
          throw attributes.invalid(
              Reason.UNSUPPORTED,
              "its metric is none of euclidean, manhattan, chebyshev and minkowski");
    };
  }

  /** The operations for the distance between two rows of so many features. */
  long operations(int features) {
    boolean simple = power == 1 || power == 2 || Double.isInfinite(power);
    return simple ? features : POWER_OPERATIONS * features;
  }

  /** What one feature's difference adds to a reduced distance so far. */
  double add(double reduced, double difference) {
    if (power == 2) {
      return reduced + difference * difference;
    }
    double size = Math.abs(difference);
    if (power == 1) {
      return reduced + size;
    }
    return Double.isInfinite(power) ? Math.max(reduced, size) : reduced + Math.pow(size, power);
  }

  /** The distance that a reduced one stands for. */
  double distance(double reduced) {
    if (power == 2) {
      return Math.sqrt(reduced);
    }
    return power == 1 || Double.isInfinite(power) ? reduced : Math.pow(reduced, 1 / power);
  }

  /** The reduced form of a distance. */
  double reduced(double distance) {
    if (power == 2) {
      return distance * distance;
    }
    return power == 1 || Double.isInfinite(power) ? distance : Math.pow(distance, power);
  }

  /** The reduced distance of two rows of {@code features} numbers. */
  double between(double[] row, int at, double[] other, int otherAt, int features) {
    double sum = 0;
    if (power == 2) {
      for (int j = 0; j < features; j++) {
        double difference = row[at + j] - other[otherAt + j];
        sum += difference * difference;
      }
      return sum;
    }
    for (int j = 0; j < features; j++) {
      sum = add(sum, row[at + j] - other[otherAt + j]);
    }
    return sum;
  }
}
