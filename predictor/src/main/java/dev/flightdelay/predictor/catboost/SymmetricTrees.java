package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.trees.SplitTree;

/**
 * Trees that ask the same on each of their levels, so that the answers' bits are the number of the
 * leaf, the first level being the lowest bit.
 *
 * @param slot for each level of each tree the number that it looks at; see {@link Slots}
 * @param border for each level of each tree the border
 * @param depths the levels of each tree
 * @param leaves the values of each leaf of each tree, one for each dimension
 * @param weights what came to each leaf in training; null where the file does not say
 */
record SymmetricTrees(
    int[] slot, float[] border, int[] depths, double[] leaves, int dimensions, LeafWeights weights)
    implements Trees {

  @Override
  public long operations() {
    return (long) SplitTree.STEP_OPERATIONS * slot.length + (long) depths.length * dimensions;
  }

  @Override
  public void add(float[] values, int width, int count, double[] raw) {
    double[] leaf = leaves;
    int each = dimensions;
    int level = 0;
    int first = 0;
    for (int depth : depths) {
      for (int row = 0; row < count; row++) {
        int at = first + each * leaf(values, row * width, level, depth);
        int to = row * each;
        raw[to] += leaf[at];
        for (int k = 1; k < each; k++) {
          raw[to + k] += leaf[at + k];
        }
      }
      level += depth;
      first += each << depth;
    }
  }

  private int leaf(float[] values, int base, int level, int depth) {
    int bits = 0;
    for (int k = 0; k < depth; k++) {
      bits |= (values[base + slot[level + k]] > border[level + k] ? 1 : 0) << k;
    }
    return bits;
  }
}
