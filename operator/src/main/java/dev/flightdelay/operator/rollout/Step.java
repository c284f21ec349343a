package dev.flightdelay.operator.rollout;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * A rule by which versions wait for their share, or have a part of it only. It goes by facts and a
 * point in time alone: what must survive a restart, it has remembered.
 */
interface Step {

  /** The versions that wait by it, and why. */
  Map<String, Hold> holds(Collection<VersionFacts> versions, Instant now);

  /** The reasons of its holds, of which an event tells when one comes up. */
  default Set<String> reasons() {
    return Set.of();
  }

  /**
   * What is to stand on a version's Deployment: annotations by their name without the group, in
   * place of those that stand there.
   */
  default Map<String, String> remembers(VersionFacts version, Instant now) {
    return Map.of();
  }
}
