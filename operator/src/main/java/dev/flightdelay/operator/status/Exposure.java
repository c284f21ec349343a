package dev.flightdelay.operator.status;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.ParentRef;
import dev.flightdelay.operator.child.Entrance;
import dev.flightdelay.operator.plan.ChangeOver;
import dev.flightdelay.operator.plan.Refusal;
import dev.flightdelay.operator.status.Conditions.Status;
import dev.flightdelay.operator.status.Conditions.Type;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import java.util.Locale;
import java.util.Optional;

/** Whether clients reach a model, and where. */
record Exposure(Findings findings) {

  private Expose expose() {
    return findings.spec().expose();
  }

  private ChangeOver routes() {
    return findings.routes();
  }

  /** Where clients reach it now: what they use while the way in changes, else what is asked for. */
  Optional<RoutedAddress> address() {
    return expose().type() == Expose.Type.None
        ? Optional.empty()
        : routes()
            .kept()
            .or(routes()::current)
            .flatMap(route -> RoutedAddress.of(route, findings.naming()));
  }

  /** What serves until what is asked for does, and what a person can do about it. */
  Optional<String> rerouting() {
    return routes()
        .kept()
        .filter(_ -> findings.plan().exposeRefusal().isEmpty())
        .map(
            kept -> {
              Entrance before = Entrance.of(kept);
              Entrance after = new Entrance(routes().name(), expose(), Optional.empty());
              String until =
                  expose().type() == Expose.Type.HTTPRoute
                      ? "is taken: " + acceptance().message()
                      : routes().next().isPresent()
                          ? "has been there for %d seconds, because that class gives no address"
                              .formatted(ChangeOver.WITHOUT_ADDRESS.toSeconds())
                          : "has an address; if its class gives none, see that it works yourself";
              return "%s serves until %s %s; to end it now: kubectl -n %s delete %s %s"
                  .formatted(
                      before.described(),
                      after.described(),
                      until,
                      findings.naming().namespace(),
                      before.expose().type().name().toLowerCase(Locale.ROOT),
                      before.name());
            });
  }

  private RouteAcceptance acceptance() {
    return RouteAcceptance.of(
        routes().current().filter(HTTPRoute.class::isInstance).map(HTTPRoute.class::cast),
        expose().parentRefs().stream().map(ParentRef::name).distinct().toList(),
        routes().kept().isPresent());
  }

  void condition(Conditions conditions) {
    if (expose().type() == Expose.Type.None) {
      conditions.with(
          Type.Exposed,
          Status.False,
          "NotAsked",
          "spec.expose.type is None: only Services inside the cluster reach the versions");
      return;
    }
    Optional<Refusal> refusal =
        Optional.ofNullable(findings.conflicts().get(""))
            .or(findings.plan()::exposeRefusal)
            // A route that is there is not touched by it.
            .or(() -> findings.plan().refusal().filter(_ -> findings.weights().isEmpty()));
    if (refusal.isPresent()) {
      conditions.with(
          Type.Exposed, Status.False, refusal.get().reason().name(), unexposed(refusal.get()));
    } else if (findings.weights().isEmpty()) {
      conditions.with(
          Type.Exposed,
          Status.False,
          "NothingReady",
          "no version with a share of the traffic has been ready yet; see in status.versions what"
              + " each of them waits for");
    } else if (expose().type() == Expose.Type.HTTPRoute && !onlyIngress()) {
      RouteAcceptance acceptance = acceptance();
      conditions.with(Type.Exposed, acceptance.status(), acceptance.reason(), acceptance.message());
    } else if (routes().kept().isPresent()) {
      conditions.with(Type.Exposed, Status.Unknown, "WaitingForAddress", rerouting().orElseThrow());
    } else {
      conditions.with(
          Type.Exposed,
          Status.True,
          "Routed",
          "reached at " + address().map(RoutedAddress::url).orElse("the Ingress"));
    }
  }

  /** Whether an Ingress is all there is, of which a spec that is refused makes no HTTPRoute. */
  private boolean onlyIngress() {
    return findings.plan().refusal().isPresent() && findings.observed().httpRoutes().isEmpty();
  }

  /** A route that cannot be changed goes on as it was. */
  private String unexposed(Refusal refusal) {
    return address()
        .filter(_ -> !findings.weights().isEmpty())
        .map(route -> refusal.message() + "; until then it is reached at " + route.url())
        .orElse(refusal.message());
  }
}
