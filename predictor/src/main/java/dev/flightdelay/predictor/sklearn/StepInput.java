package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Table;
import dev.flightdelay.predictor.model.UnusableRowsException;

/** What may come to a step: numbers, and texts and missing values where it takes them. */
public final class StepInput {

  private StepInput() {}

  /** The same of rows in either form. */
  public static void check(Table table, Features features, boolean acceptsMissing, String step) {
    switch (table) {
      case Rows rows -> check(rows, features, acceptsMissing, step);
      case SparseRows rows -> {
        if (!acceptsMissing) {
          checkFinite(rows, step);
        }
      }
    }
  }

  private static void checkFinite(SparseRows rows, String step) {
    for (int row = 0; row < rows.count(); row++) {
      for (int i = rows.starts()[row]; i < rows.starts()[row + 1]; i++) {
        if (!Double.isFinite(rows.values()[i])) {
          throw new UnusableRowsException(
              row,
              rows.columns()[i],
              "is no finite number when it comes to the step '" + step + "'");
        }
      }
    }
  }

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
        if (!features.takesText(i % width)
            && !features.isDropped(i % width)
            && !texts[i].equals(features.absent())) {
          throw new UnusableRowsException(
              i / width, i % width, "is a text, and the step '" + step + "' takes numbers there");
        }
      } else if (!acceptsMissing && !Double.isFinite(values[i]) && !features.isDropped(i % width)) {
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
