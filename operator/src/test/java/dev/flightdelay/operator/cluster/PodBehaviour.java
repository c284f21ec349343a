package dev.flightdelay.operator.cluster;

import java.time.Duration;

/** What becomes of a pod once the kubelet has it. */
public sealed interface PodBehaviour {
  /**
   * Loads its model, which takes a while, is ready, and says at /actuator/info what it serves.
   *
   * @param sha256 of the file that it says it serves; empty for the one that it was told to serve
   */
  record Serves(String sha256, Duration loading) implements PodBehaviour {}

  /**
   * Serves at once, at an address that all pods share which do: thousands need no thousand servers.
   * They serve what the first of them was told to.
   */
  record ServesWithOthers() implements PodBehaviour {}

  /** Ends again and again, with this last line on standard error. */
  record FailsToLoad(String message) implements PodBehaviour {}

  /** Runs, and is never ready. */
  record NeverReady() implements PodBehaviour {}

  /**
   * Has a node and gets no container, for what a Warning event says, such as a Secret that is
   * missing.
   */
  record GetsNoContainer(String reason, String message) implements PodBehaviour {}

  /** Finds no node. */
  record StaysPending() implements PodBehaviour {}

  static PodBehaviour serves() {
    return new Serves("", Duration.ZERO);
  }

  static PodBehaviour servesAfter(Duration loading) {
    return new Serves("", loading);
  }

  static PodBehaviour servesAnother(String sha256) {
    return new Serves(sha256, Duration.ZERO);
  }
}
