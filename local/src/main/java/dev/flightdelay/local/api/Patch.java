package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flightdelay.local.api.Structure.ListType;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.Map;

/** The patches that are not an apply: JSON patch, JSON merge patch, strategic merge patch. */
final class Patch {

  private Patch() {}

  /**
   * The patched object; the current one is unchanged.
   *
   * @throws ApiException if the kind of patch is not known, or does not fit the object
   */
  static ObjectNode apply(
      String mediaType, JsonNode patch, ObjectNode current, Structure structure) {
    JsonNode patched =
        switch (mediaType) {
          case "application/json-patch+json" -> jsonPatch(patch, current);
          case "application/merge-patch+json" -> mergePatch(patch, current);
          case "application/strategic-merge-patch+json" ->
              strategicMerge(patch, current, structure);
          default -> throw ApiException.unsupportedMediaType(mediaType);
        };
    if (patched instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest("the patch leaves no object");
  }

  private static JsonNode jsonPatch(JsonNode patch, ObjectNode current) {
    try {
      return JsonPatch.apply(patch, current.deepCopy());
    } catch (JsonPatchException | IllegalArgumentException e) {
      throw ApiException.badRequest("the JSON patch does not fit: " + e.getMessage());
    }
  }

  /** RFC 7386. */
  private static JsonNode mergePatch(JsonNode patch, JsonNode current) {
    if (!patch.isObject()) {
      return patch.deepCopy();
    }
    ObjectNode merged =
        current.isObject() ? current.deepCopy() : JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (field.getValue().isNull()) {
        merged.remove(field.getKey());
      } else {
        merged.set(field.getKey(), mergePatch(field.getValue(), merged.path(field.getKey())));
      }
    }
    return merged;
  }

  /**
   * A merge patch in which keyed lists merge item by item; {@code $patch: delete} takes an item
   * out. Directives on order ({@code $setElementOrder}) change nothing here.
   */
  private static JsonNode strategicMerge(JsonNode patch, JsonNode current, Structure structure) {
    if (patch.isArray()) {
      return strategicList(patch, current, structure);
    }
    if (!patch.isObject()) {
      return patch.deepCopy();
    }
    ObjectNode merged =
        current.isObject() && !patch.path("$patch").asText().equals("replace")
            ? current.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      String name = field.getKey();
      if (name.startsWith("$deleteFromPrimitiveList/")) {
        String list = name.substring(name.indexOf('/') + 1);
        merged.set(list, without(merged.path(list), field.getValue()));
      } else if (name.equals("$retainKeys")) {
        retain(merged, field.getValue());
      } else if (field.getValue().isNull()) {
        merged.remove(name);
      } else if (!name.startsWith("$")) {
        merged.set(
            name, strategicMerge(field.getValue(), merged.path(name), structure.field(name)));
      }
    }
    return merged;
  }

  private static ArrayNode strategicList(JsonNode patch, JsonNode current, Structure structure) {
    if (!(structure.listType() instanceof ListType.Keyed keyed)) {
      return patch.deepCopy();
    }
    ArrayNode merged = JsonNodeFactory.instance.arrayNode();
    current.forEach(merged::add);
    for (JsonNode item : patch) {
      int at = indexOf(merged, item, keyed);
      if (item.path("$patch").asText().equals("delete")) {
        if (at >= 0) {
          merged.remove(at);
        }
      } else if (at >= 0) {
        merged.set(at, strategicMerge(item, merged.get(at), structure.items()));
      } else {
        merged.add(strategicMerge(item, JsonNodeFactory.instance.objectNode(), structure.items()));
      }
    }
    return merged;
  }

  /** By those of the key's fields that the patch names: its key may be shorter than an apply's. */
  private static int indexOf(ArrayNode list, JsonNode item, ListType.Keyed keyed) {
    for (int i = 0; i < list.size(); i++) {
      JsonNode candidate = list.get(i);
      if (keyed.keys().stream().anyMatch(item::has)
          && keyed.keys().stream()
              .filter(item::has)
              .allMatch(key -> item.get(key).equals(candidate.path(key)))) {
        return i;
      }
    }
    return -1;
  }

  private static ArrayNode without(JsonNode list, JsonNode removed) {
    ArrayNode rest = JsonNodeFactory.instance.arrayNode();
    for (JsonNode item : list) {
      boolean gone = false;
      for (JsonNode other : removed) {
        gone |= other.equals(item);
      }
      if (!gone) {
        rest.add(item);
      }
    }
    return rest;
  }

  private static void retain(ObjectNode object, JsonNode keys) {
    ObjectNode before = object.deepCopy();
    object.removeAll();
    for (JsonNode key : keys) {
      if (before.has(key.asText())) {
        object.set(key.asText(), before.get(key.asText()));
      }
    }
  }
}
