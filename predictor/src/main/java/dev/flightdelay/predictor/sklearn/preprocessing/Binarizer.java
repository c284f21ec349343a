package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import java.util.Optional;

/** Binarizer: 1 above the threshold, else 0, which a sparse matrix then no longer stores. */
record Binarizer(Features features, double threshold) implements Transformer {

  static Transformer read(Attributes attributes) {
    double[] threshold = attributes.reals("threshold");
    if (threshold.length != 1) {
      throw attributes.invalid(Reason.MODEL_INVALID, "threshold is not one number");
    }
    int width = Width.read(attributes, "n_features_in_");
    return new Binarizer(FeatureNames.read(attributes, width), threshold[0]);
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
  public Optional<int[]> sources() {
    return Transformer.sources(features.count(), 1);
  }

  @Override
  public Rows transform(Rows rows) {
    double[] out = new double[rows.count() * rows.width()];
    for (int i = 0; i < out.length; i++) {
      out[i] = rows.values()[i] > threshold ? 1 : 0;
    }
    return new Rows(out, rows.count(), rows.width());
  }

  @Override
  public Table apply(Table table) {
    return switch (table) {
      case Rows rows -> transform(rows);
      case SparseRows rows -> above(rows);
    };
  }

  private SparseRows above(SparseRows rows) {
    SparseRows.Builder ones = new SparseRows.Builder(rows.count(), rows.width());
    for (int row = 0; row < rows.count(); row++) {
      for (int i = rows.starts()[row]; i < rows.starts()[row + 1]; i++) {
        if (rows.values()[i] > threshold) {
          ones.add(rows.columns()[i], 1);
        }
      }
      ones.endRow();
    }
    return ones.rows();
  }
}
