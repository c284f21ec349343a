package dev.flightdelay.operator.exploration;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressLoadBalancerIngress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A way in to a model, as the object that makes it says.
 *
 * @param host empty for every host
 * @param via the class of an Ingress, which may be empty, or the Gateways of an HTTPRoute
 * @param address where it is reached, as far as it is known
 * @param weights percent of the traffic by version
 * @param paths all that lead anywhere
 * @param followed whether all that are to follow it do, as far as that can be seen
 * @param possible whether anybody may follow it
 */
record Route(
    String kind,
    String created,
    String host,
    Set<String> via,
    Optional<String> address,
    Map<String, Integer> weights,
    Set<String> paths,
    boolean followed,
    boolean possible) {
  static Route of(HasMetadata route, String model) {
    return route instanceof Ingress ingress ? of(ingress, model) : of((HTTPRoute) route, model);
  }

  private static String mainPath(String host, String model) {
    return host.isEmpty() ? "/v2/models/" + model : "/";
  }

  private static Route of(Ingress ingress, String model) {
    IngressRule rule = ingress.getSpec().getRules().getFirst();
    String host = rule.getHost() == null ? "" : rule.getHost();
    Map<String, Integer> weights = new TreeMap<>();
    Set<String> paths = new HashSet<>();
    List<HTTPIngressPath> all = rule.getHttp() == null ? List.of() : rule.getHttp().getPaths();
    for (HTTPIngressPath path : all) {
      paths.add(path.getPath());
      if (path.getPath().equals(mainPath(host, model))) {
        weights.put(version(path.getBackend().getService().getName(), model), 100);
      }
    }
    Optional<String> balancer =
        ingress.getStatus().getLoadBalancer().getIngress().stream()
            .map(IngressLoadBalancerIngress::getIp)
            .findFirst();
    String scheme = ingress.getSpec().getTls().isEmpty() ? "http://" : "https://";
    String className = ingress.getSpec().getIngressClassName();
    return new Route(
        ingress.getKind(),
        ingress.getMetadata().getCreationTimestamp(),
        host,
        className == null ? Set.of() : Set.of(className),
        (host.isEmpty() ? balancer : Optional.of(host)).map(scheme::concat),
        weights,
        paths,
        balancer.isPresent(),
        true);
  }

  private static Route of(HTTPRoute route, String model) {
    String host = route.getSpec().getHostnames().stream().findFirst().orElse("");
    Map<String, Integer> weights = new TreeMap<>();
    Set<String> paths = new HashSet<>();
    for (HTTPRouteRule rule : route.getSpec().getRules()) {
      Set<String> unpinned =
          rule.getMatches().stream()
              .filter(match -> match.getHeaders().isEmpty())
              .map(match -> match.getPath().getValue())
              .collect(Collectors.toSet());
      paths.addAll(unpinned);
      if (unpinned.contains(mainPath(host, model))) {
        rule.getBackendRefs()
            .forEach(
                backend -> weights.put(version(backend.getName(), model), backend.getWeight()));
      }
    }
    Set<String> gateways =
        route.getSpec().getParentRefs().stream().map(Route::gateway).collect(Collectors.toSet());
    Set<String> following = following(route);
    return new Route(
        route.getKind(),
        route.getMetadata().getCreationTimestamp(),
        host,
        gateways,
        host.isEmpty() ? Optional.empty() : Optional.of("http://" + host),
        weights,
        paths,
        following.containsAll(gateways),
        !following.isEmpty());
  }

  private static Set<String> following(HTTPRoute route) {
    return route.getStatus() == null
        ? Set.of()
        : route.getStatus().getParents().stream()
            .filter(
                parent ->
                    parent.getConditions().stream()
                        .filter(condition -> condition.getType().equals("Accepted"))
                        .anyMatch(condition -> condition.getStatus().equals("True")))
            .map(parent -> gateway(parent.getParentRef()))
            .collect(Collectors.toSet());
  }

  private static String gateway(ParentReference parent) {
    return gateway(
        parent.getNamespace(), parent.getName(), parent.getSectionName(), parent.getPort());
  }

  static String gateway(String namespace, String name, String section, Integer port) {
    return "%s/%s/%s/%s".formatted(namespace, name, section, port);
  }

  private static String version(String service, String model) {
    return service.substring((model + "-").length());
  }

  /** Whether it leads to everything of a host, or of the model. */
  boolean isAt(String where) {
    return host.equals(where);
  }
}
