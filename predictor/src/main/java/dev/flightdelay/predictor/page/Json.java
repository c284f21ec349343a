package dev.flightdelay.predictor.page;

import tools.jackson.core.io.JsonStringEncoder;

/** How a text that is not ours is put into JSON. */
final class Json {

  private Json() {}

  /** The text between the quotes. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    JsonStringEncoder.getInstance().quoteAsString(text, escaped);
    return escaped.toString();
  }

  static String string(String text) {
    return '"' + escape(text) + '"';
  }

  /** A number; one without a fraction is written without it, as people write 0 and 1. */
  static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
