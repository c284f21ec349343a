package dev.flightdelay.local.runner;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What the Deployment controller would say. */
final class DeploymentStatuses {

  private static final int DEFAULT_DEADLINE_SECONDS = 600;

  private DeploymentStatuses() {}

  /**
   * The status of a Deployment.
   *
   * @param pods those that are not stopping
   * @param progressedAt when a pod last came, went or became ready
   */
  static DeploymentStatus of(
      Deployment deployment,
      String templateHash,
      int desired,
      List<LocalPod> pods,
      Instant progressedAt,
      Instant now) {
    int updated = (int) pods.stream().filter(pod -> pod.templateHash.equals(templateHash)).count();
    int ready = (int) PodStatuses.ready(pods);
    int updatedReady =
        (int)
            pods.stream().filter(pod -> pod.ready && pod.templateHash.equals(templateHash)).count();
    boolean complete = updatedReady == desired && pods.size() == desired;
    Integer seconds = deployment.getSpec().getProgressDeadlineSeconds();
    Duration deadline = Duration.ofSeconds(seconds == null ? DEFAULT_DEADLINE_SECONDS : seconds);
    boolean late = !complete && progressedAt.plus(deadline).isBefore(now);
    DeploymentStatus before = deployment.getStatus();
    // spotless:off
    return new DeploymentStatusBuilder()
        .withObservedGeneration(deployment.getMetadata().getGeneration())
        .withReplicas(pods.size())
        .withUpdatedReplicas(updated)
        .withReadyReplicas(ready)
        .withAvailableReplicas(ready)
        .withUnavailableReplicas(Math.max(0, desired - ready))
        .withConditions(
            condition(before, "Available", ready >= desired,
                ready >= desired ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                "%d of %d pods are ready".formatted(ready, desired), now),
            condition(before, "Progressing", !late,
                complete ? "NewReplicaSetAvailable" : late ? "ProgressDeadlineExceeded" : "ReplicaSetUpdated",
                "%d of %d pods are of the present template and ready".formatted(updatedReady, desired), now))
        .build();
    // spotless:on
  }

  private static DeploymentCondition condition(
      DeploymentStatus before,
      String type,
      boolean holds,
      String reason,
      String message,
      Instant now) {
    String status = holds ? "True" : "False";
    String text = now.truncatedTo(ChronoUnit.SECONDS).toString();
    DeploymentCondition old =
        before == null || before.getConditions() == null
            ? null
            : before.getConditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst()
                .orElse(null);
    boolean sameStatus = old != null && status.equals(old.getStatus());
    boolean same = sameStatus && reason.equals(old.getReason()) && message.equals(old.getMessage());
    return new DeploymentConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .withLastTransitionTime(sameStatus ? old.getLastTransitionTime() : text)
        .withLastUpdateTime(same ? old.getLastUpdateTime() : text)
        .build();
  }
}
