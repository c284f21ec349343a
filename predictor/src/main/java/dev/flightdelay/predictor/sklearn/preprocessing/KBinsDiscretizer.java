package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import java.util.Arrays;
import java.util.Optional;

/**
 * KBinsDiscretizer: the number of the bin that a value lies in, as it is or one-hot.
 *
 * @param edges for each column the edges of its bins
 * @param tolerant whether a value just below an edge counts as the edge, as before 1.1
 * @param starts for each column where its bins begin in a row
 */
record KBinsDiscretizer(
    Features features, double[][] edges, boolean tolerant, Encode encode, int[] starts, int width)
    implements Transformer {

  private static final int MAX_BINS = 1_000_000;

  private enum Encode {
    /** A sparse matrix of ones. */
    ONE_HOT,
    /** An array of zeros and ones. */
    ONE_HOT_DENSE,
    /** The bin's number. */
    ORDINAL
  }

  /** Reads {@code bin_edges_}, an array of edges for each column, and encode. */
  static Transformer read(Attributes attributes) {
    double[][] edges = edges(attributes);
    Encode encode =
        switch (attributes.text("encode").orElse("")) {
          case "onehot" -> Encode.ONE_HOT;
          case "onehot-dense" -> Encode.ONE_HOT_DENSE;
          case "ordinal" -> Encode.ORDINAL;
          default ->
              throw attributes.invalid(
                  Reason.MODEL_INVALID, "encode is none of onehot, onehot-dense and ordinal");
        };
    int[] starts = new int[edges.length];
    int width = 0;
    for (int j = 0; j < edges.length; j++) {
      starts[j] = width;
      width += encode == Encode.ORDINAL ? 1 : edges[j].length - 1;
    }
    return new KBinsDiscretizer(
        FeatureNames.read(attributes, edges.length),
        edges,
        SklearnVersion.isBefore(attributes, 1, 1),
        encode,
        starts,
        width);
  }

  @Override
  public boolean acceptsMissing() {
    return false;
  }

  @Override
  public Optional<int[]> sources() {
    int[] sources = new int[width];
    for (int j = 0; j < starts.length; j++) {
      Arrays.fill(sources, starts[j], j + 1 < starts.length ? starts[j + 1] : width, j);
    }
    return Optional.of(sources);
  }

  @Override
  public Rows transform(Rows rows) {
    double[] out = new double[rows.count() * width];
    for (int row = 0; row < rows.count(); row++) {
      for (int j = 0; j < edges.length; j++) {
        int bin = bin(rows, row, j);
        if (encode == Encode.ORDINAL) {
          out[row * width + j] = bin;
        } else {
          out[row * width + starts[j] + bin] = 1;
        }
      }
    }
    return new Rows(out, rows.count(), width);
  }

  @Override
  public Table apply(Table table) {
    Rows rows = table.dense();
    if (encode != Encode.ONE_HOT) {
      return transform(rows);
    }
    SparseRows.Builder ones =
        new SparseRows.Builder(rows.count(), width, rows.count() * edges.length);
    for (int row = 0; row < rows.count(); row++) {
      for (int j = 0; j < edges.length; j++) {
        ones.add(starts[j] + bin(rows, row, j), 1);
      }
      ones.endRow();
    }
    return ones.rows();
  }

  private int bin(Rows rows, int row, int column) {
    double x = rows.get(row, column);
    return bin(tolerant ? x + (1e-8 + 1e-5 * Math.abs(x)) : x, edges[column]);
  }

  /** How many of the edges between bins are not above {@code x}. */
  private static int bin(double x, double[] edges) {
    int low = 1;
    int high = edges.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (edges[middle] <= x) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private static double[][] edges(Attributes attributes) {
    NdArray array = attributes.array("bin_edges_");
    Object[] items = attributes.orInvalid("bin_edges_", array::objects);
    double[] counts = attributes.reals("n_bins_");
    if (items.length == 0 || counts.length != items.length) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "bin_edges_ and n_bins_ are not for the same columns");
    }
    double[][] edges = new double[items.length][];
    long bins = 0;
    for (int j = 0; j < edges.length; j++) {
      // An array may stand there many times, so its size is looked at before it is copied.
      if (!(items[j] instanceof NdArray column)
          || column.dimensions() != 1
          || column.size() < 2
          || column.size() - 1 != counts[j]) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "bin_edges_ is not an array of n_bins_ + 1 numbers a column");
      }
      bins += column.size();
      if (bins > MAX_BINS) {
        throw attributes.invalid(Reason.BUDGET_EXCEEDED, "it has more than a million bins");
      }
      edges[j] = attributes.orInvalid("bin_edges_", column::reals);
      for (int i = 1; i < edges[j].length; i++) {
        if (!(edges[j][i] >= edges[j][i - 1])) {
          throw attributes.invalid(Reason.MODEL_INVALID, "bin_edges_ is not sorted");
        }
      }
    }
    return edges;
  }
}
