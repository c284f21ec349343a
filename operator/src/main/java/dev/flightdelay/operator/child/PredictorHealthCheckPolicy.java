package dev.flightdelay.operator.child;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;

/** On GKE: what the load balancer asks the pods to know whether they are well. */
public final class PredictorHealthCheckPolicy {

  public static final String API_VERSION = "networking.gke.io/v1";
  public static final String KIND = "HealthCheckPolicy";

  public static final ResourceDefinitionContext CONTEXT =
      new ResourceDefinitionContext.Builder()
          .withGroup("networking.gke.io")
          .withVersion("v1")
          .withKind(KIND)
          .withPlural("healthcheckpolicies")
          .withNamespaced(true)
          .build();

  private PredictorHealthCheckPolicy() {}

  /** The HealthCheckPolicy of a version's Service. */
  public static GenericKubernetesResource desired(Naming naming, String version) {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(API_VERSION)
        .withKind(KIND)
        .withMetadata(naming.versionMetadata(version, Map.of()))
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
                Map.of("group", "", "kind", "Service", "name", naming.name(version))))
        .build();
  }
}
