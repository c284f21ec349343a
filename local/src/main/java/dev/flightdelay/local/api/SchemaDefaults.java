package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Fills in the defaults of a custom resource's schema, also inside defaults. */
final class SchemaDefaults {

  private SchemaDefaults() {}

  static void fill(JsonNode value, JsonNode schema) {
    if (value instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
        JsonNode fallback = property.getValue().path("default");
        if (!fallback.isMissingNode() && !object.has(property.getKey())) {
          object.set(property.getKey(), fallback.deepCopy());
        }
        fill(object.path(property.getKey()), property.getValue());
      }
      JsonNode additional = schema.path("additionalProperties");
      if (additional.isObject()) {
        object.forEach(inner -> fill(inner, additional));
      }
    } else if (value.isArray()) {
      value.forEach(item -> fill(item, schema.path("items")));
    }
  }
}
