package dev.flightdelay.predictor.pickle;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.pickle.Symbol.Kind;
import java.util.Arrays;

/**
 * Finds in a complete graph what no stack shows: containers that contain themselves, and small
 * files that a few shared references unfold into something enormous. It visits each container once,
 * after those that it contains, and does so without recursion.
 */
final class GraphWalk {

  private static final byte UNSEEN = 0;
  private static final byte OPEN = 1;
  private static final byte DONE = 2;

  private final ObjectGraph graph;
  private final PickleBudget budget;
  private final byte[] state;
  private final int[] edge;
  private final int[] height;
  private final long[] unfolded;
  private final long[] content;
  private final long[] contents;
  private final long[] texts;
  private int[] path = new int[64];
  private int depth;
  private long copied;

  GraphWalk(ObjectGraph graph, PickleBudget budget) {
    this.graph = graph;
    this.budget = budget;
    int count = graph.count();
    state = new byte[count];
    edge = new int[count];
    height = new int[count];
    unfolded = new long[count];
    content = new long[count];
    contents = new long[count];
    texts = new long[count];
  }

  /**
   * Walks through the whole graph.
   *
   * @throws ModelRefusedException if a container contains itself, or the budget is exceeded
   */
  void check() {
    for (int node = 0; node < state.length; node++) {
      if (state[node] == UNSEEN) {
        open(node);
        walk();
      }
    }
  }

  /** The bytes that functions and states may copy, each call counted. */
  long copied() {
    return copied;
  }

  /** The bytes of the whole, if everything that is shared were copied. */
  long unfolded() {
    return Arrays.stream(unfolded).max().orElse(0);
  }

  /** The bytes of its longer texts and bytes, if everything that is shared were copied. */
  long contents() {
    return Arrays.stream(contents).max().orElse(0);
  }

  private void walk() {
    while (depth > 0) {
      int node = path[depth - 1];
      if (edge[node] == ObjectGraph.NO_EDGE) {
        depth--;
        close(node);
        continue;
      }
      int target = graph.target(edge[node]);
      switch (state[target]) {
        case UNSEEN -> open(target);
        case OPEN ->
            throw new ModelRefusedException(
                Reason.STATE_INVALID,
                graph.offset(target),
                graph.kind(target) + " contains itself, which no model needs");
        default -> {
          absorb(node, target, graph.isKept(edge[node]));
          edge[node] = graph.nextEdge(edge[node]);
        }
      }
    }
  }

  private void open(int node) {
    if (depth == path.length) {
      path = Arrays.copyOf(path, 2 * depth);
    }
    path[depth++] = node;
    state[node] = OPEN;
    edge[node] = graph.firstEdge(node);
    height[node] = 1;
    unfolded[node] = graph.size(node);
    content[node] = graph.content(node);
    contents[node] = graph.longContent(node);
    texts[node] = graph.texts(node);
  }

  /** Adds to a container what one that it contains comes to. */
  private void absorb(int node, int target, boolean kept) {
    height[node] = Math.max(height[node], height[target] + 1);
    if (height[node] > budget.nesting()) {
      throw ObjectGraph.tooMuch(
          graph.offset(node), "nests containers deeper than %d".formatted(budget.nesting()));
    }
    unfolded[node] += unfolded[target];
    if (unfolded[node] > budget.unfolded()) {
      throw ObjectGraph.tooMuch(
          graph.offset(node), "unfolds by shared references into far more than its size");
    }
    contents[node] += contents[target];
    if (contents[node] > budget.contents()) {
      throw ObjectGraph.tooMuch(
          graph.offset(node), "repeats large texts or arrays by shared references");
    }
    // Functions may copy arrays out of arrays, but look into no instance.
    if (graph.kind(target) != Kind.INSTANCE) {
      content[node] += kept ? texts[target] : content[target];
      texts[node] += texts[target];
    }
  }

  private void close(int node) {
    state[node] = DONE;
    if (graph.kind(node) == Kind.RESULT) {
      copied += content[node];
      if (copied > budget.copied()) {
        throw ObjectGraph.tooMuch(
            graph.offset(node), "gives functions the same large arguments too often");
      }
    }
  }
}
