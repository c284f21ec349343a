package dev.flightdelay.predictor.sklearn.impute;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.ArgPartition;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.SquaredNorm;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import java.util.Optional;

/**
 * KNNImputer: where a value is missing, the mean of it in the nearest fitted rows that have one; by
 * the Euclidean distance over what both rows have ({@code nan_euclidean_distances} in {@code
 * metrics/pairwise.py}). Of rows at the same distance count those that {@link ArgPartition} takes.
 */
final class KNNImputer implements Transformer {

  /** How often a selection looks at a number. */
  private static final int SELECTION = 4;

  private final Features features;
  private final MissingValue missing;
  private final int neighbors;
  private final boolean byDistance;
  // Whether a row without a distance, for want of a common value, still counts as a neighbour.
  private final boolean countsFarthest;
  private final int fitted;
  // (fitted * features), 0 where a value is missing.
  private final double[] values;
  // (fitted * features)
  private final boolean[] absent;
  // For each fitted row the sum of its squares.
  private final double[] squares;
  // The means of columns, for rows that have nothing in common with any fitted row.
  private final double[] means;
  private final KeptColumns columns;
  private final boolean[] valid;

  private KNNImputer(Attributes attributes) {
    if (!attributes.text("metric").orElse("a function").equals("nan_euclidean")) {
      throw attributes.invalid(Reason.UNSUPPORTED, "its metric is not nan_euclidean");
    }
    byDistance =
        switch (attributes.text("weights").orElse("a function")) {
          case "uniform" -> false;
          case "distance" -> true;
          default ->
              throw attributes.invalid(
                  Reason.UNSUPPORTED, "its weights are neither uniform nor distance");
        };
    countsFarthest = SklearnVersion.isBefore(attributes, 1, 6);
    missing = MissingValue.number(attributes);
    NdArray array = attributes.array("_fit_X");
    int[] shape = array.shape();
    long count = attributes.integer("n_neighbors").orElse(0L);
    if (shape.length != 2 || shape[0] < 1 || shape[1] < 1 || count < 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "_fit_X or n_neighbors is no number of rows");
    }
    neighbors = (int) Math.min(count, shape[0]);
    fitted = shape[0];
    int width = shape[1];
    features = FeatureNames.read(attributes, width);
    values = attributes.orInvalid("_fit_X", array::reals);
    absent = flags(attributes, "_mask_fit_X", values.length);
    ReadingBudget.take((long) Double.BYTES * fitted);
    // Until 1.0 it was told by the other alone.
    boolean[] told = attributes.has("_valid_mask") ? flags(attributes, "_valid_mask", width) : null;
    valid = new boolean[width];
    squares = new double[fitted];
    means = new double[width];
    int[] counts = new int[width];
    for (int i = 0; i < values.length; i++) {
      if (absent[i]) {
        values[i] = 0;
      } else if (!Double.isFinite(values[i])) {
        throw attributes.invalid(Reason.MODEL_INVALID, "_fit_X holds " + values[i]);
      } else {
        means[i % width] += values[i];
        counts[i % width]++;
      }
    }
    for (int row = 0; row < fitted; row++) {
      squares[row] = SquaredNorm.of(values, row * width, width);
    }
    for (int j = 0; j < width; j++) {
      means[j] /= Math.max(1, counts[j]);
      valid[j] = counts[j] > 0;
      if (told != null && told[j] != valid[j]) {
        throw attributes.invalid(Reason.MODEL_INVALID, "_valid_mask and _mask_fit_X disagree");
      }
    }
    columns = KeptColumns.read(attributes, width, missing, j -> !valid[j]);
    if (columns.count() == 0) {
      throw attributes.invalid(Reason.MODEL_INVALID, "every column was empty when it was fitted");
    }
  }

  /** Reads the fitted rows, n_neighbors, weights, and the indicator's columns. */
  static Transformer read(Attributes attributes) {
    return new KNNImputer(attributes);
  }

  private static boolean[] flags(Attributes attributes, String name, int count) {
    double[] numbers = attributes.reals(name);
    if (numbers.length != count) {
      throw attributes.invalid(Reason.MODEL_INVALID, name + " is not as large as _fit_X");
    }
    ReadingBudget.take(count);
    boolean[] flags = new boolean[count];
    for (int i = 0; i < count; i++) {
      flags[i] = numbers[i] != 0;
    }
    return flags;
  }

  @Override
  public Features features() {
    return features;
  }

  @Override
  public int width() {
    return columns.width();
  }

  @Override
  public boolean acceptsMissing() {
    return missing.isNan();
  }

  @Override
  public boolean givesMissing() {
    return false;
  }

  /** The distance to each fitted row, and for each column that is missing the nearest of them. */
  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(
        cost((long) fitted * features.count() + (long) SELECTION * fitted * columns.count()));
  }

  @Override
  public Rows transform(Rows rows) {
    int[] kept = columns.kept();
    int width = columns.width();
    double[] out = new double[rows.count() * width];
    double[] distances = new double[fitted];
    for (int row = 0; row < rows.count(); row++) {
      boolean measured = false;
      for (int k = 0; k < kept.length; k++) {
        int column = kept[k];
        double value = rows.get(row, column);
        if (!valid[column]) {
          value = 0;
        } else if (missing.is(value)) {
          if (!measured) {
            measure(rows, row, distances);
            measured = true;
          }
          value = imputed(column, distances);
        }
        out[row * width + k] = value;
      }
      columns.indicate(rows, row, out);
    }
    return new Rows(out, rows.count(), width);
  }

  /** The distance to each fitted row; NaN where the two have no value in common. */
  private void measure(Rows rows, int row, double[] distances) {
    int width = features.count();
    double[] x = new double[width];
    boolean[] there = new boolean[width];
    for (int j = 0; j < width; j++) {
      double value = rows.get(row, j);
      there[j] = !missing.is(value);
      x[j] = there[j] ? value : 0;
    }
    double square = SquaredNorm.of(x, 0, width);
    for (int i = 0; i < fitted; i++) {
      double product = 0;
      double onlyHere = 0;
      double onlyThere = 0;
      int common = 0;
      for (int j = 0; j < width; j++) {
        double y = values[i * width + j];
        boolean has = !absent[i * width + j];
        product += x[j] * y;
        onlyHere += has ? 0 : x[j] * x[j];
        onlyThere += there[j] ? 0 : y * y;
        common += has && there[j] ? 1 : 0;
      }
      double distance = Math.max(0, -2 * product + square + squares[i]);
      distance = Math.max(0, distance - onlyHere - onlyThere);
      distances[i] = common == 0 ? Double.NaN : Math.sqrt(distance / common * width);
    }
  }

  private double imputed(int column, double[] distances) {
    int width = features.count();
    int[] donors = new int[fitted];
    double[] sizes = new double[fitted];
    int count = 0;
    boolean known = false;
    for (int i = 0; i < fitted; i++) {
      if (!absent[i * width + column]) {
        donors[count] = i;
        sizes[count++] = distances[i];
        known |= !Double.isNaN(distances[i]);
      }
    }
    if (!known) {
      return means[column];
    }
    int nearest = Math.min(neighbors, count);
    if (nearest < count) {
      int[] order = ArgPartition.of(sizes, count, nearest - 1);
      for (int n = 0; n < nearest; n++) {
        order[n] = donors[order[n]];
      }
      donors = order;
    }
    return mean(column, distances, donors, nearest);
  }

  private double mean(int column, double[] distances, int[] nearest, int count) {
    boolean same = false;
    for (int n = 0; n < count; n++) {
      same |= byDistance && distances[nearest[n]] == 0;
    }
    double sum = 0;
    double total = 0;
    for (int n = 0; n < count; n++) {
      double distance = distances[nearest[n]];
      double weight;
      if (Double.isNaN(distance)) {
        weight = byDistance || !countsFarthest ? 0 : 1;
      } else if (byDistance) {
        // Rows that are the very same outweigh all others.
        weight = same ? distance == 0 ? 1 : 0 : 1 / distance;
      } else {
        weight = 1;
      }
      sum += weight * values[nearest[n] * features.count() + column];
      total += weight;
    }
    return sum / total;
  }
}
