package dev.flightdelay.predictor.score;

import dev.flightdelay.predictor.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/**
 * A cell that no feature takes, handed on to the answers as it is.
 *
 * @param text as CSV has it
 * @param isJson whether the text is JSON, else it is a JSON string's content
 */
public record Passed(String text, boolean isJson) {

  /** A text. */
  public static Passed text(String text) {
    return new Passed(text, false);
  }

  /** A number, or what else is written in JSON as in CSV. */
  public static Passed json(String json) {
    return new Passed(json, true);
  }

  /** No value. */
  public static Passed missing() {
    return new Passed("", true);
  }

  void write(JsonWriter out) {
    if (!isJson) {
      out.string(text);
    } else if (text.isEmpty()) {
      out.raw("null");
    } else {
      out.raw(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
