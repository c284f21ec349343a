package dev.flightdelay.predictor.pickle;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.pickle.Symbol.Kind;
import java.util.Arrays;

/**
 * What contains what in a pickle: its containers as numbers, with an edge for each one in another.
 */
final class ObjectGraph {

  static final int NO_EDGE = -1;

  /** What is noted of a container of which nothing was. */
  static final long NO_NOTE = -1;

  /** About what Java needs for a value beside its content. */
  private static final int VALUE_BYTES = 16;

  /** About what Java needs for an empty LinkedHashMap that is to be filled; others need less. */
  private static final long CONTAINER_BYTES = 136;

  /** About what Java needs for half of such a map's entry; others need less. */
  private static final long ITEM_BYTES = 32;

  /** Shorter texts are names, which many objects share in any file. */
  private static final int LONG = 64;

  private final PickleBudget budget;

  private int count;
  private Kind[] kinds = new Kind[64];
  private int[] offsets = new int[64];
  private int[] items = new int[64];
  private boolean[] built = new boolean[64];
  private boolean[] given = new boolean[64];
  private boolean[] unread = new boolean[64];
  private int[] type = new int[64];
  private long[] note = new long[64];
  private long[] size = new long[64];
  private long[] content = new long[64];
  private long[] longContent = new long[64];
  private long[] texts = new long[64];
  private int[] firstEdge = new int[64];

  private int edges;
  private int[] edgeTarget = new int[64];
  private int[] edgeNext = new int[64];

  private long allItems;
  private long referenced;

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
      given = Arrays.copyOf(given, larger);
      unread = Arrays.copyOf(unread, larger);
      type = Arrays.copyOf(type, larger);
      note = Arrays.copyOf(note, larger);
      size = Arrays.copyOf(size, larger);
      content = Arrays.copyOf(content, larger);
      longContent = Arrays.copyOf(longContent, larger);
      texts = Arrays.copyOf(texts, larger);
      firstEdge = Arrays.copyOf(firstEdge, larger);
    }
    kinds[count] = kind;
    offsets[count] = offset;
    size[count] = 2 * VALUE_BYTES;
    firstEdge[count] = NO_EDGE;
    note[count] = NO_NOTE;
    return Symbol.of(kind, count++);
  }

  /** Notes an instance that is carried along, and whose content nothing looks at. */
  void leaveUnread(long container) {
    unread[Symbol.number(container)] = true;
  }

  /** Notes of which class an instance is: the number of the global that it was made by. */
  void type(long instance, int global) {
    type[Symbol.number(instance)] = global;
  }

  /** What was noted by that. */
  int type(long instance) {
    return type[Symbol.number(instance)];
  }

  /** Whether anything refers to a container. */
  boolean isGiven(long container) {
    return given[Symbol.number(container)];
  }

  /** Whether that is an instance that nothing looks at. */
  boolean isUnread(long container) {
    return unread[Symbol.number(container)];
  }

  /**
   * Checks that nothing refers to a container that is changed now. Python copies a state when BUILD
   * gives it, and a function looks at its arguments when it is called: what a change afterwards
   * does depends on who read what, and when. A pickler ends each container before anything refers
   * to it, but where one contains itself.
   *
   * @throws ModelRefusedException if something refers to it
   */
  void requireUngiven(long container, int offset) {
    int node = Symbol.number(container);
    if (given[node] && !unread[node]) {
      throw new ModelRefusedException(
          Reason.STATE_INVALID,
          offset,
          "the file changes %s after something refers to it, which no pickler does; save the estimator again"
              .formatted(kinds[node]));
    }
  }

  /** Puts a value into a container, or gives it to a function that may copy its bytes. */
  void put(long container, long value, int offset) {
    put(container, value, offset, false);
  }

  /**
   * Gives a value to what refers to its bytes and copies only texts: a state, or the arguments of a
   * function that is known for it.
   */
  void keep(long container, long value, int offset) {
    put(container, value, offset, true);
  }

  private void put(long container, long value, int offset, boolean kept) {
    int node = Symbol.number(container);
    int length = Symbol.length(value);
    referenced += VALUE_BYTES + length;
    if (referenced > budget.referenced()) {
      throw tooMuch(offset, "refers to the same values too often");
    }
    items[node]++;
    allItems++;
    size[node] += VALUE_BYTES + length;
    longContent[node] += length >= LONG ? length : 0;
    if (!kept || Symbol.kind(value) != Kind.BYTES) {
      content[node] += length;
    }
    if (Symbol.kind(value) != Kind.BYTES) {
      texts[node] += length;
    }
    if (Symbol.kind(value).isContainer()) {
      int target = Symbol.number(value);
      given[target] = true;
      addEdge(node, kept ? ~target : target);
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

  /** Notes a number on a container, which means something to who notes it. */
  void note(long container, long number) {
    note[Symbol.number(container)] = number;
  }

  /** What was noted on a container; {@link #NO_NOTE} if nothing was. */
  long note(long container) {
    return note[Symbol.number(container)];
  }

  /** Notes that an object is given its state; false if it was before. */
  boolean build(long container) {
    int node = Symbol.number(container);
    boolean first = !built[node];
    built[node] = true;
    return first;
  }

  /** How many values were put into a container. */
  int items(long container) {
    return items[Symbol.number(container)];
  }

  /** About how much heap the containers need. */
  long heapBytes() {
    return count * CONTAINER_BYTES + allItems * ITEM_BYTES;
  }

  /** How many containers there are; they are numbered from 0. */
  int count() {
    return count;
  }

  Kind kind(int node) {
    return kinds[node];
  }

  /** Where in the file it is made. */
  int offset(int node) {
    return offsets[node];
  }

  /** The bytes of a container and of what it refers to that is no container. */
  long size(int node) {
    return size[node];
  }

  /** The bytes of the texts and bytes alone that it refers to. */
  long content(int node) {
    return content[node];
  }

  /** The bytes of the longer of these. */
  long longContent(int node) {
    return longContent[node];
  }

  /** Adds to a container what it holds outside of this graph. */
  void addWeight(long container, long bytes, long longBytes) {
    int node = Symbol.number(container);
    size[node] += bytes;
    longContent[node] += longBytes;
  }

  /** The bytes of the texts alone. */
  long texts(int node) {
    return texts[node];
  }

  /** Its first edge; {@link #NO_EDGE} if it contains no container. */
  int firstEdge(int node) {
    return firstEdge[node];
  }

  int nextEdge(int edge) {
    return edgeNext[edge];
  }

  int target(int edge) {
    int target = edgeTarget[edge];
    return target < 0 ? ~target : target;
  }

  /** Whether the container only refers to the bytes of what it contains there. */
  boolean isKept(int edge) {
    return edgeTarget[edge] < 0;
  }

  static ModelRefusedException tooMuch(int offset, String what) {
    return new ModelRefusedException(
        Reason.BUDGET_EXCEEDED, offset, "the file " + what + "; no model of its size does");
  }
}
