package dev.flightdelay.predictor.sklearn.featureselection;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import java.util.Optional;

/**
 * Some of the columns, in their order.
 *
 * @param columns ascending
 */
record ColumnSelection(Features features, int[] columns, boolean acceptsMissing)
    implements Transformer {

  @Override
  public int width() {
    return columns.length;
  }

  /** Where it drops columns, what follows is asked about those that it keeps. */
  @Override
  public boolean givesMissing() {
    return acceptsMissing && columns.length == features.count();
  }

  @Override
  public int source(int column) {
    return columns[column];
  }

  @Override
  public Optional<int[]> sources() {
    return Optional.of(columns.clone());
  }

  @Override
  public Rows transform(Rows rows) {
    int given = rows.width();
    double[] kept = new double[Math.multiplyExact(rows.count(), columns.length)];
    for (int row = 0; row < rows.count(); row++) {
      for (int k = 0; k < columns.length; k++) {
        kept[row * columns.length + k] = rows.values()[row * given + columns[k]];
      }
    }
    return new Rows(kept, rows.count(), columns.length);
  }

  @Override
  public Table apply(Table table) {
    return switch (table) {
      case Rows rows -> transform(rows);
      case SparseRows rows -> kept(rows);
    };
  }

  private SparseRows kept(SparseRows rows) {
    SparseRows.Builder kept = new SparseRows.Builder(rows.count(), columns.length);
    for (int row = 0; row < rows.count(); row++) {
      int k = 0;
      for (int i = rows.starts()[row]; i < rows.starts()[row + 1]; i++) {
        while (k < columns.length && columns[k] < rows.columns()[i]) {
          k++;
        }
        if (k < columns.length && columns[k] == rows.columns()[i]) {
          kept.add(k, rows.values()[i]);
        }
      }
      kept.endRow();
    }
    return kept.rows();
  }
}
