package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.Quoted;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.dialect.oip.Parameters.Owner;
import dev.flightdelay.predictor.json.JsonReader;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads parameters. Those that change what a request means are obeyed or refused, for an answer to
 * another request is worse than none; all others are ignored.
 */
final class JsonParameters {

  private static final int MAX_PARAMETERS = 100;

  private final Owner owner;
  private final JsonReader json;
  private long binarySize = -1;
  private Boolean binaryOutput;
  private boolean base64;

  private JsonParameters(Owner owner, JsonReader json) {
    this.owner = owner;
    this.json = json;
  }

  static Parameters read(Owner owner, JsonReader json) {
    if (json.nextNull()) {
      return Parameters.NONE;
    }
    JsonParameters parameters = new JsonParameters(owner, json);
    Set<String> names = new HashSet<>();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (!names.add(name)) {
        throw json.twice(name);
      }
      if (names.size() > MAX_PARAMETERS) {
        throw json.expected("at most " + MAX_PARAMETERS + " parameters");
      }
      if (!json.nextNull()) {
        parameters.read(name);
      }
    }
    return new Parameters(parameters.binarySize, parameters.binaryOutput, parameters.base64);
  }

  private void read(String name) {
    if (owner == Owner.INPUT && name.equals("binary_data_size")) {
      binarySize = size();
    } else if (owner == Owner.OUTPUT && name.equals("binary_data")
        || owner == Owner.REQUEST && name.equals("binary_data_output")) {
      binaryOutput = json.bool();
    } else if (name.equals("content_type")) {
      contentType(json.string());
    } else if (name.startsWith("shared_memory_")) {
      throw refused(name, "send the data in the request");
    } else if (name.equals("classification")) {
      unlessNone(name, "ask for the output predict_proba");
    } else if (name.startsWith("sequence_")) {
      unlessNone(name, "each request stands alone here");
    } else {
      json.skip();
    }
  }

  private long size() {
    double size = json.number();
    if (size < 0 || size > Integer.MAX_VALUE || size != Math.rint(size)) {
      throw new RefusedRequestException(400, "a binary_data_size must be a number of bytes");
    }
    return (long) size;
  }

  /** MLServer's content types, of which all but one say what a model here sees anyway. */
  private void contentType(String type) {
    switch (type) {
      case "np", "pd", "str" -> {
        // A column of numbers or of texts, as the datatype says.
      }
      case "base64" -> {
        if (owner != Owner.INPUT) {
          throw new RefusedRequestException(
              400, "the parameter content_type may be 'base64' of an input only");
        }
        base64 = true;
      }
      default ->
          throw new RefusedRequestException(
              400,
              "the parameter content_type is "
                  + Quoted.text(type)
                  + "; it may be np, pd, str or base64");
    }
  }

  /** Refuses a parameter unless its value says that it is not used. */
  private void unlessNone(String name, String instead) {
    boolean none =
        switch (json.peek()) {
          case FALSE, TRUE -> !json.bool();
          case NUMBER -> json.number() == 0;
          case STRING -> json.string().isEmpty();
          case NULL, OBJECT, ARRAY, OTHER -> false;
        };
    if (!none) {
      throw refused(name, instead);
    }
  }

  private static RefusedRequestException refused(String name, String instead) {
    return new RefusedRequestException(
        400, "the parameter " + Quoted.text(name) + " is not taken: " + instead);
  }
}
