package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.RowTransformer;
import dev.flightdelay.predictor.sklearn.SklearnVersion;

/** KBinsDiscretizer: the number of the bin that a value lies in, as it is or one-hot. */
final class KBinsDiscretizer {

  private static final int MAX_BINS = 1_000_000;

  private KBinsDiscretizer() {}

  /** Reads {@code bin_edges_}, an array of edges for each column, and encode. */
  static Transformer read(Attributes attributes) {
    double[][] edges = edges(attributes);
    boolean oneHot =
        switch (attributes.text("encode").orElse("")) {
          case "onehot", "onehot-dense" -> true;
          case "ordinal" -> false;
          default ->
              throw attributes.invalid(
                  Reason.MODEL_INVALID, "encode is none of onehot, onehot-dense and ordinal");
        };
    int[] starts = new int[edges.length];
    int width = 0;
    for (int j = 0; j < edges.length; j++) {
      starts[j] = oneHot ? width : j;
      width += oneHot ? edges[j].length - 1 : 1;
    }
    // Before 1.1 a value just below an edge counted as the edge.
    boolean tolerant = SklearnVersion.isBefore(attributes, 1, 1);
    return new RowTransformer(
        FeatureNames.read(attributes, edges.length),
        width,
        false,
        (in, from, out, to) -> {
          for (int j = 0; j < edges.length; j++) {
            double x = in[from + j];
            int bin = bin(tolerant ? x + (1e-8 + 1e-5 * Math.abs(x)) : x, edges[j]);
            if (oneHot) {
              out[to + starts[j] + bin] = 1;
            } else {
              out[to + j] = bin;
            }
          }
        });
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
