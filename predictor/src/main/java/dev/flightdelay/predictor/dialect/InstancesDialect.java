package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Rows;
import java.util.List;

/**
 * {@code POST /v1/models/<model>:predict}, as TensorFlow Serving and KServe have it: {@code
 * {"instances":[..]}} gives {@code {"predictions":[..]}}.
 */
public final class InstancesDialect implements Dialect {

  private final String model;
  private final RowReader reader;
  private final Predictions predictions;

  public InstancesDialect(Contract contract) {
    this.model = contract.name();
    this.reader = new RowReader(contract.signature(), contract.maxRows());
    this.predictions = new Predictions(contract.signature());
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
  public Question read(Body body) {
    JsonReader json = new JsonReader(body.bytes(), body.from(), body.to());
    Rows rows = null;
    boolean signatureName = false;
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "instances" -> {
          if (rows != null) {
            throw json.twice(name);
          }
          rows = reader.rows(json, body.to() - body.from());
        }
        case "signature_name" -> {
          // TensorFlow Serving's clients send it; there is one signature here.
          if (signatureName) {
            throw json.twice(name);
          }
          signatureName = true;
          json.string();
        }
        default ->
            throw new RefusedRequestException(
                400, "the property " + Shown.text(name) + " is unknown; send \"instances\"");
      }
    }
    json.end();
    if (rows == null) {
      throw new RefusedRequestException(400, "the body has no \"instances\"");
    }
    return Question.predict(
        rows,
        (scores, out) -> {
          out.raw("{\"predictions\":");
          predictions.rows(scores, out);
          out.raw('}');
        });
  }

  @Override
  public void refuse(Body body, String message, JsonWriter out) {
    JsonErrors.write(message, out);
  }
}
