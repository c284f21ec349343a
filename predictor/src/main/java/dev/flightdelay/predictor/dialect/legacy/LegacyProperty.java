package dev.flightdelay.predictor.dialect.legacy;

import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.model.Rows;
import java.util.HashSet;
import java.util.Set;

/**
 * The one property that matters of a body in the dialects of earlier servers; whatever else their
 * clients send is passed over, as it was there.
 */
final class LegacyProperty {

  private static final int MAX_OTHERS = 1000;

  /** Reads the property's value. */
  interface Value {
    Rows read(JsonReader json, int bytes);
  }

  private LegacyProperty() {}

  static Rows rows(String wanted, Body body, Value value) {
    JsonReader json = new JsonReader(body.bytes(), body.from(), body.to());
    json.beginObject();
    Rows rows = null;
    Set<String> others = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals(wanted)) {
        if (rows != null) {
          throw json.twice(name);
        }
        rows = value.read(json, body.to() - body.from());
        continue;
      }
      if (others == null) {
        others = new HashSet<>();
      }
      if (!others.add(name)) {
        throw json.twice(name);
      }
      if (others.size() > MAX_OTHERS) {
        throw json.expected("an object of at most " + MAX_OTHERS + " members");
      }
      json.skip();
    }
    json.end();
    if (rows == null) {
      throw new RefusedRequestException(400, "the body has no \"" + wanted + "\"");
    }
    return rows;
  }
}
