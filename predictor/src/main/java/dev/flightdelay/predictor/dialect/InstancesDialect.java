package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Rows;
import java.util.List;

/**
 * {@code POST /v1/models/<model>:predict}, as TensorFlow Serving and KServe have it: {@code
 * {"instances":[..]}} gives {@code {"predictions":[..]}}. What else clients send, such as {@code
 * signature_name}, {@code id} and {@code parameters}, is ignored.
 */
public final class InstancesDialect implements Dialect {

  private final String model;
  private final RowReader reader;
  private final Predictions predictions;

  public InstancesDialect(DialectSettings settings) {
    this.model = settings.name();
    this.reader = new RowReader(settings.signature(), settings.maxRows());
    this.predictions = new Predictions(settings.signature());
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
    return PredictRequest.predict(
        rows,
        (scores, out) -> {
          out.raw("{\"predictions\":");
          predictions.rows(scores, out);
          out.raw('}');
        });
  }

  private static RefusedRequestException both() {
    return new RefusedRequestException(400, "send \"instances\" or \"inputs\", not both");
  }

  @Override
  public void refuse(Body body, String message, JsonWriter out) {
    JsonErrors.write(message, out);
  }
}
