package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.RowTransformer;
import java.util.List;

/** The transformers that shift and stretch each column by numbers of its own. */
final class Scalers {

  private Scalers() {}

  /** {@code (X - mean_) / scale_}, each unless switched off. */
  static Transformer standard(Attributes attributes) {
    return centredAndDivided(
        attributes,
        attributes.flag("with_mean", true) ? "mean_" : null,
        attributes.flag("with_std", true) ? "scale_" : null,
        "mean_");
  }

  /** {@code (X - center_) / scale_}, each unless switched off. */
  static Transformer robust(Attributes attributes) {
    return centredAndDivided(
        attributes,
        attributes.flag("with_centering", true) ? "center_" : null,
        attributes.flag("with_scaling", true) ? "scale_" : null,
        "center_");
  }

  private static Transformer centredAndDivided(
      Attributes attributes, String centreName, String scaleName, String other) {
    double[] centre = centreName == null ? null : attributes.reals(centreName);
    double[] scale = scaleName == null ? null : divisors(attributes, scaleName);
    if (centre == null && scale == null) {
      int width =
          attributes.has(other)
              ? attributes.reals(other).length
              : Math.toIntExact(
                  Math.clamp(attributes.integer("n_features_in_").orElse(0L), 0, 1_000_000));
      return columns(attributes, width, true, (x, j) -> x);
    }
    int width = centre == null ? scale.length : centre.length;
    if (scale != null) {
      requireSame(attributes, width, scale.length);
    }
    if (scale == null) {
      return columns(attributes, width, true, (x, j) -> x - centre[j]);
    }
    if (centre == null) {
      return columns(attributes, width, true, (x, j) -> x / scale[j]);
    }
    return columns(attributes, width, true, (x, j) -> (x - centre[j]) / scale[j]);
  }

  /** {@code X * scale_ + min_}, cut off at feature_range where clip is set. */
  static Transformer minMax(Attributes attributes) {
    double[] scale = attributes.reals("scale_");
    double[] min = attributes.reals("min_");
    requireSame(attributes, scale.length, min.length);
    if (!attributes.flag("clip", false)) {
      return columns(attributes, scale.length, true, (x, j) -> x * scale[j] + min[j]);
    }
    List<Object> range = attributes.list("feature_range");
    if (range.size() == 2
        && NumpyScalar.unwrap(range.get(0)) instanceof Number least
        && NumpyScalar.unwrap(range.get(1)) instanceof Number most) {
      double low = least.doubleValue();
      double high = most.doubleValue();
      return columns(
          attributes,
          scale.length,
          true,
          (x, j) -> Math.min(Math.max(x * scale[j] + min[j], low), high));
    }
    throw attributes.invalid(Reason.STATE_INVALID, "feature_range is not two numbers");
  }

  /** {@code X / scale_}, cut off at 1 where clip is set. */
  static Transformer maxAbs(Attributes attributes) {
    double[] scale = divisors(attributes, "scale_");
    return attributes.flag("clip", false)
        ? columns(attributes, scale.length, true, (x, j) -> Math.clamp(x / scale[j], -1.0, 1.0))
        : columns(attributes, scale.length, true, (x, j) -> x / scale[j]);
  }

  private static double[] divisors(Attributes attributes, String name) {
    double[] numbers = attributes.reals(name);
    for (double number : numbers) {
      if (number == 0) {
        throw attributes.invalid(Reason.MODEL_INVALID, name + " holds a zero");
      }
    }
    return numbers;
  }

  private static void requireSame(Attributes attributes, int width, int other) {
    if (width != other) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "its numbers are for %d and for %d columns".formatted(width, other));
    }
  }

  /** What becomes of a number in a column. */
  @FunctionalInterface
  interface OfColumn {
    double apply(double x, int column);
  }

  /** A transformer of each number by itself. */
  static Transformer columns(
      Attributes attributes, int width, boolean acceptsMissing, OfColumn function) {
    if (width < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "it takes no columns");
    }
    return new RowTransformer(
        FeatureNames.read(attributes, width),
        width,
        acceptsMissing,
        (in, from, out, to) -> {
          for (int j = 0; j < width; j++) {
            out[to + j] = function.apply(in[from + j], j);
          }
        });
  }
}
