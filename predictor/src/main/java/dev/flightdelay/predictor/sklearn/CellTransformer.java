package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.SparseRows.OfCell;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import java.util.Optional;

/**
 * A transformer of each number by itself.
 *
 * @param function what becomes of a number of an array
 * @param ofStored what becomes of a number that a sparse matrix stores, while the others stay
 *     zeros; null where the library takes no sparse matrix
 */
public record CellTransformer(
    Features features, boolean acceptsMissing, OfCell function, OfCell ofStored)
    implements Transformer {

  @Override
  public int width() {
    return features.count();
  }

  @Override
  public Optional<int[]> sources() {
    return Transformer.sources(features.count(), 1);
  }

  @Override
  public Rows transform(Rows rows) {
    int width = rows.width();
    double[] values = rows.values();
    double[] out = new double[rows.count() * width];
    for (int row = 0, at = 0; row < rows.count(); row++) {
      for (int column = 0; column < width; column++, at++) {
        out[at] = function.apply(values[at], column);
      }
    }
    return new Rows(out, rows.count(), width);
  }

  @Override
  public Table apply(Table table) {
    return switch (table) {
      case SparseRows rows when ofStored != null -> rows.map(ofStored);
      case Rows rows -> transform(rows);
      case SparseRows rows -> transform(rows.dense());
    };
  }
}
