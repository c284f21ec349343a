package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightdelay.local.api.ApiException.Cause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Checks a custom resource against the OpenAPI schema of its definition and says what is wrong in
 * an API server's words. CEL rules (x-kubernetes-validations) are not evaluated.
 */
final class SchemaValidation {

  private final List<Cause> causes = new ArrayList<>();

  private SchemaValidation() {}

  /** What is wrong, field by field; empty for a valid object. */
  static List<Cause> check(JsonNode object, JsonNode schema) {
    SchemaValidation validation = new SchemaValidation();
    validation.value(object, schema, "");
    return List.copyOf(validation.causes);
  }

  private void value(JsonNode value, JsonNode schema, String path) {
    if (!isOfType(value, schema)) {
      String type =
          schema.path("x-kubernetes-int-or-string").asBoolean()
              ? "integer,string"
              : schema.path("type").asText();
      invalid(
          path,
          "FieldValueTypeInvalid",
          "Invalid value: \"%s\": %s in body must be of type %s: \"%s\""
              .formatted(typeName(value), path, type, typeName(value)));
      return;
    }
    enumeration(value, schema, path);
    if (value.isTextual()) {
      text(value.asText(), schema, path);
    } else if (value.isNumber()) {
      number(value, schema, path);
    } else if (value.isArray()) {
      list(value, schema, path);
    } else if (value.isObject()) {
      object(value, schema, path);
    }
  }

  private void object(JsonNode value, JsonNode schema, String path) {
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asText())) {
        invalid(below(path, required.asText()), "FieldValueRequired", "Required value");
      }
    }
    if (schema.has("maxProperties") && value.size() > schema.get("maxProperties").asInt()) {
      invalid(
          path,
          "FieldValueTooMany",
          "Too many: %d: must have at most %d items"
              .formatted(value.size(), schema.get("maxProperties").asInt()));
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode property = schema.path("properties").path(field.getKey());
      if (property.isMissingNode()) {
        property = schema.path("additionalProperties");
      }
      if (property.isObject()) {
        value(field.getValue(), property, below(path, field.getKey()));
      }
    }
  }

  private void list(JsonNode list, JsonNode schema, String path) {
    if (schema.has("minItems") && list.size() < schema.get("minItems").asInt()) {
      invalid(
          path,
          "FieldValueInvalid",
          "Invalid value: %d: %s in body should have at least %d items"
              .formatted(list.size(), path, schema.get("minItems").asInt()));
    }
    if (schema.has("maxItems") && list.size() > schema.get("maxItems").asInt()) {
      invalid(
          path,
          "FieldValueTooMany",
          "Too many: %d: must have at most %d items"
              .formatted(list.size(), schema.get("maxItems").asInt()));
    }
    for (int i = 0; i < list.size(); i++) {
      value(list.get(i), schema.path("items"), path + "[" + i + "]");
    }
    duplicates(list, schema, path);
  }

  private void duplicates(JsonNode list, JsonNode schema, String path) {
    Structure.ListType type = new Structure.Custom("", schema).listType();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      String key =
          switch (type) {
            case Structure.ListType.Atomic() -> "";
            case Structure.ListType.Set() -> list.get(i).toString();
            case Structure.ListType.Keyed keyed -> keyed.keyOf(list.get(i)).orElse("");
          };
      if (!key.isEmpty() && !seen.add(key)) {
        invalid(path + "[" + i + "]", "FieldValueDuplicate", "Duplicate value: " + key);
      }
    }
  }

  private void text(String text, JsonNode schema, String path) {
    int length = text.codePointCount(0, text.length());
    if (schema.has("maxLength") && length > schema.get("maxLength").asInt()) {
      invalid(
          path,
          "FieldValueTooLong",
          "Too long: may not be more than %d bytes".formatted(schema.get("maxLength").asInt()));
    }
    if (schema.has("minLength") && length < schema.get("minLength").asInt()) {
      invalid(
          path,
          "FieldValueInvalid",
          "Invalid value: \"%s\": %s in body should be at least %d chars long"
              .formatted(text, path, schema.get("minLength").asInt()));
    }
    if (schema.has("pattern")
        && !Pattern.compile(schema.get("pattern").asText()).matcher(text).find()) {
      invalid(
          path,
          "FieldValueInvalid",
          "Invalid value: \"%s\": %s in body should match '%s'"
              .formatted(text, path, schema.get("pattern").asText()));
    }
  }

  private void number(JsonNode number, JsonNode schema, String path) {
    if (schema.has("minimum")
        && number.decimalValue().compareTo(schema.get("minimum").decimalValue()) < 0) {
      invalid(
          path,
          "FieldValueInvalid",
          "Invalid value: %s: %s in body should be greater than or equal to %s"
              .formatted(number.asText(), path, plain(schema.get("minimum"))));
    }
    if (schema.has("maximum")
        && number.decimalValue().compareTo(schema.get("maximum").decimalValue()) > 0) {
      invalid(
          path,
          "FieldValueInvalid",
          "Invalid value: %s: %s in body should be less than or equal to %s"
              .formatted(number.asText(), path, plain(schema.get("maximum"))));
    }
  }

  private static String plain(JsonNode limit) {
    return limit.decimalValue().stripTrailingZeros().toPlainString();
  }

  private void enumeration(JsonNode value, JsonNode schema, String path) {
    if (!schema.has("enum")) {
      return;
    }
    for (JsonNode allowed : schema.get("enum")) {
      if (allowed.equals(value)) {
        return;
      }
    }
    invalid(
        path,
        "FieldValueNotSupported",
        "Unsupported value: %s: supported values: %s"
            .formatted(
                value,
                StreamSupport.stream(schema.get("enum").spliterator(), false)
                    .map(JsonNode::toString)
                    .collect(Collectors.joining(", "))));
  }

  private static boolean isOfType(JsonNode value, JsonNode schema) {
    if (value.isNull()) {
      return schema.path("nullable").asBoolean();
    }
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return value.isIntegralNumber() || value.isTextual();
    }
    return switch (schema.path("type").asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber() && fits(value, schema);
      case "number" -> value.isNumber();
      default -> true;
    };
  }

  private static boolean fits(JsonNode value, JsonNode schema) {
    return schema.path("format").asText().equals("int32")
        ? value.canConvertToInt()
        : value.canConvertToLong();
  }

  private static String typeName(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case NULL -> "null";
      case BINARY, MISSING, POJO -> "unknown";
    };
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private void invalid(String path, String reason, String message) {
    causes.add(new Cause(reason, path.isEmpty() ? "<root>" : path, message));
  }
}
