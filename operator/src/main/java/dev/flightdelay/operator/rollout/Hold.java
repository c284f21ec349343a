package dev.flightdelay.operator.rollout;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/** Why a version does not have the share of the traffic yet that it is to have. */
public interface Hold {

  /**
   * The part of its share that it may have meanwhile, 0 to 1; the rest stays with those that have
   * it.
   */
  default double fraction() {
    return 1;
  }

  /** Whether no version's share moves as long as it lasts. */
  default boolean stopsTheRoute() {
    return false;
  }

  /** When it ends by itself, if that is known. */
  default Optional<Instant> until() {
    return Optional.empty();
  }

  /** What is said of it; empty where the version's pods say enough. */
  Optional<Told> told(HeldVersion version);

  /**
   * What is said of a version whose share waits, and what a person can do about it.
   *
   * @param reason of the conditions, and of the event that tells of it once
   * @param message of the conditions
   * @param row in the version's own row of the status
   */
  record Told(String reason, String message, String row) {

    public Told {
      requireNonNull(reason);
      requireNonNull(message);
      requireNonNull(row);
    }
  }
}
