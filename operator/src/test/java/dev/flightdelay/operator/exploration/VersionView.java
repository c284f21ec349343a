package dev.flightdelay.operator.exploration;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one version's objects and pods come to.
 *
 * @param rolling whether pods are being replaced or are still missing
 * @param served what a pod says that it serves: the file, and the estimator in it
 */
record VersionView(String phase, int ready, int desired, boolean rolling, Optional<String> served) {
  /**
   * @param sha256 the file that it is to serve
   * @param least the fewest pods that it should have
   */
  static VersionView of(Optional<Deployment> made, List<Pod> pods, String sha256, int least) {
    if (made.isEmpty()) {
      return new VersionView("Pending", 0, least, true, Optional.empty());
    }
    Deployment deployment = made.get();
    DeploymentStatus status = deployment.getStatus();
    int ready = number(status.getReadyReplicas());
    int desired = deployment.getSpec().getReplicas();
    int updated = number(status.getUpdatedReplicas());
    boolean rolling =
        !Objects.equals(deployment.getMetadata().getGeneration(), status.getObservedGeneration())
            || updated < number(status.getReplicas())
            || updated < Math.min(desired, least)
            || ready < least;
    List<JsonNode> answers = pods.stream().flatMap(pod -> Answers.of(pod).stream()).toList();
    Optional<JsonNode> mistaken =
        answers.stream()
            .filter(answer -> !answer.get("sha256").textValue().equals(sha256))
            .findFirst();
    if (mistaken.isPresent()) {
      return new VersionView("Failed", 0, desired, true, mistaken.map(VersionView::told));
    }
    if (ready > 0 && !answers.isEmpty()) {
      return new VersionView(
          "Ready", ready, desired, rolling, answers.stream().findFirst().map(VersionView::told));
    }
    if (pods.stream().anyMatch(VersionView::hasFailed)) {
      return new VersionView("Failed", 0, desired, true, Optional.empty());
    }
    boolean runs =
        pods.stream().anyMatch(pod -> Objects.equals(pod.getStatus().getPhase(), "Running"));
    return new VersionView(runs ? "Loading" : "Pending", ready, desired, true, Optional.empty());
  }

  private static String told(JsonNode answer) {
    return answer.get("sha256").textValue() + " " + answer.get("estimator").textValue();
  }

  private static boolean hasFailed(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .filter(container -> !container.getReady())
        .map(ContainerStatus::getLastState)
        .anyMatch(
            state ->
                state != null
                    && state.getTerminated() != null
                    && state.getTerminated().getExitCode() != 0);
  }

  boolean isReady() {
    return phase.equals("Ready");
  }

  boolean hasFailed() {
    return phase.equals("Failed");
  }

  private static int number(Integer value) {
    return value == null ? 0 : value;
  }
}
