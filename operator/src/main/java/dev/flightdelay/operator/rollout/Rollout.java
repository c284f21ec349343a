package dev.flightdelay.operator.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a rollout does next: a canary release where versions share the traffic. The rules:
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
 * @param held why versions do not have their share yet, by name
 * @param rising to be remembered on the route
 * @param prescales what stands on the versions' autoscalers
 * @param draining versions that wait for their deletion, and until when
 * @param removed versions to delete now
 * @param remembered what stands on each version's Deployment, so that a restarted operator goes on:
 *     annotations by their name without the group
 * @param next when to look again, if nothing happens before
 */
public record Rollout(
    Map<String, Integer> weights,
    Map<String, Integer> servedBefore,
    Map<String, Hold> held,
    Optional<Rising> rising,
    Map<String, Prescale> prescales,
    Map<String, Instant> draining,
    Set<String> removed,
    Map<String, Map<String, String>> remembered,
    Optional<Duration> next) {

  /** What to do next. */
  public static Rollout decide(
      Collection<VersionFacts> versions, Routing routing, Duration drain, Instant now) {
    Map<String, Hold> waiting = Steps.holds(versions, now);
    Shares asked = Shares.of(versions, waiting);
    GivenPods given = GivenPods.of(versions, asked.routed(), asked.wanted());
    StepByStep steps = new StepByStep(versions, routing, asked.routed(), asked.wanted());
    Shares carried = Shares.enoughPods(asked, given, steps);
    Map<String, Integer> weights = Shares.weights(carried, steps, now);

    Optional<Rising> rising = steps.rising(weights, now);
    Map<String, Prescale> prescales = given.prescales(carried.isStopped(), now);
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
        carried.servedBefore(),
        carried.held(),
        rising,
        prescales,
        draining,
        removed,
        Steps.remembered(versions, now),
        next(waiting, prescales, draining, rising, now));
  }

  private static Optional<Duration> next(
      Map<String, Hold> waiting,
      Map<String, Prescale> prescales,
      Map<String, Instant> draining,
      Optional<Rising> rising,
      Instant now) {
    return Stream.of(
            waiting.values().stream().flatMap(hold -> hold.until().stream()),
            prescales.values().stream().flatMap(prescale -> prescale.until().stream()),
            draining.values().stream(),
            rising.stream().map(StepByStep::settled).filter(now::isBefore))
        .flatMap(Function.identity())
        .min(Instant::compareTo)
        .map(time -> Duration.between(now, time).plusMillis(50));
  }
}
