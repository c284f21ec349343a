package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.explain.CoverTrees;
import dev.flightdelay.predictor.explain.TreeExplainer;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.trees.SplitTree;
import java.util.Arrays;
import java.util.Optional;

/**
 * Trees and what they ask about: rows in, raw scores out.
 *
 * @param scale by which a sum is multiplied before the bias is added
 * @param bias for each dimension
 */
record Ensemble(Slots slots, Trees trees, double scale, double[] bias) {

  private static final int BLOCK = 64;

  /** A letter is hashed once. */
  private static final int OPERATIONS_OF_LETTER = 1;

  private static final int NUMBERS_AT_ONCE = 1 << 17;

  /** Takes a row's raw scores, one for each dimension. */
  @FunctionalInterface
  interface Output {
    void accept(int row, double[] raw, int at);
  }

  Features features() {
    return slots.features();
  }

  int dimensions() {
    return trees.dimensions();
  }

  /** Whether a value may be missing: only one that is a number. */
  boolean acceptsMissing() {
    return slots.numbers().length > 0;
  }

  /** What a row costs: its questions, a look into a table for each statistic, and its texts. */
  RowCost cost(Signature signature) {
    long statistics = slots.statistics().stream().mapToLong(Ensemble::operations).sum();
    RowCost trees = RowCost.of(signature, this.trees.operations() + slots.width() + statistics);
    return slots.categories().length == 0
        ? trees
        : trees.plus(new RowCost(0, OPERATIONS_OF_LETTER, 0, true));
  }

  private static long operations(TargetStatistic statistic) {
    return SplitTree.STEP_OPERATIONS * (1L + operations(statistic.key().combination()));
  }

  private static int operations(Combination combination) {
    return combination.categorical().size()
        + combination.borders().size()
        + combination.values().size();
  }

  /**
   * Explains the raw scores.
   *
   * @param order for each output the dimension that it is
   */
  Explanations explanations(String estimator, Explainer.Space space, int[] order) {
    double[] start = new double[order.length];
    for (int output = 0; output < start.length; output++) {
      start[output] = bias[order[output]];
    }
    CreditedColumns credited = CreditedColumns.of(slots);
    return covered(credited, order)
        .<Explanations>map(
            covered ->
                TreeExplainer.of(
                    space,
                    covered,
                    start,
                    scale,
                    credited.columns(),
                    features().count(),
                    this::load))
        .orElseGet(() -> TreeExplainer.withoutCovers(estimator));
  }

  /** The trees with what came to each leaf; empty where the file does not have all of it. */
  private Optional<? extends CoverTrees> covered(CreditedColumns credited, int[] order) {
    return switch (trees) {
      case SymmetricTrees its -> CoveredSymmetric.of(its, credited, order);
      case AsymmetricTrees its -> CoveredAsymmetric.of(its, credited, order);
    };
  }

  private void load(Rows rows, int from, int count, double[] into) {
    float[] values = new float[count * slots.width()];
    slots.fill(rows, from, count, values);
    for (int i = 0; i < values.length; i++) {
      into[i] = values[i];
    }
  }

  void score(Rows rows, int from, int to, Output output) {
    int dimensions = dimensions();
    int width = slots.width();
    int most = Math.max(1, NUMBERS_AT_ONCE / Math.max(1, Math.max(width, dimensions)));
    int block = Math.min(Math.min(BLOCK, most), to - from);
    float[] values = new float[block * width];
    double[] raw = new double[block * dimensions];
    for (int start = from; start < to; start += block) {
      int count = Math.min(block, to - start);
      slots.fill(rows, start, count, values);
      Arrays.fill(raw, 0);
      trees.add(values, width, count, raw);
      for (int row = 0; row < count; row++) {
        for (int k = 0; k < dimensions; k++) {
          raw[row * dimensions + k] = raw[row * dimensions + k] * scale + bias[k];
        }
        output.accept(start + row, raw, row * dimensions);
      }
    }
  }
}
