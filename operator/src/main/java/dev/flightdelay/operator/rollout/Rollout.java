package dev.flightdelay.operator.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a rollout does next. The rules:
 *
 * <ul>
 *   <li>A version that was never ready gets no traffic: its share stays with those that have it, in
 *       the proportions that they last had without such a version, even if the spec does not list
 *       them any more.
 *   <li>A version's share rises only once it has as many pods as carry that share now. The
 *       operator's own autoscaler gives it those, or all that it may; the share waits for them as a
 *       whole.
 *   <li>Where others decide on the number of pods, or the spec does, the share rises as far as
 *       those that are ready carry it: an autoscaler that follows the load would never add any to a
 *       version without traffic. A route that cannot split waits for all of them.
 *   <li>A person can have a version promoted: it gets its share with the pods that it has.
 *   <li>A version that is not listed any more loses its traffic first, then waits, then goes.
 * </ul>
 *
 * @param weights percent of the traffic by version, only those above 0, adding up to 100; empty as
 *     long as no version can take any
 * @param servedBefore the proportions in which shares stay as long as a version cannot take its
 *     own; to be remembered, because the weights that follow from them are others. Empty where
 *     every version can
 * @param held versions whose share would rise, and the pods that the operator gives them for it;
 *     while there is one, the route stays as it is
 * @param limited versions whose share rises only as their pods do, which the operator does not give
 *     them, and how many the whole share needs
 * @param rising to be remembered on the route
 * @param prescales what stands on the versions' autoscalers
 * @param draining versions that wait for their deletion, and until when
 * @param removed versions to delete now
 * @param next when to look again, if nothing happens before
 */
public record Rollout(
    Map<String, Integer> weights,
    Map<String, Integer> servedBefore,
    Map<String, Integer> held,
    Map<String, Integer> limited,
    Optional<Rising> rising,
    Map<String, Prescale> prescales,
    Map<String, Instant> draining,
    Set<String> removed,
    Optional<Duration> next) {

  /** How long the pods stay that a version was given for a larger share. */
  static final Duration PRESCALED_FOR = Duration.ofMinutes(5);

  /** What to do next. */
  public static Rollout decide(
      Collection<VersionFacts> versions, Routing routing, Duration drain, Instant now) {
    Map<String, Integer> routed = routed(versions);
    Map<String, Integer> servedBefore = servedBefore(versions, routed);
    Map<String, Integer> wanted = wanted(versions, servedBefore);
    Map<String, Integer> needed = needed(versions, routed, wanted);
    Map<String, Integer> held = new TreeMap<>();
    for (VersionFacts version : versions) {
      Integer need = needed.get(version.name());
      if (need != null && version.readyReplicas() < (version.promoted() ? 1 : need)) {
        held.put(version.name(), need);
      }
    }
    StepByStep steps = new StepByStep(versions, routing, routed, wanted, serving(versions, routed));
    Map<String, Integer> limited = steps.limited();
    Map<String, Integer> weights = held.isEmpty() ? steps.weights(now) : routed;
    Optional<Rising> rising =
        limited.isEmpty() ? Optional.empty() : Optional.of(steps.rising(weights, now));

    Map<String, Prescale> prescales = prescales(versions, needed, held, now);
    Map<String, Instant> draining = new LinkedHashMap<>();
    Set<String> removed = new LinkedHashSet<>();
    for (VersionFacts version : versions) {
      if (version.exists() && !version.listed() && !weights.containsKey(version.name())) {
        Instant until = version.drainUntil().orElse(now.plus(drain));
        if (now.isBefore(until)) {
          draining.put(version.name(), until);
        } else {
          removed.add(version.name());
        }
      }
    }
    return new Rollout(
        weights,
        servedBefore,
        held,
        limited,
        rising,
        prescales,
        draining,
        removed,
        next(prescales, draining, rising, now));
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
      Collection<VersionFacts> versions, Map<String, Integer> routed) {
    boolean waits =
        versions.stream()
            .anyMatch(version -> version.wanted().orElse(0) > 0 && !version.everReady());
    if (!waits) {
      return Map.of();
    }
    Map<String, Integer> before = new TreeMap<>();
    versions.stream()
        .filter(version -> routed.containsKey(version.name()) && version.servedBefore() > 0)
        .forEach(version -> before.put(version.name(), version.servedBefore()));
    return before.isEmpty() ? routed : before;
  }

  /** The traffic that the spec asks for, as far as versions can take it. */
  private static Map<String, Integer> wanted(
      Collection<VersionFacts> versions, Map<String, Integer> servedBefore) {
    Map<String, Double> shares = new TreeMap<>();
    double left = 0;
    for (VersionFacts version : versions) {
      int share = version.wanted().orElse(0);
      if (version.everReady()) {
        shares.merge(version.name(), (double) share, Double::sum);
      } else {
        left += share;
      }
    }
    double sum = servedBefore.values().stream().mapToInt(Integer::intValue).sum();
    for (Map.Entry<String, Integer> version : servedBefore.entrySet()) {
      shares.merge(version.getKey(), left * version.getValue() / sum, Double::sum);
    }
    return Percentages.of(shares);
  }

  private static int serving(Collection<VersionFacts> versions, Map<String, Integer> routed) {
    return versions.stream()
        .filter(version -> routed.containsKey(version.name()))
        .mapToInt(Rollout::carrying)
        .sum();
  }

  /** How many pods the operator has each version given whose share is to rise. */
  private static Map<String, Integer> needed(
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
    return needed;
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

  private static Map<String, Prescale> prescales(
      Collection<VersionFacts> versions,
      Map<String, Integer> needed,
      Map<String, Integer> held,
      Instant now) {
    Map<String, Prescale> prescales = new TreeMap<>();
    for (VersionFacts version : versions) {
      Integer need = needed.get(version.name());
      boolean more = need != null && need > version.leastReplicas();
      if (more && !held.isEmpty()) {
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

  private static Optional<Duration> next(
      Map<String, Prescale> prescales,
      Map<String, Instant> draining,
      Optional<Rising> rising,
      Instant now) {
    return Stream.of(
            prescales.values().stream().flatMap(prescale -> prescale.until().stream()),
            draining.values().stream(),
            rising.stream().map(StepByStep::settled).filter(now::isBefore))
        .flatMap(Function.identity())
        .min(Instant::compareTo)
        .map(time -> Duration.between(now, time).plusMillis(50));
  }
}
