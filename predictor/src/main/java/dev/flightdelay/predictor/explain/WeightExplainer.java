package dev.flightdelay.predictor.explain;

import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Rows;

/**
 * A linear sum: each column adds its weight times its value. These are its Shapley values about
 * rows of zeros, which are rows of means where the columns were standardised before.
 *
 * @param weights (outputs * columns), row-major
 * @param intercepts (outputs)
 */
public record WeightExplainer(Space space, double[] weights, double[] intercepts)
    implements Explainer {

  @Override
  public int outputs() {
    return intercepts.length;
  }

  @Override
  public double[] base() {
    return intercepts.clone();
  }

  @Override
  public void explain(Rows rows, int from, int to, double[] into) {
    int outputs = intercepts.length;
    int columns = rows.width();
    for (int row = from; row < to; row++) {
      for (int column = 0; column < columns; column++) {
        double value = rows.get(row, column);
        for (int output = 0; output < outputs; output++) {
          into[((row - from) * columns + column) * outputs + output] +=
              value * weights[output * columns + column];
        }
      }
    }
  }
}
