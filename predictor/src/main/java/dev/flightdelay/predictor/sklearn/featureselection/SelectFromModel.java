package dev.flightdelay.predictor.sklearn.featureselection;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.PairwiseSum;
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import dev.flightdelay.predictor.sklearn.frozen.FrozenEstimator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** SelectFromModel: the columns that a fitted estimator finds important enough. */
final class SelectFromModel {

  private static final double WITHOUT_ZEROS = 1e-5;

  private SelectFromModel() {}

  /** Reads {@code estimator_} (or the prefit one), threshold, max_features and norm_order. */
  static Transformer read(Attributes attributes) {
    Attributes given = attributes.object(attributes.has("estimator_") ? "estimator_" : "estimator");
    Attributes estimator = FrozenEstimator.thawed(given);
    String getter =
        attributes.has("importance_getter")
            ? attributes
                .text("importance_getter")
                .orElseThrow(
                    () ->
                        attributes.invalid(
                            Reason.UNSUPPORTED,
                            "importance_getter is a function; name an attribute instead"))
            : "auto";
    double[] importances = Importances.of(attributes, estimator, getter, order(attributes));
    double threshold = threshold(attributes, given.estimator(), estimator, importances);
    boolean[] kept = candidates(attributes, importances);
    for (int j = 0; j < kept.length; j++) {
      kept[j] &= !(importances[j] < threshold);
    }
    return Selectors.selecting(attributes, kept, AllowedMissing.by(estimator));
  }

  private static double order(Attributes attributes) {
    if (!attributes.has("norm_order")) {
      return 1;
    }
    if (NumpyScalar.unwrap(attributes.value("norm_order").orElseThrow()) instanceof Number order
        && order.doubleValue() != 0
        && !Double.isNaN(order.doubleValue())) {
      return order.doubleValue();
    }
    throw attributes.invalid(Reason.MODEL_INVALID, "norm_order is no number but 0");
  }

  /** The {@code max_features} most important, of equal ones the first; all where there is none. */
  private static boolean[] candidates(Attributes attributes, double[] importances) {
    boolean[] candidates = new boolean[importances.length];
    if (!attributes.has("max_features")) {
      Arrays.fill(candidates, true);
      return candidates;
    }
    // It may be a function; what it gave while fitting is kept beside it from 1.1 on.
    String name = attributes.has("max_features_") ? "max_features_" : "max_features";
    if (!(NumpyScalar.unwrap(attributes.value(name).orElseThrow()) instanceof Long most)
        || most < 0) {
      throw attributes.invalid(Reason.UNSUPPORTED, name + " is no number from 0");
    }
    IntStream.range(0, importances.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer j) -> -importances[j]))
        .limit(most)
        .forEach(j -> candidates[j] = true);
    return candidates;
  }

  /** {@code _calculate_threshold}. */
  private static double threshold(
      Attributes attributes, String name, Attributes estimator, double[] importances) {
    return switch (NumpyScalar.unwrap(attributes.value("threshold").orElse(null))) {
      case null -> givesZeros(name, estimator) ? WITHOUT_ZEROS : PairwiseSum.mean(importances);
      case Number number when !Double.isNaN(number.doubleValue()) -> number.doubleValue();
      case String text -> threshold(attributes, text, importances);
      default -> throw unreadable(attributes);
    };
  }

  private static double threshold(Attributes attributes, String text, double[] importances) {
    int star = text.indexOf('*');
    String reference = star < 0 ? text : text.substring(star + 1).strip();
    double scale = 1;
    if (star >= 0) {
      try {
        scale = Double.parseDouble(text.substring(0, star).strip());
      } catch (NumberFormatException notNumber) {
        throw unreadable(attributes);
      }
    }
    return scale
        * switch (reference) {
          case "mean" -> PairwiseSum.mean(importances);
          case "median" -> median(importances);
          default -> throw unreadable(attributes);
        };
  }

  private static RuntimeException unreadable(Attributes attributes) {
    return attributes.invalid(
        Reason.MODEL_INVALID,
        "threshold is none of a number, 'mean', 'median' and '<number>*mean' or '*median'");
  }

  private static double median(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Whether it was fitted with an l1 penalty, which leaves coefficients of 0. */
  private static boolean givesZeros(String name, Attributes estimator) {
    if (estimator.text("penalty").filter("l1"::equals).isPresent() || name.contains("Lasso")) {
      return true;
    }
    boolean logistic = name.equals("LogisticRegression") || name.equals("LogisticRegressionCV");
    if (!name.contains("ElasticNet") && !(logistic && !SklearnVersion.isBefore(estimator, 1, 8))) {
      return false;
    }
    return isOne(estimator, "l1_ratio_") || !name.endsWith("CV") && isOne(estimator, "l1_ratio");
  }

  /** {@code numpy.isclose(ratio, 1)}, for all of several. */
  private static boolean isOne(Attributes estimator, String name) {
    return switch (NumpyScalar.unwrap(estimator.value(name).orElse(null))) {
      case Number number -> Math.abs(number.doubleValue() - 1) <= 1.001e-5;
      case NdArray array when array.isBuilt() && array.size() > 0 ->
          Arrays.stream(estimator.reals(name)).allMatch(ratio -> Math.abs(ratio - 1) <= 1.001e-5);
      case null, default -> false;
    };
  }
}
