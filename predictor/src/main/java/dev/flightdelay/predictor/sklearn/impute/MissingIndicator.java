package dev.flightdelay.predictor.sklearn.impute;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.FeatureNames;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * MissingIndicator: 1 where a value is missing, in a column for each that had missing values when
 * it was fitted, or for all.
 *
 * @param columns those that are told of
 * @param known for each column whether it may have missing values
 */
record MissingIndicator(
    Features features, MissingValue missing, int[] columns, boolean[] known, Sparse sparse)
    implements Transformer {

  /** Whether it gives a sparse matrix: {@code sparse}. */
  enum Sparse {
    ALWAYS,
    NEVER,
    /** If it is given one: {@code 'auto'}. */
    AS_GIVEN
  }

  /** Reads {@code features_}, missing_values, and error_on_new. */
  static Transformer read(Attributes attributes) {
    if (attributes.flag("_precomputed", false)) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "it is the part of an imputer; serve the imputer itself");
    }
    MissingValue missing = MissingValue.read(attributes);
    long count =
        attributes.integer("n_features_in_").or(() -> attributes.integer("_n_features")).orElse(0L);
    if (count < 1 || count > 1_000_000) {
      throw attributes.invalid(Reason.MODEL_INVALID, "n_features_in_ is " + count);
    }
    int width = (int) count;
    int[] columns = columns(attributes, width);
    if (columns.length == 0) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "no column had missing values when it was fitted");
    }
    boolean refusesNew =
        attributes.flag("error_on_new", true)
            && attributes.text("features").orElse("missing-only").equals("missing-only");
    boolean[] known = new boolean[width];
    for (int j = 0; j < width; j++) {
      known[j] = !refusesNew;
    }
    for (int column : columns) {
      known[column] = true;
    }
    Features features = FeatureNames.read(attributes, width);
    if (missing.isText()) {
      Set<Integer> all = IntStream.range(0, width).boxed().collect(Collectors.toSet());
      features = features.withTexts(all);
    }
    Sparse sparse =
        !(NumpyScalar.unwrap(attributes.value("sparse").orElse("auto")) instanceof Boolean always)
            ? Sparse.AS_GIVEN
            : always ? Sparse.ALWAYS : Sparse.NEVER;
    return new MissingIndicator(features, missing, columns, known, sparse);
  }

  /** The columns that an imputer with add_indicator tells of; none without. */
  static int[] ofImputer(Attributes imputer, int width) {
    return imputer.flag("add_indicator", false)
        ? columns(imputer.object("indicator_"), width)
        : new int[0];
  }

  private static int[] columns(Attributes indicator, int width) {
    double[] columns = indicator.reals("features_");
    int[] indices = new int[columns.length];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = (int) columns[i];
      if (columns[i] != indices[i] || indices[i] < 0 || indices[i] >= width) {
        throw indicator.invalid(Reason.MODEL_INVALID, "features_ names a column that is not there");
      }
    }
    return indices;
  }

  @Override
  public int width() {
    return columns.length;
  }

  @Override
  public boolean acceptsMissing() {
    return missing.isNan();
  }

  @Override
  public boolean givesMissing() {
    return false;
  }

  @Override
  public Optional<int[]> sources() {
    return Optional.of(columns.clone());
  }

  @Override
  public Rows transform(Rows rows) {
    double[] out = new double[rows.count() * columns.length];
    for (int row = 0; row < rows.count(); row++) {
      for (int j = 0; j < known.length; j++) {
        if (!known[j] && missing.is(rows, row, j)) {
          throw isNew(row, j);
        }
      }
      for (int k = 0; k < columns.length; k++) {
        out[row * columns.length + k] = missing.is(rows, row, columns[k]) ? 1 : 0;
      }
    }
    return new Rows(out, rows.count(), columns.length);
  }

  @Override
  public Table apply(Table table) {
    return switch (table) {
      case Rows rows when sparse == Sparse.ALWAYS -> SparseRows.of(transform(rows));
      case Rows rows -> transform(rows);
      case SparseRows rows -> {
        requireKnown(rows);
        SparseRows ones = ofStored(rows, missing, columns);
        yield sparse == Sparse.NEVER
            ? new Rows(ones.dense().values(), rows.count(), width())
            : ones;
      }
    };
  }

  private void requireKnown(SparseRows rows) {
    for (int row = 0; row < rows.count(); row++) {
      for (int i = rows.starts()[row]; i < rows.starts()[row + 1]; i++) {
        if (!known[rows.columns()[i]] && missing.is(rows.values()[i])) {
          throw isNew(row, rows.columns()[i]);
        }
      }
    }
  }

  private static UnusableRowsException isNew(int row, int column) {
    return new UnusableRowsException(
        row, column, "is missing, and had no missing values when the indicator was fitted");
  }

  /** The ones of a sparse matrix, in which what is not stored is not missing. */
  static SparseRows ofStored(SparseRows rows, MissingValue missing, int[] columns) {
    SparseRows own = rows.select(columns);
    SparseRows.Builder ones = new SparseRows.Builder(rows.count(), columns.length);
    for (int row = 0; row < rows.count(); row++) {
      for (int i = own.starts()[row]; i < own.starts()[row + 1]; i++) {
        if (missing.is(own.values()[i])) {
          ones.add(own.columns()[i], 1);
        }
      }
      ones.endRow();
    }
    return ones.rows();
  }
}
