package dev.flightdelay.operator.observe;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether those that are to follow a route do, as its status says. */
public final class RouteTaken {

  private RouteTaken() {}

  /** By every Gateway that it names, as it is now; of an Ingress, whether it has an address. */
  public static boolean byAll(HasMetadata route) {
    return route instanceof HTTPRoute httpRoute
        ? !httpRoute.getSpec().getParentRefs().isEmpty() && missing(httpRoute, true).isEmpty()
        : route instanceof Ingress ingress && hasAddress(ingress);
  }

  /** By anyone who could be asked: nothing tells that an Ingress is not followed. */
  public static boolean byAny(HasMetadata route) {
    return !(route instanceof HTTPRoute httpRoute)
        || parents(httpRoute)
            .anyMatch(
                parent -> condition(parent, "Accepted").filter(RouteTaken::holds).isPresent());
  }

  /**
   * The names of the Gateways that have not taken the route.
   *
   * @param asItIsNow not an earlier generation of it, from before traffic moved
   */
  public static List<String> missing(HTTPRoute route, boolean asItIsNow) {
    return route.getSpec().getParentRefs().stream()
        .filter(
            reference ->
                parents(route)
                    .filter(parent -> isFor(parent, reference))
                    .noneMatch(parent -> takes(parent, route, asItIsNow)))
        .map(ParentReference::getName)
        .distinct()
        .toList();
  }

  private static boolean takes(RouteParentStatus parent, HTTPRoute route, boolean asItIsNow) {
    return condition(parent, "Accepted")
            .filter(RouteTaken::holds)
            .filter(accepted -> !asItIsNow || isCurrent(accepted, route))
            .isPresent()
        && condition(parent, "ResolvedRefs")
            .filter(refs -> "False".equals(refs.getStatus()))
            .isEmpty();
  }

  private static boolean holds(Condition condition) {
    return "True".equals(condition.getStatus());
  }

  private static boolean isCurrent(Condition condition, HTTPRoute route) {
    Long generation = route.getMetadata().getGeneration();
    return condition.getObservedGeneration() == null
        || generation == null
        || condition.getObservedGeneration() >= generation;
  }

  private static boolean isFor(RouteParentStatus parent, ParentReference reference) {
    ParentReference named = parent.getParentRef();
    return named != null
        && Objects.equals(named.getName(), reference.getName())
        // A status may name the namespace that the reference leaves out.
        && (reference.getNamespace() == null
            || Objects.equals(named.getNamespace(), reference.getNamespace()))
        && Objects.equals(named.getSectionName(), reference.getSectionName())
        && Objects.equals(named.getPort(), reference.getPort());
  }

  private static Stream<RouteParentStatus> parents(HTTPRoute route) {
    return route.getStatus() == null || route.getStatus().getParents() == null
        ? Stream.of()
        : route.getStatus().getParents().stream();
  }

  private static Optional<Condition> condition(RouteParentStatus parent, String type) {
    return parent.getConditions() == null
        ? Optional.empty()
        : parent.getConditions().stream()
            .filter(condition -> type.equals(condition.getType()))
            .findFirst();
  }

  private static boolean hasAddress(Ingress ingress) {
    return ingress.getStatus() != null
        && ingress.getStatus().getLoadBalancer() != null
        && ingress.getStatus().getLoadBalancer().getIngress() != null
        && !ingress.getStatus().getLoadBalancer().getIngress().isEmpty();
  }
}
