package dev.flightdelay.predictor.xgboost;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads a booster's state in JSON text, into the same values as {@link Ubjson}. */
final class JsonState {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DocumentBudget.MAX_DEPTH + 1)
                  .maxNumberLength(64)
                  .maxNameLength(256)
                  .maxStringLength(1 << 20)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private final JsonParser parser;
  private final DocumentBudget budget;

  private final Set<String> skipped;

  private JsonState(JsonParser parser, int length, Set<String> skipped) {
    this.parser = parser;
    this.skipped = skipped;
    this.budget = new DocumentBudget(length);
  }

  /**
   * @param skipped the names of members that are left out
   * @throws ModelRefusedException if it is not one whole object
   */
  static Map<String, Object> read(byte[] bytes, int offset, int length, Set<String> skipped) {
    // A number of one letter, with the comma, becomes a double.
    ReadingBudget.take((long) Integer.BYTES * length);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
      JsonState json = new JsonState(parser, length, skipped);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed();
      }
      Map<String, Object> document = json.object(1);
      if (parser.nextToken() != null) {
        throw malformed();
      }
      return document;
    } catch (JacksonException e) {
      throw malformed();
    }
  }

  private Map<String, Object> object(int depth) {
    budget.container(depth);
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (skipped.contains(name)) {
        parser.skipChildren();
        continue;
      }
      Object value = value(token, depth);
      if (members.containsKey(name)) {
        throw malformed();
      }
      members.put(name, value);
    }
    return members;
  }

  private Object array(int depth) {
    budget.container(depth);
    UntypedArray items = new UntypedArray();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
        // Not through boxed numbers: a model is almost nothing else.
        items.number(parser.getDoubleValue());
      } else {
        items.add(value(token, depth));
      }
    }
    return items.result();
  }

  private Object value(JsonToken token, int depth) {
    return switch (token) {
      case START_OBJECT -> object(depth + 1);
      case START_ARRAY -> array(depth + 1);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null -> throw malformed();
      default -> throw malformed();
    };
  }

  private static ModelRefusedException malformed() {
    return new ModelRefusedException(
        Reason.MALFORMED, "the booster's JSON is not well-formed; save the model again");
  }
}
