package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.Matrix;
import java.util.HashMap;
import java.util.Map;

/**
 * The fitted rows within a radius of a row, and their weights. All of them are measured: the trees
 * that the library searches find the same ones.
 */
final class WithinRadius {

  private final Metric metric;
  private final double[] fitted;
  private final int rows;
  private final double reduced;
  private final boolean byDistance;
  private final Features features;

  private WithinRadius(
      Metric metric, Matrix fitted, double radius, boolean byDistance, Features features) {
    this.metric = metric;
    this.fitted = fitted.values();
    this.rows = fitted.rows();
    this.reduced = metric.reduced(radius);
    this.byDistance = byDistance;
    this.features = features;
  }

  /** Reads {@code _fit_X}, the radius, the metric and the weights. */
  static WithinRadius read(Attributes attributes) {
    Metric metric = Metric.read(attributes);
    Matrix fitted = Matrix.read(attributes, "_fit_X");
    double[] radius = attributes.reals("radius");
    if (radius.length != 1 || radius[0] < 0 || fitted.rows() < 1 || fitted.columns() < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "radius or _fit_X is of no use");
    }
    // A row of zeros may have no neighbours, and the first of those fitted has itself.
    Map<Integer, Object> first = new HashMap<>();
    for (int j = 0; j < fitted.columns(); j++) {
      first.put(j, fitted.values()[j]);
    }
    return new WithinRadius(
        metric,
        fitted,
        radius[0],
        FittedRows.weighsByDistance(attributes),
        FeatureNames.read(attributes, fitted.columns()).withSamples(first));
  }

  Features features() {
    return features;
  }

  int rows() {
    return rows;
  }

  /** The operations for a row and the targets of all rows, which may be its neighbours. */
  long operations(int outputs) {
    return rows * (metric.operations(features.count()) + 2 + outputs);
  }

  boolean weighsByDistance() {
    return byDistance;
  }

  /**
   * Writes the weight of each fitted row: 0 where it is no neighbour.
   *
   * @return how many neighbours there are
   */
  int weigh(Rows given, int row, double[] weights) {
    int width = features.count();
    int count = 0;
    boolean same = false;
    for (int i = 0; i < rows; i++) {
      double distance = metric.between(given.values(), row * width, fitted, i * width, width);
      weights[i] = 0;
      if (distance <= reduced) {
        weights[i] = byDistance ? 1 / metric.distance(distance) : 1;
        same |= Double.isInfinite(weights[i]);
        count++;
      }
    }
    // Rows that are the very same outweigh all others.
    for (int i = 0; i < rows && same; i++) {
      weights[i] = Double.isInfinite(weights[i]) ? 1 : 0;
    }
    return count;
  }
}
