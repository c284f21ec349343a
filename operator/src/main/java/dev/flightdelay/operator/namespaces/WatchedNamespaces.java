package dev.flightdelay.operator.namespaces;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The namespaces that are to be served, and which of them can be read now. */
public final class WatchedNamespaces {

  private final List<String> asked;
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final Map<String, String> closed = new ConcurrentHashMap<>();

  /**
   * None of them is known to be readable yet.
   *
   * @param asked their names; * alone for all
   */
  public WatchedNamespaces(List<String> asked) {
    this.asked = asked.contains(NamespaceReader.ALL) ? List.of(NamespaceReader.ALL) : asked;
  }

  public List<String> asked() {
    return asked;
  }

  public boolean all() {
    return asked.contains(NamespaceReader.ALL);
  }

  /** Whether what is in a namespace is known wholly, and may be gone by. */
  public boolean isOpen(String namespace) {
    return all() || open.contains(namespace);
  }

  /** Those that are read; * alone for all. */
  public Set<String> open() {
    return Set.copyOf(open);
  }

  /** Those that are not read, and why. */
  public Map<String, String> closed() {
    return Map.copyOf(closed);
  }

  /** Everything in it is read from now on. */
  public void opens(String namespace) {
    closed.remove(namespace);
    open.add(namespace);
  }

  /** It is not read any more. */
  public void closes(String namespace, String why) {
    open.remove(namespace);
    closed.put(namespace, why);
  }
}
