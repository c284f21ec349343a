package dev.flightdelay.predictor.lightgbm;

import dev.flightdelay.predictor.explain.LeftCovers;

/**
 * How many rows of the training came to each node of a tree and to each leaf. Nothing but an
 * explanation needs them, so that a model with counts that cannot be read is served without.
 *
 * @param nodes null where the tree does not say
 * @param leaves null where the tree does not say
 */
record Counts(int[] nodes, int[] leaves) {

  static final Counts UNKNOWN = new Counts(null, null);

  /** Reads the counts of a tree of that many leaves. */
  static Counts read(TextFields fields, int count) {
    if (count == 1 || !fields.has("internal_count") || !fields.has("leaf_count")) {
      return UNKNOWN;
    }
    try {
      return new Counts(
          fields.integers("internal_count", count - 1, 0, Integer.MAX_VALUE),
          fields.integers("leaf_count", count, 0, Integer.MAX_VALUE));
    } catch (UnreadableTextException unreadable) {
      return UNKNOWN;
    }
  }

  /** The rows of the root; 0 where that is not known, or where there is a leaf alone. */
  int root() {
    return nodes == null ? 0 : nodes[0];
  }

  /** Tells what came to the children of a node that is placed at {@code place}. */
  void tell(int node, int left, int right, int place, LeftCovers.Builder covers) {
    if (nodes == null || of(left) + of(right) != nodes[node]) {
      covers.missing();
      return;
    }
    covers.split(place, of(left), of(right));
  }

  private long of(int child) {
    return child < 0 ? leaves[~child] : nodes[child];
  }
}
