package dev.flightdelay.predictor.sklearn.isotonic;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.sklearn.Matrix;
import java.util.Arrays;

/** The piecewise linear function of a fitted IsotonicRegression. */
public final class Interpolation {

  private final double[] x;
  private final double[] y;
  private final boolean clips;
  private final boolean single;

  private Interpolation(double[] x, double[] y, boolean clips, boolean single) {
    this.x = x;
    this.y = y;
    this.clips = clips;
    this.single = single;
  }

  /** Reads {@code X_thresholds_} and {@code y_thresholds_}, named _necessary_X_ before 0.24. */
  public static Interpolation read(Attributes attributes) {
    boolean named = attributes.has("X_thresholds_");
    NdArray thresholds = attributes.array(named ? "X_thresholds_" : "_necessary_X_");
    double[] x = Matrix.vector(attributes, thresholds, "X_thresholds_");
    double[] y =
        Matrix.vector(
            attributes,
            attributes.array(named ? "y_thresholds_" : "_necessary_y_"),
            "y_thresholds_");
    if (x.length == 0 || x.length != y.length) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "X_thresholds_ has %d numbers, y_thresholds_ %d".formatted(x.length, y.length));
    }
    for (int i = 1; i < x.length; i++) {
      if (x[i] <= x[i - 1]) {
        throw attributes.invalid(Reason.MODEL_INVALID, "X_thresholds_ does not increase");
      }
    }
    boolean clips =
        switch (attributes.text("out_of_bounds").orElse("nan")) {
          case "clip" -> true;
          case "nan", "raise" -> false;
          default ->
              throw attributes.invalid(
                  Reason.MODEL_INVALID, "out_of_bounds is none of clip, nan and raise");
        };
    return new Interpolation(x, y, clips, thresholds.dtype().itemSize() == 4);
  }

  /** The least input that was seen while fitting. */
  public double least() {
    return x[0];
  }

  /** The greatest input that was seen while fitting. */
  public double most() {
    return x[x.length - 1];
  }

  /** Whether there is a value at {@code input}. */
  public boolean reaches(double input) {
    double t = single ? (float) input : input;
    return clips || x.length == 1 || t >= x[0] && t <= x[x.length - 1];
  }

  /**
   * The value at {@code input}; NaN where that lies outside of what was seen while fitting and is
   * not clipped to it.
   */
  public double at(double input) {
    double t = single ? (float) input : input;
    int last = x.length - 1;
    if (last == 0) {
      return y[0];
    }
    if (clips) {
      t = Math.min(Math.max(t, x[0]), x[last]);
    }
    if (!(t >= x[0] && t <= x[last])) {
      return Double.NaN;
    }
    int found = Arrays.binarySearch(x, t);
    if (found >= 0) {
      return y[found];
    }
    int high = -found - 1;
    double slope = (y[high] - y[high - 1]) / (x[high] - x[high - 1]);
    double value = slope * (t - x[high - 1]) + y[high - 1];
    return single ? (float) value : value;
  }
}
