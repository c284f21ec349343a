package dev.flightdelay.predictor.sklearn.pipeline;

import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Rows;

/**
 * Explains what follows transformers by the columns that these take.
 *
 * @param inner of what follows
 * @param sources for each column that comes to it the one that it is made of
 */
record ExplainedPipeline(Explainer inner, int[] sources, Steps steps) implements Explainer {

  /** So many numbers of transformed rows are made at a time. */
  private static final int MAX_NUMBERS = 1 << 20;

  /** Transforms the rows {@code from} to {@code to}. */
  @FunctionalInterface
  interface Steps {
    Rows transform(Rows rows, int from, int to);
  }

  @Override
  public Space space() {
    return inner.space();
  }

  @Override
  public int outputs() {
    return inner.outputs();
  }

  @Override
  public double[] base() {
    return inner.base();
  }

  @Override
  public void explain(Rows rows, int from, int to, double[] into) {
    int outputs = outputs();
    int width = sources.length;
    int atOnce = (int) Math.max(1, MAX_NUMBERS / ((long) width * outputs));
    for (int first = from; first < to; first += atOnce) {
      int end = Math.min(to, first + atOnce);
      double[] own =
          new double[Math.multiplyExact(Math.multiplyExact(end - first, width), outputs)];
      inner.explain(steps.transform(rows, first, end), 0, end - first, own);
      int at = 0;
      for (int row = first - from; row < end - from; row++) {
        for (int source : sources) {
          int place = (row * rows.width() + source) * outputs;
          for (int output = 0; output < outputs; output++) {
            into[place + output] += own[at++];
          }
        }
      }
    }
  }
}
