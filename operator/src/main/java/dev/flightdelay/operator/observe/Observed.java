package dev.flightdelay.operator.observe;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.child.ChildKind;
import dev.flightdelay.operator.child.Children;
import dev.flightdelay.operator.child.ModelHttpRoute;
import dev.flightdelay.operator.child.ModelIngress;
import dev.flightdelay.operator.child.Naming;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The objects that one model controls, as the operator's caches have them.
 *
 * @param children those of each version but its pods, which their Deployment owns
 * @param kinds of children that the cluster knows
 * @param ingresses more than one while the way in changes, the oldest first
 * @param httpRoutes likewise
 * @param pods of all versions; those that are being deleted are not among them
 * @param served what pods say that they serve, by pod UID
 * @param warnings what the cluster says of pods that do not start, by pod UID
 * @param hostTakenBy the model, as namespace/name, that has our host or path already
 * @param defaultClass the class that the cluster gives an Ingress that names none, where it was
 *     asked for
 * @param gatewayApi whether the cluster knows HTTPRoute
 */
public record Observed(
    Map<String, List<HasMetadata>> children,
    List<ChildKind<?>> kinds,
    List<Ingress> ingresses,
    List<HTTPRoute> httpRoutes,
    Map<String, List<Pod>> pods,
    Map<String, ServedAnswer> served,
    Map<String, String> warnings,
    Optional<String> hostTakenBy,
    Optional<String> defaultClass,
    boolean gatewayApi) {

  private static final Comparator<HasMetadata> BY_AGE =
      Comparator.<HasMetadata, Instant>comparing(Observed::created)
          .thenComparing(object -> object.getMetadata().getName());

  public Observed {
    children =
        children.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, objects -> List.copyOf(objects.getValue())));
    kinds = List.copyOf(kinds);
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

  /** A version's object of a type, where it has one. */
  public <R extends HasMetadata> Optional<R> child(Class<R> type, String version) {
    return children.getOrDefault(version, List.of()).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  /** A version's object of a kind, where it has one. */
  public Optional<HasMetadata> child(ChildKind<?> kind, String version) {
    return children.getOrDefault(version, List.of()).stream().filter(kind::isKindOf).findFirst();
  }

  /** Everything that belongs to one version, in the order in which it is deleted. */
  public Stream<HasMetadata> childrenOf(String version) {
    return Children.asTheyGo(children.getOrDefault(version, List.of()));
  }

  /** The versions that have anything in the cluster. */
  public Stream<String> versions() {
    return children.keySet().stream().sorted();
  }
}
