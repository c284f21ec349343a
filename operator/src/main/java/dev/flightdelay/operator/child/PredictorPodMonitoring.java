package dev.flightdelay.operator.child;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;

/** On GKE: which metrics Google's managed Prometheus scrapes. */
public final class PredictorPodMonitoring {

  static final ResourceDefinitionContext RESOURCE =
      new ResourceDefinitionContext.Builder()
          .withGroup("monitoring.googleapis.com")
          .withVersion("v1")
          .withKind("PodMonitoring")
          .withPlural("podmonitorings")
          .withNamespaced(true)
          .build();

  private PredictorPodMonitoring() {}

  /** The PodMonitoring of a version's pods. */
  public static GenericKubernetesResource desired(DesiredVersion version) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(RESOURCE.getGroup() + "/" + RESOURCE.getVersion())
        .withKind(RESOURCE.getKind())
        .withMetadata(version.metadata(Map.of()))
        .addToAdditionalProperties(
            "spec",
            Map.of(
                "selector",
                Map.of("matchLabels", version.selector()),
                "endpoints",
                List.of(
                    Map.of(
                        "port",
                        PredictorPod.MANAGEMENT_PORT,
                        "path",
                        "/actuator/prometheus",
                        "interval",
                        "30s"))))
        .build();
  }
}
