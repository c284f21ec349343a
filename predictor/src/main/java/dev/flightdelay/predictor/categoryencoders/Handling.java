package dev.flightdelay.predictor.categoryencoders;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NumpyScalar;

/**
 * What is done with an unknown or a missing category: by a word, or by the number that it becomes.
 *
 * @param word null where it is a number
 */
record Handling(String word, double number) {

  /** Reads {@code handle_unknown} or {@code handle_missing}: {@code value} where it is absent. */
  static Handling of(Attributes attributes, Object value, String name) {
    return switch (NumpyScalar.unwrap(value)) {
      case null -> new Handling("value", Double.NaN);
      case String word -> known(attributes, word, name);
      case Number number when Double.isFinite(number.doubleValue()) ->
          new Handling(null, number.doubleValue());
      default ->
          throw attributes.invalid(
              Reason.UNSUPPORTED, name + " is a function; fit it with a word or a number");
    };
  }

  private static Handling known(Attributes attributes, String word, String name) {
    return switch (word) {
      case "value", "return_nan", "error", "indicator", "ignore" -> new Handling(word, Double.NaN);
      default -> throw attributes.invalid(Reason.MODEL_INVALID, name + " is an unknown word");
    };
  }

  boolean isNumber() {
    return word == null;
  }

  boolean isValue() {
    return "value".equals(word);
  }

  boolean isError() {
    return "error".equals(word);
  }

  boolean returnsNan() {
    return "return_nan".equals(word);
  }
}
