package dev.flightdelay.predictor.dialect.mlflow;

import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.Dialect;
import dev.flightdelay.predictor.dialect.DialectSettings;
import dev.flightdelay.predictor.dialect.MediaType;
import dev.flightdelay.predictor.dialect.PredictRequest;
import dev.flightdelay.predictor.json.JsonWriter;
import java.util.List;

/** {@code POST /invocations} with CSV: a header, and a line for each row. */
public final class MlflowCsvDialect implements Dialect {

  private final CsvRows rows;
  private final Invocations invocations;

  public MlflowCsvDialect(DialectSettings settings) {
    this.rows = new CsvRows(settings.signature(), settings.maxRows());
    this.invocations = new Invocations(settings);
  }

  @Override
  public String name() {
    return "mlflow-csv";
  }

  @Override
  public List<At> paths() {
    return Invocations.PATHS;
  }

  /** The other dialect at this path says it for both. */
  @Override
  public String operation() {
    return "";
  }

  @Override
  public boolean accepts(MediaType type, Body body) {
    return type == MediaType.CSV;
  }

  @Override
  public String accepted() {
    return "text/csv: a header and rows";
  }

  @Override
  public PredictRequest read(Body body) {
    return invocations.question(rows.read(body));
  }

  @Override
  public void refuse(Body body, int status, String message, JsonWriter out) {
    Invocations.writeError(status, message, out);
  }
}
