package dev.flightdelay.operator.plan;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.child.Entrance;
import dev.flightdelay.operator.child.ModelHttpRoute;
import dev.flightdelay.operator.child.ModelIngress;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.child.RoutedVersions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The routes of a model as they should be. */
final class Routes {

  private Routes() {}

  /** What is in use still follows the traffic as well: the versions that it led to may go. */
  static List<HasMetadata> desired(
      Naming naming, Expose expose, ChangeOver over, RoutedVersions routed) {
    return routed.isEmpty()
        ? List.of()
        : Stream.concat(over.kept().stream().map(Entrance::of), Stream.of(entrance(expose, over)))
            .flatMap(entrance -> route(naming, entrance, routed).stream())
            .toList();
  }

  private static Entrance entrance(Expose expose, ChangeOver over) {
    Optional<Entrance> before = over.current().map(Entrance::of);
    return new Entrance(
        over.name(),
        expose,
        // Left out, the class would be gone, and nobody gives an Ingress another one later.
        expose.ingressClassName() != null
            ? Optional.empty()
            : before
                .map(entrance -> entrance.expose().ingressClassName())
                .or(() -> before.flatMap(Entrance::defaultClass)));
  }

  private static Optional<HasMetadata> route(
      Naming naming, Entrance entrance, RoutedVersions routed) {
    return switch (entrance.expose().type()) {
      case Ingress ->
          Optional.of(ModelIngress.desired(naming, entrance, routed.withoutServedBefore()));
      case HTTPRoute -> Optional.of(ModelHttpRoute.desired(naming, entrance, routed));
      case None -> Optional.empty();
    };
  }
}
