package dev.flightdelay.predictor.sklearn.impute;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.numpy.NumpyScalar;

/**
 * What {@code missing_values} says is missing: NaN (as is None), another number, or a text.
 *
 * @param number NaN where a text is missing
 * @param text null where a number is
 */
record MissingValue(double number, String text) {

  static MissingValue read(Attributes attributes) {
    return switch (NumpyScalar.unwrap(attributes.value("missing_values").orElse(null))) {
      case null -> new MissingValue(Double.NaN, null);
      case String text -> new MissingValue(Double.NaN, text);
      case Number number -> new MissingValue(number.doubleValue(), null);
      default ->
          throw attributes.invalid(
              Reason.UNSUPPORTED, "missing_values is neither NaN, None, a number nor a text");
    };
  }

  /**
   * Of an imputer that takes numbers alone.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it is a text
   */
  static MissingValue number(Attributes attributes) {
    MissingValue missing = read(attributes);
    if (missing.isText()) {
      throw attributes.invalid(Reason.MODEL_INVALID, "missing_values is a text");
    }
    return missing;
  }

  boolean isText() {
    return text != null;
  }

  /** Whether it is NaN. */
  boolean isNan() {
    return text == null && Double.isNaN(number);
  }

  boolean is(double value) {
    return text == null && (Double.isNaN(number) ? Double.isNaN(value) : value == number);
  }

  boolean is(Rows rows, int row, int column) {
    String there = rows.text(row, column);
    return there != null ? there.equals(text) : is(rows.get(row, column));
  }
}
