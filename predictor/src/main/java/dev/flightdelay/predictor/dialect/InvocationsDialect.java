package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Rows;
import java.util.List;

/**
 * MLflow's scoring protocol: {@code POST /invocations} with {@code {"inputs":[[..],..]}} gives
 * {@code {"predictions":[..]}}.
 */
public final class InvocationsDialect implements Dialect {

  private static final String INPUTS = "inputs";

  private final RowReader reader;
  private final Predictions predictions;

  public InvocationsDialect(DialectSettings settings) {
    this.reader = new RowReader(settings.signature(), settings.maxRows());
    this.predictions = new Predictions(settings.signature());
  }

  @Override
  public String name() {
    return "invocations";
  }

  @Override
  public List<At> paths() {
    return List.of(new At("/invocations", "", ""));
  }

  @Override
  public boolean accepts(MediaType type, Body body) {
    return body.isJsonObject(type);
  }

  @Override
  public String accepted() {
    return "application/json: {\"inputs\":[[numbers],..]}";
  }

  @Override
  public PredictRequest read(Body body) {
    JsonReader json = new JsonReader(body.bytes(), body.from(), body.to());
    Rows rows = null;
    UnknownMembers unknown = new UnknownMembers();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (!name.equals(INPUTS)) {
        unknown.skip(json, name);
      } else if (rows == null) {
        rows = reader.rows(json, body.to() - body.from());
      } else {
        throw json.twice(name);
      }
    }
    json.end();
    if (rows == null) {
      throw new RefusedRequestException(400, "the body has no \"inputs\"");
    }
    return PredictRequest.predict(
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
