package dev.flightdelay.operator.rollout;

import java.util.Optional;

/**
 * Others decide on its pods: its share rises as far as those that are ready carry it.
 *
 * @param pods that the whole share needs
 */
public record RisesWithPods(int pods) implements Hold {

  static final String REASON = "WaitingForPods";

  @Override
  public Optional<Told> told(HeldVersion version) {
    String row = row(version) + version.stuck().map(why -> "; " + why).orElse("");
    return Optional.of(new Told(REASON, "%s: %s".formatted(version.name(), row), row));
  }

  private String row(HeldVersion version) {
    int ready = version.readyReplicas();
    String waits =
        version.splits()
            ? "its traffic rises to %d %% as its pods become %d, and %d %s ready"
            : "an Ingress cannot split: its traffic rises to %d %% once %d pods are ready, and %d %s";
    return "%s; for more at once: %s; to go on with the pods that it has: %s"
        .formatted(
            waits.formatted(version.traffic(), pods, ready, ready == 1 ? "is" : "are"),
            version.morePods(pods),
            version.promotion());
  }
}
