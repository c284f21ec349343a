package dev.flightdelay.operator.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Pods that a version is given for a share of traffic that rises.
 *
 * @param replicas at least as many pods
 * @param until when that ends; empty as long as the share has not risen yet
 */
public record Prescale(int replicas, Optional<Instant> until) {

  public Prescale {
    requireNonNull(until);
  }
}
