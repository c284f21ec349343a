package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flightdelay.local.api.ApiException.Cause;
import dev.flightdelay.local.api.Structure.ListType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Server-side apply: what a manager applies is merged in, what it no longer applies and nobody else
 * owns goes.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">its rules</a>
 */
final class ServerSideApply {

  private final Structure structure;

  ServerSideApply(ResourceType type) {
    structure = Structure.of(type);
  }

  /**
   * The object after an apply; {@code current} is unchanged. Its managedFields are up to date.
   *
   * @param current the object so far, or an empty object where there is none
   * @param applied all that the manager wants
   * @throws ApiException where another manager owns a field with another value, unless forced
   */
  ObjectNode apply(ObjectNode current, JsonNode applied, FieldManager manager, boolean force) {
    ManagedFields managed = ManagedFields.of(current);
    ObjectNode wanted = FieldSet.of(applied, structure);
    ObjectNode changed = FieldSet.differing(current, merge(current, applied, structure), structure);
    ObjectNode taken =
        FieldSet.intersection(
            FieldSet.intersection(wanted, changed), managed.ownedByOthers(manager));
    if (!taken.isEmpty() && !force) {
      throw conflict(managed, manager, taken);
    }
    ObjectNode merged = (ObjectNode) merge(current, applied, structure);
    ObjectNode dropped =
        FieldSet.minus(
            FieldSet.minus(managed.ownedBy(manager), wanted), managed.ownedByOthers(manager));
    FieldSet.remove(merged, dropped, structure);
    managed.minusForOthers(manager, taken).with(manager, wanted).writeTo(merged);
    return merged;
  }

  /** Notes who wrote what in a write that is not an apply. */
  void track(ObjectNode before, ObjectNode after, FieldManager manager) {
    ObjectNode changed = FieldSet.differing(before, after, structure);
    ManagedFields managed = ManagedFields.of(before);
    if (!changed.isEmpty()) {
      ObjectNode present = FieldSet.intersection(changed, FieldSet.of(after, structure));
      managed =
          managed
              .minusForOthers(manager, changed)
              .with(
                  manager,
                  FieldSet.union(FieldSet.minus(managed.ownedBy(manager), changed), present));
    }
    managed.writeTo(after);
  }

  private static JsonNode merge(JsonNode current, JsonNode applied, Structure structure) {
    if (applied.isObject()) {
      ObjectNode merged =
          current.isObject() ? current.deepCopy() : JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : applied.properties()) {
        merged.set(
            field.getKey(),
            merge(merged.path(field.getKey()), field.getValue(), structure.field(field.getKey())));
      }
      return merged;
    }
    if (applied.isArray() && current.isArray()) {
      return switch (structure.listType()) {
        case ListType.Atomic() -> applied.deepCopy();
        case ListType.Set() -> mergeSets(current, applied);
        case ListType.Keyed keyed -> mergeItems(current, applied, keyed, structure);
      };
    }
    return applied.deepCopy();
  }

  private static ArrayNode mergeSets(JsonNode current, JsonNode applied) {
    ArrayNode merged = current.deepCopy();
    for (JsonNode item : applied) {
      boolean there = false;
      for (JsonNode old : merged) {
        there |= old.equals(item);
      }
      if (!there) {
        merged.add(item);
      }
    }
    return merged;
  }

  /** In the order of what is applied; items of others keep their places at the end. */
  private static ArrayNode mergeItems(
      JsonNode current, JsonNode applied, ListType.Keyed keyed, Structure structure) {
    ArrayNode merged = JsonNodeFactory.instance.arrayNode();
    List<String> seen = new ArrayList<>();
    for (JsonNode item : applied) {
      String key = keyed.keyOf(item).orElse("");
      seen.add(key);
      merged.add(merge(Structure.itemWithKey(current, keyed, key), item, structure.items()));
    }
    for (JsonNode item : current) {
      if (!seen.contains(keyed.keyOf(item).orElse(""))) {
        merged.add(item);
      }
    }
    return merged;
  }

  private static ApiException conflict(
      ManagedFields managed, FieldManager manager, ObjectNode taken) {
    List<Cause> causes = new ArrayList<>();
    managed
        .others(manager)
        .forEach(
            (other, fields) ->
                FieldSet.paths(FieldSet.intersection(taken, fields))
                    .forEach(
                        path ->
                            causes.add(
                                new Cause(
                                    "FieldManagerConflict",
                                    path,
                                    "conflict with \"%s\"".formatted(other.name())))));
    return ApiException.applyConflict(
        "Apply failed with %d conflict%s: %s"
            .formatted(
                causes.size(),
                causes.size() == 1 ? "" : "s",
                String.join(
                    ", ",
                    causes.stream().map(cause -> cause.message() + ": " + cause.field()).toList())),
        causes);
  }
}
