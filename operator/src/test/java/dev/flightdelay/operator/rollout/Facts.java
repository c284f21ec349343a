package dev.flightdelay.operator.rollout;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Facts of a version step by step: at first one that is not in the spec and has two pods ready. */
final class Facts {

  private final String name;
  private OptionalInt wanted = OptionalInt.empty();
  private boolean exists = true;
  private boolean everReady = true;
  private int readyReplicas = 2;
  private OptionalInt desiredReplicas = OptionalInt.empty();
  private int leastReplicas = 2;
  private OptionalInt scalesTo = OptionalInt.of(20);
  private boolean fixed;
  private boolean promoted;
  private int routed;
  private int servedBefore;
  private Optional<Prescale> prescale = Optional.empty();
  private Optional<Instant> drainUntil = Optional.empty();

  private Facts(String name) {
    this.name = name;
  }

  static Facts version(String name) {
    return new Facts(name);
  }

  Facts wants(int percent) {
    wanted = OptionalInt.of(percent);
    return this;
  }

  Facts routed(int percent) {
    routed = percent;
    return this;
  }

  Facts servedBefore(int percent) {
    servedBefore = percent;
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
    scalesTo = OptionalInt.empty();
    leastReplicas = 1;
    return this;
  }

  Facts fixed(int pods) {
    scalesTo = OptionalInt.empty();
    leastReplicas = pods;
    fixed = true;
    return pods(pods);
  }

  Facts promoted() {
    promoted = true;
    return this;
  }

  Facts scalesTo(int most) {
    scalesTo = OptionalInt.of(most);
    return this;
  }

  Facts neverReady() {
    everReady = false;
    readyReplicas = 0;
    return this;
  }

  Facts notThere() {
    exists = false;
    return neverReady();
  }

  Facts prescaled(int replicas) {
    prescale = Optional.of(new Prescale(replicas, Optional.empty()));
    return this;
  }

  Facts prescaled(int replicas, Instant until) {
    prescale = Optional.of(new Prescale(replicas, Optional.of(until)));
    return this;
  }

  Facts drainUntil(Instant until) {
    drainUntil = Optional.of(until);
    return this;
  }

  VersionFacts build() {
    return VersionFacts.of(name)
        .wanted(wanted)
        .exists(exists)
        .everReady(everReady)
        .readyReplicas(readyReplicas)
        .desiredReplicas(desiredReplicas.orElse(readyReplicas))
        .leastReplicas(leastReplicas)
        .scalesTo(scalesTo)
        .fixed(fixed)
        .promoted(promoted)
        .routed(routed)
        .servedBefore(servedBefore)
        .prescale(prescale)
        .drainUntil(drainUntil)
        .build();
  }
}
