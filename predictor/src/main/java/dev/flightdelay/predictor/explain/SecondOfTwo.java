package dev.flightdelay.predictor.explain;

import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Rows;

/**
 * The probabilities of two classes from the second one's alone: what is for the one is against the
 * other.
 *
 * @param second of one output
 */
public record SecondOfTwo(Explainer second) implements Explainer {

  @Override
  public Space space() {
    return second.space();
  }

  @Override
  public int outputs() {
    return 2;
  }

  @Override
  public double[] base() {
    double base = second.base()[0];
    return new double[] {1 - base, base};
  }

  @Override
  public void explain(Rows rows, int from, int to, double[] into) {
    double[] own = new double[into.length / 2];
    second.explain(rows, from, to, own);
    for (int i = 0; i < own.length; i++) {
      into[2 * i] -= own[i];
      into[2 * i + 1] += own[i];
    }
  }
}
