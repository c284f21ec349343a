package dev.flightdelay.predictor.sklearn.neighbors;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.numpy.Dtype;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.scipy.SparseMatrix;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.Matrix;
import dev.flightdelay.predictor.sklearn.SklearnVersion;

/** The rows that a model of neighbours was fitted with, and how its neighbours are weighted. */
final class FittedRows {

  private final NeighborSearch search;
  private final Metric metric;
  private final int neighbors;
  private final boolean byDistance;
  private final int rows;
  private final Features features;

  private FittedRows(
      NeighborSearch search,
      Metric metric,
      int neighbors,
      boolean byDistance,
      int rows,
      Features features) {
    this.search = search;
    this.metric = metric;
    this.neighbors = neighbors;
    this.byDistance = byDistance;
    this.rows = rows;
    this.features = features;
  }

  static FittedRows read(Attributes attributes) {
    return read(attributes, "n_neighbors");
  }

  /**
   * @param count the attribute that says how many neighbours a row has
   */
  static FittedRows read(Attributes attributes, String count) {
    Metric metric = Metric.read(attributes);
    Object given = attributes.value("_fit_X").orElse(null);
    String method = attributes.text("_fit_method").orElse("");
    if (SparseMatrix.is(given)) {
      SparseRows fitted = SparseMatrix.rows(attributes, "_fit_X");
      if (!method.equals("brute")) {
        throw attributes.invalid(
            Reason.MODEL_INVALID,
            "_fit_method is not brute, which all sparse rows are searched by");
      }
      Distances distances = SparseDistances.of(attributes, metric, fitted);
      NeighborSearch search =
          keepsSparseInHeap(attributes, metric)
              ? new HeapSearch(distances)
              : new PartitionSearch(distances);
      return of(attributes, metric, count, search, fitted.count(), fitted.width());
    }
    Matrix fitted = Matrix.read(attributes, "_fit_X");
    NeighborSearch search =
        switch (method) {
          case "brute" ->
              keepsInHeap(attributes, attributes.array("_fit_X"), 1)
                  ? new BruteSearch(metric, fitted)
                  : new PartitionSearch(new DenseDistances(metric, fitted));
          case "kd_tree", "ball_tree" -> TreeSearch.read(attributes, metric, fitted);
          default ->
              throw attributes.invalid(
                  Reason.MODEL_INVALID, "_fit_method is none of brute, kd_tree and ball_tree");
        };
    return of(attributes, metric, count, search, fitted.rows(), fitted.columns());
  }

  /** Whether ArgKmin finds the neighbours: it takes real numbers, of dense rows since 1.1. */
  private static boolean keepsInHeap(Attributes attributes, NdArray numbers, int since) {
    return numbers.dtype().kind() == Dtype.Kind.FLOAT
        && !SklearnVersion.isBefore(attributes, 1, since);
  }

  /** Of sparse rows since 1.2, and until 1.4.0 by Euclidean distances too. */
  private static boolean keepsSparseInHeap(Attributes attributes, Metric metric) {
    boolean until =
        SklearnVersion.isBefore(attributes, 1, 4)
            || SklearnVersion.of(attributes).filter("1.4.0"::equals).isPresent();
    return keepsInHeap(attributes, attributes.object("_fit_X").array("data"), 2)
        && (until || metric.power() != 2);
  }

  private static FittedRows of(
      Attributes attributes,
      Metric metric,
      String count,
      NeighborSearch search,
      int rows,
      int columns) {
    long neighbors =
        attributes
            .integer(count)
            .orElseThrow(() -> attributes.invalid(Reason.MODEL_INVALID, count + " is missing"));
    if (columns < 1 || neighbors < 1 || neighbors > rows) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "it takes %d neighbours of %d rows".formatted(neighbors, rows));
    }
    return new FittedRows(
        search,
        metric,
        (int) neighbors,
        weighsByDistance(attributes),
        rows,
        FeatureNames.read(attributes, columns));
  }

  /**
   * Whether {@code weights} is distance rather than uniform.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it is a function
   */
  static boolean weighsByDistance(Attributes attributes) {
    return switch (attributes.has("weights") ? attributes.text("weights").orElse("") : "uniform") {
      case "uniform" -> false;
      case "distance" -> true;
      default ->
          throw attributes.invalid(
              Reason.UNSUPPORTED, "its weights are neither uniform nor distance");
    };
  }

  Features features() {
    return features;
  }

  int rows() {
    return rows;
  }

  /**
   * The operations for a row and its neighbours' targets: a tree may not help, and each row may be
   * nearer than those before.
   */
  long operations(int outputs) {
    int pushing = Integer.SIZE - Integer.numberOfLeadingZeros(neighbors);
    return rows * (metric.operations(features.count()) + pushing) + (long) neighbors * outputs;
  }

  NeighborSearch search() {
    return search;
  }

  /** The distance that a reduced one stands for. */
  double distance(double reduced) {
    return metric.distance(reduced);
  }

  /** Room for the neighbours of a row. */
  Nearest nearest() {
    return new Nearest(neighbors);
  }

  /** The weight of each neighbour: {@code _get_weights} in {@code neighbors/_base.py}. */
  void weigh(Nearest nearest, double[] weights) {
    boolean same = false;
    for (int i = 0; i < neighbors; i++) {
      weights[i] = byDistance ? 1 / metric.distance(nearest.distance(i)) : 1;
      same |= Double.isInfinite(weights[i]);
    }
    // Rows that are the very same outweigh all others.
    for (int i = 0; i < neighbors && same; i++) {
      weights[i] = Double.isInfinite(weights[i]) ? 1 : 0;
    }
  }
}
