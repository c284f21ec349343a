package dev.flightdelay.predictor.command;

import dev.flightdelay.predictor.settings.PredictorSettings;

/** What {@code --help} prints. */
public final class Help {

  private static final String INSPECT =
      """
      inspect FILE                what is in a model file, as JSON; of a refused one, why, and what it names
      inspect --cr FILE           the FlightDelayModel that serves it
      inspect --allow-list        every name that a file may hold, and why
      inspect --estimators        every estimator that is read, of which releases
        --entry PATH      where the estimator is inside a dictionary, tuple or list; models.0 is the first
                          item of what the key 'models' has
        --configmap       for --cr: the file itself too, in a ConfigMap, if it has less than 1 MiB:
                          inspect --cr --configmap FILE | kubectl apply --server-side -f -
        --uri URI         for --cr: where the file was uploaded to: gs://, s3://, https://, pvc://
        --name NAME       for --cr: the model's name, instead of the file's
        --version NAME    for --cr: the version's name, instead of v1
        --host HOST       for --cr: the host that an Ingress gives it""";

  private static final String SCORE =
      """
      score FILE [ROWS]           predict for rows of a file or of standard input: CSV with a header, JSON lines,
                                  a JSON array, Parquet. An empty field, null and NaN are a missing value.
                                  Columns are found by their names; those that are no features are handed on
        --strict          refuse columns that are no features
        --input FORMAT    csv, jsonl, json or parquet, instead of what the first bytes look like
        --explain         of a JSON array: and what each column added to each answer (docs/explanations.md)
        --output FORMAT   csv or jsonl, instead of csv for CSV and Parquet, jsonl for JSON lines
        --entry PATH      where the estimator is inside a dictionary, tuple or list""";

  private static final String VALUES =
      "\n\nAn option's value may follow it or an equals sign: --port 8081, --port=8081.";

  private static final String EXIT_CODES =
      """


      Exit codes: 2 the model cannot be served, 1 something else is wrong; the last line on standard
      error says what and where, and what to do.""";

  private Help() {}

  /**
   * The help on a command.
   *
   * @param command empty for all of them
   */
  public static String text(String command) {
    return switch (command) {
      case "inspect" -> INSPECT + VALUES + EXIT_CODES;
      case "score" -> SCORE + VALUES + EXIT_CODES;
      case "serve" -> serve() + VALUES + EXIT_CODES;
      default ->
          """
          Serves a pickled model, or one that XGBoost, LightGBM or CatBoost saved in its own format: read in
          Java, without Python, without executing anything in it. Commands, behind java -jar predictor.jar:

          """
              + INSPECT
              + "\n\n"
              + SCORE
              + "\n\n"
              + serve()
              + VALUES
              + """


              Example:
                java -jar predictor.jar --model=flight-delay.pkl --address=127.0.0.1
                curl http://127.0.0.1:8080/v1/models/flight-delay:predict -d '{"instances":[[0,1,0]]}'"""
              + EXIT_CODES;
    };
  }

  private static String serve() {
    return """
        serve FILE-OR-URI           serve it; without a command, --model=FILE-OR-URI does
        Each option is an environment variable too: --model-name is MODEL_NAME.
        %s"""
        .formatted(PredictorSettings.help());
  }
}
