package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;

/**
 * A {@code scipy.interpolate.BSpline} whose values are rows of {@code splines} numbers: the basis
 * functions that are not zero at a place, by de Boor's recurrence, times the coefficients ({@code
 * _deBoor_D} in SciPy's {@code __fitpack.h}).
 *
 * @param knots sorted
 * @param coefficients (basis functions * splines)
 * @param extrapolates whether it has values beyond the knots
 */
record BasisSpline(
    double[] knots, double[] coefficients, int splines, int degree, boolean extrapolates) {

  private static final int MAX_DEGREE = 32;

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if knots, coefficients and degree
   *     are not those of a spline
   */
  static BasisSpline read(Attributes attributes) {
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
    boolean extrapolates = attributes.flag("extrapolate", false);
    return new BasisSpline(knots, coefficients, shape[1], (int) degree, extrapolates);
  }

  /** The values at {@code x}, continued beyond the knots. */
  double[] at(double x) {
    return at(x, false);
  }

  /** Whether the basis function is one of those that are not zero in the interval of {@code x}. */
  boolean isAround(double x, int function) {
    int interval = interval(x);
    return function >= interval - degree && function <= interval;
  }

  private int interval(double x) {
    int last = knots.length - degree - 2;
    int interval = degree;
    while (interval < last && x >= knots[interval + 1]) {
      interval++;
    }
    return interval;
  }

  /** The first derivatives at {@code x}. */
  double[] slopes(double x) {
    return at(x, true);
  }

  private double[] at(double x, boolean derivative) {
    if (derivative && degree == 0) {
      return new double[splines];
    }
    int interval = interval(x);
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
        if (derivative && order == degree) {
          basis[n - 1] -= order * weight;
          basis[n] = order * weight;
        } else {
          basis[n - 1] += weight * (right - x);
          basis[n] = weight * (x - left);
        }
      }
    }
    double[] values = new double[splines];
    for (int k = 0; k <= degree; k++) {
      int row = (interval - degree + k) * splines;
      for (int s = 0; s < splines; s++) {
        values[s] += basis[k] * coefficients[row + s];
      }
    }
    return values;
  }

  /** The end of the range that it was fitted to, {@code margin} knots from the first. */
  double least(int margin) {
    return knots[margin];
  }

  /** The end of the range that it was fitted to, {@code margin} knots from the last. */
  double most(int margin) {
    return knots[knots.length - margin - 1];
  }
}
