package dev.flightdelay.predictor.trees;

import java.util.Arrays;

/**
 * A checked tree of splits by one number each: a value above the threshold goes right, others left.
 * Nodes have any numbers, {@link #root()} is the first.
 */
public interface SplitTree {

  /**
   * The operations that a step down a tree counts as: it waits for a number that no other step has
   * shown to be needed.
   */
  int STEP_OPERATIONS = 4;

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

  /** The steps of the longest path, the leaf's among them. */
  default int longestPath() {
    // Nodes that wait, and how many steps lead to each.
    int[] waiting = {root(), 1};
    int top = 2;
    int longest = 0;
    while (top > 0) {
      int steps = waiting[--top];
      int node = waiting[--top];
      longest = Math.max(longest, steps);
      if (isLeaf(node)) {
        continue;
      }
      if (top + 4 > waiting.length) {
        waiting = Arrays.copyOf(waiting, 2 * waiting.length + 4);
      }
      waiting[top++] = left(node);
      waiting[top++] = steps + 1;
      waiting[top++] = right(node);
      waiting[top++] = steps + 1;
    }
    return longest;
  }
}
