package dev.flightdelay.operator.rollout;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a rollout needs to know of the route.
 *
 * @param splits whether it can divide traffic in any proportion; if not, a share rises at once or
 *     not at all
 * @param rising as it stands on the route
 */
public record Routing(boolean splits, Optional<Rising> rising) {

  public Routing {
    requireNonNull(rising);
  }
}
