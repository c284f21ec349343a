package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flightdelay.local.api.ResourceType.Column;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code kubectl get} shows: a meta.k8s.io/v1 Table, by the columns of a kind. */
final class Table {

  private Table() {}

  static boolean isAskedFor(String accept) {
    return accept != null && accept.contains("as=Table") && accept.contains("v=v1");
  }

  static ObjectNode of(ResourceType type, List<? extends JsonNode> objects, String version) {
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.putObject("metadata").put("resourceVersion", version);
    ArrayNode columns = table.putArray("columnDefinitions");
    column(columns, "Name", "string", "name", 0);
    List<Column> shown =
        type.columns().isEmpty()
            ? List.of(new Column("Age", "date", ".metadata.creationTimestamp", 0))
            : type.columns();
    shown.forEach(column -> column(columns, column.name(), column.type(), "", column.priority()));
    ArrayNode rows = table.putArray("rows");
    for (JsonNode object : objects) {
      ObjectNode row = rows.addObject();
      ArrayNode cells = row.putArray("cells").add(object.at("/metadata/name").asText());
      shown.forEach(column -> cells.add(cell(object, column)));
      ObjectNode partial = row.putObject("object");
      partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
      partial.set("metadata", object.path("metadata"));
    }
    return table;
  }

  private static void column(
      ArrayNode columns, String name, String type, String format, int priority) {
    columns
        .addObject()
        .put("name", name)
        .put("type", type)
        .put("format", format)
        .put("description", name)
        .put("priority", priority);
  }

  private static JsonNode cell(JsonNode object, Column column) {
    List<JsonNode> found = JsonPath.find(object, column.jsonPath());
    if (found.isEmpty()) {
      return JsonNodeFactory.instance.nullNode();
    }
    if (column.type().equals("integer") && found.getFirst().isIntegralNumber()) {
      return found.getFirst();
    }
    String text =
        found.stream()
            .map(node -> node.isValueNode() ? node.asText() : node.toString())
            .collect(Collectors.joining(","));
    return JsonNodeFactory.instance.textNode(column.type().equals("date") ? age(text) : text);
  }

  private static String age(String time) {
    try {
      Duration age = Duration.between(Instant.parse(time), Instant.now());
      if (age.toMinutes() < 2) {
        return Math.max(0, age.toSeconds()) + "s";
      }
      if (age.toHours() < 3) {
        return age.toMinutes() + "m";
      }
      return age.toDays() < 2 ? age.toHours() + "h" : age.toDays() + "d";
    } catch (DateTimeParseException e) {
      return time;
    }
  }
}
