package dev.flightdelay.predictor.dialect.legacy;

import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.Dialect;
import dev.flightdelay.predictor.dialect.DialectSettings;
import dev.flightdelay.predictor.dialect.MediaType;
import dev.flightdelay.predictor.dialect.PredictRequest;
import dev.flightdelay.predictor.dialect.Predictions;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.dialect.RowReader;
import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Rows;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /} with the form field {@code x=[..]}, one row, gives {@code
 * {"model_prediction":"[1]","received_data":{"x":"[..]"}}}, and {@code {"error_message":".."}}
 * where it fails.
 *
 * <p>Its clients send that form also with the Content-Type application/json.
 */
public final class ListFieldDialect implements Dialect {

  private static final int MAX_FIELDS = 100;

  private final RowReader reader;
  private final Predictions predictions;

  public ListFieldDialect(DialectSettings settings) {
    this.reader = new RowReader(settings.signature(), 1);
    this.predictions = new Predictions(settings.signature());
  }

  @Override
  public String name() {
    return "list";
  }

  @Override
  public List<At> paths() {
    return List.of(new At("/", "", ""));
  }

  @Override
  public boolean accepts(MediaType type, Body body) {
    return type == MediaType.FORM || type == MediaType.JSON || type == MediaType.ABSENT;
  }

  @Override
  public String accepted() {
    return "application/x-www-form-urlencoded: x=[numbers]";
  }

  @Override
  public PredictRequest read(Body body) {
    Map<String, String> fields = FormText.fields(body, MAX_FIELDS);
    String list = fields.get("x");
    if (list == null) {
      throw new RefusedRequestException(400, "the form has no field x; send x=[numbers]");
    }
    byte[] bytes = list.getBytes(StandardCharsets.UTF_8);
    JsonReader json = new JsonReader(bytes, 0, bytes.length);
    Rows rows = reader.row(json, bytes.length);
    json.end();
    return PredictRequest.predict(
        rows,
        (scores, out) -> {
          JsonWriter prediction = new JsonWriter();
          predictions.rows(scores, prediction);
          out.raw("{\"model_prediction\":")
              .string(new String(prediction.toBytes(), StandardCharsets.UTF_8))
              .raw(",\"received_data\":{");
          boolean first = true;
          for (Map.Entry<String, String> field : fields.entrySet()) {
            if (!first) {
              out.raw(',');
            }
            first = false;
            out.string(field.getKey()).raw(':').string(field.getValue());
          }
          out.raw("}}");
        });
  }

  @Override
  public void refuse(Body body, int status, String message, JsonWriter out) {
    writeError(message, out);
  }

  /** This dialect's shape of a refusal. */
  public static void writeError(String message, JsonWriter out) {
    out.raw("{\"error_message\":").string(message).raw('}');
  }
}
