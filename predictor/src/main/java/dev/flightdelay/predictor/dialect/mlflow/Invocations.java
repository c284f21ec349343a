package dev.flightdelay.predictor.dialect.mlflow;

import dev.flightdelay.predictor.dialect.Dialect;
import dev.flightdelay.predictor.dialect.DialectSettings;
import dev.flightdelay.predictor.dialect.PredictRequest;
import dev.flightdelay.predictor.dialect.Predictions;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Rows;
import java.util.List;

/** What MLflow answers at {@code /invocations}, whichever format was asked in. */
public final class Invocations {

  public static final String PATH = "/invocations";

  static final List<Dialect.At> PATHS = List.of(new Dialect.At(PATH, "", ""));

  private final Predictions predictions;

  Invocations(DialectSettings settings) {
    this.predictions = new Predictions(settings.signature());
  }

  /** Asks for what {@code predict} of the estimator gives. */
  PredictRequest question(Rows rows) {
    return PredictRequest.predict(
        rows, (scores, out) -> predictions.object("predictions", scores, out));
  }

  /** A refusal. */
  public static void writeError(int status, String message, JsonWriter out) {
    out.raw("{\"error_code\":")
        .string(errorCode(status))
        .raw(",\"message\":")
        .string(message)
        .raw('}');
  }

  /** MLflow's name for what happened. */
  public static String errorCode(int status) {
    return switch (status) {
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 429 -> "REQUEST_LIMIT_EXCEEDED";
      case 500 -> "INTERNAL_ERROR";
      case 503, 504 -> "TEMPORARILY_UNAVAILABLE";
      default -> "BAD_REQUEST";
    };
  }
}
