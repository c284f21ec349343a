package dev.flightdelay.predictor.sklearn.cluster;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.Matrix;
import java.util.stream.LongStream;

/**
 * The cluster with the nearest centre: {@code pairwise_distances_argmin} in scikit-learn's {@code
 * cluster/_mean_shift.py}.
 */
public final class MeanShift implements Model {

  private final Signature signature;
  private final Matrix centres;
  private final double[] squares;

  private MeanShift(Signature signature, Matrix centres) {
    this.signature = signature;
    this.centres = centres;
    this.squares = new double[centres.rows()];
    for (int k = 0; k < squares.length; k++) {
      squares[k] = product(k, centres.values(), k * centres.columns());
    }
  }

  static Model read(Attributes attributes) {
    Matrix centres = Matrix.read(attributes, "cluster_centers_");
    if (centres.rows() < 1 || centres.columns() < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "cluster_centers_ is empty");
    }
    Labels clusters =
        new Labels(Labels.Kind.INTEGER, LongStream.range(0, centres.rows()).boxed().toList());
    return new MeanShift(
        FittedSignature.of(attributes, FeatureNames.read(attributes, centres.columns()))
            .classes(clusters)
            .build(),
        centres);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    for (int row = from; row < to; row++) {
      scores.labels()[row] = nearest(rows.values(), row * rows.width());
    }
  }

  /** The first of the nearest. */
  private int nearest(double[] row, int at) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < squares.length; k++) {
      double distance = squares[k] - 2 * product(k, row, at);
      if (distance < least) {
        least = distance;
        nearest = k;
      }
    }
    return nearest;
  }

  private double product(int cluster, double[] row, int at) {
    int features = centres.columns();
    double sum = 0;
    for (int j = 0; j < features; j++) {
      sum += row[at + j] * centres.values()[cluster * features + j];
    }
    return sum;
  }
}
