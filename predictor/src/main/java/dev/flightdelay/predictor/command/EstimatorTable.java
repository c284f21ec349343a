package dev.flightdelay.predictor.command;

import dev.flightdelay.predictor.reader.ReadEstimator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** {@code inspect --estimators}: every estimator that is read, as a table in Markdown. */
final class EstimatorTable {

  private EstimatorTable() {}

  static void write(OutputStream out) {
    StringBuilder table =
        new StringBuilder(
            """
            | library | estimator | releases | alone it answers | as a step |
            |---|---|---|---|---|
            """);
    for (ReadEstimator estimator : ReadEstimator.all()) {
      table.append(
          "| %s | %s | %s | %s | %s |%n"
              .formatted(
                  estimator.library().title(),
                  estimator.name(),
                  releases(estimator),
                  estimator.predicts() ? "predict" : "transform",
                  estimator.transforms() ? "transforms" : ""));
    }
    try {
      out.write(table.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String releases(ReadEstimator estimator) {
    String newest = estimator.library().newest();
    return estimator.oldest().equals(newest) ? newest : estimator.oldest() + " to " + newest;
  }
}
