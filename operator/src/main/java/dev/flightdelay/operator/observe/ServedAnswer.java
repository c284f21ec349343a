package dev.flightdelay.operator.observe;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What a pod answered when it was asked what it serves. */
public sealed interface ServedAnswer {

  /**
   * The facts of /actuator/info.
   *
   * @param features how many the model takes
   * @param classes that it predicts; empty for a regressor
   */
  record Served(String sha256, String estimator, int features, List<String> classes)
      implements ServedAnswer {

    public Served {
      requireNonNull(sha256);
      requireNonNull(estimator);
      classes = List.copyOf(classes);
    }
  }

  /** It did not answer, again and again. */
  record Unreachable(String why) implements ServedAnswer {}
}
