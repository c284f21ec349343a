package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.dialect.Shown;
import dev.flightdelay.predictor.dialect.UnknownMembers;
import dev.flightdelay.predictor.json.JsonReader;
import java.util.ArrayList;
import java.util.List;

/** Reads an inference request from JSON. */
final class JsonRequest {

  /** After the first, tensors are one feature each: they start small and grow. */
  private static final int SMALL = 64;

  private final TensorRows rows;
  private final OutputTensors outputs;

  /**
   * @param rows says how much a request may have
   * @param outputs which it may ask for
   */
  JsonRequest(TensorRows rows, OutputTensors outputs) {
    this.rows = rows;
    this.outputs = outputs;
  }

  InferRequest read(Body body) {
    JsonReader json = new JsonReader(body.bytes(), body.from(), body.to());
    int bytes = body.to() - body.from();
    String id = null;
    List<Tensor> inputs = null;
    List<OutputTensor> asked = null;
    boolean hasId = false;
    boolean hasParameters = false;
    boolean hasInputs = false;
    boolean hasOutputs = false;
    UnknownMembers unknown = new UnknownMembers();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "id" -> {
          once(!hasId, json, name);
          hasId = true;
          id = json.nextNull() ? null : json.string();
        }
        case "parameters" -> {
          once(!hasParameters, json, name);
          hasParameters = true;
          JsonTensor.parameters(json);
        }
        case "inputs" -> {
          once(!hasInputs, json, name);
          hasInputs = true;
          inputs = json.nextNull() ? null : inputs(json, bytes);
        }
        case "outputs" -> {
          once(!hasOutputs, json, name);
          hasOutputs = true;
          asked = json.nextNull() ? null : outputs.named(names(json));
        }
        default -> unknown.skip(json, name);
      }
    }
    json.end();
    if (inputs == null || inputs.isEmpty()) {
      throw new RefusedRequestException(
          400,
          unknown.first() == null
              ? "the request has no inputs"
              : "the property "
                  + Shown.text(unknown.first())
                  + " is unknown; a request has inputs and may have id, parameters and outputs");
    }
    return new InferRequest(id, inputs, asked == null ? outputs.named(List.of()) : asked);
  }

  private List<Tensor> inputs(JsonReader json, int bytes) {
    List<Tensor> inputs = new ArrayList<>();
    json.beginArray();
    while (json.nextElement()) {
      rows.checkMore(inputs.size());
      inputs.add(JsonTensor.read(json, rows.maxNumbers(), inputs.isEmpty() ? bytes : SMALL));
    }
    return inputs;
  }

  /** The names of the outputs asked for. */
  private static List<String> names(JsonReader json) {
    List<String> names = new ArrayList<>();
    json.beginArray();
    while (json.nextElement()) {
      names.add(output(json));
    }
    return names;
  }

  private static String output(JsonReader json) {
    String output = null;
    boolean parameters = false;
    UnknownMembers unknown = new UnknownMembers();
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
          JsonTensor.parameters(json);
        }
        default -> unknown.skip(json, name);
      }
    }
    if (output == null) {
      throw new RefusedRequestException(400, "an output has no name");
    }
    return output;
  }

  private static void once(boolean first, JsonReader json, String name) {
    if (!first) {
      throw json.twice(name);
    }
  }
}
