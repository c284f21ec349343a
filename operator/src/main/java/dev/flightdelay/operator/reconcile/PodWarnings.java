package dev.flightdelay.operator.reconcile;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the cluster says of pods that have a node and no container yet: a Secret or ConfigMap that
 * is missing shows there only. Such pods are few, so events are asked for and not watched.
 */
final class PodWarnings {

  /**
   * What cannot be wrong any more: the pod has a node by now, and a container that is probed has
   * started, although the pod is not seen so yet.
   */
  private static final Set<String> OVERTAKEN = Set.of("FailedScheduling", "Unhealthy");

  Map<String, String> of(List<Pod> pods, KubernetesClient client) {
    Map<String, String> warnings = new HashMap<>();
    for (Pod pod : pods) {
      if (waitsForContainer(pod)) {
        last(pod, client)
            .ifPresent(event -> warnings.put(pod.getMetadata().getUid(), event.getMessage()));
      }
    }
    return warnings;
  }

  /** Whether a pod has a node, and nothing of it has run. */
  static boolean waitsForContainer(Pod pod) {
    if (pod.getStatus() == null || !"Pending".equals(pod.getStatus().getPhase())) {
      return false;
    }
    boolean scheduled = pod.getSpec() != null && pod.getSpec().getNodeName() != null;
    List<ContainerStatus> containers = pod.getStatus().getContainerStatuses();
    return scheduled
        && (containers == null ? List.<ContainerStatus>of() : containers)
            .stream()
                .map(ContainerStatus::getState)
                .allMatch(
                    state ->
                        state == null
                            || state.getWaiting() != null
                                && "ContainerCreating".equals(state.getWaiting().getReason()));
  }

  private static Optional<Event> last(Pod pod, KubernetesClient client) {
    return client
        .v1()
        .events()
        .inNamespace(pod.getMetadata().getNamespace())
        .withField("involvedObject.uid", pod.getMetadata().getUid())
        .withField("type", "Warning")
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getMessage() != null)
        .filter(event -> event.getReason() == null || !OVERTAKEN.contains(event.getReason()))
        .filter(
            event ->
                event.getInvolvedObject() != null
                    && pod.getMetadata().getUid().equals(event.getInvolvedObject().getUid())
                    && "Warning".equals(event.getType()))
        .max(
            Comparator.comparing(
                event -> Optional.ofNullable(event.getLastTimestamp()).orElse("")));
  }
}
