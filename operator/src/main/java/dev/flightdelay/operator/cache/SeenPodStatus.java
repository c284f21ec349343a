package dev.flightdelay.operator.cache;

import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Map;
import java.util.Set;

/** Of a pod's status where it is reached, and how its containers are. */
final class SeenPodStatus extends SeenParts<PodStatus> {

  SeenPodStatus() {
    super(
        PodStatus.class,
        Set.of("phase", "podIP", "conditions", "containerStatuses"),
        Map.of(
            "conditions", Set.of("type", "status", "reason", "message"),
            "containerStatuses", Set.of("name", "ready", "restartCount", "state", "lastState")));
  }
}
