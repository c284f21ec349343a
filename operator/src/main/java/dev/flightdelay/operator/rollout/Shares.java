package dev.flightdelay.operator.rollout;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * The traffic on its way to what the spec asks for. Each rule of a {@link Rollout} is a step, which
 * takes what the one before it found.
 *
 * @param routed the traffic as it is
 * @param servedBefore the proportions in which shares stay as long as a version cannot take its own
 * @param wanted the traffic that the spec asks for, as far as versions can take any
 * @param held why versions do not have their share yet
 */
record Shares(
    Map<String, Integer> routed,
    Map<String, Integer> servedBefore,
    Map<String, Integer> wanted,
    Map<String, Hold> held) {

  /** What a version may not have yet of its share stays with those that have it. */
  static Shares of(Collection<VersionFacts> versions, Map<String, Hold> held) {
    Map<String, Integer> routed = routed(versions);
    Map<String, Integer> servedBefore =
        held.values().stream().allMatch(hold -> hold.fraction() == 1)
            ? Map.of()
            : servedBefore(versions, routed, held);
    return new Shares(routed, servedBefore, wanted(versions, servedBefore, held), held);
  }

  /** A share that rises waits for the pods that carry it. */
  static Shares enoughPods(Shares before, GivenPods given, StepByStep steps) {
    Map<String, Hold> held = new TreeMap<>(before.held);
    given.missing().forEach((version, pods) -> held.put(version, new NeedsPods(pods)));
    steps.limited().forEach((version, pods) -> held.put(version, new RisesWithPods(pods)));
    return new Shares(before.routed, before.servedBefore, before.wanted, held);
  }

  /** The traffic as it is to be now. */
  static Map<String, Integer> weights(Shares shares, StepByStep steps, Instant now) {
    return shares.isStopped() ? shares.routed : steps.weights(now);
  }

  /** Whether the route stays as it is. */
  boolean isStopped() {
    return held.values().stream().anyMatch(Hold::stopsTheRoute);
  }

  /**
   * The traffic as it is, of the versions that are still there. One that was never ready has some
   * only where its name was another's before.
   */
  private static Map<String, Integer> routed(Collection<VersionFacts> versions) {
    Map<String, Double> routed = new TreeMap<>();
    versions.stream()
        .filter(version -> version.exists() && version.everReady() && version.routed() > 0)
        .forEach(version -> routed.put(version.name(), (double) version.routed()));
    return Percentages.of(routed);
  }

  /**
   * What was routed before a version was waited for. To go by what is routed now would move a bit
   * more of the waiting version's share with every look, to those that the spec gives more.
   */
  private static Map<String, Integer> servedBefore(
      Collection<VersionFacts> versions, Map<String, Integer> routed, Map<String, Hold> held) {
    Map<String, Integer> serving = new TreeMap<>(routed);
    serving.keySet().removeIf(version -> fraction(version, held) < 1);
    Map<String, Integer> before = new TreeMap<>();
    versions.stream()
        .filter(version -> serving.containsKey(version.name()) && version.servedBefore() > 0)
        .forEach(version -> before.put(version.name(), version.servedBefore()));
    return before.isEmpty() ? serving : before;
  }

  private static Map<String, Integer> wanted(
      Collection<VersionFacts> versions,
      Map<String, Integer> servedBefore,
      Map<String, Hold> held) {
    Map<String, Double> shares = new TreeMap<>();
    double left = 0;
    for (VersionFacts version : versions) {
      int share = version.wanted().orElse(0);
      double has = share * fraction(version.name(), held);
      shares.merge(version.name(), has, Double::sum);
      left += share - has;
    }
    double sum = servedBefore.values().stream().mapToInt(Integer::intValue).sum();
    for (Map.Entry<String, Integer> version : servedBefore.entrySet()) {
      shares.merge(version.getKey(), left * version.getValue() / sum, Double::sum);
    }
    return Percentages.of(shares);
  }

  private static double fraction(String version, Map<String, Hold> held) {
    return held.containsKey(version) ? held.get(version).fraction() : 1;
  }
}
