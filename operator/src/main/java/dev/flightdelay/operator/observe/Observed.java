package dev.flightdelay.operator.observe;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.child.ModelHttpRoute;
import dev.flightdelay.operator.child.ModelIngress;
import dev.flightdelay.operator.child.Naming;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The objects that one model controls, as the operator's caches have them, by version.
 *
 * @param ingresses more than one while the way in changes, the oldest first
 * @param httpRoutes likewise
 * @param pods of all versions; those that are being deleted are not among them
 * @param served what pods say that they serve, by pod UID
 * @param warnings what the cluster says of pods that do not start, by pod UID
 * @param hostTakenBy the model, as namespace/name, that has our host or path already
 * @param defaultClass the class that the cluster gives an Ingress that names none, where it was
 *     asked for
 * @param gatewayApi whether the cluster knows HTTPRoute
 * @param healthCheckPolicies whether the cluster knows GKE's HealthCheckPolicy
 */
public record Observed(
    Map<String, Deployment> deployments,
    Map<String, Service> services,
    Map<String, HorizontalPodAutoscaler> autoscalers,
    Map<String, PodDisruptionBudget> budgets,
    Map<String, NetworkPolicy> policies,
    Map<String, GenericKubernetesResource> healthChecks,
    List<Ingress> ingresses,
    List<HTTPRoute> httpRoutes,
    Map<String, List<Pod>> pods,
    Map<String, ServedAnswer> served,
    Map<String, String> warnings,
    Optional<String> hostTakenBy,
    Optional<String> defaultClass,
    boolean gatewayApi,
    boolean healthCheckPolicies) {

  private static final Comparator<HasMetadata> BY_AGE =
      Comparator.<HasMetadata, Instant>comparing(Observed::created)
          .thenComparing(object -> object.getMetadata().getName());

  public Observed {
    deployments = Map.copyOf(deployments);
    services = Map.copyOf(services);
    autoscalers = Map.copyOf(autoscalers);
    budgets = Map.copyOf(budgets);
    policies = Map.copyOf(policies);
    healthChecks = Map.copyOf(healthChecks);
    ingresses = ingresses.stream().sorted(BY_AGE).toList();
    httpRoutes = httpRoutes.stream().sorted(BY_AGE).toList();
    pods = Map.copyOf(pods);
    served = Map.copyOf(served);
    warnings = Map.copyOf(warnings);
    requireNonNull(hostTakenBy);
    requireNonNull(defaultClass);
  }

  /** The traffic as it is routed, in percent; empty without a route. */
  public Map<String, Integer> weights(Naming naming) {
    return Stream.concat(
            httpRoutes.stream().map(route -> ModelHttpRoute.weights(route, naming)),
            ingresses.stream().map(route -> ModelIngress.weights(route, naming)))
        .filter(weights -> !weights.isEmpty())
        .findFirst()
        .orElse(Map.of());
  }

  /** The routes that are there; of one kind the oldest first. */
  public Stream<HasMetadata> routes() {
    return Stream.concat(ingresses.stream(), httpRoutes.stream());
  }

  /** When an object was made. */
  public static Instant created(HasMetadata object) {
    return Optional.ofNullable(object.getMetadata().getCreationTimestamp())
        .map(Instant::parse)
        .orElse(Instant.EPOCH);
  }

  /** Everything that belongs to one version but its pods, which their Deployment owns. */
  public Stream<HasMetadata> childrenOf(String version) {
    return Stream.<Map<String, ? extends HasMetadata>>of(
            autoscalers, deployments, services, budgets, policies, healthChecks)
        .flatMap(byVersion -> Optional.ofNullable(byVersion.get(version)).stream());
  }

  /** The versions that have anything in the cluster. */
  public Stream<String> versions() {
    return Stream.<Map<String, ? extends HasMetadata>>of(
            deployments, services, autoscalers, budgets, policies, healthChecks)
        .flatMap(byVersion -> byVersion.keySet().stream())
        .distinct()
        .sorted();
  }
}
