package dev.flightdelay.operator.exploration;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whose a host is that several models ask for: of whose route is there, or else the older's. */
final class HostOwners {
  private HostOwners() {}

  /** Another model that has the host which this one asks for. */
  static Optional<String> other(FlightDelayModel model, Snapshot cluster) {
    Comparator<FlightDelayModel> byRight =
        Comparator.comparing((FlightDelayModel each) -> !isThere(each, cluster))
            .thenComparing(each -> each.getMetadata().getCreationTimestamp())
            .thenComparing(each -> each.getMetadata().getName());
    return cluster.models().stream()
        .filter(other -> rivals(model, other, cluster))
        .filter(other -> byRight.compare(other, model) < 0)
        .map(other -> other.getMetadata().getName())
        .findFirst();
  }

  /** Whether two models ask for the same host, where the same load balancer may have both. */
  static boolean rivals(FlightDelayModel one, FlightDelayModel other, Snapshot cluster) {
    Expose first = one.getSpec().expose();
    Expose second = other.getSpec().expose();
    if (one.getMetadata().getName().equals(other.getMetadata().getName())
        || first.host() == null
        || !Objects.equals(first.host(), second.host())) {
      return false;
    }
    if (first.type() != second.type()) {
      return true;
    }
    if (first.type() == Expose.Type.Ingress) {
      Optional<String> before = className(one, cluster);
      Optional<String> after = className(other, cluster);
      return before.isEmpty() || after.isEmpty() || before.equals(after);
    }
    Set<String> common = gateways(first);
    common.retainAll(gateways(second));
    return !common.isEmpty();
  }

  private static Optional<String> className(FlightDelayModel model, Snapshot cluster) {
    return Optional.ofNullable(model.getSpec().expose().ingressClassName())
        .or(
            () ->
                cluster.routes(model).stream()
                    .filter(route -> route.kind().equals("Ingress"))
                    .filter(route -> route.isAt(model.getSpec().expose().host()))
                    .flatMap(route -> route.via().stream())
                    .findFirst());
  }

  private static Set<String> gateways(Expose expose) {
    return expose.parentRefs().stream()
        .map(parent -> parent.namespace() + "/" + parent.name())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static boolean isThere(FlightDelayModel model, Snapshot cluster) {
    return cluster.routes(model).stream()
        .anyMatch(route -> route.isAt(model.getSpec().expose().host()));
  }
}
