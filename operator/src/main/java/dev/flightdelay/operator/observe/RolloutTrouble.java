package dev.flightdelay.operator.observe;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.util.List;
import java.util.Optional;

/** Why a Deployment gets no further pods, whether or not it has any, and what to do about it. */
final class RolloutTrouble {

  /** Where a longer text is cut: it is for a person. */
  private static final int MAX_LENGTH = 500;

  private RolloutTrouble() {}

  /**
   * The reason and the sentence of what refuses pods; that it is paused; or that its controller has
   * given up waiting.
   *
   * @param rolling whether pods are being replaced or are still missing
   */
  static Optional<String> of(Deployment deployment, boolean rolling) {
    return refused(deployment).or(() -> rolling ? paused(deployment) : Optional.empty());
  }

  /** A quota, or an admission that refuses the pods. */
  private static Optional<String> refused(Deployment deployment) {
    return condition(deployment, "ReplicaFailure", "True")
        .map(
            failure -> {
              String why = text(failure);
              String next =
                  why.contains("exceeded quota")
                      ? "raise the quota, or ask for fewer or smaller pods"
                      : "change what refuses them, or what they ask for";
              return "no further pod is made: %s; %s".formatted(why, next);
            });
  }

  private static Optional<String> paused(Deployment deployment) {
    return deployment.getSpec() != null && Boolean.TRUE.equals(deployment.getSpec().getPaused())
        ? Optional.of(
            "the Deployment is paused, and its pods are not replaced; go on with kubectl -n %s rollout"
                    .formatted(deployment.getMetadata().getNamespace())
                + " resume deployment/"
                + deployment.getMetadata().getName())
        : Optional.empty();
  }

  private static Optional<DeploymentCondition> condition(
      Deployment deployment, String type, String status) {
    List<DeploymentCondition> conditions =
        deployment.getStatus() == null ? null : deployment.getStatus().getConditions();
    return conditions == null
        ? Optional.empty()
        : conditions.stream()
            .filter(condition -> type.equals(condition.getType()))
            .filter(condition -> status.equals(condition.getStatus()))
            .findFirst();
  }

  /** In one line, as the API server's sentence is. */
  private static String text(DeploymentCondition condition) {
    String reason = condition.getReason() == null ? "" : condition.getReason();
    String message = condition.getMessage() == null ? "" : condition.getMessage();
    String both =
        reason.isEmpty() || message.isEmpty() ? reason + message : reason + ": " + message;
    String line =
        both.isEmpty() ? "no reason is given" : both.strip().replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "..";
  }
}
