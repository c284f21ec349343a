package dev.flightdelay.predictor.catboost;

import dev.flightdelay.predictor.trees.SplitTree;

/**
 * Trees whose branches ask their own questions, as {@code grow_policy} Depthwise and Lossguide make
 * them. From a node a row goes on by as many nodes as the answer says; where that is none, the node
 * tells the leaf.
 *
 * @param starts where each tree begins among the nodes
 * @param slot for each node the number that it looks at; see {@link Slots}
 * @param border for each node the border
 * @param below for each node how far it is to the next where the number is not above the border
 * @param above the same where it is
 * @param leaf for each node where its leaf begins in {@code leaves}
 * @param leaves the values of each leaf, one for each dimension
 * @param weights what came to each leaf in training; null where the file does not say
 */
record AsymmetricTrees(
    int[] starts,
    int[] slot,
    float[] border,
    int[] below,
    int[] above,
    int[] leaf,
    double[] leaves,
    int dimensions,
    LeafWeights weights)
    implements Trees {

  @Override
  public long operations() {
    // A way only leads forward, so that one pass finds the longest to each node.
    int[] questions = new int[slot.length];
    long steps = 0;
    for (int tree = 0; tree < starts.length; tree++) {
      int end = tree + 1 < starts.length ? starts[tree + 1] : slot.length;
      int most = 0;
      for (int node = starts[tree]; node < end; node++) {
        int asked = questions[node] + 1;
        most = Math.max(most, asked);
        for (int next : new int[] {node + below[node], node + above[node]}) {
          if (next > node) {
            questions[next] = Math.max(questions[next], asked);
          }
        }
      }
      steps += most;
    }
    return steps * SplitTree.STEP_OPERATIONS + (long) starts.length * dimensions;
  }

  @Override
  public void add(float[] values, int width, int count, double[] raw) {
    for (int start : starts) {
      for (int row = 0; row < count; row++) {
        int at = leaf[end(start, values, row * width)];
        for (int k = 0; k < dimensions; k++) {
          raw[row * dimensions + k] += leaves[at + k];
        }
      }
    }
  }

  private int end(int start, float[] values, int base) {
    int node = start;
    int step;
    do {
      step = values[base + slot[node]] > border[node] ? above[node] : below[node];
      node += step;
    } while (step > 0);
    return node;
  }
}
