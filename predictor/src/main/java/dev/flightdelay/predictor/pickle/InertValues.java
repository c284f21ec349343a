package dev.flightdelay.predictor.pickle;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where in a file the values are that no rule knows. Each has to be beneath an attribute that its
 * object's class lists as never looked at, by every way that leads to it: shared with any other
 * place it is refused.
 *
 * <p>A container is noted when it is given what holds such a value, which is then ended: nothing is
 * changed after something refers to it. So nothing is noted of files without such values.
 */
final class InertValues {

  /**
   * The state of an object.
   *
   * @param unread the attributes that nothing looks at
   */
  private record State(int dictionary, Set<String> unread) {}

  /**
   * What a dictionary has under a key: such a value, or the container that holds one.
   *
   * @param container {@link #NONE} if it is none
   */
  private record Entry(AllowedGlobal.Inert inert, int container) {}

  private static final int NONE = -1;

  /** What is noted needs far more memory than the file's bytes; a search has a few hundred. */
  private static final int MAX_PLACES = 20_000;

  private final ObjectGraph graph;

  /** What is such a value, or has one that is no container. */
  private final Map<Integer, AllowedGlobal.Inert> values = new HashMap<>();

  /** For a dictionary, under which keys it has such values, or what holds one. */
  private final Map<Integer, Map<String, Entry>> entries = new HashMap<>();

  /** What holds such a value at any depth, and one of them. */
  private final Map<Integer, AllowedGlobal.Inert> holders = new HashMap<>();

  private final Map<Integer, State> states = new HashMap<>();
  private int noted;

  InertValues(ObjectGraph graph) {
    this.graph = graph;
  }

  /** The value that a container holds at any depth, as far as it was filled; or null. */
  AllowedGlobal.Inert heldBy(long container) {
    return holders.get(Symbol.number(container));
  }

  /** Whether a container is such a value, or has one that is no container. */
  boolean isOrHas(long container) {
    return values.containsKey(Symbol.number(container));
  }

  /** Notes a container that is such a value itself. */
  void is(long container, AllowedGlobal.Inert inert) {
    count(container);
    values.putIfAbsent(Symbol.number(container), inert);
    holders.putIfAbsent(Symbol.number(container), inert);
  }

  /**
   * Notes that a container is given such a value, or another container that holds one.
   *
   * @param isContainer whether it is the latter
   */
  void put(long container, AllowedGlobal.Inert inert, boolean isContainer) {
    count(container);
    holders.putIfAbsent(Symbol.number(container), inert);
    if (!isContainer) {
      values.putIfAbsent(Symbol.number(container), inert);
    }
  }

  /** The same of a dictionary, which may have a key only once. */
  void put(long dictionary, String key, long value, AllowedGlobal.Inert inert) {
    count(dictionary);
    holders.putIfAbsent(Symbol.number(dictionary), inert);
    int container = Symbol.kind(value).isContainer() ? Symbol.number(value) : NONE;
    entries
        .computeIfAbsent(Symbol.number(dictionary), _ -> new HashMap<>())
        .putIfAbsent(key, new Entry(inert, container));
  }

  /** Notes the state of an object that is of a class with such attributes. */
  void build(long object, long dictionary, Set<String> unread) {
    states.put(Symbol.number(object), new State(Symbol.number(dictionary), unread));
  }

  private void count(long container) {
    count(graph.offset(Symbol.number(container)));
  }

  /** Notes that the file names one there. */
  void named(int offset) {
    count(offset);
  }

  private void count(int offset) {
    if (++noted > MAX_PLACES) {
      throw ObjectGraph.tooMuch(
          offset, "has names of its own program in more than %d places".formatted(MAX_PLACES));
    }
  }

  /** One of them that something could look at, beginning from the root. */
  Optional<AllowedGlobal.Inert> reachable(long root) {
    if (holders.isEmpty() || !Symbol.kind(root).isContainer()) {
      return Optional.empty();
    }
    BitSet seen = new BitSet(graph.count());
    Deque<Integer> open = new ArrayDeque<>();
    open.push(Symbol.number(root));
    while (!open.isEmpty()) {
      int node = open.pop();
      if (seen.get(node) || !holders.containsKey(node)) {
        continue;
      }
      seen.set(node);
      if (values.containsKey(node)) {
        return Optional.of(values.get(node));
      }
      State state = states.get(node);
      Optional<AllowedGlobal.Inert> read =
          state == null
              ? read(node, Set.of(), open)
              : read(state.dictionary(), state.unread(), open);
      if (read.isPresent()) {
        return read;
      }
      for (int edge = graph.firstEdge(node);
          edge != ObjectGraph.NO_EDGE;
          edge = graph.nextEdge(edge)) {
        if (state == null || graph.target(edge) != state.dictionary()) {
          open.push(graph.target(edge));
        }
      }
    }
    return Optional.empty();
  }

  /** Follows a dictionary's entries but those that nothing looks at. */
  private Optional<AllowedGlobal.Inert> read(
      int dictionary, Set<String> unread, Deque<Integer> open) {
    for (var entry : entries.getOrDefault(dictionary, Map.of()).entrySet()) {
      if (unread.contains(entry.getKey())) {
        continue;
      }
      if (entry.getValue().container() == NONE) {
        return Optional.of(entry.getValue().inert());
      }
      open.push(entry.getValue().container());
    }
    return Optional.empty();
  }
}
