package dev.flightdelay.predictor.sklearn.cluster;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.Matrix;
import dev.flightdelay.predictor.sklearn.RowTransformer;
import java.util.stream.LongStream;

/**
 * KMeans and MiniBatchKMeans: the cluster with the nearest centre ({@code _update_chunk_dense} in
 * scikit-learn's {@code cluster/_k_means_lloyd.pyx}); {@code transform} is the distances to all of
 * them ({@code euclidean_distances}).
 */
public final class KMeans implements Model {

  /**
   * @param centres (clusters * features)
   * @param squares each centre's squared length
   */
  private record Centres(Matrix centres, double[] squares) {

    static Centres read(Attributes attributes) {
      Matrix centres = Matrix.read(attributes, "cluster_centers_");
      if (centres.rows() < 1 || centres.columns() < 1) {
        throw attributes.invalid(Reason.MODEL_INVALID, "cluster_centers_ is empty");
      }
      double[] squares = new double[centres.rows()];
      for (int k = 0; k < squares.length; k++) {
        squares[k] =
            product(
                centres.values(),
                k * centres.columns(),
                centres.values(),
                k * centres.columns(),
                centres.columns());
      }
      return new Centres(centres, squares);
    }

    int count() {
      return squares.length;
    }

    double product(int cluster, double[] row, int at) {
      int features = centres.columns();
      return product(row, at, centres.values(), cluster * features, features);
    }

    private static double product(double[] one, int at, double[] other, int from, int count) {
      double sum = 0;
      for (int j = 0; j < count; j++) {
        sum += one[at + j] * other[from + j];
      }
      return sum;
    }

    /** The first of the nearest. */
    int nearest(double[] row, int at) {
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

    void distances(double[] row, int at, double[] out, int to) {
      double square = product(row, at, row, at, centres.columns());
      for (int k = 0; k < squares.length; k++) {
        double distance = -2 * product(k, row, at) + square + squares[k];
        out[to + k] = Math.sqrt(Math.max(0, distance));
      }
    }
  }

  private final Signature signature;
  private final Centres centres;

  private KMeans(Signature signature, Centres centres) {
    this.signature = signature;
    this.centres = centres;
  }

  static Model read(Attributes attributes) {
    Centres centres = Centres.read(attributes);
    Labels clusters =
        new Labels(Labels.Kind.INTEGER, LongStream.range(0, centres.count()).boxed().toList());
    Signature signature =
        FittedSignature.of(attributes, FeatureNames.read(attributes, centres.centres().columns()))
            .classes(clusters)
            .transformWidth(centres.count())
            .build();
    return new KMeans(signature, centres);
  }

  static Transformer readTransformer(Attributes attributes) {
    Centres centres = Centres.read(attributes);
    return new RowTransformer(
        FeatureNames.read(attributes, centres.centres().columns()),
        centres.count(),
        false,
        centres::distances);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    for (int row = from; row < to; row++) {
      int at = row * rows.width();
      scores.labels()[row] = centres.nearest(rows.values(), at);
      if (scores.transformed() != null) {
        centres.distances(rows.values(), at, scores.transformed(), row * centres.count());
      }
    }
  }
}
