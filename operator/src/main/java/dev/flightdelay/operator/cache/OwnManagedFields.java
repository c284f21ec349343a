package dev.flightdelay.operator.cache;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.flightdelay.operator.child.Naming;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Of {@code metadata.managedFields} what the operator applied: the matcher compares with nothing
 * else. The API server keeps the whole list; the operator never sends one.
 */
final class OwnManagedFields extends JsonDeserializer<List<ManagedFieldsEntry>> {

  @Override
  public List<ManagedFieldsEntry> deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    List<ManagedFieldsEntry> own = new ArrayList<>(1);
    if (!parser.isExpectedStartArrayToken()) {
      parser.skipChildren();
      return own;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      // Who it is stands behind the fields.
      JsonNode entry = context.readTree(parser);
      if (Naming.FIELD_MANAGER.equals(entry.path("manager").textValue())
          && "Apply".equals(entry.path("operation").textValue())) {
        own.add(kept(entry));
      }
    }
    return own;
  }

  @Override
  public List<ManagedFieldsEntry> getNullValue(DeserializationContext context) {
    return List.of();
  }

  private static ManagedFieldsEntry kept(JsonNode entry) {
    ManagedFieldsEntry kept = new ManagedFieldsEntry();
    kept.setManager(Naming.FIELD_MANAGER);
    kept.setOperation("Apply");
    kept.setSubresource(entry.path("subresource").textValue());
    if (entry.get("fieldsV1") instanceof JsonNode fields) {
      FieldsV1 set = new FieldsV1();
      set.setAdditionalProperties(FieldNames.of(fields));
      kept.setFieldsV1(set);
    }
    return kept;
  }
}
