package dev.flightdelay.predictor.dialect;

import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Rows;

/** {@code POST /predict}: {@code {"data":[[..],..]}} gives {@code {"predictions":[..]}}. */
public final class DataDialect implements Dialect {

  private final RowReader reader;
  private final Predictions predictions;

  public DataDialect(Contract contract) {
    this.reader = new RowReader(contract.signature(), contract.maxRows());
    this.predictions = new Predictions(contract.signature());
  }

  @Override
  public String name() {
    return "data";
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
  public Question read(Body body) {
    Rows rows = SeedProperty.rows("data", body, reader::rows);
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
