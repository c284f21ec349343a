package dev.flightdelay.predictor.dataplane.route;

/** Why there is no model yet. */
@FunctionalInterface
public interface Readiness {

  /** One sentence for a person, such as {@code downloading the model: attempt 3}. */
  String reason();
}
