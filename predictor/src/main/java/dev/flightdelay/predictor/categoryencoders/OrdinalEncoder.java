package dev.flightdelay.predictor.categoryencoders;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * OrdinalEncoder: a category's position, -1 for one that is unknown, and -2 for a missing one that
 * was not there while fitting ({@code ordinal_encoding} in category_encoders' {@code ordinal.py}).
 */
record OrdinalEncoder(CategoryTable table, Handling unknown, Handling missing)
    implements CategoryEncoder.Encoding {

  static final double UNKNOWN = -1;
  static final double MISSING = -2;

  static Transformer read(Attributes attributes) {
    return CategoryEncoder.of(attributes, Map.copyOf(columns(attributes, attributes)));
  }

  /**
   * The encoding of each column by its name.
   *
   * @param lumping the encoder that gives rare categories a name, which may be around this one
   */
  static Map<Object, OrdinalEncoder> columns(Attributes attributes, Attributes lumping) {
    Handling unknown = handling(attributes, "handle_unknown");
    Handling missing = handling(attributes, "handle_missing");
    Map<?, ?> names =
        lumping.value("min_group_lumping_").orElse(null) instanceof Map<?, ?> map ? map : Map.of();
    Map<Object, OrdinalEncoder> columns = new LinkedHashMap<>();
    for (Object item : attributes.list("mapping")) {
      if (!(item instanceof Map<?, ?> entry)
          || !(NumpyScalar.unwrap(entry.get("col")) instanceof Object column)) {
        throw attributes.invalid(
            Reason.STATE_INVALID, "mapping is not made of columns and their categories");
      }
      CategoryTable table =
          CategoryTable.read(attributes, entry.get("mapping"), "mapping")
              .lumping(attributes, names.get(column), "min_group_lumping_");
      columns.put(column, new OrdinalEncoder(table, unknown, missing));
    }
    return columns;
  }

  private static Handling handling(Attributes attributes, String name) {
    return Handling.of(attributes, attributes.value(name).orElse(null), name);
  }

  @Override
  public List<Object> names(Object column) {
    return List.of(column);
  }

  @Override
  public void write(Rows rows, int row, int column, double[] out, int at) {
    out[at] = code(rows, row, column);
  }

  /** NaN is a missing one. */
  double code(Rows rows, int row, int column) {
    double code = table.of(rows, row, column);
    if (Double.isNaN(code)) {
      if (unknown.isError()) {
        throw CategoryEncoder.unknown(rows, row, column);
      }
      if (unknown.isValue()) {
        code = UNKNOWN;
      } else if (unknown.isNumber()) {
        code = unknown.number();
      }
    }
    if (code == MISSING) {
      if (missing.returnsNan()) {
        return Double.NaN;
      }
      if (missing.isNumber()) {
        return missing.number();
      }
    }
    return code;
  }
}
