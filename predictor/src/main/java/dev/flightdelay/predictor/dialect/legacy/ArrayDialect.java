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

/** {@code POST /api}: {@code {"array":[..]}}, one row, gives {@code {"predicciones":[1]}}. */
public final class ArrayDialect implements Dialect {

  private final RowReader reader;
  private final Predictions predictions;

  public ArrayDialect(DialectSettings settings) {
    this.reader = new RowReader(settings.signature(), 1);
    this.predictions = new Predictions(settings.signature());
  }

  @Override
  public String name() {
    return "array";
  }

  @Override
  public List<At> paths() {
    return List.of(new At("/api", "", ""));
  }

  @Override
  public boolean accepts(MediaType type, Body body) {
    return body.isJsonObject(type);
  }

  @Override
  public String accepted() {
    return "application/json: {\"array\":[numbers]}";
  }

  @Override
  public PredictRequest read(Body body) {
    Rows rows = LegacyProperty.rows("array", body, reader::row);
    return PredictRequest.predict(
        rows, (scores, out) -> predictions.object("predicciones", scores, out));
  }

  @Override
  public void refuse(Body body, int status, String message, JsonWriter out) {
    JsonErrors.write(message, out);
  }
}
