package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.RowTransformer;
import dev.flightdelay.predictor.sklearn.SklearnVersion;

/** Normalizer: each row divided by its norm, unless that is 0. */
final class Normalizer {

  @FunctionalInterface
  private interface Norm {
    double of(double[] values, int from, int width);
  }

  private Normalizer() {}

  static Transformer read(Attributes attributes) {
    int width = Width.read(attributes, "n_features_in_");
    Norm norm =
        switch (attributes.text("norm").orElse("")) {
          case "l1" -> Normalizer::sum;
          case "l2" -> Normalizer::length;
          case "max" ->
              SklearnVersion.isBefore(attributes, 0, 24)
                  ? Normalizer::largest
                  : Normalizer::largestMagnitude;
          default ->
              throw attributes.invalid(Reason.MODEL_INVALID, "norm is none of l1, l2 and max");
        };
    return new RowTransformer(
        FeatureNames.read(attributes, width),
        width,
        false,
        (in, from, out, to) -> {
          double by = norm.of(in, from, width);
          for (int j = 0; j < width; j++) {
            out[to + j] = by == 0 ? in[from + j] : in[from + j] / by;
          }
        });
  }

  private static double sum(double[] values, int from, int width) {
    double sum = 0;
    for (int j = 0; j < width; j++) {
      sum += Math.abs(values[from + j]);
    }
    return sum;
  }

  private static double length(double[] values, int from, int width) {
    double sum = 0;
    for (int j = 0; j < width; j++) {
      sum += values[from + j] * values[from + j];
    }
    return Math.sqrt(sum);
  }

  private static double largest(double[] values, int from, int width) {
    double largest = values[from];
    for (int j = 1; j < width; j++) {
      largest = Math.max(largest, values[from + j]);
    }
    return largest;
  }

  private static double largestMagnitude(double[] values, int from, int width) {
    double largest = 0;
    for (int j = 0; j < width; j++) {
      largest = Math.max(largest, Math.abs(values[from + j]));
    }
    return largest;
  }
}
