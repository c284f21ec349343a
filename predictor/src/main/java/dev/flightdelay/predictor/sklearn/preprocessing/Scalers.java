package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.SparseRows.OfCell;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.CellTransformer;
import dev.flightdelay.predictor.sklearn.FeatureNames;
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
      return columns(attributes, width, true, (x, j) -> x, (x, j) -> x);
    }
    int width = centre == null ? scale.length : centre.length;
    if (scale != null) {
      requireSame(attributes, width, scale.length);
    }
    if (scale == null) {
      return columns(attributes, width, true, (x, j) -> x - centre[j]);
    }
    if (centre == null) {
      return columns(attributes, width, true, (x, j) -> x / scale[j], stretched(scale));
    }
    return columns(attributes, width, true, (x, j) -> (x - centre[j]) / scale[j]);
  }

  /** {@code inplace_column_scale} of a sparse matrix, which multiplies. */
  private static OfCell stretched(double[] scale) {
    return (x, j) -> x * (1 / scale[j]);
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
    OfCell stretched = stretched(scale);
    return attributes.flag("clip", false)
        ? columns(
            attributes,
            scale.length,
            true,
            (x, j) -> Math.clamp(x / scale[j], -1.0, 1.0),
            (x, j) -> Math.clamp(stretched.apply(x, j), -1.0, 1.0))
        : columns(attributes, scale.length, true, (x, j) -> x / scale[j], stretched);
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

  /** A transformer of each number by itself, which takes no sparse matrix. */
  static Transformer columns(
      Attributes attributes, int width, boolean acceptsMissing, OfCell function) {
    return columns(attributes, width, acceptsMissing, function, null);
  }

  /**
   * A transformer of each number by itself.
   *
   * @param ofStored what becomes of the numbers that a sparse matrix stores, while the others stay
   *     zeros; null where the library takes none
   */
  static Transformer columns(
      Attributes attributes, int width, boolean acceptsMissing, OfCell function, OfCell ofStored) {
    if (width < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "it takes no columns");
    }
    return new CellTransformer(
        FeatureNames.read(attributes, width), acceptsMissing, function, ofStored);
  }
}
