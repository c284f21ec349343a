package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.explain.CoverTrees;
import java.util.Optional;

/**
 * Symmetric trees with what came to each leaf. Their levels could be asked in any order, and what
 * comes to a node depends on it: as CatBoost does, the last level is asked first ({@code
 * CalcObliviousInternalShapValuesForLeafRecursive} in catboost/libs/fstr/shap_values.cpp). A node's
 * number is 1, for the root, with the bits of the answers on the way behind it.
 */
final class CoveredSymmetric implements CoverTrees {

  private final SymmetricTrees trees;
  private final LeafWeights weights;
  private final CreditedColumns credited;
  private final int[] order;
  // Of each tree where its levels and its leaves begin.
  private final int[] levels;
  private final int[] leaves;

  /**
   * @param order for each output the dimension that it is
   * @return empty where the file does not say what came to each leaf
   */
  static Optional<CoveredSymmetric> of(
      SymmetricTrees trees, CreditedColumns credited, int[] order) {
    return Optional.ofNullable(trees.weights())
        .map(weights -> new CoveredSymmetric(trees, weights, credited, order));
  }

  private CoveredSymmetric(
      SymmetricTrees trees, LeafWeights weights, CreditedColumns credited, int[] order) {
    this.trees = trees;
    this.weights = weights;
    this.credited = credited;
    this.order = order;
    this.levels = new int[trees.depths().length];
    this.leaves = new int[levels.length];
    for (int tree = 1; tree < levels.length; tree++) {
      int before = trees.depths()[tree - 1];
      levels[tree] = levels[tree - 1] + before;
      leaves[tree] = leaves[tree - 1] + (1 << before);
    }
  }

  @Override
  public int slots() {
    return credited.features().length;
  }

  @Override
  public int features() {
    return credited.columns().length;
  }

  @Override
  public int feature(int tree, int node) {
    return credited.features()[slot(tree, node)];
  }

  @Override
  public int width() {
    return order.length;
  }

  @Override
  public int output(int tree) {
    return 0;
  }

  @Override
  public int count() {
    return levels.length;
  }

  @Override
  public int root(int tree) {
    return 1;
  }

  private static int level(int node) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(node);
  }

  @Override
  public boolean isLeaf(int tree, int node) {
    return level(node) == trees.depths()[tree];
  }

  @Override
  public int left(int tree, int node) {
    return 2 * node;
  }

  @Override
  public int right(int tree, int node) {
    return 2 * node + 1;
  }

  @Override
  public int slot(int tree, int node) {
    return trees.slot()[asked(tree, node)];
  }

  /** Where the question of a node stands. */
  private int asked(int tree, int node) {
    return levels[tree] + trees.depths()[tree] - 1 - level(node);
  }

  @Override
  public boolean goesLeft(int tree, int node, double value) {
    return !(value > trees.border()[asked(tree, node)]);
  }

  @Override
  public double cover(int tree) {
    return below(tree, 1);
  }

  @Override
  public double leftCover(int tree, int node, double cover) {
    return below(tree, left(tree, node));
  }

  /** What came to the leaves below: those whose highest bits are the node's answers. */
  private double below(int tree, int node) {
    int open = trees.depths()[tree] - level(node);
    int first = place(tree, node << open);
    double sum = 0;
    for (int leaf = first; leaf < first + (1 << open); leaf++) {
      sum += weights.of(leaf);
    }
    return sum;
  }

  private int place(int tree, int leaf) {
    return leaves[tree] + leaf - (1 << trees.depths()[tree]);
  }

  @Override
  public double value(int tree, int leaf, int k) {
    return trees.leaves()[place(tree, leaf) * trees.dimensions() + order[k]];
  }
}
