package dev.flightdelay.predictor.dataplane.route;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Further paths that a platform asks at, whatever the predictor's own are.
 *
 * @param predict takes what {@code /v1/models/<model>:predict} takes
 * @param health answers as {@code /readyz} does, where nothing else answers there
 */
public record Aliases(Optional<String> predict, Optional<String> health) {

  public static final Aliases NONE = new Aliases(Optional.empty(), Optional.empty());

  public Aliases {
    requireNonNull(predict);
    requireNonNull(health);
  }
}
