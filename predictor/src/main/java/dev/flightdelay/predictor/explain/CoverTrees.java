package dev.flightdelay.predictor.explain;

/**
 * Trees, and how much of the data that they learnt from went which way. Nodes of a tree have any
 * numbers, each its own.
 */
public interface CoverTrees {

  /** How many trees. */
  int count();

  /** The numbers of a row that nodes look at. */
  int slots();

  /** What is credited with the numbers: as many as slots, or fewer where several are one's. */
  default int features() {
    return slots();
  }

  int root(int tree);

  boolean isLeaf(int tree, int node);

  int left(int tree, int node);

  int right(int tree, int node);

  /** The number of a row that an inner node looks at. */
  int slot(int tree, int node);

  /** What is credited with what an inner node does. */
  default int feature(int tree, int node) {
    return slot(tree, node);
  }

  /** Whether that value of the slot goes left; NaN is a missing one. */
  boolean goesLeft(int tree, int node, double value);

  /** What came to the root: rows, or their weights; above 0. */
  double cover(int tree);

  /**
   * What of {@code cover}, which came to an inner node, went left. Where nothing went one way, the
   * leaves there are zeros.
   */
  double leftCover(int tree, int node, double cover);

  /** How many numbers a leaf has. */
  int width();

  /** The output that a leaf's first number is added to. */
  int output(int tree);

  /**
   * What a leaf adds.
   *
   * @param k which of its numbers
   */
  double value(int tree, int leaf, int k);
}
