package dev.flightdelay.predictor.dataplane;

import dev.flightdelay.predictor.dialect.JsonErrors;
import dev.flightdelay.predictor.json.JsonWriter;

/**
 * An answer that needs no model.
 *
 * @param head the head up to the content's type
 * @param extra further header lines, each with CR LF
 * @param body the body, shared
 * @param series where it is counted
 */
record FixedAnswer(
    int status, byte[] head, String extra, byte[] body, RequestMetrics.Series series) {

  static FixedAnswer error(
      ResponseHeads heads, int status, String extra, String message, RequestMetrics.Series series) {
    JsonWriter out = new JsonWriter();
    JsonErrors.write(message, out);
    return new FixedAnswer(status, heads.json(status), extra, out.toBytes(), series);
  }
}
