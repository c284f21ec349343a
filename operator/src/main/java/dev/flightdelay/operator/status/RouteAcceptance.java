package dev.flightdelay.operator.status;

import dev.flightdelay.operator.observe.RouteTaken;
import dev.flightdelay.operator.status.Conditions.Status;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the Gateways have taken the route. */
record RouteAcceptance(Status status, String reason, String message) {

  private static final Set<String> NEEDED = Set.of("Accepted", "ResolvedRefs");

  /**
   * Whether they have.
   *
   * @param gateways the names of those that should
   * @param asItIsNow and not an earlier generation of it, from before traffic moved
   */
  static RouteAcceptance of(Optional<HTTPRoute> route, List<String> gateways, boolean asItIsNow) {
    List<RouteParentStatus> parents =
        route
            .filter(object -> object.getStatus() != null && object.getStatus().getParents() != null)
            .map(object -> object.getStatus().getParents())
            .orElse(List.of());
    for (RouteParentStatus parent : parents) {
      for (Condition condition : parent.getConditions()) {
        if (NEEDED.contains(condition.getType()) && "False".equals(condition.getStatus())) {
          return new RouteAcceptance(
              Status.False,
              "NotAccepted",
              "the Gateway %s does not take the HTTPRoute: %s; correct spec.expose, or have its listeners allow the route"
                  .formatted(
                      parent.getParentRef() == null ? "" : parent.getParentRef().getName(),
                      condition.getMessage() == null || condition.getMessage().isEmpty()
                          ? condition.getReason()
                          : condition.getMessage()));
        }
      }
    }
    List<String> missing =
        route.map(object -> RouteTaken.missing(object, asItIsNow)).orElse(gateways);
    if (!missing.isEmpty()) {
      return new RouteAcceptance(
          Status.Unknown,
          "WaitingForGateway",
          "the Gateway %s has not taken the HTTPRoute yet; check that it exists, that it allows routes of"
                  .formatted(String.join(", ", missing))
              + " this namespace, and that its controller runs");
    }
    return new RouteAcceptance(
        Status.True, "Routed", "every Gateway of spec.expose.parentRefs has taken the HTTPRoute");
  }
}
