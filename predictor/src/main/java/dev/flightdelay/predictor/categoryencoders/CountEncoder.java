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
 * CountEncoder: how often a category was there while fitting ({@code _transform} in
 * category_encoders' {@code count.py}).
 */
record CountEncoder(CategoryTable table, Handling unknown, Handling missing)
    implements CategoryEncoder.Encoding {

  static Transformer read(Attributes attributes) {
    Map<?, ?> counts = map(attributes, "mapping");
    Map<?, ?> unknown = map(attributes, "_handle_unknown");
    Map<?, ?> missing = map(attributes, "_handle_missing");
    Map<?, ?> lumping = map(attributes, "_min_group_categories");
    Map<Object, CategoryEncoder.Encoding> encodings = new LinkedHashMap<>();
    for (Object item : attributes.list("cols")) {
      Object column = NumpyScalar.unwrap(item);
      CategoryTable table =
          CategoryTable.read(attributes, counts.get(column), "mapping")
              .lumping(attributes, lumping.get(column), "_min_group_categories");
      encodings.put(
          column,
          new CountEncoder(
              table,
              Handling.of(attributes, unknown.get(column), "handle_unknown"),
              Handling.of(attributes, missing.get(column), "handle_missing")));
    }
    return CategoryEncoder.of(attributes, encodings);
  }

  private static Map<?, ?> map(Attributes attributes, String name) {
    if (attributes.value(name).orElse(null) instanceof Map<?, ?> map) {
      return map;
    }
    throw attributes.invalid(
        Reason.STATE_INVALID, name + " is missing; only a fitted encoder has it");
  }

  @Override
  public List<Object> names(Object column) {
    return List.of(column);
  }

  @Override
  public void write(Rows rows, int row, int column, double[] out, int at) {
    double count = table.of(rows, row, column);
    if (Double.isNaN(count)) {
      if (unknown.isNumber()) {
        count = unknown.number();
      } else if (unknown.isValue() && !missing.returnsNan()) {
        count = 0;
      } else if (unknown.isError()) {
        throw CategoryEncoder.unknown(rows, row, column);
      }
    }
    out[at] = count;
  }
}
