package dev.flightdelay.predictor.categoryencoders;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import dev.flightdelay.predictor.pandas.DataFrame;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * OneHotEncoder: a category's row in a table by its position ({@code get_dummies} in
 * category_encoders' {@code one_hot.py}); a position without one is NaN in all columns.
 *
 * @param rowOfCode where in {@code values} the row of a position begins
 */
record OneHotEncoder(
    OrdinalEncoder ordinal,
    boolean refusesUnknown,
    List<Object> dummies,
    Map<Double, Integer> rowOfCode,
    double[] values)
    implements CategoryEncoder.Encoding {

  static Transformer read(Attributes attributes) {
    Attributes positions = attributes.object("ordinal_encoder");
    Map<Object, OrdinalEncoder> ordinals = OrdinalEncoder.columns(positions, attributes);
    boolean refusesUnknown = attributes.text("handle_unknown").filter("error"::equals).isPresent();
    // A column without a table of its own, having had no category, stays at its positions.
    Map<Object, CategoryEncoder.Encoding> encodings = new LinkedHashMap<>(ordinals);
    for (Object item : attributes.list("mapping")) {
      if (!(item instanceof Map<?, ?> entry)
          || !(NumpyScalar.unwrap(entry.get("col")) instanceof Object column)
          || !ordinals.containsKey(column)) {
        throw attributes.invalid(
            Reason.STATE_INVALID, "mapping is not made of columns and their tables");
      }
      encodings.put(
          column, of(attributes, ordinals.get(column), refusesUnknown, entry.get("mapping")));
    }
    return CategoryEncoder.of(attributes, encodings);
  }

  private static OneHotEncoder of(
      Attributes attributes, OrdinalEncoder ordinal, boolean refusesUnknown, Object mapping) {
    DataFrame table = DataFrame.read(attributes, mapping, "mapping");
    int width = table.columns().length;
    Map<Double, Integer> rowOfCode = new HashMap<>();
    for (int row = 0; row < table.index().length; row++) {
      if (!(NumpyScalar.unwrap(table.index()[row]) instanceof Number code)
          || rowOfCode.put(code.doubleValue() + 0.0, row * width) != null) {
        throw attributes.invalid(
            Reason.MODEL_INVALID, "the index of mapping has no number, or one twice");
      }
    }
    for (double value : table.values()) {
      if (Double.isInfinite(value)) {
        throw attributes.invalid(Reason.MODEL_INVALID, "mapping holds an infinite number");
      }
    }
    return new OneHotEncoder(
        ordinal,
        refusesUnknown,
        Arrays.stream(table.columns()).map(NumpyScalar::unwrap).toList(),
        rowOfCode,
        table.values());
  }

  @Override
  public List<Object> names(Object column) {
    return dummies;
  }

  @Override
  public void write(Rows rows, int row, int column, double[] out, int at) {
    double code = ordinal.code(rows, row, column);
    if (refusesUnknown && code == OrdinalEncoder.UNKNOWN) {
      throw CategoryEncoder.unknown(rows, row, column);
    }
    Integer from = rowOfCode.get(Double.isNaN(code) ? OrdinalEncoder.MISSING : code + 0.0);
    if (from == null) {
      Arrays.fill(out, at, at + dummies.size(), Double.NaN);
    } else {
      System.arraycopy(values, from, out, at, dummies.size());
    }
  }

  @Override
  public CategoryTable table() {
    return ordinal.table();
  }
}
