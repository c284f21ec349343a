package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Signature;
import java.util.List;

/**
 * {@code POST /v1/models/<model>:predict}, as TensorFlow Serving and KServe have it: {@code
 * {"instances":[..]}} gives {@code {"predictions":[..]}}; {@code "outputs"}, or {@code outputs} in
 * the query, names others than the answer. What else clients send, such as {@code signature_name},
 * {@code id} and {@code parameters}, is ignored.
 */
public final class InstancesDialect implements Dialect {

  private final String model;
  private final RowReader reader;
  private final InstancesOutputs outputs;

  public InstancesDialect(DialectSettings settings) {
    this.model = settings.name();
    this.reader = new RowReader(settings.signature(), settings.maxRows());
    this.outputs = new InstancesOutputs(settings.signature());
  }

  /** The names of the outputs that a request may ask for, the answer first. */
  public static List<String> outputs(Signature signature) {
    return new InstancesOutputs(signature).available();
  }

  @Override
  public String name() {
    return "v1";
  }

  @Override
  public List<At> paths() {
    return List.of(new At("/v1/models/" + model + ":predict", "", ""));
  }

  @Override
  public boolean accepts(MediaType type, Body body) {
    return body.isJsonObject(type);
  }

  @Override
  public String accepted() {
    return "application/json: {\"instances\":[..]}";
  }

  @Override
  public PredictRequest read(Body body) {
    JsonReader json = new JsonReader(body.bytes(), body.from(), body.to());
    Rows rows = null;
    String given = null;
    List<String> named = null;
    UnknownMembers unknown = new UnknownMembers();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        // Also as KServe's servers of LightGBM and others have it.
        case "instances", "inputs" -> {
          if (rows != null) {
            throw name.equals(given) ? json.twice(name) : both();
          }
          given = name;
          rows = reader.rows(json, body.to() - body.from());
        }
        case "outputs" -> {
          if (named != null) {
            throw json.twice(name);
          }
          named = outputs.read(json);
        }
        default -> unknown.skip(json, name);
      }
    }
    json.end();
    if (rows == null) {
      throw new RefusedRequestException(
          400,
          unknown.first() == null
              ? "the body has no \"instances\""
              : "the property " + Quoted.text(unknown.first()) + " is unknown; send \"instances\"");
    }
    List<String> queried = outputs.read(body.query());
    if (named != null && queried != null) {
      throw new RefusedRequestException(
          400, "name the outputs in the query or in the body, not in both");
    }
    List<String> asked = named != null ? named : queried != null ? queried : List.of();
    return new PredictRequest(
        rows,
        outputs.asksProbabilities(asked),
        outputs.asksDecisions(asked),
        false,
        (scores, out) -> {
          out.raw("{\"predictions\":");
          outputs.write(asked, scores, out);
          out.raw('}');
        });
  }

  private static RefusedRequestException both() {
    return new RefusedRequestException(400, "send \"instances\" or \"inputs\", not both");
  }

  @Override
  public void refuse(Body body, int status, String message, JsonWriter out) {
    JsonErrors.write(message, out);
  }
}
