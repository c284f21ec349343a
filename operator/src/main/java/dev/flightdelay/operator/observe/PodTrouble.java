package dev.flightdelay.operator.observe;

import dev.flightdelay.operator.child.PredictorPod;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why a pod does not serve, in a sentence.
 *
 * @param lasting whether it will not go away by itself
 */
record PodTrouble(String message, boolean lasting) {

  /** Where a longer text is cut: it is for a person. */
  private static final int MAX_LENGTH = 500;

  private static final Set<String> IMAGE =
      Set.of("ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull");
  private static final Set<String> CONFIGURATION =
      Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

  /**
   * What keeps a pod from serving.
   *
   * @param warning the last warning that the cluster gave about the pod
   */
  static Optional<PodTrouble> of(Pod pod, Optional<String> warning) {
    if (pod.getStatus() == null) {
      return Optional.empty();
    }
    Optional<ContainerStatus> container =
        orEmpty(pod.getStatus().getContainerStatuses()).stream()
            .filter(status -> PredictorPod.CONTAINER.equals(status.getName()))
            .findFirst();
    if (container.filter(status -> Boolean.TRUE.equals(status.getReady())).isPresent()) {
      // Whatever was wrong before: it serves.
      return Optional.empty();
    }
    return container
        .flatMap(PodTrouble::ofContainer)
        .or(() -> notScheduled(pod))
        .or(() -> warned(container, warning));
  }

  /** A warning about a container that has not run yet: what it needs is not there. */
  private static Optional<PodTrouble> warned(
      Optional<ContainerStatus> container, Optional<String> warning) {
    if (warning.isEmpty() || container.filter(PodTrouble::hasRun).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new PodTrouble(
            shortened(warning.get()) + "; make what is missing, or correct its name in the spec",
            true));
  }

  private static Optional<PodTrouble> ofContainer(ContainerStatus container) {
    ContainerStateWaiting waiting =
        container.getState() == null ? null : container.getState().getWaiting();
    if (waiting != null && waiting.getReason() != null) {
      String reason = waiting.getReason();
      if (IMAGE.contains(reason)) {
        return Optional.of(
            new PodTrouble(
                shortened(
                    "the predictor's image cannot be pulled: %s; check the image's name, and"
                            .formatted(text(waiting.getMessage(), reason))
                        + " spec.predictor.imagePullSecrets"),
                true));
      }
      if (CONFIGURATION.contains(reason)) {
        return Optional.of(
            new PodTrouble(
                shortened("the container cannot be created: " + text(waiting.getMessage(), reason))
                    + "; make what is missing, or correct its name in the spec",
                true));
      }
    }
    return terminated(container.getState())
        .or(() -> terminated(container.getLastState()))
        .filter(end -> end.getExitCode() == null || end.getExitCode() != 0)
        .map(PodTrouble::ofEnd);
  }

  private static PodTrouble ofEnd(ContainerStateTerminated end) {
    if ("OOMKilled".equals(end.getReason())) {
      return new PodTrouble(
          "the predictor needed more memory than its limit; raise resources.limits.memory, or"
              + " model.maxSize, which it follows",
          true);
    }
    Optional<String> refusal = lastLine(end.getMessage());
    if (refusal.isPresent()) {
      return new PodTrouble(shortened(refusal.get()), true);
    }
    return new PodTrouble(
        "the predictor ended with exit code %s (%s); see its log: kubectl logs --previous"
            .formatted(end.getExitCode(), text(end.getReason(), "no reason given")),
        true);
  }

  private static Optional<PodTrouble> notScheduled(Pod pod) {
    return orEmpty(pod.getStatus().getConditions()).stream()
        .filter(
            condition ->
                "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
        .findFirst()
        .map(
            condition ->
                new PodTrouble(
                    shortened(
                            "no node takes the pod: "
                                + text(condition.getMessage(), condition.getReason()))
                        + "; add nodes, or ask for less in spec.predictor",
                    false));
  }

  private static boolean hasRun(ContainerStatus container) {
    return container.getState() != null && container.getState().getRunning() != null
        || terminated(container.getLastState()).isPresent();
  }

  private static Optional<ContainerStateTerminated> terminated(ContainerState state) {
    return state == null ? Optional.empty() : Optional.ofNullable(state.getTerminated());
  }

  /** The predictor's refusal is the last line that it wrote. */
  private static Optional<String> lastLine(String text) {
    return text == null
        ? Optional.empty()
        : text.lines().map(String::strip).filter(line -> !line.isEmpty()).reduce((_, b) -> b);
  }

  private static String text(String text, String otherwise) {
    return text == null || text.isBlank() ? String.valueOf(otherwise) : text.strip();
  }

  private static String shortened(String text) {
    String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "..";
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }
}
