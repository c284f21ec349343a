package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.RowTransformer;
import java.util.Arrays;
import java.util.List;

/**
 * SplineTransformer: the values of a column's B-splines. The spline at a number is a row of {@code
 * n_splines} values: the basis functions that are not zero there, by de Boor's recurrence, times
 * the coefficients.
 */
final class SplineTransformer {

  private static final int MAX_DEGREE = 32;

  /**
   * @param knots sorted
   * @param coefficients (basis functions * splines)
   */
  private record Spline(double[] knots, double[] coefficients, int splines, int degree) {

    /** Adds the values at {@code x} from {@code to} on. */
    void at(double x, double[] out, int to) {
      int last = knots.length - degree - 2;
      int interval = degree;
      while (interval < last && x >= knots[interval + 1]) {
        interval++;
      }
      double[] basis = new double[degree + 1];
      double[] before = new double[degree + 1];
      basis[0] = 1;
      for (int order = 1; order <= degree; order++) {
        System.arraycopy(basis, 0, before, 0, order);
        basis[0] = 0;
        for (int n = 1; n <= order; n++) {
          double right = knots[interval + n];
          double left = knots[interval + n - order];
          if (right == left) {
            basis[n] = 0;
            continue;
          }
          double weight = before[n - 1] / (right - left);
          basis[n - 1] += weight * (right - x);
          basis[n] = weight * (x - left);
        }
      }
      for (int k = 0; k <= degree; k++) {
        int row = (interval - degree + k) * splines;
        for (int s = 0; s < splines; s++) {
          out[to + s] += basis[k] * coefficients[row + s];
        }
      }
    }

    double least() {
      return knots[degree];
    }

    double most() {
      return knots[knots.length - degree - 1];
    }
  }

  private SplineTransformer() {}

  /** Reads {@code bsplines_}, one for each column, extrapolation and include_bias. */
  static Transformer read(Attributes attributes) {
    List<Object> objects = attributes.list("bsplines_");
    Spline[] splines = new Spline[objects.size()];
    for (int j = 0; j < splines.length; j++) {
      splines[j] = spline(attributes.object(objects.get(j), "bsplines_"));
      if (splines[j].splines() != splines[0].splines()) {
        throw attributes.invalid(Reason.MODEL_INVALID, "bsplines_ are not all as wide");
      }
    }
    if (splines.length == 0) {
      throw attributes.invalid(Reason.MODEL_INVALID, "bsplines_ is empty");
    }
    String extrapolation = attributes.text("extrapolation").orElse("constant");
    boolean constant = extrapolation.equals("constant");
    boolean periodic = extrapolation.equals("periodic");
    if (!constant && !periodic && !extrapolation.equals("continue")) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "extrapolation is none of constant, continue and periodic: only these are read");
    }
    if (attributes.text("handle_missing").orElse("error").equals("zeros")) {
      throw attributes.invalid(Reason.UNSUPPORTED, "handle_missing='zeros' is not read");
    }
    int each = splines[0].splines();
    int kept = attributes.flag("include_bias", true) ? each : each - 1;
    return new RowTransformer(
        FeatureNames.read(attributes, splines.length),
        splines.length * kept,
        false,
        (in, from, out, to) -> {
          double[] values = new double[each];
          for (int j = 0; j < splines.length; j++) {
            Spline spline = splines[j];
            Arrays.fill(values, 0);
            spline.at(place(spline, in[from + j], constant, periodic), values, 0);
            System.arraycopy(values, 0, out, to + j * kept, kept);
          }
        });
  }

  private static double place(Spline spline, double x, boolean constant, boolean periodic) {
    if (constant) {
      return Math.clamp(x, spline.least(), spline.most());
    }
    if (!periodic) {
      return x;
    }
    double period = spline.most() - spline.least();
    double rest = (x - spline.least()) % period;
    return spline.least() + (rest < 0 ? rest + period : rest);
  }

  private static Spline spline(Attributes attributes) {
    // Newer SciPy keeps the two behind properties.
    String c = attributes.has("_c") ? "_c" : "c";
    double[] knots = attributes.reals(attributes.has("_t") ? "_t" : "t");
    double[] coefficients = attributes.reals(c);
    int[] shape = attributes.array(c).shape();
    long degree = attributes.integer("k").orElse(-1L);
    if (degree < 0
        || degree > MAX_DEGREE
        || shape.length != 2
        || shape[1] < 1
        || knots.length != shape[0] + degree + 1
        || shape[0] < degree + 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "t, c and k of a spline disagree");
    }
    for (int i = 1; i < knots.length; i++) {
      if (knots[i] < knots[i - 1]) {
        throw attributes.invalid(Reason.MODEL_INVALID, "a spline's knots are not sorted");
      }
    }
    if (knots[(int) degree] == knots[knots.length - (int) degree - 1]) {
      throw attributes.invalid(Reason.MODEL_INVALID, "a spline's knots are all the same");
    }
    return new Spline(knots, coefficients, shape[1], (int) degree);
  }
}
