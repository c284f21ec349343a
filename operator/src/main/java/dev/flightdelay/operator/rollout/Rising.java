package dev.flightdelay.operator.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What is remembered while shares rise step by step, as far as ready pods carry them.
 *
 * @param pods how many carry all of the traffic
 * @param since when the traffic moved last
 */
public record Rising(int pods, Instant since) {

  public Rising {
    requireNonNull(since);
  }
}
