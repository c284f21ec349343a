package dev.flightdelay.predictor.pickle;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.pickle.Symbol.Kind;
import java.util.Arrays;

/**
 * What contains what in a pickle. It finds what no stack shows: containers that contain themselves,
 * and small files that a few shared references unfold into something enormous.
 */
final class ObjectGraph {

  /** About what Java needs for a value beside its content. */
  private static final int VALUE_BYTES = 16;

  /** About what Java needs for an empty LinkedHashMap that is to be filled; others need less. */
  private static final long CONTAINER_BYTES = 136;

  /** About what Java needs for half of such a map's entry; others need less. */
  private static final long ITEM_BYTES = 32;

  private static final int NO_EDGE = -1;

  private final PickleBudget budget;
  private int count;
  private byte[] kinds = new byte[64];
  private int[] offsets = new int[64];
  private int[] items = new int[64];
  private boolean[] built = new boolean[64];
  private long[] ownBytes = new long[64];
  private long[] ownContent = new long[64];
  private int[] firstEdge = new int[64];

  private int edges;
  private int[] edgeTarget = new int[64];
  private int[] edgeNext = new int[64];

  private long referenced;
  private long copied;

  ObjectGraph(PickleBudget budget) {
    this.budget = budget;
  }

  /** Adds a container made at that place in the file. */
  long make(Kind kind, int offset) {
    if (count >= budget.containers()) {
      throw tooMuch(offset, "makes more than %d containers".formatted(budget.containers()));
    }
    if (count == offsets.length) {
      int larger = 2 * count;
      kinds = Arrays.copyOf(kinds, larger);
      offsets = Arrays.copyOf(offsets, larger);
      items = Arrays.copyOf(items, larger);
      built = Arrays.copyOf(built, larger);
      ownBytes = Arrays.copyOf(ownBytes, larger);
      ownContent = Arrays.copyOf(ownContent, larger);
      firstEdge = Arrays.copyOf(firstEdge, larger);
    }
    kinds[count] = (byte) kind.ordinal();
    offsets[count] = offset;
    ownBytes[count] = 2 * VALUE_BYTES;
    firstEdge[count] = NO_EDGE;
    return Symbol.of(kind, count++);
  }

  /** Puts a value into a container. */
  void put(long container, long value, int offset) {
    int node = Symbol.number(container);
    items[node]++;
    long bytes = VALUE_BYTES + Symbol.length(value);
    referenced += bytes;
    if (referenced > budget.referenced()) {
      throw tooMuch(offset, "refers to the same values too often");
    }
    ownBytes[node] += bytes;
    ownContent[node] += Symbol.length(value);
    if (Symbol.kind(value).isContainer()) {
      addEdge(node, Symbol.number(value));
    }
  }

  private void addEdge(int node, int target) {
    if (edges == edgeTarget.length) {
      edgeTarget = Arrays.copyOf(edgeTarget, 2 * edges);
      edgeNext = Arrays.copyOf(edgeNext, 2 * edges);
    }
    edgeTarget[edges] = target;
    edgeNext[edges] = firstEdge[node];
    firstEdge[node] = edges++;
  }

  /** About how much heap the containers need, and what functions copy of their arguments. */
  long heapBytes() {
    return count * CONTAINER_BYTES + items() * ITEM_BYTES + copied;
  }

  private long items() {
    long all = 0;
    for (int node = 0; node < count; node++) {
      all += items[node];
    }
    return all;
  }

  /** How many values were put into a container. */
  int items(long container) {
    return items[Symbol.number(container)];
  }

  /** Notes that an object is given its state; false if it was before. */
  boolean build(long container) {
    int node = Symbol.number(container);
    boolean first = !built[node];
    built[node] = true;
    return first;
  }

  /**
   * Checks the whole, once it is complete: a walk in which every container is visited once, each
   * after those that it contains.
   */
  void check() {
    byte[] state = new byte[count];
    int[] height = new int[count];
    long[] unfolded = new long[count];
    long[] argument = new long[count];
    int[] path = new int[64];
    for (int start = 0; start < count; start++) {
      if (state[start] != UNSEEN) {
        continue;
      }
      int depth = 0;
      path[depth++] = start;
      state[start] = OPEN;
      while (depth > 0) {
        int node = path[depth - 1];
        int edge = firstEdge[node];
        if (edge != NO_EDGE) {
          firstEdge[node] = edgeNext[edge];
          int target = edgeTarget[edge];
          if (state[target] == OPEN) {
            throw new ModelRefusedException(
                Reason.STATE_INVALID,
                offsets[target],
                "%s contains itself, which no model needs".formatted(kind(target)));
          }
          if (state[target] == UNSEEN) {
            if (depth == path.length) {
              path = Arrays.copyOf(path, 2 * depth);
            }
            state[target] = OPEN;
            path[depth++] = target;
          } else {
            absorb(node, target, height, unfolded, argument);
          }
          continue;
        }
        depth--;
        state[node] = DONE;
        finish(node, height, unfolded, argument);
        if (kind(node) == Kind.RESULT) {
          copied += argument[node];
          if (copied > budget.copied()) {
            throw tooMuch(offsets[node], "gives functions the same large arguments too often");
          }
        }
        if (depth > 0) {
          absorb(path[depth - 1], node, height, unfolded, argument);
        }
      }
    }
  }

  private static final byte UNSEEN = 0;
  private static final byte OPEN = 1;
  private static final byte DONE = 2;

  /** Adds to a container what one that it contains comes to. */
  private void absorb(int node, int target, int[] height, long[] unfolded, long[] argument) {
    height[node] = Math.max(height[node], height[target]);
    unfolded[node] += unfolded[target];
    if (kind(target) != Kind.INSTANCE) {
      argument[node] += argument[target];
    }
    checkSize(node, height, unfolded);
  }

  private void finish(int node, int[] height, long[] unfolded, long[] argument) {
    height[node]++;
    unfolded[node] += ownBytes[node];
    argument[node] += ownContent[node];
    checkSize(node, height, unfolded);
  }

  private void checkSize(int node, int[] height, long[] unfolded) {
    if (height[node] > budget.nesting()) {
      throw tooMuch(offsets[node], "nests containers deeper than %d".formatted(budget.nesting()));
    }
    if (unfolded[node] > budget.unfolded()) {
      throw tooMuch(offsets[node], "unfolds by shared references into far more than its size");
    }
  }

  private Kind kind(int node) {
    return KINDS[kinds[node]];
  }

  private static final Kind[] KINDS = Kind.values();

  private static ModelRefusedException tooMuch(int offset, String what) {
    return new ModelRefusedException(
        Reason.BUDGET_EXCEEDED, offset, "the file " + what + "; no model of its size does");
  }
}
