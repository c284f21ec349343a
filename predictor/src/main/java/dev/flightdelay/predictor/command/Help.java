package dev.flightdelay.predictor.command;

import dev.flightdelay.predictor.settings.PredictorSettings;

/** What {@code --help} prints. */
public final class Help {

  private Help() {}

  public static String text() {
    return """
    Serves a pickled model, or one that XGBoost, LightGBM or CatBoost saved in its own format: read in
    Java, without Python, without executing anything in it.

      java -jar predictor.jar --model=FILE-OR-URI       serve it
      java -jar predictor.jar inspect FILE              what is in a file, as JSON; of a refused one,
                                                        why, and what it names
      java -jar predictor.jar inspect --cr FILE         the FlightDelayModel that serves it
      java -jar predictor.jar inspect --allow-list      every name that a file may hold, and why
      java -jar predictor.jar inspect --estimators      every estimator that is read, of which releases
      java -jar predictor.jar score FILE < rows.json    predict: rows are arrays or objects, null is NaN
        --explain         for score: and what each column added to each answer (docs/explanations.md)
        --entry PATH      for inspect and score: where the estimator is inside a dictionary, tuple or
                          list; models.0 is the first item of what the key 'models' has

    To serve (each is an environment variable too: --model-name is MODEL_NAME):
    %s

    Example:
      java -jar predictor.jar --model=flight-delay.pkl --address=127.0.0.1
      curl http://127.0.0.1:8080/v1/models/flight-delay:predict -d '{"instances":[[0,1,0]]}'

    Exit codes: 2 the model cannot be served, 1 something else is wrong; the last line on standard
    error says what and where, and what to do."""
        .formatted(PredictorSettings.help());
  }
}
