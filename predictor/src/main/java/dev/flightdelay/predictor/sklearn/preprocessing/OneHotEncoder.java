package dev.flightdelay.predictor.sklearn.preprocessing;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.sklearn.SklearnVersion;
import java.util.Arrays;
import java.util.Optional;

/** OneHotEncoder: a column for each category that is kept, 1 in the one that is there. */
final class OneHotEncoder implements Transformer {

  private static final int NONE = -1;

  private final Features features;
  private final Categories[] categories;
  // For each column and category where its 1 goes in a row, or NONE.
  private final int[][] places;
  // For each column where the 1 of an unknown category goes, or NONE.
  private final int[] unknownPlaces;
  private final boolean refusesUnknown;
  private final boolean givesSparse;
  private final int width;

  private OneHotEncoder(Attributes attributes) {
    categories = Categories.read(attributes);
    String unknown = attributes.text("handle_unknown").orElse("error");
    refusesUnknown = unknown.equals("error");
    features = Categories.features(attributes, categories, refusesUnknown);
    // Until 1.1 it was called sparse.
    givesSparse =
        attributes.has("sparse_output")
            ? attributes.flag("sparse_output", true)
            : attributes.flag("sparse", true);
    boolean unknownIsInfrequent = unknown.equals("infrequent_if_exist") || unknown.equals("warn");
    if (!refusesUnknown && !unknownIsInfrequent && !unknown.equals("ignore")) {
      throw attributes.invalid(
          Reason.MODEL_INVALID,
          "handle_unknown is none of error, ignore, infrequent_if_exist and warn");
    }
    int[][] infrequent = Infrequent.read(attributes, categories, false);
    int[] dropped = dropped(attributes);
    places = new int[categories.length][];
    unknownPlaces = new int[categories.length];
    int next = 0;
    for (int j = 0; j < categories.length; j++) {
      int[] codes = infrequent[j];
      int count = codes == null ? categories[j].size() : Infrequent.last(codes) + 1;
      if (dropped[j] >= count) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "drop_idx_ names a category that is not there");
      }
      places[j] = new int[categories[j].size()];
      for (int c = 0; c < places[j].length; c++) {
        places[j][c] = place(codes == null ? c : codes[c], dropped[j], next);
      }
      unknownPlaces[j] =
          unknownIsInfrequent && codes != null
              ? place(Infrequent.last(codes), dropped[j], next)
              : NONE;
      next += dropped[j] == NONE ? count : count - 1;
    }
    width = next;
    if (width == 0) {
      throw attributes.invalid(Reason.MODEL_INVALID, "every category is dropped");
    }
  }

  /** Reads categories, what is dropped, and what is done with unknown and infrequent ones. */
  static Transformer read(Attributes attributes) {
    if (attributes.flag("_legacy_mode", false)) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "the mode of scikit-learn before 0.20 is not read");
    }
    return new OneHotEncoder(attributes);
  }

  private static int place(int code, int dropped, int first) {
    if (code == dropped) {
      return NONE;
    }
    return first + (dropped != NONE && code > dropped ? code - 1 : code);
  }

  /** From 1.1 on {@code _drop_idx_after_grouping}: the code, where infrequent ones share one. */
  private int[] dropped(Attributes attributes) {
    int[] dropped = new int[categories.length];
    Arrays.fill(dropped, NONE);
    String attribute =
        attributes.has("_drop_idx_after_grouping") ? "_drop_idx_after_grouping" : "drop_idx_";
    boolean looksAtDrop = SklearnVersion.isBefore(attributes, 1, 1);
    if (looksAtDrop && attributes.has("drop") != attributes.has(attribute)) {
      throw attributes.invalid(
          Reason.STATE_INVALID, "drop is not what it was fitted with: drop_idx_ says another");
    }
    if (!attributes.has(attribute)) {
      return dropped;
    }
    NdArray array = attributes.array(attribute);
    Object[] indices = attributes.orInvalid(attribute, array::values);
    if (indices.length != dropped.length) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, attribute + " is not one index for each column");
    }
    for (int j = 0; j < indices.length; j++) {
      Object index = NumpyScalar.unwrap(indices[j]);
      if (index instanceof Long code && code >= 0 && code < categories[j].size()) {
        dropped[j] = (int) (long) code;
      } else if (index != null) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, attribute + " names a category that is not there");
      }
    }
    return dropped;
  }

  @Override
  public Features features() {
    return features;
  }

  @Override
  public int width() {
    return width;
  }

  /** Its columns are a category each, those of one column beside each other. */
  @Override
  public int source(int column) {
    for (int j = 0; j < places.length; j++) {
      for (int place : places[j]) {
        if (place == column) {
          return j;
        }
      }
    }
    return -1;
  }

  /** A missing value is a category, or an unknown one. */
  @Override
  public boolean acceptsMissing() {
    if (!refusesUnknown) {
      return true;
    }
    for (Categories column : categories) {
      if (column.missing() >= 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean givesMissing() {
    return false;
  }

  @Override
  public Optional<int[]> sources() {
    int[] sources = new int[width];
    for (int j = 0; j < places.length; j++) {
      for (int place : places[j]) {
        if (place >= 0) {
          sources[place] = j;
        }
      }
    }
    return Optional.of(sources);
  }

  @Override
  public Rows transform(Rows rows) {
    double[] out = new double[rows.count() * width];
    for (int row = 0; row < rows.count(); row++) {
      for (int j = 0; j < categories.length; j++) {
        int place = place(rows, row, j);
        if (place >= 0) {
          out[row * width + place] = 1;
        }
      }
    }
    return new Rows(out, rows.count(), width);
  }

  @Override
  public Table apply(Table table) {
    Rows rows = table.dense();
    if (!givesSparse) {
      return transform(rows);
    }
    SparseRows.Builder ones =
        new SparseRows.Builder(rows.count(), width, rows.count() * categories.length);
    for (int row = 0; row < rows.count(); row++) {
      for (int j = 0; j < categories.length; j++) {
        int place = place(rows, row, j);
        if (place >= 0) {
          ones.add(place, 1);
        }
      }
      ones.endRow();
    }
    return ones.rows();
  }

  /** Where a cell's 1 goes in its row, or NONE. */
  private int place(Rows rows, int row, int column) {
    int category = categories[column].indexOf(rows, row, column);
    if (category < 0 && refusesUnknown) {
      throw Categories.unknown(rows, row, column);
    }
    return category < 0 ? unknownPlaces[column] : places[column][category];
  }
}
