package dev.flightdelay.operator.exploration;

import java.util.List;

/**
 * What a stranger does to one of the operator's objects.
 *
 * @param patch a merge patch; empty: the object is deleted
 */
record Deed(String apiVersion, String kind, String patch) {
  /** A label that is nobody's business but the stranger's. */
  static final String LABEL = "mesh";

  private static final String FOREIGN_LABEL =
      "{\"metadata\":{\"labels\":{\"%s\":\"on\"}}}".formatted(LABEL);

  private static final String NO_MANAGER =
      "{\"metadata\":{\"labels\":{\"app.kubernetes.io/managed-by\":null}}}";

  /** To what a version has. */
  static final List<Deed> TO_VERSIONS =
      List.of(
          deployment(""),
          deployment(FOREIGN_LABEL),
          deployment(NO_MANAGER),
          deployment("{\"metadata\":{\"labels\":{\"app.kubernetes.io/version\":\"v9\"}}}"),
          deployment("{\"metadata\":{\"ownerReferences\":null}}"),
          deployment("{\"metadata\":{\"annotations\":{\"flightdelay.dev/ready-since\":\"once\"}}}"),
          deployment("{\"spec\":{\"replicas\":4}}"),
          deployment(
              "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"predictor\",\"image\":\"other\"}]}}}}"),
          deployment("{\"spec\":{\"template\":{\"spec\":{\"terminationGracePeriodSeconds\":11}}}}"),
          service(""),
          service(FOREIGN_LABEL),
          service(NO_MANAGER),
          service("{\"spec\":{\"selector\":{\"app.kubernetes.io/version\":\"v9\"}}}"),
          autoscaler(""),
          autoscaler("{\"spec\":{\"minReplicas\":2,\"maxReplicas\":3}}"),
          autoscaler(NO_MANAGER),
          new Deed("policy/v1", "PodDisruptionBudget", ""),
          new Deed("policy/v1", "PodDisruptionBudget", "{\"spec\":{\"maxUnavailable\":9}}"),
          new Deed("networking.k8s.io/v1", "NetworkPolicy", ""),
          new Deed("networking.k8s.io/v1", "NetworkPolicy", "{\"spec\":{\"egress\":[{}]}}"));

  /** To an Ingress. */
  static final List<Deed> TO_INGRESSES =
      List.of(
          ingress(""),
          ingress(FOREIGN_LABEL),
          ingress(NO_MANAGER),
          ingress("{\"spec\":{\"rules\":[{\"host\":\"evil.example\"}]}}"),
          ingress("{\"metadata\":{\"annotations\":{\"flightdelay.dev/ready-versions\":null}}}"));

  /** To an HTTPRoute. */
  static final List<Deed> TO_HTTP_ROUTES =
      List.of(
          httpRoute(""),
          httpRoute(FOREIGN_LABEL),
          httpRoute(NO_MANAGER),
          httpRoute("{\"spec\":{\"hostnames\":[\"evil.example\"]}}"),
          httpRoute(
              "{\"metadata\":{\"annotations\":{\"flightdelay.dev/served-before\":\"v9=1\"}}}"));

  private static Deed deployment(String patch) {
    return new Deed("apps/v1", "Deployment", patch);
  }

  private static Deed service(String patch) {
    return new Deed("v1", "Service", patch);
  }

  private static Deed autoscaler(String patch) {
    return new Deed("autoscaling/v2", "HorizontalPodAutoscaler", patch);
  }

  private static Deed ingress(String patch) {
    return new Deed("networking.k8s.io/v1", "Ingress", patch);
  }

  private static Deed httpRoute(String patch) {
    return new Deed("gateway.networking.k8s.io/v1", "HTTPRoute", patch);
  }
}
