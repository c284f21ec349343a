package dev.flightdelay.operator.observe;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.api.v1alpha1.VersionStatus.Phase;
import dev.flightdelay.operator.observe.ServedAnswer.Served;
import dev.flightdelay.operator.observe.ServedAnswer.Unreachable;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How one version's pods are.
 *
 * @param readyReplicas pods that serve
 * @param desiredReplicas pods that it should have now
 * @param rolling whether pods are being replaced or are still missing
 * @param served what its pods say that they serve
 * @param stuck why it gets no further pods, and what to do about it
 * @param message what is wrong, or what is waited for; empty where all is well
 */
public record VersionHealth(
    Phase phase,
    int readyReplicas,
    int desiredReplicas,
    boolean rolling,
    Optional<Served> served,
    Optional<String> stuck,
    Optional<String> message) {

  public VersionHealth {
    requireNonNull(phase);
    requireNonNull(served);
    requireNonNull(stuck);
    requireNonNull(message);
  }

  private VersionHealth(
      Phase phase, int desired, Optional<String> stuck, Optional<String> message) {
    this(phase, 0, desired, true, Optional.empty(), stuck, message);
  }

  /**
   * Assesses a version.
   *
   * @param sha256 what its pods must serve
   * @param leastReplicas the pods below which it is not complete
   */
  public static VersionHealth of(
      String version, String sha256, int leastReplicas, Observed observed) {
    Optional<Deployment> made = observed.child(Deployment.class, version);
    if (made.isEmpty()) {
      return new VersionHealth(
          Phase.Pending, leastReplicas, Optional.empty(), Optional.of("no pod yet"));
    }
    Deployment deployment = made.get();
    DeploymentStatus status =
        deployment.getStatus() == null ? new DeploymentStatus() : deployment.getStatus();
    int ready = number(status.getReadyReplicas());
    int desired =
        deployment.getSpec() == null || deployment.getSpec().getReplicas() == null
            ? leastReplicas
            : deployment.getSpec().getReplicas();
    boolean rolling =
        !Objects.equals(deployment.getMetadata().getGeneration(), status.getObservedGeneration())
            || number(status.getUpdatedReplicas()) < number(status.getReplicas())
            || number(status.getUpdatedReplicas()) < Math.min(desired, leastReplicas)
            || ready < leastReplicas;

    Optional<String> stuck = RolloutTrouble.of(deployment, rolling);
    List<Pod> pods = observed.pods().getOrDefault(version, List.of());
    List<Served> served = answers(pods, observed, Served.class);
    Optional<Served> wrong =
        served.stream().filter(answer -> !answer.sha256().equals(sha256)).findFirst();
    if (wrong.isPresent()) {
      return new VersionHealth(
          Phase.Failed,
          0,
          desired,
          true,
          wrong,
          stuck,
          Optional.of(
              "a pod says that it serves a model with the SHA-256 %s; %s was asked for: delete the pod, and if the next one says the same, look at the predictor's image"
                  .formatted(wrong.get().sha256(), sha256)));
    }
    Optional<PodTrouble> trouble = trouble(pods, observed);
    List<Unreachable> unreachable = answers(pods, observed, Unreachable.class);
    if (ready > 0 && (!served.isEmpty() || !unreachable.isEmpty())) {
      return new VersionHealth(
          Phase.Ready,
          ready,
          desired,
          rolling,
          served.stream().findFirst(),
          stuck,
          stuck
              .or(() -> trouble.map(PodTrouble::message))
              .or(() -> unanswered(served, unreachable))
              .or(() -> incomplete(ready, leastReplicas)));
    }
    if (trouble.isPresent() && trouble.get().lasting()) {
      return new VersionHealth(Phase.Failed, desired, stuck, Optional.of(trouble.get().message()));
    }
    if (stuck.isPresent() && pods.isEmpty()) {
      return new VersionHealth(Phase.Failed, desired, stuck, stuck);
    }
    boolean started =
        pods.stream()
            .anyMatch(
                pod -> pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase()));
    return new VersionHealth(
        started ? Phase.Loading : Phase.Pending,
        ready,
        desired,
        true,
        Optional.empty(),
        stuck,
        stuck
            .or(() -> trouble.map(PodTrouble::message))
            .or(() -> Optional.of(begun(ready, started))));
  }

  /** Why none of the pods says what it serves. */
  private static Optional<String> unanswered(List<Served> served, List<Unreachable> unreachable) {
    if (!served.isEmpty()) {
      return Optional.empty();
    }
    return unreachable.stream().findFirst().map(Unreachable::why);
  }

  private static Optional<String> incomplete(int ready, int leastReplicas) {
    if (ready >= leastReplicas) {
      return Optional.empty();
    }
    return Optional.of("%d of %d pods are ready".formatted(ready, leastReplicas));
  }

  /** How far pods have come that do not serve yet. */
  private static String begun(int ready, boolean started) {
    if (ready > 0) {
      return "asking the pods what they serve";
    }
    return started ? "the pods fetch and read the model" : "the pods are starting";
  }

  private static <T extends ServedAnswer> List<T> answers(
      List<Pod> pods, Observed observed, Class<T> type) {
    return pods.stream()
        .map(pod -> observed.served().get(pod.getMetadata().getUid()))
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static Optional<PodTrouble> trouble(List<Pod> pods, Observed observed) {
    return pods.stream()
        .flatMap(
            pod ->
                PodTrouble.of(
                    pod, Optional.ofNullable(observed.warnings().get(pod.getMetadata().getUid())))
                    .stream())
        .reduce((a, b) -> a.lasting() ? a : b);
  }

  private static int number(Integer value) {
    return value == null ? 0 : value;
  }
}
