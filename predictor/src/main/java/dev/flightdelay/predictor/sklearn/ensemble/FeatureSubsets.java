package dev.flightdelay.predictor.sklearn.ensemble;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import java.util.ArrayList;
import java.util.List;

/** The columns that each estimator of a bag was fitted with: {@code estimators_features_}. */
final class FeatureSubsets {

  private FeatureSubsets() {}

  /**
   * For each estimator its columns, which may repeat.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if there are not as many
   */
  static List<int[]> read(Attributes attributes, int estimators) {
    List<int[]> subsets = new ArrayList<>();
    for (Object subset : attributes.list("estimators_features_")) {
      if (!(subset instanceof NdArray array) || !array.isBuilt()) {
        throw attributes.invalid(
            Reason.STATE_INVALID, "estimators_features_ holds what is no array");
      }
      subsets.add(columns(attributes, attributes.orInvalid("estimators_features_", array::reals)));
    }
    if (subsets.size() != estimators) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "estimators_features_ is for %d estimators of %d".formatted(subsets.size(), estimators));
    }
    return subsets;
  }

  private static int[] columns(Attributes attributes, double[] numbers) {
    int[] columns = new int[numbers.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = (int) numbers[i];
      if (columns[i] != numbers[i] || columns[i] < 0) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "estimators_features_ holds %s".formatted(numbers[i]));
      }
    }
    return columns;
  }

  /** The columns of a row: {@code n_features_in_}, before 0.24 {@code n_features_}. */
  static int width(Attributes attributes, List<int[]> subsets) {
    long width =
        attributes
            .integer("n_features_in_")
            .or(() -> attributes.integer("n_features_"))
            .orElseThrow(
                () -> attributes.invalid(Reason.STATE_INVALID, "n_features_in_ is missing"));
    if (width < 1 || width > Integer.MAX_VALUE / 8) {
      throw attributes.invalid(Reason.MODEL_INVALID, "n_features_in_ is %d".formatted(width));
    }
    for (int[] subset : subsets) {
      for (int column : subset) {
        if (column >= width) {
          throw attributes.invalid(
              Reason.MODEL_INVALID,
              "estimators_features_ names column %d of %d".formatted(column, width));
        }
      }
    }
    return (int) width;
  }

  /** Checks that an estimator takes as many columns as it is given. */
  static void require(Attributes attributes, int[] subset, int features) {
    if (subset.length != features) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "an estimator is for %d features, and estimators_features_ gives it %d"
              .formatted(features, subset.length));
    }
  }
}
