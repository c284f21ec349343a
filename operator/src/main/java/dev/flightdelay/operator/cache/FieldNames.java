package dev.flightdelay.operator.cache;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The tree of field names that {@code fieldsV1} is. The same parts come again in each model's
 * objects, and are kept once.
 */
final class FieldNames {

  /**
   * Parts that are in use; what nothing else refers to any more is gone with the next collection.
   */
  private static final Map<Map<String, Object>, WeakReference<Map<String, Object>>> SHARED =
      new WeakHashMap<>();

  private FieldNames() {}

  static Map<String, Object> of(JsonNode fields) {
    Map<String, Object> names = LinkedHashMap.newLinkedHashMap(fields.size());
    fields.properties().forEach(field -> names.put(field.getKey(), of(field.getValue())));
    return shared(names.isEmpty() ? Map.of() : names);
  }

  private static Map<String, Object> shared(Map<String, Object> names) {
    synchronized (SHARED) {
      WeakReference<Map<String, Object>> reference = SHARED.get(names);
      Map<String, Object> known = reference == null ? null : reference.get();
      if (known == null) {
        SHARED.put(names, new WeakReference<>(names));
        return names;
      }
      return known;
    }
  }
}
