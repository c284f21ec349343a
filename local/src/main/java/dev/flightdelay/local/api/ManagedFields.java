package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who owns which fields of an object: its {@code metadata.managedFields}. */
final class ManagedFields {

  private record Entry(ObjectNode fields, String time) {}

  private final Map<FieldManager, Entry> entries;

  private ManagedFields(Map<FieldManager, Entry> entries) {
    this.entries = entries;
  }

  static ManagedFields of(JsonNode object) {
    Map<FieldManager, Entry> entries = new LinkedHashMap<>();
    for (JsonNode entry : object.path("metadata").path("managedFields")) {
      entries.put(
          new FieldManager(
              entry.path("manager").asText(),
              entry.path("operation").asText(),
              entry.path("apiVersion").asText(),
              entry.path("subresource").asText("")),
          new Entry(entry.withObject("fieldsV1").deepCopy(), entry.path("time").asText()));
    }
    return new ManagedFields(entries);
  }

  ObjectNode ownedBy(FieldManager manager) {
    Entry entry = entries.get(manager);
    return entry == null ? JsonNodeFactory.instance.objectNode() : entry.fields();
  }

  Map<FieldManager, ObjectNode> others(FieldManager manager) {
    Map<FieldManager, ObjectNode> others = new LinkedHashMap<>();
    entries.forEach(
        (other, entry) -> {
          if (!other.equals(manager)) {
            others.put(other, entry.fields());
          }
        });
    return others;
  }

  ObjectNode ownedByOthers(FieldManager manager) {
    return others(manager).values().stream()
        .reduce(JsonNodeFactory.instance.objectNode(), FieldSet::union);
  }

  ManagedFields minusForOthers(FieldManager manager, ObjectNode taken) {
    Map<FieldManager, Entry> rest = new LinkedHashMap<>();
    entries.forEach(
        (other, entry) -> {
          ObjectNode fields =
              other.equals(manager) ? entry.fields() : FieldSet.minus(entry.fields(), taken);
          if (!fields.isEmpty()) {
            rest.put(other, new Entry(fields, entry.time()));
          }
        });
    return new ManagedFields(rest);
  }

  /** With these fields for a manager; its time is kept where nothing changes. */
  ManagedFields with(FieldManager manager, ObjectNode fields) {
    Map<FieldManager, Entry> changed = new LinkedHashMap<>(entries);
    Entry before = entries.get(manager);
    if (fields.isEmpty()) {
      changed.remove(manager);
    } else if (before == null || !before.fields().equals(fields)) {
      changed.put(
          manager, new Entry(fields, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
    }
    return new ManagedFields(changed);
  }

  void writeTo(ObjectNode object) {
    ObjectNode metadata = object.withObject("metadata");
    metadata.remove("managedFields");
    if (entries.isEmpty()) {
      return;
    }
    ArrayNode list = metadata.putArray("managedFields");
    entries.forEach(
        (manager, entry) -> {
          ObjectNode node = list.addObject();
          node.put("manager", manager.name())
              .put("operation", manager.operation())
              .put("apiVersion", manager.apiVersion())
              .put("time", entry.time())
              .put("fieldsType", "FieldsV1")
              .set("fieldsV1", entry.fields());
          if (!manager.subresource().isEmpty()) {
            node.put("subresource", manager.subresource());
          }
        });
  }
}
