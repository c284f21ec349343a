package dev.flightdelay.predictor.page;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.KnownCategories;
import dev.flightdelay.predictor.model.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.JsonGenerator;

/**
 * What may stand in a row's cells, as JSON Schemas: the plain one, which most columns share, and
 * those of columns that take texts or have categories.
 */
final class CellSchemas {

  /** More categories than a person reads make the document long, and tell nobody anything. */
  private static final int MAX_CATEGORIES = 100;

  private static final String PLAIN = "FeatureValue";

  private final Signature signature;
  private final Features features;
  private final boolean onlyDocuments;

  CellSchemas(Signature signature) {
    this.signature = signature;
    this.features = signature.features();
    this.onlyDocuments = IntStream.range(0, features.count()).allMatch(features::takesDocument);
  }

  /** The schema that columns share which have none of their own. */
  void plain(JsonGenerator json) {
    json.writeStartObject();
    if (onlyDocuments) {
      json.writeStringProperty("description", "A text.");
      json.writeStringProperty("type", "string");
    } else {
      boolean dictionaries = features.absent() != null;
      json.writeStringProperty(
          "description",
          "A finite number (true is 1, false is 0)"
              + (dictionaries ? ", or a text, which the model does not know" : "")
              + (signature.acceptsMissing() ? "; null is a missing value." : ".")
              + codes());
      types(dictionaries, json);
    }
    json.writeEndObject();
  }

  /** Which columns take codes, as the file does not have the categories that these stand for. */
  private String codes() {
    String codes = described(features::takesCode);
    return codes.isEmpty()
        ? ""
        : " A category is its code, as in training, in these: " + codes + ".";
  }

  private String described(IntPredicate which) {
    return IntStream.range(0, features.count())
        .filter(which)
        .mapToObj(features::describe)
        .collect(Collectors.joining(", "));
  }

  /** The members of an array's schema that say what its elements are. */
  void ofArray(JsonGenerator json) {
    json.writeStartObject();
    boolean allPlain =
        IntStream.range(0, features.count())
            .allMatch(column -> isPlain(column) && !features.isDropped(column));
    if (allPlain) {
      json.writeName("items");
      reference(json);
    } else {
      json.writeArrayPropertyStart("prefixItems");
      for (int column = 0; column < features.count(); column++) {
        cell(column, json);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** A feature by its name. */
  void property(Field.Number number, JsonGenerator json) {
    json.writeName(number.name());
    cell(number.column(), json);
  }

  private boolean isPlain(int column) {
    return onlyDocuments || !features.takesText(column) && shownCategories(column) == null;
  }

  private void cell(int column, JsonGenerator json) {
    if (features.isDropped(column)) {
      json.writeStartObject();
      json.writeStringProperty("description", "Not looked at.");
      json.writeEndObject();
    } else if (isPlain(column)) {
      reference(json);
    } else {
      own(column, json);
    }
  }

  private void own(int column, JsonGenerator json) {
    KnownCategories known = shownCategories(column);
    json.writeStartObject();
    if (features.takesDocument(column)) {
      json.writeStringProperty("description", "A text.");
      json.writeStringProperty("type", "string");
    } else if (known == null) {
      json.writeStringProperty("description", "A text, or a finite number.");
      types(true, json);
    } else if (known.only()) {
      json.writeStringProperty("description", "A category.");
      anyOf(known).write(json);
    } else {
      json.writeStringProperty(
          "description", "A category. Those in the examples are known; any other is taken too.");
      types(features.takesText(column) || features.absent() != null, json);
      json.writeArrayPropertyStart("examples");
      known.values().forEach(value -> value(value, json));
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private AnyOfValues anyOf(KnownCategories known) {
    AnyOfValues values = new AnyOfValues();
    for (Object category : known.values()) {
      switch (category) {
        case Double number -> {
          values.number(Json.number(number));
          // In a row, true is 1 and false is 0.
          if (number == 0 || number == 1) {
            values.bool(number == 1);
          }
        }
        default -> values.text(category.toString());
      }
    }
    if (signature.acceptsMissing() && known.missing()) {
      values.missing();
    }
    return values;
  }

  private KnownCategories shownCategories(int column) {
    KnownCategories known = features.categories(column);
    return known == null || known.values().size() > MAX_CATEGORIES ? null : known;
  }

  private static void value(Object category, JsonGenerator json) {
    switch (category) {
      case Double number -> json.writeRawValue(Json.number(number));
      default -> json.writeString(category.toString());
    }
  }

  private void types(boolean texts, JsonGenerator json) {
    List<String> types = new ArrayList<>(List.of("number", "boolean"));
    if (texts) {
      types.add("string");
    }
    if (signature.acceptsMissing()) {
      types.add("null");
    }
    json.writeArrayPropertyStart("type");
    types.forEach(json::writeString);
    json.writeEndArray();
  }

  /** A field of a form, where everything is text: a number's, and an empty one is missing. */
  void formProperty(String name, int column, JsonGenerator json) {
    json.writeName(name);
    boolean mayBeMissing = signature.acceptsMissing() || features.absent() != null;
    if (features.isDropped(column) || features.takesDocument(column)) {
      json.writeStartObject();
      json.writeStringProperty("type", "string");
      json.writeEndObject();
    } else if (features.takesText(column)) {
      textOfForm(column, mayBeMissing, json);
    } else if (mayBeMissing) {
      numberOrEmpty(json);
    } else {
      json.writeStartObject();
      json.writeStringProperty("type", "number");
      json.writeEndObject();
    }
  }

  private void textOfForm(int column, boolean mayBeMissing, JsonGenerator json) {
    KnownCategories known = shownCategories(column);
    json.writeStartObject();
    json.writeStringProperty("type", "string");
    if (known != null && known.only()) {
      json.writeArrayPropertyStart("enum");
      known.values().stream()
          .filter(String.class::isInstance)
          .forEach(value -> json.writeString(value.toString()));
      if (mayBeMissing && known.missing()) {
        json.writeString("");
      }
      json.writeEndArray();
    } else if (!mayBeMissing) {
      // Something that is seen: a blank field is a missing value.
      json.writeStringProperty("pattern", "[^\\s\\x00-\\x1f]");
    }
    json.writeEndObject();
  }

  /** A number, or nothing. */
  static void numberOrEmpty(JsonGenerator json) {
    json.writeStartObject();
    json.writeArrayPropertyStart("anyOf");
    json.writeStartObject();
    json.writeStringProperty("type", "number");
    json.writeEndObject();
    json.writeStartObject();
    json.writeStringProperty("type", "string");
    json.writeStringProperty("const", "");
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void reference(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("$ref", "#/components/schemas/" + PLAIN);
    json.writeEndObject();
  }
}
