package dev.flightdelay.predictor.trees;

/**
 * A checked tree of splits by one number each: a value above the threshold goes right, others left.
 * Nodes have any numbers, {@link #root()} is the first.
 */
public interface SplitTree {

  int root();

  boolean isLeaf(int node);

  int left(int node);

  int right(int node);

  /** The column of a row that the node looks at. */
  int feature(int node);

  /** No NaN. */
  double threshold(int node);

  /** Whether a missing value, NaN, goes right. */
  boolean missingGoesRight(int node);
}
