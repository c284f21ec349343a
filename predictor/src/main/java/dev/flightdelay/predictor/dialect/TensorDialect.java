package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Signature;
import java.util.ArrayList;
import java.util.List;

/**
 * The Open Inference Protocol, version 2: {@code POST /v2/models/<model>/infer}.
 *
 * <p>Rows come as one tensor of shape (rows, features) under any name or, where the model has
 * names, as one tensor for each feature or one-hot group; see {@link TensorInputs}.
 */
public final class TensorDialect implements Dialect {

  private final Contract contract;
  private final TensorInputs inputs;
  private final TensorRows rows;
  private final TensorOutputs outputs;
  private final byte[] head;

  public TensorDialect(Contract contract) {
    Signature signature = contract.signature();
    this.contract = contract;
    this.inputs = TensorInputs.of(signature.features());
    this.rows = new TensorRows(inputs.features(), signature.acceptsMissing(), contract.maxRows());
    this.outputs = new TensorOutputs(signature);
    this.head =
        new JsonWriter()
            .raw("{\"model_name\":")
            .string(contract.name())
            .raw(",\"model_version\":")
            .string(contract.version())
            .toBytes();
  }

  @Override
  public String name() {
    return "v2";
  }

  @Override
  public List<At> paths() {
    String model = "/v2/models/" + contract.name();
    return List.of(
        new At(model + "/infer", "", ""),
        new At(
            model + "/versions/" + contract.version() + "/infer",
            "OfVersion",
            ", of this version"));
  }

  @Override
  public boolean accepts(MediaType type, Body body) {
    return body.isJsonObject(type);
  }

  @Override
  public String accepted() {
    return "application/json: an inference request of the Open Inference Protocol";
  }

  @Override
  public Question read(Body body) {
    JsonReader json = new JsonReader(body.bytes(), body.from(), body.to());
    int bytes = body.to() - body.from();
    String id = null;
    List<Tensor> sent = null;
    List<OutputTensor> asked = null;
    boolean parameters = false;
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "id" -> {
          once(id == null, json, name);
          id = json.string();
        }
        case "parameters" -> {
          once(!parameters, json, name);
          parameters = true;
          Tensor.parameters(json);
        }
        case "inputs" -> {
          once(sent == null, json, name);
          sent = inputs(json, bytes);
        }
        case "outputs" -> {
          once(asked == null, json, name);
          asked = outputs.read(json);
        }
        default ->
            throw new RefusedRequestException(
                400,
                "the property "
                    + Shown.text(name)
                    + " is unknown; a request has inputs and may have id, parameters and outputs");
      }
    }
    json.end();
    if (sent == null || sent.isEmpty()) {
      throw new RefusedRequestException(400, "the request has no inputs");
    }
    List<OutputTensor> wanted = asked == null || asked.isEmpty() ? outputs.byDefault() : asked;
    String idOfAnswer = id;
    return new Question(
        rows.of(sent),
        asks(wanted, OutputTensor.Method.PROBABILITIES),
        asks(wanted, OutputTensor.Method.DECISIONS),
        asks(wanted, OutputTensor.Method.TRANSFORMED),
        (scores, out) -> {
          out.raw(head);
          if (idOfAnswer != null) {
            out.raw(",\"id\":").string(idOfAnswer);
          }
          outputs.write(wanted, scores, out);
          out.raw('}');
        });
  }

  private static boolean asks(List<OutputTensor> wanted, OutputTensor.Method method) {
    return wanted.stream().anyMatch(output -> output.method() == method);
  }

  @Override
  public void refuse(Body body, String message, JsonWriter out) {
    JsonErrors.write(message, out);
  }

  /** {@code GET /v2/models/<model>}. */
  public byte[] metadata() {
    JsonWriter out = new JsonWriter();
    out.raw("{\"name\":")
        .string(contract.name())
        .raw(",\"versions\":[")
        .string(contract.version())
        .raw("],\"platform\":")
        .string(contract.signature().library())
        .raw(",\"inputs\":[");
    boolean first = true;
    for (TensorInputs.Input input : inputs.inputs()) {
      out.raw(first ? "{\"name\":" : ",{\"name\":")
          .string(input.name())
          .raw(",\"datatype\":\"")
          .raw(input.datatype())
          .raw("\",\"shape\":[-1");
      if (input.width() > 0) {
        out.raw(',').integer(input.width());
      }
      out.raw("]}");
      first = false;
    }
    out.raw(']');
    outputs.describe(out);
    return out.raw('}').toBytes();
  }

  /** {@code GET /v2/models/<model>/ready}. */
  public byte[] ready() {
    return new JsonWriter()
        .raw("{\"name\":")
        .string(contract.name())
        .raw(",\"ready\":true}")
        .toBytes();
  }

  private static void once(boolean first, JsonReader json, String name) {
    if (!first) {
      throw json.twice(name);
    }
  }

  private List<Tensor> inputs(JsonReader json, int bytes) {
    List<Tensor> sent = new ArrayList<>();
    json.beginArray();
    while (json.nextElement()) {
      rows.checkMore(sent.size());
      // After the first, tensors are one feature each: they start small and grow.
      sent.add(Tensor.read(json, rows.maxNumbers(), sent.isEmpty() ? bytes : 64));
    }
    return sent;
  }

  /** {@code GET /v2}: what the server is. */
  public static byte[] server(String version) {
    return new JsonWriter()
        .raw("{\"name\":\"flight-delay-predictor\",\"version\":")
        .string(version)
        .raw(",\"extensions\":[]}")
        .toBytes();
  }
}
