package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.Quoted;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.dialect.UnknownMembers;
import dev.flightdelay.predictor.json.JsonReader;
import java.util.ArrayList;
import java.util.List;

/** Reads an inference request from JSON, which binary data may follow. */
final class JsonRequest {

  /** After the first, tensors are one feature each: they start small and grow. */
  private static final int SMALL = 64;

  /** An output as a request names it; {@code binary} is null where that is not said of it. */
  private record Asked(OutputTensor tensor, Boolean binary) {}

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
    JsonReader json = new JsonReader(body.bytes(), body.from(), body.jsonEnd());
    int bytes = body.jsonEnd() - body.from();
    BinaryTensors binary = binary(body);
    String id = null;
    List<Tensor> inputs = null;
    List<Asked> asked = null;
    Parameters parameters = Parameters.NONE;
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
          parameters = JsonParameters.read(Parameters.Owner.REQUEST, json);
        }
        case "inputs" -> {
          once(!hasInputs, json, name);
          hasInputs = true;
          inputs = json.nextNull() ? null : inputs(json, bytes, binary);
        }
        case "outputs" -> {
          once(!hasOutputs, json, name);
          hasOutputs = true;
          asked = json.nextNull() ? null : asked(json);
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
                  + Quoted.text(unknown.first())
                  + " is unknown; a request has inputs and may have id, parameters and outputs");
    }
    if (binary != null) {
      binary.end();
    }
    return new InferRequest(id, inputs, outputs(asked, parameters));
  }

  private BinaryTensors binary(Body body) {
    if (body.jsonLength() < 0) {
      return null;
    }
    if (body.jsonLength() > body.to() - body.from()) {
      throw new RefusedRequestException(
          400,
          "the header Inference-Header-Content-Length is %d, but the body has %d bytes"
              .formatted(body.jsonLength(), body.to() - body.from()));
    }
    return new BinaryTensors(
        body.bytes(), body.jsonEnd(), body.to(), rows.maxRows(), rows.maxNumbers());
  }

  /** The outputs to give; the model's answer where a request names none. */
  private List<InferRequest.Output> outputs(List<Asked> asked, Parameters parameters) {
    boolean binary = Boolean.TRUE.equals(parameters.binaryOutput());
    if (asked == null || asked.isEmpty()) {
      return List.of(new InferRequest.Output(outputs.byDefault(), binary));
    }
    List<InferRequest.Output> given = new ArrayList<>(asked.size());
    for (Asked output : asked) {
      given.add(
          new InferRequest.Output(
              output.tensor(), output.binary() == null ? binary : output.binary()));
    }
    return given;
  }

  private List<Tensor> inputs(JsonReader json, int bytes, BinaryTensors binary) {
    List<Tensor> inputs = new ArrayList<>();
    json.beginArray();
    while (json.nextElement()) {
      rows.checkMore(inputs.size());
      int guess = inputs.isEmpty() ? bytes : SMALL;
      inputs.add(JsonTensor.read(json, rows.maxNumbers(), guess, binary));
    }
    return inputs;
  }

  private List<Asked> asked(JsonReader json) {
    List<Asked> asked = new ArrayList<>();
    json.beginArray();
    while (json.nextElement()) {
      Asked output = output(json);
      for (Asked earlier : asked) {
        if (earlier.tensor() == output.tensor()) {
          throw new RefusedRequestException(
              400, "the output '" + output.tensor().name() + "' is asked for twice");
        }
      }
      asked.add(output);
    }
    return asked;
  }

  private Asked output(JsonReader json) {
    String output = null;
    Parameters parameters = null;
    UnknownMembers unknown = new UnknownMembers();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "name" -> {
          once(output == null, json, name);
          output = json.string();
        }
        case "parameters" -> {
          once(parameters == null, json, name);
          parameters = JsonParameters.read(Parameters.Owner.OUTPUT, json);
        }
        default -> unknown.skip(json, name);
      }
    }
    if (output == null) {
      throw new RefusedRequestException(400, "an output has no name");
    }
    return new Asked(outputs.named(output), parameters == null ? null : parameters.binaryOutput());
  }

  private static void once(boolean first, JsonReader json, String name) {
    if (!first) {
      throw json.twice(name);
    }
  }
}
