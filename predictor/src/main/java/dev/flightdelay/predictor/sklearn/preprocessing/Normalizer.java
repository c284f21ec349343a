package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import dev.flightdelay.predictor.sklearn.SklearnVersion;

/** Normalizer: each row divided by its norm, unless that is 0. */
record Normalizer(Features features, Norm norm) implements Transformer {

  /** The norm of some numbers; zeros beside them change none of them but the largest number. */
  @FunctionalInterface
  interface Norm {
    double of(double[] values, int from, int count);
  }

  static Transformer read(Attributes attributes) {
    int width = Width.read(attributes, "n_features_in_");
    Norm norm =
        switch (attributes.text("norm").orElse("")) {
          case "l1" -> Normalizer::sum;
          case "l2" -> Normalizer::length;
          case "max" ->
              SklearnVersion.isBefore(attributes, 0, 24)
                  ? Normalizer::largest
                  : Normalizer::largestMagnitude;
          default ->
              throw attributes.invalid(Reason.MODEL_INVALID, "norm is none of l1, l2 and max");
        };
    return new Normalizer(FeatureNames.read(attributes, width), norm);
  }

  @Override
  public int width() {
    return features.count();
  }

  @Override
  public boolean acceptsMissing() {
    return false;
  }

  @Override
  public Rows transform(Rows rows) {
    int width = rows.width();
    double[] out = new double[rows.count() * width];
    for (int row = 0; row < rows.count(); row++) {
      int from = row * width;
      divide(rows.values(), from, width, norm.of(rows.values(), from, width), out);
    }
    return new Rows(out, rows.count(), width);
  }

  @Override
  public Table apply(Table table) {
    return switch (table) {
      case Rows rows -> transform(rows);
      case SparseRows rows -> ofStored(rows);
    };
  }

  private SparseRows ofStored(SparseRows rows) {
    double[] out = new double[rows.starts()[rows.count()]];
    for (int row = 0; row < rows.count(); row++) {
      int from = rows.starts()[row];
      int count = rows.starts()[row + 1] - from;
      if (count > 0) {
        double by = norm.of(rows.values(), from, count);
        divide(rows.values(), from, count, count < rows.width() ? Math.max(by, 0) : by, out);
      }
    }
    return rows.withValues(out);
  }

  private static void divide(double[] values, int from, int count, double by, double[] out) {
    for (int i = from; i < from + count; i++) {
      out[i] = by == 0 ? values[i] : values[i] / by;
    }
  }

  private static double sum(double[] values, int from, int width) {
    double sum = 0;
    for (int j = 0; j < width; j++) {
      sum += Math.abs(values[from + j]);
    }
    return sum;
  }

  private static double length(double[] values, int from, int width) {
    double sum = 0;
    for (int j = 0; j < width; j++) {
      sum += values[from + j] * values[from + j];
    }
    return Math.sqrt(sum);
  }

  private static double largest(double[] values, int from, int width) {
    double largest = values[from];
    for (int j = 1; j < width; j++) {
      largest = Math.max(largest, values[from + j]);
    }
    return largest;
  }

  private static double largestMagnitude(double[] values, int from, int width) {
    double largest = 0;
    for (int j = 0; j < width; j++) {
      largest = Math.max(largest, Math.abs(values[from + j]));
    }
    return largest;
  }
}
