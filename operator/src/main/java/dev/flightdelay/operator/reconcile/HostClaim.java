package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.ParentRef;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The hosts and paths that models claim at a load balancer. The oldest model keeps what two of them
 * claim.
 */
final class HostClaim {

  /** The index of the models' cache that answers quickly who claims the same. */
  static final String INDEX = "host-claim";

  private static final Comparator<FlightDelayModel> BY_AGE =
      Comparator.comparing(
              (FlightDelayModel model) ->
                  Optional.ofNullable(model.getMetadata().getCreationTimestamp()).orElse(""))
          .thenComparing(HostClaim::name);

  private HostClaim() {}

  /** What a model claims: load balancer and host, or load balancer and its own path. */
  static List<String> of(FlightDelayModel model) {
    if (model.getSpec() == null) {
      return List.of();
    }
    Expose expose = model.getSpec().expose();
    String place = expose.host() == null ? "/" + model.getMetadata().getName() : expose.host();
    Stream<String> balancers =
        switch (expose.type()) {
          case None -> Stream.of();
          case Ingress ->
              Stream.of(
                  "Ingress " + Optional.ofNullable(expose.ingressClassName()).orElse("default"));
          case HTTPRoute ->
              expose.parentRefs().stream().map(parent -> "Gateway " + gateway(parent, model));
        };
    return balancers.map(balancer -> balancer + " " + place).distinct().toList();
  }

  /** The older model that claims the same, as namespace/name. */
  static Optional<String> takenBy(
      FlightDelayModel model, IndexedResourceCache<FlightDelayModel> models) {
    return of(model).stream()
        .flatMap(claim -> models.byIndex(INDEX, claim).stream())
        .filter(other -> other.getMetadata().getDeletionTimestamp() == null)
        .filter(other -> !other.getMetadata().getUid().equals(model.getMetadata().getUid()))
        .filter(other -> BY_AGE.compare(other, model) < 0)
        .min(BY_AGE)
        .map(HostClaim::name);
  }

  private static String gateway(ParentRef parent, FlightDelayModel model) {
    return Optional.ofNullable(parent.namespace()).orElse(model.getMetadata().getNamespace())
        + "/"
        + parent.name();
  }

  private static String name(FlightDelayModel model) {
    return model.getMetadata().getNamespace() + "/" + model.getMetadata().getName();
  }
}
