package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Transformer;
import java.util.Optional;

/**
 * A transformer of numbers that takes each row by itself.
 *
 * @param width how many columns it gives
 * @param operations what a row costs beside taking and giving the columns
 */
public record RowTransformer(
    Features features, int width, boolean acceptsMissing, Row row, Optional<Long> operations)
    implements Transformer {

  /** One that costs an operation for each number that was read for it. */
  public RowTransformer(Features features, int width, boolean acceptsMissing, Row row) {
    this(features, width, acceptsMissing, row, Optional.empty());
  }

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
  public Optional<RowCost> ownCost() {
    return operations.map(this::cost);
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
