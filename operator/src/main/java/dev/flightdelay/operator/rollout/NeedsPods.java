package dev.flightdelay.operator.rollout;

import java.util.Optional;

/**
 * The operator gives it the pods that the share needs, which waits for them as a whole.
 *
 * @param pods that must be ready
 */
public record NeedsPods(int pods) implements Hold {

  static final String REASON = "PreScaling";

  @Override
  public boolean stopsTheRoute() {
    return true;
  }

  @Override
  public Optional<Told> told(HeldVersion version) {
    // It goes on by itself, unless there are no further pods.
    String stuck =
        version
            .stuck()
            .map(why -> "; " + why + "; to go on with the pods that it has: " + version.promotion())
            .orElse("");
    return Optional.of(
        new Told(
            REASON,
            "traffic moves to %s as soon as %d of its pods are ready%s"
                .formatted(version.name(), pods, stuck),
            "its traffic rises to %d %% as soon as %d pods are ready: %d are%s"
                .formatted(version.traffic(), pods, version.readyReplicas(), stuck)));
  }
}
