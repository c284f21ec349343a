package dev.flightdelay.operator.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Shares that rise as far as ready pods carry them. With ten pods that carry all of the traffic, a
 * version's first pod carries 10 % of it, its second another 10 %.
 *
 * <p>An autoscaler that follows the load gives a version the pods for the share that it has, and so
 * never one for a larger share. Once the traffic has stood for a minute with all pods ready that
 * such a version should have, it gets a quarter more: more than an autoscaler puts up with, and no
 * more than pods bear for as long as another one takes to start. It stays at a quarter where
 * nothing follows the load.
 */
final class StepByStep {

  /** What an autoscaler takes to see the load: two rounds of metrics, and two of its own. */
  private static final Duration SETTLES = Duration.ofSeconds(60);

  /** Kubernetes' autoscaler puts up with 10 % more than its target. */
  private static final double MORE = 1.25;

  private final Collection<VersionFacts> versions;
  private final Routing routing;
  private final Map<String, Integer> routed;
  private final Map<String, Integer> wanted;

  /** How many pods carry all of the traffic. */
  private final int pods;

  /**
   * @param routed the traffic as it is
   * @param wanted the traffic that the spec asks for
   */
  StepByStep(
      Collection<VersionFacts> versions,
      Routing routing,
      Map<String, Integer> routed,
      Map<String, Integer> wanted) {
    this.versions = versions;
    this.routing = routing;
    this.routed = routed;
    this.wanted = wanted;
    this.pods = carryingAll(GivenPods.serving(versions, routed));
  }

  /**
   * As many as served when the rise began, at most as many as those that give their share away come
   * to by their share, and at least as many as they have. A version with a fixed number has it for
   * any share, so that its share says nothing.
   */
  private int carryingAll(int serving) {
    List<VersionFacts> giving =
        versions.stream()
            .filter(version -> routed(version) > wanted.getOrDefault(version.name(), 0))
            .toList();
    int ready = giving.stream().mapToInt(VersionFacts::readyReplicas).sum();
    int fixed =
        giving.stream()
            .filter(VersionFacts::fixed)
            .mapToInt(VersionFacts::desiredReplicas)
            .max()
            .orElse(0);
    int share = giving.stream().filter(version -> !version.fixed()).mapToInt(this::routed).sum();
    int desired =
        giving.stream()
            .filter(version -> !version.fixed())
            .mapToInt(VersionFacts::desiredReplicas)
            .sum();
    int byShare = Math.max(fixed, share == 0 ? 0 : desired * 100 / share);
    int before = routing.rising().map(Rising::pods).orElse(serving);
    return Math.min(Math.max(before, ready), byShare);
  }

  /** The versions that cannot have the whole of their share yet, and the pods that it needs. */
  Map<String, Integer> limited() {
    Map<String, Integer> limited = new TreeMap<>();
    for (VersionFacts version : versions) {
      int share = wanted.getOrDefault(version.name(), 0);
      if (!routed.isEmpty() && version.scalesTo().isEmpty() && share > routed(version)) {
        // One that is not listed any more only gets back what it had.
        boolean anyPods = version.promoted() || !version.listed();
        int need = Math.max(1, Math.ceilDiv(pods * share, 100));
        if (version.readyReplicas() < (anyPods ? 1 : need)) {
          limited.put(version.name(), need);
        }
      }
    }
    return limited;
  }

  /** The traffic as far as it can move now. */
  Map<String, Integer> weights(Instant now) {
    Map<String, Integer> limited = limited();
    if (limited.isEmpty()) {
      return wanted;
    }
    if (!routing.splits()) {
      return routed;
    }
    Map<String, Integer> weights = new TreeMap<>();
    int asked = 0;
    int given = 0;
    for (VersionFacts version : versions) {
      int before = routed(version);
      int share = wanted.getOrDefault(version.name(), 0);
      if (share > before) {
        int gets =
            limited.containsKey(version.name())
                ? Math.clamp(carried(version, now), before, share)
                : share;
        asked += share - before;
        given += gets - before;
        weights.put(version.name(), gets);
      }
    }
    Map<String, Double> left = new TreeMap<>();
    for (Map.Entry<String, Integer> before : routed.entrySet()) {
      if (!weights.containsKey(before.getKey())) {
        int share = wanted.getOrDefault(before.getKey(), 0);
        double gives = (before.getValue() - share) * (double) given / asked;
        left.put(before.getKey(), before.getValue() - gives);
      }
    }
    int whole = 100 - weights.values().stream().mapToInt(Integer::intValue).sum();
    weights.values().removeIf(weight -> weight == 0);
    weights.putAll(Percentages.of(left, whole));
    return weights;
  }

  /** The percentage that a version's ready pods carry. */
  private int carried(VersionFacts version, Instant now) {
    int ready = version.readyReplicas();
    if (ready == 0) {
      return 0;
    }
    boolean settled =
        !version.fixed()
            && ready == version.desiredReplicas()
            && routed(version) > 0
            && routing.rising().filter(rising -> !now.isBefore(settled(rising))).isPresent();
    return (int) Math.floor((settled ? MORE : 1) * 100 * ready / pods);
  }

  /** When an autoscaler has seen the traffic as it is. */
  static Instant settled(Rising rising) {
    return rising.since().plus(SETTLES);
  }

  /** What to remember once the traffic is routed so; nothing where no share is limited. */
  Optional<Rising> rising(Map<String, Integer> weights, Instant now) {
    if (limited().isEmpty()) {
      return Optional.empty();
    }
    Instant since =
        routing.rising().filter(_ -> weights.equals(routed)).map(Rising::since).orElse(now);
    return Optional.of(new Rising(pods, since));
  }

  private int routed(VersionFacts version) {
    return routed.getOrDefault(version.name(), 0);
  }
}
