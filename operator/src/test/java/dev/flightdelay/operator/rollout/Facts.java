package dev.flightdelay.operator.rollout;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Facts of a version step by step: at first one that is not in the spec and has two pods ready. */
final class Facts {

  private final VersionFacts.Builder facts;
  private int readyReplicas;
  private OptionalInt desiredReplicas = OptionalInt.empty();

  private Facts(String name) {
    facts =
        VersionFacts.of(name)
            .exists(true)
            .everReady(true)
            .leastReplicas(2)
            .scalesTo(OptionalInt.of(20));
    readyReplicas = 2;
  }

  static Facts version(String name) {
    return new Facts(name);
  }

  Facts wants(int percent) {
    facts.wanted(OptionalInt.of(percent));
    return this;
  }

  Facts routed(int percent) {
    facts.routed(percent);
    return this;
  }

  Facts servedBefore(int percent) {
    facts.servedBefore(percent);
    return this;
  }

  Facts pods(int ready) {
    readyReplicas = ready;
    return this;
  }

  /** Of the pods that it should have. */
  Facts pods(int ready, int desired) {
    desiredReplicas = OptionalInt.of(desired);
    return pods(ready);
  }

  Facts scaledByOthers() {
    facts.scalesTo(OptionalInt.empty()).leastReplicas(1);
    return this;
  }

  Facts fixed(int pods) {
    facts.scalesTo(OptionalInt.empty()).leastReplicas(pods).fixed(true);
    return pods(pods);
  }

  Facts promoted() {
    facts.promoted(true);
    return this;
  }

  Facts scalesTo(int most) {
    facts.scalesTo(OptionalInt.of(most));
    return this;
  }

  Facts neverReady() {
    facts.everReady(false);
    readyReplicas = 0;
    return this;
  }

  Facts notThere() {
    facts.exists(false);
    return neverReady();
  }

  Facts prescaled(int replicas) {
    facts.prescale(Optional.of(new Prescale(replicas, Optional.empty())));
    return this;
  }

  Facts prescaled(int replicas, Instant until) {
    facts.prescale(Optional.of(new Prescale(replicas, Optional.of(until))));
    return this;
  }

  Facts drainUntil(Instant until) {
    facts.drainUntil(Optional.of(until));
    return this;
  }

  VersionFacts build() {
    return facts
        .readyReplicas(readyReplicas)
        .desiredReplicas(desiredReplicas.orElse(readyReplicas))
        .build();
  }
}
