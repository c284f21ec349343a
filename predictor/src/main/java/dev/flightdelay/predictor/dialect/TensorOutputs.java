package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.ArrayList;
import java.util.List;

/**
 * The output tensors of a model in the Open Inference Protocol: named as the estimator's methods.
 */
final class TensorOutputs {

  static final String PROBABILITIES = "predict_proba";
  static final String DECISIONS = "decision_function";

  private final Signature signature;
  private final Predictions predictions;
  private final String answer;
  private final List<String> available;

  TensorOutputs(Signature signature) {
    this.signature = signature;
    this.predictions = new Predictions(signature);
    this.answer = signature.method().output();
    this.available = available(signature);
  }

  /** What is given where nothing is asked for. */
  List<String> byDefault() {
    return List.of(answer);
  }

  /** Reads which outputs a request asks for. */
  List<String> read(JsonReader json) {
    List<String> outputs = new ArrayList<>();
    json.beginArray();
    while (json.nextElement()) {
      String output = null;
      boolean parameters = false;
      json.beginObject();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        switch (name) {
          case "name" -> {
            once(output == null, json, name);
            output = json.string();
          }
          case "parameters" -> {
            once(!parameters, json, name);
            parameters = true;
            Tensor.parameters(json);
          }
          default ->
              throw new RefusedRequestException(
                  400,
                  "an output has the unknown property "
                      + Shown.text(name)
                      + "; it may have name and parameters");
        }
      }
      if (output == null) {
        throw new RefusedRequestException(400, "an output has no name");
      }
      if (!available.contains(output)) {
        throw new RefusedRequestException(
            400,
            "there is no output " + Shown.text(output) + "; there are " + Shown.names(available));
      }
      if (outputs.contains(output)) {
        throw new RefusedRequestException(400, "the output '" + output + "' is asked for twice");
      }
      outputs.add(output);
    }
    return outputs;
  }

  /** Writes {@code ,"outputs":[..]} with the data of the outputs asked for. */
  void write(List<String> wanted, Scores scores, JsonWriter out) {
    out.raw(",\"outputs\":[");
    for (int i = 0; i < wanted.size(); i++) {
      String output = wanted.get(i);
      begin(i, output, scores.count(), out);
      out.raw(",\"data\":");
      switch (output) {
        case PROBABILITIES -> Predictions.flat(scores.probabilities(), out);
        case DECISIONS -> Predictions.flat(scores.decisions(), out);
        default -> predictions.flat(scores, out);
      }
      out.raw('}');
    }
    out.raw(']');
  }

  /** Writes {@code ,"outputs":[..]} as metadata have it. */
  void describe(JsonWriter out) {
    out.raw(",\"outputs\":[");
    for (int i = 0; i < available.size(); i++) {
      begin(i, available.get(i), -1, out);
      out.raw('}');
    }
    out.raw(']');
  }

  private void begin(int i, String output, int rows, JsonWriter out) {
    out.raw(i == 0 ? "{\"name\":\"" : ",{\"name\":\"").raw(output).raw('"');
    typeAndShape(output, rows, out);
  }

  private static List<String> available(Signature signature) {
    List<String> there = new ArrayList<>(List.of(signature.method().output()));
    if (signature.hasProbabilities()) {
      there.add(PROBABILITIES);
    }
    if (signature.decisionWidth() > 0) {
      there.add(DECISIONS);
    }
    return there;
  }

  private void typeAndShape(String output, int rows, JsonWriter out) {
    String type = "FP64";
    int columns = 1;
    boolean always2d = false;
    switch (output) {
      case PROBABILITIES -> {
        columns = signature.probabilityWidth();
        always2d = true;
      }
      case DECISIONS -> columns = signature.decisionWidth();
      default -> {
        type = signature.labels().map(labels -> datatype(labels.kind())).orElse("FP64");
        columns = signature.outputs();
        always2d = signature.answersArrays();
      }
    }
    out.raw(",\"datatype\":\"").raw(type).raw("\",\"shape\":[").integer(rows);
    if (columns > 1 || always2d) {
      out.raw(',').integer(columns);
    }
    out.raw(']');
  }

  private static String datatype(Labels.Kind kind) {
    return switch (kind) {
      case INTEGER -> "INT64";
      case REAL -> "FP64";
      case BOOLEAN -> "BOOL";
      case TEXT -> "BYTES";
    };
  }

  private static void once(boolean first, JsonReader json, String name) {
    if (!first) {
      throw json.twice(name);
    }
  }
}
