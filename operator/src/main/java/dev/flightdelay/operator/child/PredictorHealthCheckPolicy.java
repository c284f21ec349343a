package dev.flightdelay.operator.child;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;

/** On GKE: what the load balancer asks the pods to know whether they are well. */
public final class PredictorHealthCheckPolicy {

  static final ResourceDefinitionContext RESOURCE =
      new ResourceDefinitionContext.Builder()
          .withGroup("networking.gke.io")
          .withVersion("v1")
          .withKind("HealthCheckPolicy")
          .withPlural("healthcheckpolicies")
          .withNamespaced(true)
          .build();

  private PredictorHealthCheckPolicy() {}

  /** The HealthCheckPolicy of a version's Service. */
  public static GenericKubernetesResource desired(DesiredVersion version) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(RESOURCE.getGroup() + "/" + RESOURCE.getVersion())
        .withKind(RESOURCE.getKind())
        .withMetadata(version.metadata(Map.of()))
        .addToAdditionalProperties(
            "spec",
            Map.of(
                "default",
                Map.of(
                    "config",
                    Map.of(
                        "type",
                        "HTTP",
                        "httpHealthCheck",
                        Map.of("port", PredictorPod.HTTP_PORT, "requestPath", "/readyz"))),
                "targetRef",
                Map.of("group", "", "kind", "Service", "name", version.objectName())))
        .build();
  }
}
