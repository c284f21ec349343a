package dev.flightdelay.operator.status;

import dev.flightdelay.operator.child.Naming;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPPathMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a model is reached, read back from the route that is there: what the spec asks for may be
 * another model's.
 *
 * @param url of the model, as far as the host is known; else only its path
 * @param paths everything that is routed
 */
record RoutedAddress(String url, Set<String> paths) {

  /** The address of a route: an Ingress or an HTTPRoute. */
  static Optional<RoutedAddress> of(HasMetadata route, Naming naming) {
    return switch (route) {
      case Ingress ingress -> Optional.of(of(ingress, naming));
      case HTTPRoute httpRoute -> Optional.of(of(httpRoute, naming));
      default -> Optional.empty();
    };
  }

  private static RoutedAddress of(Ingress ingress, Naming naming) {
    List<IngressRule> rules =
        ingress.getSpec() == null ? List.of() : orEmpty(ingress.getSpec().getRules());
    boolean tls = ingress.getSpec() != null && !orEmpty(ingress.getSpec().getTls()).isEmpty();
    Optional<String> host =
        rules.stream().map(IngressRule::getHost).filter(Objects::nonNull).findFirst();
    return new RoutedAddress(
        url(tls, host.or(() -> IngressAddress.of(ingress)), naming),
        rules.stream()
            .filter(rule -> rule.getHttp() != null)
            .flatMap(rule -> orEmpty(rule.getHttp().getPaths()).stream())
            .map(HTTPIngressPath::getPath)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet()));
  }

  /** Whether a Gateway's listener speaks TLS is not known here. */
  private static RoutedAddress of(HTTPRoute route, Naming naming) {
    Optional<String> host =
        route.getSpec() == null
            ? Optional.empty()
            : orEmpty(route.getSpec().getHostnames()).stream().findFirst();
    Stream<HTTPRouteMatch> matches =
        route.getSpec() == null
            ? Stream.of()
            : orEmpty(route.getSpec().getRules()).stream()
                .flatMap(rule -> orEmpty(rule.getMatches()).stream());
    return new RoutedAddress(
        url(false, host, naming),
        matches
            .map(HTTPRouteMatch::getPath)
            .filter(Objects::nonNull)
            .map(HTTPPathMatch::getValue)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet()));
  }

  private static String url(boolean tls, Optional<String> host, Naming naming) {
    return host.map(name -> (tls ? "https://" : "http://") + name).orElse("") + path(naming);
  }

  private static String path(Naming naming) {
    return "/v2/models/" + naming.model();
  }

  /** Whether one version is reached by its own path, whatever its traffic. */
  boolean leadsTo(String version, Naming naming) {
    return paths.contains(path(naming) + "/versions/" + version);
  }

  private static <T> List<T> orEmpty(List<T> values) {
    return values == null ? List.of() : values;
  }
}
