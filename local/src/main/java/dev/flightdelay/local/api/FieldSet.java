package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flightdelay.local.api.Structure.ListType;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fields of an object, in the form of {@code managedFields[].fieldsV1}: {@code f:} a field, {@code
 * k:} an item by its key, {@code v:} an item of a set, {@code .} the item itself; an empty object
 * is a whole value.
 */
final class FieldSet {

  private static final String SELF = ".";

  /** What nobody owns: the object's identity, and what the API itself writes. */
  private static final Set<String> UNOWNED = Set.of("apiVersion", "kind");

  private static final Set<String> UNOWNED_METADATA =
      Set.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "selfLink",
          "managedFields");

  private FieldSet() {}

  /** All fields that an object names. */
  static ObjectNode of(JsonNode object, Structure structure) {
    return differing(MissingNode.getInstance(), object, structure);
  }

  /** The fields that are not the same in both, also those that only one of them has. */
  static ObjectNode differing(JsonNode before, JsonNode after, Structure structure) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    for (String name : names(before, after)) {
      if (name.equals("metadata")) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        for (String inner : names(before.path(name), after.path(name))) {
          if (!UNOWNED_METADATA.contains(inner)) {
            difference(
                    before.path(name).path(inner),
                    after.path(name).path(inner),
                    structure.field(name).field(inner))
                .ifPresent(set -> metadata.set("f:" + inner, set));
          }
        }
        if (!metadata.isEmpty()) {
          fields.set("f:metadata", metadata);
        }
      } else if (!UNOWNED.contains(name)) {
        difference(before.path(name), after.path(name), structure.field(name))
            .ifPresent(set -> fields.set("f:" + name, set));
      }
    }
    return fields;
  }

  private static Optional<ObjectNode> difference(
      JsonNode before, JsonNode after, Structure structure) {
    if (before.equals(after)) {
      return Optional.empty();
    }
    ObjectNode set = JsonNodeFactory.instance.objectNode();
    JsonNode present = after.isMissingNode() ? before : after;
    if (present.isObject()
        && (before.isObject() || before.isMissingNode() || after.isMissingNode())) {
      for (String name : names(before, after)) {
        difference(before.path(name), after.path(name), structure.field(name))
            .ifPresent(inner -> set.set("f:" + name, inner));
      }
    } else if (present.isArray()) {
      switch (structure.listType()) {
        case ListType.Atomic() -> {}
        case ListType.Set() -> {
          for (JsonNode item : present) {
            set.putObject("v:" + item);
          }
        }
        case ListType.Keyed keyed -> keyedDifference(before, after, keyed, structure, set);
      }
    }
    return Optional.of(set);
  }

  private static void keyedDifference(
      JsonNode before, JsonNode after, ListType.Keyed keyed, Structure structure, ObjectNode set) {
    Set<String> keys = new TreeSet<>();
    before.forEach(item -> keyed.keyOf(item).ifPresent(keys::add));
    after.forEach(item -> keyed.keyOf(item).ifPresent(keys::add));
    for (String key : keys) {
      JsonNode old = Structure.itemWithKey(before, keyed, key);
      JsonNode now = Structure.itemWithKey(after, keyed, key);
      difference(old, now, structure.items())
          .ifPresent(
              inner -> {
                if (old.isMissingNode() || now.isMissingNode()) {
                  inner.putObject(SELF);
                }
                set.set("k:" + key, inner);
              });
    }
  }

  private static Set<String> names(JsonNode before, JsonNode after) {
    Set<String> names = new TreeSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** What is in the first and not in the second. A whole value takes what is below it with it. */
  static ObjectNode minus(JsonNode first, JsonNode second) {
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : first.properties()) {
      JsonNode other = second.path(field.getKey());
      if (other.isMissingNode()) {
        rest.set(field.getKey(), field.getValue());
      } else if (!other.isEmpty() && !field.getValue().isEmpty()) {
        ObjectNode inner = minus(field.getValue(), other);
        if (!inner.isEmpty()) {
          rest.set(field.getKey(), inner);
        }
      }
    }
    return rest;
  }

  static ObjectNode union(JsonNode first, JsonNode second) {
    ObjectNode both = first.deepCopy();
    for (Map.Entry<String, JsonNode> field : second.properties()) {
      JsonNode here = both.path(field.getKey());
      both.set(
          field.getKey(), here.isMissingNode() ? field.getValue() : union(here, field.getValue()));
    }
    return both;
  }

  /** What is in both. */
  static ObjectNode intersection(JsonNode first, JsonNode second) {
    ObjectNode both = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : first.properties()) {
      JsonNode other = second.path(field.getKey());
      if (other.isMissingNode()) {
        continue;
      }
      if (field.getValue().isEmpty() || other.isEmpty()) {
        both.set(field.getKey(), JsonNodeFactory.instance.objectNode());
      } else {
        ObjectNode inner = intersection(field.getValue(), other);
        if (!inner.isEmpty()) {
          both.set(field.getKey(), inner);
        }
      }
    }
    return both;
  }

  /** Takes fields out of an object, and what became empty by that. */
  static void remove(ObjectNode object, JsonNode fields, Structure structure) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (field.getKey().startsWith("f:")) {
        String name = field.getKey().substring(2);
        JsonNode value = object.path(name);
        Structure inside = structure.field(name);
        if (field.getValue().isEmpty()) {
          object.remove(name);
        } else if (value instanceof ObjectNode inner) {
          remove(inner, field.getValue(), inside);
          if (inner.isEmpty()) {
            object.remove(name);
          }
        } else if (value instanceof ArrayNode list) {
          removeItems(list, field.getValue(), inside);
          if (list.isEmpty()) {
            object.remove(name);
          }
        }
      }
    }
  }

  private static void removeItems(ArrayNode list, JsonNode fields, Structure structure) {
    for (Iterator<JsonNode> items = list.iterator(); items.hasNext(); ) {
      JsonNode item = items.next();
      String key =
          switch (structure.listType()) {
            case ListType.Atomic() -> "";
            case ListType.Set() -> "v:" + item;
            case ListType.Keyed keyed -> "k:" + keyed.keyOf(item).orElse("");
          };
      JsonNode removed = fields.path(key);
      if (removed.isMissingNode()) {
        continue;
      }
      if (removed.isEmpty() || removed.has(SELF)) {
        items.remove();
      } else if (item instanceof ObjectNode inner) {
        remove(inner, removed, structure.items());
      }
    }
  }

  /** The names of the fields for a message: {@code .spec.replicas}. */
  static List<String> paths(JsonNode fields) {
    return fields.properties().stream()
        .flatMap(
            field -> {
              String name =
                  field.getKey().equals(SELF)
                      ? ""
                      : field.getKey().startsWith("f:")
                          ? "." + field.getKey().substring(2)
                          : "[" + field.getKey().substring(2) + "]";
              return field.getValue().isEmpty()
                  ? List.of(name).stream()
                  : paths(field.getValue()).stream().map(inner -> name + inner);
            })
        .toList();
  }
}
