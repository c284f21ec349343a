package dev.flightdelay.predictor.categoryencoders;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Transformer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * TargetEncoder: what the target was on average for a category, by its position ({@code
 * target_encode} in category_encoders' {@code target_encoder.py}).
 */
record TargetEncoder(OrdinalEncoder ordinal, boolean refusesUnknown, CategoryTable means)
    implements CategoryEncoder.Encoding {

  static Transformer read(Attributes attributes) {
    if (!(attributes.value("mapping").orElse(null) instanceof Map<?, ?> mapping)) {
      throw attributes.invalid(
          Reason.STATE_INVALID, "mapping is missing; only a fitted encoder has one");
    }
    boolean refusesUnknown = attributes.text("handle_unknown").filter("error"::equals).isPresent();
    Map<Object, CategoryEncoder.Encoding> encodings = new LinkedHashMap<>();
    OrdinalEncoder.columns(attributes.object("ordinal_encoder"), attributes)
        .forEach(
            (column, ordinal) ->
                encodings.put(
                    column,
                    new TargetEncoder(
                        ordinal,
                        refusesUnknown,
                        CategoryTable.read(attributes, mapping.get(column), "mapping"))));
    return CategoryEncoder.of(attributes, encodings);
  }

  @Override
  public List<Object> names(Object column) {
    return List.of(column);
  }

  @Override
  public void write(Rows rows, int row, int column, double[] out, int at) {
    double code = ordinal.code(rows, row, column);
    if (refusesUnknown && code == OrdinalEncoder.UNKNOWN) {
      throw CategoryEncoder.unknown(rows, row, column);
    }
    out[at] = means.of(code);
  }

  @Override
  public CategoryTable table() {
    return ordinal.table();
  }
}
