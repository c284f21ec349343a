package dev.flightdelay.operator.rollout;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The steps on a version's way to its share, before it needs the pods that carry it: to add one,
 * add a line here.
 */
public final class Steps {

  /** Of several that hold a version, the first one does. */
  private static final List<Step> ALL = List.of(new EverReady());

  private Steps() {}

  /** The versions that wait, and why. */
  static Map<String, Hold> holds(Collection<VersionFacts> versions, Instant now) {
    Map<String, Hold> held = new TreeMap<>();
    ALL.forEach(step -> step.holds(versions, now).forEach(held::putIfAbsent));
    return held;
  }

  /** What is to stand on each version's Deployment: annotations by their name without the group. */
  static Map<String, Map<String, String>> remembered(
      Collection<VersionFacts> versions, Instant now) {
    Map<String, Map<String, String>> remembered = new TreeMap<>();
    for (VersionFacts version : versions) {
      Map<String, String> annotations = new TreeMap<>();
      ALL.forEach(step -> annotations.putAll(step.remembers(version, now)));
      remembered.put(version.name(), annotations);
    }
    return remembered;
  }

  /** The reasons to wait of which an event tells, those for pods included. */
  public static Set<String> reasons() {
    return Stream.concat(
            ALL.stream().flatMap(step -> step.reasons().stream()),
            Stream.of(NeedsPods.REASON, RisesWithPods.REASON))
        .collect(Collectors.toUnmodifiableSet());
  }
}
