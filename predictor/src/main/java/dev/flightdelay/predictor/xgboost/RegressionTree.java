package dev.flightdelay.predictor.xgboost;

/**
 * A tree as XGBoost keeps it ({@code RegTree}): node 0 is the root.
 *
 * @param left the left child of each node, -1 for a leaf
 * @param right the right child of each node
 * @param feature the column that a node looks at
 * @param condition the threshold of a node, below which a row goes left; the value of a leaf
 * @param defaultLeft whether a missing value goes left
 * @param categories for each node the sorted categories that go right, null where it has a
 *     threshold; null where no node has categories
 * @param vectors for each node the numbers that a leaf adds to all outputs, one after the other;
 *     null where a leaf has one number
 * @param hessians the sum of the second derivatives of the training rows that came to each node,
 *     its cover; null where the file does not have them
 */
record RegressionTree(
    int[] left,
    int[] right,
    int[] feature,
    float[] condition,
    boolean[] defaultLeft,
    int[][] categories,
    float[] vectors,
    float[] hessians) {}
