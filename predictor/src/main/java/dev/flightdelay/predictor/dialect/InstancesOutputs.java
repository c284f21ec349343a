package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code "outputs"} of a request of version 1 may name, and how that is answered: of one
 * output a row's prediction is its value; of several it is an object with them by name, as
 * TensorFlow Serving has it.
 */
final class InstancesOutputs {

  private static final String PROBABILITIES = "predict_proba";
  private static final String DECISIONS = "decision_function";
  private static final String PARAMETER = "outputs=";

  private final Signature signature;
  private final Predictions predictions;
  private final List<String> available = new ArrayList<>();

  InstancesOutputs(Signature signature) {
    this.signature = signature;
    this.predictions = new Predictions(signature);
    available.add(signature.method().output());
    if (signature.hasProbabilities()) {
      available.add(PROBABILITIES);
    }
    if (signature.decisionWidth() > 0) {
      available.add(DECISIONS);
    }
  }

  /** The names that may be given, the answer's first. */
  List<String> available() {
    return available;
  }

  /** Reads which outputs are asked for: an array of names, or null. */
  List<String> read(JsonReader json) {
    if (json.nextNull()) {
      return List.of();
    }
    List<String> asked = new ArrayList<>();
    json.beginArray();
    while (json.nextElement()) {
      add(json.string(), asked);
    }
    return asked;
  }

  /**
   * Reads which outputs a query asks for: {@code outputs=predict,predict_proba}, or {@code outputs}
   * several times. What else stands in it is passed over.
   *
   * @param query escaped; may be null
   * @return null where it does not say
   */
  List<String> read(String query) {
    if (query == null) {
      return null;
    }
    List<String> asked = null;
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith(PARAMETER)) {
        asked = asked == null ? new ArrayList<>() : asked;
        for (String name : unescaped(parameter.substring(PARAMETER.length())).split(",", -1)) {
          add(name, asked);
        }
      }
    }
    return asked;
  }

  private static String unescaped(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new RefusedRequestException(400, "the query has a '%' that is no escaped character");
    }
  }

  private void add(String name, List<String> asked) {
    if (!available.contains(name)) {
      throw new RefusedRequestException(
          400,
          "there is no output " + Quoted.text(name) + "; there are " + Quoted.names(available));
    }
    if (asked.contains(name)) {
      throw new RefusedRequestException(400, "the output '" + name + "' is asked for twice");
    }
    asked.add(name);
  }

  boolean asksProbabilities(List<String> asked) {
    return asked.contains(PROBABILITIES);
  }

  boolean asksDecisions(List<String> asked) {
    return asked.contains(DECISIONS);
  }

  /** Writes an array with a prediction for each row. */
  void write(List<String> asked, Scores scores, JsonWriter out) {
    if (asked.isEmpty()) {
      predictions.rows(scores, out);
      return;
    }
    out.raw('[');
    for (int row = 0; row < scores.count(); row++) {
      out.raw(row == 0 ? "" : ",");
      if (asked.size() == 1) {
        value(asked.getFirst(), scores, row, out);
        continue;
      }
      String next = "{";
      for (String name : asked) {
        out.raw(next).string(name).raw(':');
        value(name, scores, row, out);
        next = ",";
      }
      out.raw('}');
    }
    out.raw(']');
  }

  private void value(String output, Scores scores, int row, JsonWriter out) {
    switch (output) {
      case PROBABILITIES -> probabilities(scores, row, out);
      case DECISIONS -> {
        int width = signature.decisionWidth();
        numbers(scores.decisions(), row * width, width, width > 1, out);
      }
      default -> predictions.row(scores, row, out);
    }
  }

  /** A number for each class; with several outputs a list of such, one for each. */
  private void probabilities(Scores scores, int row, JsonWriter out) {
    int from = row * signature.probabilityWidth();
    boolean several = signature.outputs() > 1;
    out.raw(several ? "[" : "");
    for (int output = 0; output < signature.outputs(); output++) {
      out.raw(output == 0 ? "" : ",");
      int classes = signature.classes().get(output).size();
      numbers(scores.probabilities(), from, classes, true, out);
      from += classes;
    }
    out.raw(several ? "]" : "");
  }

  private static void numbers(
      double[] numbers, int from, int count, boolean array, JsonWriter out) {
    out.raw(array ? "[" : "");
    for (int i = 0; i < count; i++) {
      out.raw(i == 0 ? "" : ",").number(numbers[from + i]);
    }
    out.raw(array ? "]" : "");
  }
}
