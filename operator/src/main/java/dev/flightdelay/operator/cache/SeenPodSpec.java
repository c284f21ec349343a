package dev.flightdelay.operator.cache;

import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Map;
import java.util.Set;

/**
 * Of a pod's spec where it runs and which ports its containers have: the rest is its Deployment's.
 */
final class SeenPodSpec extends SeenParts<PodSpec> {

  SeenPodSpec() {
    super(
        PodSpec.class,
        Set.of("nodeName", "containers"),
        Map.of("containers", Set.of("name", "ports")));
  }
}
