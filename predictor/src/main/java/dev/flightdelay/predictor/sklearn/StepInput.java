package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.UnusableRowsException;

/** What may come to a step: numbers, and texts and missing values where it takes them. */
public final class StepInput {

  private StepInput() {}

  /**
   * @param step the step's name
   * @throws UnusableRowsException that names the first value which the step does not take
   */
  public static void check(Rows rows, Features features, boolean acceptsMissing, String step) {
    double[] values = rows.values();
    String[] texts = rows.texts();
    int width = rows.width();
    for (int i = 0; i < rows.count() * width; i++) {
      if (texts != null && texts[i] != null) {
        if (!features.takesText(i % width)) {
          throw new UnusableRowsException(
              i / width, i % width, "is a text, and the step '" + step + "' takes numbers there");
        }
      } else if (!acceptsMissing && !Double.isFinite(values[i])) {
        throw new UnusableRowsException(
            i / width,
            i % width,
            Double.isNaN(values[i])
                ? "is missing, and the step '" + step + "' takes no missing values"
                : "is infinite when it comes to the step '" + step + "'");
      }
    }
  }
}
