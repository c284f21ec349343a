package dev.flightdelay.operator.cache;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Reads some fields of a part of an object, and of the items of its lists. */
abstract class SeenParts<T> extends JsonDeserializer<T> {

  private final Class<T> type;
  private final Set<String> kept;
  private final Map<String, Set<String>> keptOfItems;

  /**
   * @param kept the part's fields
   * @param keptOfItems the fields of a list's items, by the list's name
   */
  SeenParts(Class<T> type, Set<String> kept, Map<String, Set<String>> keptOfItems) {
    this.type = type;
    this.kept = kept;
    this.keptOfItems = keptOfItems;
  }

  @Override
  public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!(context.readTree(parser) instanceof ObjectNode part)) {
      return null;
    }
    part.retain(kept);
    keptOfItems.forEach(
        (list, fields) -> {
          for (JsonNode item : part.path(list)) {
            if (item instanceof ObjectNode object) {
              object.retain(fields);
            }
          }
        });
    return context.readTreeAsValue(part, type);
  }
}
