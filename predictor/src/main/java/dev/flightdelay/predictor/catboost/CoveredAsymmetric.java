package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.explain.CoverTrees;
import java.util.Optional;

/**
 * Trees whose branches ask their own questions, with what came to each node. Where a node leads
 * nowhere for an answer, its leaf is a child with the number {@code ~node}.
 */
final class CoveredAsymmetric implements CoverTrees {

  private final AsymmetricTrees trees;
  private final LeafWeights weights;
  private final CreditedColumns credited;
  private final int[] order;
  // What came to each node that is not a leaf by both answers.
  private final double[] covers;

  private CoveredAsymmetric(
      AsymmetricTrees trees,
      LeafWeights weights,
      CreditedColumns credited,
      int[] order,
      double[] covers) {
    this.trees = trees;
    this.weights = weights;
    this.credited = credited;
    this.order = order;
    this.covers = covers;
  }

  /**
   * @param order for each output the dimension that it is
   * @return empty where the file does not say what came to each leaf, or a node is reached twice,
   *     so that nobody knows what came to it from where, or has no leaf
   */
  static Optional<CoveredAsymmetric> of(
      AsymmetricTrees trees, CreditedColumns credited, int[] order) {
    LeafWeights weights = trees.weights();
    if (weights == null) {
      return Optional.empty();
    }
    double[] covers = new double[trees.slot().length];
    boolean[] hasParent = new boolean[covers.length];
    CoveredAsymmetric covered = new CoveredAsymmetric(trees, weights, credited, order, covers);
    // A way only leads forward, so that what is below a node is known before it.
    for (int node = covers.length - 1; node >= 0; node--) {
      int below = trees.below()[node];
      int above = trees.above()[node];
      if (Math.min(below, above) == 0 && !covered.hasLeaf(node)) {
        return Optional.empty();
      }
      if (below == 0 && above == 0) {
        covers[node] = covered.weight(node);
        continue;
      }
      if (below == above || !isFirst(hasParent, node, below) || !isFirst(hasParent, node, above)) {
        return Optional.empty();
      }
      covers[node] = covered.of(covered.left(0, node)) + covered.of(covered.right(0, node));
    }
    return Optional.of(covered);
  }

  private static boolean isFirst(boolean[] hasParent, int node, int step) {
    if (step == 0) {
      return true;
    }
    boolean isFirst = !hasParent[node + step];
    hasParent[node + step] = true;
    return isFirst;
  }

  /** Nodes that no tree has may say anything. */
  private boolean hasLeaf(int node) {
    int leaf = trees.leaf()[node];
    return leaf >= 0 && leaf / trees.dimensions() < weights.count();
  }

  private double weight(int node) {
    return weights.of(trees.leaf()[node] / trees.dimensions());
  }

  private double of(int node) {
    return node < 0 ? weight(~node) : covers[node];
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
    return trees.starts().length;
  }

  @Override
  public int root(int tree) {
    return trees.starts()[tree];
  }

  @Override
  public boolean isLeaf(int tree, int node) {
    return node < 0 || trees.below()[node] == 0 && trees.above()[node] == 0;
  }

  @Override
  public int left(int tree, int node) {
    return child(node, trees.below()[node]);
  }

  @Override
  public int right(int tree, int node) {
    return child(node, trees.above()[node]);
  }

  private static int child(int node, int step) {
    return step == 0 ? ~node : node + step;
  }

  @Override
  public int slot(int tree, int node) {
    return trees.slot()[node];
  }

  @Override
  public boolean goesLeft(int tree, int node, double value) {
    return !(value > trees.border()[node]);
  }

  @Override
  public double cover(int tree) {
    return covers[root(tree)];
  }

  @Override
  public double leftCover(int tree, int node, double cover) {
    return of(left(tree, node));
  }

  @Override
  public double value(int tree, int leaf, int k) {
    return trees.leaves()[trees.leaf()[leaf < 0 ? ~leaf : leaf] + order[k]];
  }
}
