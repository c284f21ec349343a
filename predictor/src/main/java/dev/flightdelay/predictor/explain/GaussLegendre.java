package dev.flightdelay.predictor.explain;

/**
 * Gauss-Legendre quadrature on the interval from 0 to 1: of {@code n} points it integrates each
 * polynomial of a degree up to {@code 2 n - 1} exactly. All points are inside the interval and all
 * weights above 0.
 *
 * @param points ascending
 * @param weights of each point; together 1
 */
record GaussLegendre(double[] points, double[] weights) {

  private static final int MAX_STEPS = 100;

  /** The rule of that many points: the roots of a Legendre polynomial, by Newton's method. */
  static GaussLegendre of(int count) {
    double[] points = new double[count];
    double[] weights = new double[count];
    for (int i = 0; i < (count + 1) / 2; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (count + 0.5));
      double slope = 0;
      for (int step = 0; step < MAX_STEPS; step++) {
        double before = 1;
        double value = x;
        for (int degree = 2; degree <= count; degree++) {
          double next = ((2 * degree - 1) * x * value - (degree - 1) * before) / degree;
          before = value;
          value = next;
        }
        slope = count * (x * value - before) / (x * x - 1);
        double moved = x - value / slope;
        boolean stays = Math.abs(moved - x) <= Math.ulp(x);
        x = moved;
        if (stays) {
          break;
        }
      }
      points[i] = (1 - x) / 2;
      points[count - 1 - i] = (1 + x) / 2;
      weights[i] = 1 / ((1 - x * x) * slope * slope);
      weights[count - 1 - i] = weights[i];
    }
    return new GaussLegendre(points, weights);
  }

  int count() {
    return points.length;
  }
}
