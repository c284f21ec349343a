package dev.flightdelay.operator.rollout;

import java.util.Optional;

/** It was never ready: its share stays with those that have it. */
public record NotReadyYet() implements Hold {

  @Override
  public double fraction() {
    return 0;
  }

  @Override
  public Optional<Told> told(HeldVersion version) {
    return Optional.empty();
  }
}
