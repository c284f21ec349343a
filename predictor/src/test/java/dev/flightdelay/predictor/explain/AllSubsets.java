package dev.flightdelay.predictor.explain;

/** The Shapley values of trees by their definition: over all subsets of columns. */
final class AllSubsets {

  private final CoverTrees trees;

  AllSubsets(CoverTrees trees) {
    this.trees = trees;
  }

  /** What a row is worth where the columns in the set are known. */
  double value(double[] row, int known, int k) {
    double sum = 0;
    for (int tree = 0; tree < trees.count(); tree++) {
      sum += value(tree, trees.root(tree), trees.cover(tree), row, known, k);
    }
    return sum;
  }

  private double value(int tree, int node, double cover, double[] row, int known, int k) {
    if (trees.isLeaf(tree, node)) {
      return trees.value(tree, node, k);
    }
    double toLeft = trees.leftCover(tree, node, cover);
    int slot = trees.slot(tree, node);
    boolean isKnown = (known >> trees.feature(tree, node) & 1) != 0;
    double share = toLeft / cover;
    if (isKnown) {
      share = trees.goesLeft(tree, node, row[slot]) ? 1 : 0;
    }
    double sum = 0;
    if (share > 0) {
      sum += share * value(tree, trees.left(tree, node), toLeft, row, known, k);
    }
    if (share < 1) {
      sum += (1 - share) * value(tree, trees.right(tree, node), cover - toLeft, row, known, k);
    }
    return sum;
  }

  /** The Shapley value of a column. */
  double shapley(double[] row, int column, int k) {
    int columns = trees.features();
    double sum = 0;
    for (int without = 0; without < 1 << columns; without++) {
      if ((without >> column & 1) == 0) {
        double marginal = value(row, without | 1 << column, k) - value(row, without, k);
        sum += marginal * weight(columns, Integer.bitCount(without));
      }
    }
    return sum;
  }

  /** {@code size! (columns - size - 1)! / columns!}. */
  private static double weight(int columns, int size) {
    double weight = 1.0 / columns;
    for (int i = 1; i <= size; i++) {
      weight *= (double) i / (columns - i);
    }
    return weight;
  }
}
