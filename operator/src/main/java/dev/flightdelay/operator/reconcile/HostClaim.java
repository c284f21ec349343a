package dev.flightdelay.operator.reconcile;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.ParentRef;
import dev.flightdelay.operator.child.Naming;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The hosts and paths that models claim at load balancers. What two of them claim, the one keeps
 * whose route is there already, or else the older.
 *
 * <p>Ingresses of two classes, and HTTPRoutes of two Gateways, have load balancers of their own. An
 * HTTPRoute and an Ingress may have the same one, which many controllers make of both.
 */
final class HostClaim {

  /** The index of the models' cache that answers quickly who claims the same. */
  static final String INDEX = "host-claim";

  private static final Comparator<FlightDelayModel> BY_AGE =
      Comparator.comparing(
              (FlightDelayModel model) ->
                  Optional.ofNullable(model.getMetadata().getCreationTimestamp()).orElse(""))
          .thenComparing(HostClaim::name);

  private final Function<FlightDelayModel, Stream<? extends HasMetadata>> routes;
  private final Supplier<Optional<String>> defaultClass;

  /**
   * @param routes that a model has, as they are cached
   * @param defaultClass of an Ingress that names none, where it is known
   */
  HostClaim(
      Function<FlightDelayModel, Stream<? extends HasMetadata>> routes,
      Supplier<Optional<String>> defaultClass) {
    this.routes = requireNonNull(routes);
    this.defaultClass = requireNonNull(defaultClass);
  }

  /** What a model claims: a host, or the path of its own name on every host. */
  static List<String> of(FlightDelayModel model) {
    if (model.getSpec() == null || model.getSpec().expose().type() == Expose.Type.None) {
      return List.of();
    }
    String host = model.getSpec().expose().host();
    return List.of(host == null ? "/" + model.getMetadata().getName() : host);
  }

  /** Another model that has what this one claims, as namespace/name. */
  Optional<String> takenBy(FlightDelayModel model, IndexedResourceCache<FlightDelayModel> models) {
    return of(model).stream()
        .flatMap(claim -> models.byIndex(INDEX, claim).stream())
        .filter(other -> other.getMetadata().getDeletionTimestamp() == null)
        .filter(other -> !other.getMetadata().getUid().equals(model.getMetadata().getUid()))
        .filter(other -> meet(model, other))
        .filter(other -> precedes(other, model))
        .min(BY_AGE)
        .map(HostClaim::name);
  }

  /** Whether the same load balancer may have both. */
  private boolean meet(FlightDelayModel one, FlightDelayModel other) {
    Expose.Type type = one.getSpec().expose().type();
    if (type != other.getSpec().expose().type()) {
      return true;
    }
    return switch (type) {
      case None -> false;
      case HTTPRoute -> gateways(one).anyMatch(gateways(other).toList()::contains);
      case Ingress -> {
        Optional<String> first = ingressClass(one);
        Optional<String> second = ingressClass(other);
        // One that is not known may be any.
        yield first.isEmpty() || second.isEmpty() || first.equals(second);
      }
    };
  }

  private static Stream<String> gateways(FlightDelayModel model) {
    return model.getSpec().expose().parentRefs().stream().map(parent -> gateway(parent, model));
  }

  private static String gateway(ParentRef parent, FlightDelayModel model) {
    return Optional.ofNullable(parent.namespace()).orElse(model.getMetadata().getNamespace())
        + "/"
        + parent.name();
  }

  /** The class that is asked for, or that the API server has chosen, or would choose now. */
  private Optional<String> ingressClass(FlightDelayModel model) {
    return Optional.ofNullable(model.getSpec().expose().ingressClassName())
        .or(
            () ->
                inPlace(model)
                    .filter(Ingress.class::isInstance)
                    .map(route -> ((Ingress) route).getSpec().getIngressClassName())
                    .filter(Objects::nonNull)
                    .findFirst())
        .or(defaultClass);
  }

  private boolean precedes(FlightDelayModel other, FlightDelayModel model) {
    boolean theirs = inPlace(other).findAny().isPresent();
    boolean ours = inPlace(model).findAny().isPresent();
    return theirs == ours ? BY_AGE.compare(other, model) < 0 : theirs;
  }

  /** The routes of a model that are where it claims to be. */
  private Stream<? extends HasMetadata> inPlace(FlightDelayModel model) {
    Naming naming = Naming.of(model);
    String host = model.getSpec().expose().host();
    return routes.apply(model).filter(naming::controls).filter(route -> isAt(route, host));
  }

  private static boolean isAt(HasMetadata route, String host) {
    return switch (route) {
      case Ingress ingress ->
          ingress.getSpec() != null
              && ingress.getSpec().getRules().stream()
                  .map(IngressRule::getHost)
                  .anyMatch(name -> Objects.equals(name, host));
      case HTTPRoute http ->
          http.getSpec() != null
              && (host == null
                  ? http.getSpec().getHostnames().isEmpty()
                  : http.getSpec().getHostnames().contains(host));
      default -> false;
    };
  }

  private static String name(FlightDelayModel model) {
    return model.getMetadata().getNamespace() + "/" + model.getMetadata().getName();
  }
}
