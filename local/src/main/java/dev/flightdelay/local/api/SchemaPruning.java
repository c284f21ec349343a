package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Drops the fields of a custom resource that its schema does not name, as an API server does. */
final class SchemaPruning {

  private SchemaPruning() {}

  /** The dropped fields, as {@code spec.versions[0].trafic}; the object is changed in place. */
  static List<String> prune(ObjectNode object, JsonNode schema) {
    List<String> dropped = new ArrayList<>();
    for (String name : List.of("spec", "status")) {
      JsonNode property = schema.path("properties").path(name);
      if (!property.isMissingNode()) {
        prune(object.path(name), property, name, dropped);
      }
    }
    if (!schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      for (String name : names(object)) {
        if (!schema.path("properties").has(name)
            && !List.of("apiVersion", "kind", "metadata").contains(name)) {
          object.remove(name);
          dropped.add(name);
        }
      }
    }
    return dropped;
  }

  private static void prune(JsonNode value, JsonNode schema, String path, List<String> dropped) {
    if (value instanceof ObjectNode object) {
      for (String name : names(object)) {
        String inner = path + "." + name;
        JsonNode property = schema.path("properties").path(name);
        if (property.isMissingNode()) {
          property = schema.path("additionalProperties");
        }
        if (property.isObject()) {
          prune(object.get(name), property, inner, dropped);
        } else if (!property.asBoolean()
            && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
          object.remove(name);
          dropped.add(inner);
        }
      }
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        prune(value.get(i), schema.path("items"), path + "[" + i + "]", dropped);
      }
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
