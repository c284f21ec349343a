package dev.flightdelay.predictor.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * The values that a cell may have, as a JSON Schema: an enum for each type, for generators of
 * clients pass over a schema whose enum has several.
 */
final class AnyOfValues {

  private final List<String> numbers = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<Boolean> booleans = new ArrayList<>();
  private boolean missing;

  /** As it is written in JSON. */
  void number(String number) {
    numbers.add(number);
  }

  void text(String text) {
    texts.add(text);
  }

  void bool(boolean value) {
    booleans.add(value);
  }

  /** Null is a value too. */
  void missing() {
    missing = true;
  }

  /** Writes the member of a schema that says so. */
  void write(JsonGenerator json) {
    json.writeArrayPropertyStart("anyOf");
    boolean whole = numbers.stream().allMatch(number -> number.matches("-?[0-9]+"));
    type(whole ? "integer" : "number", numbers, json::writeRawValue, json);
    type("string", texts, json::writeString, json);
    type("boolean", booleans, json::writeBoolean, json);
    if (missing) {
      json.writeStartObject();
      json.writeStringProperty("type", "null");
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static <T> void type(
      String type, List<T> values, Consumer<T> writer, JsonGenerator json) {
    if (values.isEmpty()) {
      return;
    }
    json.writeStartObject();
    json.writeStringProperty("type", type);
    // Both booleans are all that there are.
    if (!(type.equals("boolean") && values.size() == 2)) {
      json.writeArrayPropertyStart("enum");
      values.forEach(writer);
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
