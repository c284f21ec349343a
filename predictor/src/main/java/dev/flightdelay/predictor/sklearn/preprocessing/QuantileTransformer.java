package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.SparseRows.OfCell;
import dev.flightdelay.predictor.model.Transformer;

/**
 * QuantileTransformer: each number's place among its column's quantiles, as it is or as a normal
 * quantile; {@code _transform_col} of preprocessing/_data.py.
 */
final class QuantileTransformer {

  private static final double BOUNDS = 1e-7;
  private static final double CLIP_MIN = NormalQuantile.of(BOUNDS - Math.ulp(1.0));
  private static final double CLIP_MAX = NormalQuantile.of(1 - (BOUNDS - Math.ulp(1.0)));

  private QuantileTransformer() {}

  /** Reads {@code references_} (quantiles) and {@code quantiles_} (quantiles, columns). */
  static Transformer read(Attributes attributes) {
    double[] references = attributes.reals("references_");
    double[] quantiles = attributes.reals("quantiles_");
    int[] shape = attributes.array("quantiles_").shape();
    int count = references.length;
    if (shape.length != 2 || count < 1 || shape[0] != count || shape[1] < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "quantiles_ and references_ disagree");
    }
    int width = shape[1];
    boolean normal =
        switch (attributes.text("output_distribution").orElse("")) {
          case "normal" -> true;
          case "uniform" -> false;
          default ->
              throw attributes.invalid(
                  Reason.MODEL_INVALID, "output_distribution is neither uniform nor normal");
        };
    // Both directions of each column, as the library interpolates in both.
    double[][] up = new double[width][count];
    double[][] down = new double[width][count];
    double[] downReferences = new double[count];
    for (int i = 0; i < count; i++) {
      downReferences[i] = -references[count - 1 - i];
      for (int j = 0; j < width; j++) {
        up[j][i] = quantiles[i * width + j];
        down[j][count - 1 - i] = -quantiles[i * width + j];
        if (i > 0 && up[j][i] < up[j][i - 1]) {
          throw attributes.invalid(Reason.MODEL_INVALID, "quantiles_ is not sorted");
        }
      }
    }
    OfCell place = (x, j) -> transform(x, up[j], down[j], references, downReferences, normal);
    // The zeros that a sparse matrix does not store stay zeros, wherever their place would be.
    return Scalers.columns(attributes, width, true, place, place);
  }

  private static double transform(
      double x, double[] up, double[] down, double[] upTo, double[] downTo, boolean normal) {
    if (Double.isNaN(x)) {
      return x;
    }
    double lowest = up[0];
    double highest = up[up.length - 1];
    boolean below = normal ? x - BOUNDS < lowest : x == lowest;
    boolean above = normal ? x + BOUNDS > highest : x == highest;
    double place =
        below ? 0 : above ? 1 : 0.5 * (interpolate(x, up, upTo) - interpolate(-x, down, downTo));
    return normal ? Math.clamp(NormalQuantile.of(place), CLIP_MIN, CLIP_MAX) : place;
  }

  /** {@code numpy.interp}: among equal points the last one counts. */
  private static double interpolate(double x, double[] points, double[] values) {
    int last = points.length - 1;
    if (x < points[0]) {
      return values[0];
    }
    if (x >= points[last]) {
      return values[last];
    }
    int low = 0;
    int high = last;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (points[middle] <= x) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double slope = (values[low + 1] - values[low]) / (points[low + 1] - points[low]);
    return slope * (x - points[low]) + values[low];
  }
}
