package dev.flightdelay.predictor.sklearn.featureextraction;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A transformer of one column of texts: each of a text's terms counts in one column of many.
 *
 * @param features one column, of texts
 */
record TextVectorizer(Features features, int width, TextAnalyzer analyzer, Terms terms)
    implements Transformer {

  /** Dense, a row of more columns would take more than 32 MiB. */
  static final int MAX_WIDTH = 1 << 22;

  /** Where a term counts, and what becomes of a row's counts. */
  interface Terms {

    /**
     * The term's column times two, plus 1 where it counts down; below 0 where it does not count.
     */
    int place(String term);

    SparseRows weighted(SparseRows counts);
  }

  /**
   * @param sample a text that such a model is asked about
   */
  static TextVectorizer of(int width, TextAnalyzer analyzer, Terms terms, String sample) {
    Features features = Features.unnamed(1).withDocuments(Set.of(0)).withSamples(Map.of(0, sample));
    return new TextVectorizer(features, width, analyzer, terms);
  }

  @Override
  public boolean acceptsMissing() {
    return false;
  }

  @Override
  public Optional<RowCost> ownCost() {
    return Optional.of(analyzer.cost());
  }

  @Override
  public Rows transform(Rows rows) {
    return apply(rows).dense();
  }

  @Override
  public Table apply(Table table) {
    Rows rows = table.dense();
    SparseRows.Builder counts = new SparseRows.Builder(rows.count(), width);
    Places places = new Places();
    for (int row = 0; row < rows.count(); row++) {
      String text = rows.text(row, 0);
      if (text == null) {
        throw new UnusableRowsException(row, 0, "is not a text, and the model takes texts there");
      }
      places.count = 0;
      analyzer.forEach(text, term -> places.add(terms.place(term)));
      places.sumInto(counts);
      counts.endRow();
    }
    return terms.weighted(counts.rows());
  }

  /** The places of one text's terms. */
  private static final class Places {

    private int[] places = new int[64];
    private int count;

    void add(int place) {
      if (place < 0) {
        return;
      }
      if (count == places.length) {
        places = Arrays.copyOf(places, 2 * count);
      }
      places[count++] = place;
    }

    void sumInto(SparseRows.Builder counts) {
      Arrays.sort(places, 0, count);
      for (int i = 0; i < count; ) {
        int column = places[i] >> 1;
        int sum = 0;
        while (i < count && places[i] >> 1 == column) {
          sum += (places[i++] & 1) == 0 ? 1 : -1;
        }
        // Terms that cancel each other out stay a cell: 'binary' counts it.
        counts.add(column, sum);
      }
    }
  }
}
