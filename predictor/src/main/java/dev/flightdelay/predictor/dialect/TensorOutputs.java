package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.ArrayList;
import java.util.List;

/**
 * The output tensors of a model in the Open Inference Protocol: named as the estimator's methods.
 */
final class TensorOutputs {

  private final Signature signature;
  private final Predictions predictions;
  private final List<OutputTensor> available;
  private final List<String> names;

  TensorOutputs(Signature signature) {
    this.signature = signature;
    this.predictions = new Predictions(signature);
    this.available = OutputTensor.of(signature);
    this.names = available.stream().map(OutputTensor::name).toList();
  }

  /** What is given where nothing is asked for. */
  List<OutputTensor> byDefault() {
    return List.of(available.getFirst());
  }

  /** Reads which outputs a request asks for. */
  List<OutputTensor> read(JsonReader json) {
    List<OutputTensor> outputs = new ArrayList<>();
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
      if (!names.contains(output)) {
        throw new RefusedRequestException(
            400, "there is no output " + Shown.text(output) + "; there are " + Shown.names(names));
      }
      OutputTensor asked = available.get(names.indexOf(output));
      if (outputs.contains(asked)) {
        throw new RefusedRequestException(400, "the output '" + output + "' is asked for twice");
      }
      outputs.add(asked);
    }
    return outputs;
  }

  /** Writes {@code ,"outputs":[..]} with the data of the outputs asked for. */
  void write(List<OutputTensor> wanted, Scores scores, JsonWriter out) {
    out.raw(",\"outputs\":[");
    for (int i = 0; i < wanted.size(); i++) {
      OutputTensor output = wanted.get(i);
      begin(i, output, scores.count(), out);
      out.raw(",\"data\":");
      switch (output.method()) {
        case PROBABILITIES ->
            Predictions.flat(
                scores.probabilities(),
                signature.probabilityWidth(),
                output.from(),
                output.columns(),
                out);
        case DECISIONS -> Predictions.flat(scores.decisions(), out);
        case TRANSFORMED -> Predictions.flat(scores.transformed(), out);
        case ANSWER -> predictions.flat(scores, out);
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

  private static void begin(int i, OutputTensor output, int rows, JsonWriter out) {
    out.raw(i == 0 ? "{\"name\":\"" : ",{\"name\":\"").raw(output.name());
    out.raw("\",\"datatype\":\"").raw(output.datatype()).raw("\",\"shape\":[").integer(rows);
    if (output.isMatrix()) {
      out.raw(',').integer(output.columns());
    }
    out.raw(']');
  }

  private static void once(boolean first, JsonReader json, String name) {
    if (!first) {
      throw json.twice(name);
    }
  }
}
