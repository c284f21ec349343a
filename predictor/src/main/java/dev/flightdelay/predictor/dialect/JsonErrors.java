package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonWriter;

/** {@code {"error":".."}}: a refusal where the dialect has no shape of its own. */
public final class JsonErrors {

  private JsonErrors() {}

  public static void write(String message, JsonWriter out) {
    out.raw("{\"error\":").string(message).raw('}');
  }
}
