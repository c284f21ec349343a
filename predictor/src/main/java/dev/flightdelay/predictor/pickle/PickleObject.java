package dev.flightdelay.predictor.pickle;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An instance of an allowed class: its name and its attributes as the pickle gives them, in order.
 * Compared by identity, so that a pickle cannot make comparing it expensive.
 */
public final class PickleObject implements Buildable {

  private final GlobalName type;
  private final long offset;
  private Object state;
  private boolean built;
  private Map<Object, Object> items;

  /**
   * @param offset where in the file it was made
   */
  public PickleObject(GlobalName type, long offset) {
    this.type = type;
    this.offset = offset;
  }

  public GlobalName type() {
    return type;
  }

  public long offset() {
    return offset;
  }

  @Override
  public void build(Object newState) {
    if (built) {
      throw new IllegalArgumentException(type + " is given a state twice");
    }
    built = true;
    state = newState;
  }

  /** The attributes by name; empty if the state is anything but a dictionary with names as keys. */
  public Map<String, Object> attributes() {
    if (!(state instanceof Map<?, ?> map)) {
      return Map.of();
    }
    for (Object key : map.keySet()) {
      if (!(key instanceof String)) {
        return Map.of();
      }
    }
    @SuppressWarnings("unchecked")
    Map<String, Object> attributes = (Map<String, Object>) map;
    return attributes;
  }

  /**
   * The items of an instance whose class extends {@code dict}, in order; those of others are none.
   */
  public Map<Object, Object> items() {
    if (items == null) {
      items = new LinkedHashMap<>();
    }
    return items;
  }

  /** The state as the pickle gives it; null if there is none. */
  public Object state() {
    return state;
  }
}
