package dev.flightdelay.operator.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pods that the operator gives versions for a share that rises, by its own autoscalers.
 *
 * @param needed how many, by version
 */
record GivenPods(Collection<VersionFacts> versions, Map<String, Integer> needed) {

  /** How long the pods stay that a version was given for a larger share. */
  static final Duration PRESCALED_FOR = Duration.ofMinutes(5);

  /**
   * @param routed the traffic as it is
   * @param wanted the traffic that the spec asks for
   */
  static GivenPods of(
      Collection<VersionFacts> versions, Map<String, Integer> routed, Map<String, Integer> wanted) {
    int serving = serving(versions, routed);
    Map<String, Integer> needed = new HashMap<>();
    for (VersionFacts version : versions) {
      int share = wanted.getOrDefault(version.name(), 0);
      if (!routed.isEmpty()
          && version.scalesTo().isPresent()
          && share > routed.getOrDefault(version.name(), 0)) {
        int need = Math.ceilDiv(serving * share, 100);
        // The number does not go down while it is waited for: pods that come and go elsewhere
        // would move the mark.
        int before =
            version
                .prescale()
                .filter(prescale -> prescale.until().isEmpty())
                .map(Prescale::replicas)
                .orElse(0);
        needed.put(
            version.name(),
            Math.min(version.scalesTo().getAsInt(), Math.max(1, Math.max(need, before))));
      }
    }
    return new GivenPods(versions, needed);
  }

  /** How many pods carry the traffic now. */
  static int serving(Collection<VersionFacts> versions, Map<String, Integer> routed) {
    return versions.stream()
        .filter(version -> routed.containsKey(version.name()))
        .mapToInt(GivenPods::carrying)
        .sum();
  }

  /**
   * The pods that carry a version's traffic now. Those that it is being given for a larger share
   * are not among them: counted, each would ask for another one.
   */
  private static int carrying(VersionFacts version) {
    boolean growing = version.prescale().filter(prescale -> prescale.until().isEmpty()).isPresent();
    return growing
        ? Math.min(version.readyReplicas(), version.leastReplicas())
        : version.readyReplicas();
  }

  /** The versions that do not have theirs yet, and how many those are. */
  Map<String, Integer> missing() {
    Map<String, Integer> missing = new TreeMap<>();
    for (VersionFacts version : versions) {
      Integer need = needed.get(version.name());
      if (need != null && version.readyReplicas() < (version.promoted() ? 1 : need)) {
        missing.put(version.name(), need);
      }
    }
    return missing;
  }

  /**
   * What is to stand on the autoscalers.
   *
   * @param waits whether the share has not risen yet
   */
  Map<String, Prescale> prescales(boolean waits, Instant now) {
    Map<String, Prescale> prescales = new TreeMap<>();
    for (VersionFacts version : versions) {
      Integer need = needed.get(version.name());
      boolean more = need != null && need > version.leastReplicas();
      if (more && waits) {
        prescales.put(version.name(), new Prescale(need, Optional.empty()));
      } else if (more) {
        prescales.put(version.name(), new Prescale(need, Optional.of(now.plus(PRESCALED_FOR))));
      } else if (version.prescale().isPresent() && version.scalesTo().isPresent()) {
        Prescale before = version.prescale().get();
        Instant until = before.until().orElse(now.plus(PRESCALED_FOR));
        if (now.isBefore(until)) {
          // The spec may allow fewer pods by now than it did.
          int replicas = Math.min(before.replicas(), version.scalesTo().getAsInt());
          prescales.put(version.name(), new Prescale(replicas, Optional.of(until)));
        }
      }
    }
    return prescales;
  }
}
