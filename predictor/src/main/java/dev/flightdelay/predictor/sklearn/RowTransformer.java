package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Transformer;

/**
 * A transformer of numbers that takes each row by itself.
 *
 * @param width how many columns it gives
 */
public record RowTransformer(Features features, int width, boolean acceptsMissing, Row row)
    implements Transformer {

  /** What becomes of one row. */
  @FunctionalInterface
  public interface Row {

    /**
     * Reads the row that begins at {@code from} in {@code in} and writes all columns from {@code
     * to} on in {@code out}, which are zeros.
     */
    void transform(double[] in, int from, double[] out, int to);
  }

  @Override
  public Rows transform(Rows rows) {
    int given = rows.width();
    double[] out = new double[rows.count() * width];
    for (int i = 0; i < rows.count(); i++) {
      row.transform(rows.values(), i * given, out, i * width);
    }
    return new Rows(out, rows.count(), width);
  }
}
