package dev.flightdelay.predictor.dialect.legacy;

import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.Dialect;
import dev.flightdelay.predictor.dialect.DialectSettings;
import dev.flightdelay.predictor.dialect.JsonErrors;
import dev.flightdelay.predictor.dialect.MediaType;
import dev.flightdelay.predictor.dialect.PredictRequest;
import dev.flightdelay.predictor.dialect.Predictions;
import dev.flightdelay.predictor.dialect.RowReader;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Rows;
import java.util.List;

/** {@code POST /predict}: {@code {"data":[[..],..]}} gives {@code {"predictions":[..]}}. */
public final class DataDialect implements Dialect {

  private final RowReader reader;
  private final Predictions predictions;

  public DataDialect(DialectSettings settings) {
    this.reader = new RowReader(settings.signature(), settings.maxRows());
    this.predictions = new Predictions(settings.signature());
  }

  @Override
  public String name() {
    return "data";
  }

  @Override
  public List<At> paths() {
    return List.of(new At("/predict", "", ""));
  }

  @Override
  public boolean accepts(MediaType type, Body body) {
    return body.isJsonObject(type);
  }

  @Override
  public String accepted() {
    return "application/json: {\"data\":[[numbers],..]}";
  }

  @Override
  public PredictRequest read(Body body) {
    Rows rows = LegacyProperty.rows("data", body, reader::rows);
    return PredictRequest.predict(
        rows, (scores, out) -> predictions.object("predictions", scores, out));
  }

  @Override
  public void refuse(Body body, int status, String message, JsonWriter out) {
    JsonErrors.write(message, out);
  }
}
