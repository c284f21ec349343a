package dev.flightdelay.local.proxy;

import dev.flightdelay.local.proxy.Route.PathMatch;
import dev.flightdelay.local.proxy.WeightedChoice.Weighted;
import dev.flightdelay.local.runner.PodPorts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPHeaderMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where requests go, made of the API's objects: routes to Services, Services to ready pods.
 *
 * @param routes the most specific first
 * @param addresses of the ready pods behind each backend
 * @param models to say of those that do not answer yet what they wait for
 */
record RoutingTable(
    List<Route> routes, Map<Backend, List<SocketAddress>> addresses, List<ModelState> models) {

  static final RoutingTable EMPTY = new RoutingTable(List.of(), Map.of(), List.of());

  RoutingTable {
    routes = List.copyOf(routes);
    addresses = Map.copyOf(addresses);
    models = List.copyOf(models);
  }

  /**
   * The table of these objects.
   *
   * @param before the turns of routes that are in it with the same backends and weights go on
   */
  static RoutingTable of(
      Collection<Ingress> ingresses,
      Collection<HTTPRoute> httpRoutes,
      Collection<Service> services,
      Collection<Pod> pods,
      Collection<GenericKubernetesResource> models,
      RoutingTable before) {
    List<ModelState> states = models.stream().map(ModelState::of).toList();
    List<Route> routes = new ArrayList<>();
    httpRoutes.forEach(route -> add(route, routes));
    ingresses.forEach(ingress -> add(ingress, routes));
    states.forEach(model -> routes.addAll(LocalhostRoutes.of(model)));
    routes.sort(Route.MOST_SPECIFIC_FIRST);
    Map<Backend, List<SocketAddress>> addresses = new HashMap<>();
    for (Route route : routes) {
      for (Weighted<Backend> backend : route.weights()) {
        addresses.computeIfAbsent(backend.value(), key -> ready(key, services, pods));
      }
    }
    return new RoutingTable(
        routes.stream().map(route -> withTurnsOf(before, route)).toList(), addresses, states);
  }

  Optional<Route> route(String host, String path, Function<String, String> header) {
    return routes.stream().filter(route -> route.matches(host, path, header)).findFirst();
  }

  /** The model that a request is meant for which nothing answers. */
  Optional<ModelState> model(String host, String path) {
    String requested = host.toLowerCase(Locale.ROOT);
    return models.stream().filter(model -> model.isAt(requested, path)).findFirst();
  }

  private static void add(HTTPRoute route, List<Route> routes) {
    String namespace = route.getMetadata().getNamespace();
    List<String> hosts =
        route.getSpec().getHostnames() == null || route.getSpec().getHostnames().isEmpty()
            ? List.of("")
            : route.getSpec().getHostnames();
    for (HTTPRouteRule rule : route.getSpec().getRules()) {
      List<Weighted<Backend>> weights =
          rule.getBackendRefs().stream().map(backend -> backend(namespace, backend)).toList();
      WeightedChoice<Backend> choice = new WeightedChoice<>(weights);
      List<HTTPRouteMatch> matches =
          rule.getMatches() == null || rule.getMatches().isEmpty()
              ? List.of(new HTTPRouteMatch())
              : rule.getMatches();
      for (String host : hosts) {
        for (HTTPRouteMatch match : matches) {
          routes.add(
              new Route(
                  host.toLowerCase(Locale.ROOT), path(match), headers(match), choice, weights));
        }
      }
    }
  }

  private static PathMatch path(HTTPRouteMatch match) {
    if (match.getPath() == null) {
      return new PathMatch("/", false);
    }
    return new PathMatch(
        match.getPath().getValue() == null ? "/" : match.getPath().getValue(),
        "Exact".equals(match.getPath().getType()));
  }

  private static Map<String, String> headers(HTTPRouteMatch match) {
    Map<String, String> headers = new HashMap<>();
    if (match.getHeaders() != null) {
      for (HTTPHeaderMatch header : match.getHeaders()) {
        headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
      }
    }
    return Map.copyOf(headers);
  }

  private static Weighted<Backend> backend(String namespace, HTTPBackendRef reference) {
    return new Weighted<>(
        new Backend(
            reference.getNamespace() == null ? namespace : reference.getNamespace(),
            reference.getName(),
            new IntOrString(reference.getPort())),
        reference.getWeight() == null ? 1 : reference.getWeight());
  }

  private static void add(Ingress ingress, List<Route> routes) {
    String namespace = ingress.getMetadata().getNamespace();
    if (ingress.getSpec().getDefaultBackend() != null) {
      routes.add(
          route("", new PathMatch("/", false), namespace, ingress.getSpec().getDefaultBackend()));
    }
    for (IngressRule rule : ingress.getSpec().getRules()) {
      if (rule.getHttp() == null) {
        continue;
      }
      String host = rule.getHost() == null ? "" : rule.getHost().toLowerCase(Locale.ROOT);
      for (HTTPIngressPath path : rule.getHttp().getPaths()) {
        PathMatch match =
            new PathMatch(
                path.getPath() == null ? "/" : path.getPath(), "Exact".equals(path.getPathType()));
        routes.add(route(host, match, namespace, path.getBackend()));
      }
    }
  }

  private static Route route(
      String host, PathMatch path, String namespace, IngressBackend reference) {
    var port = reference.getService().getPort();
    Backend backend =
        new Backend(
            namespace,
            reference.getService().getName(),
            port.getNumber() == null
                ? new IntOrString(port.getName())
                : new IntOrString(port.getNumber()));
    List<Weighted<Backend>> weights = List.of(new Weighted<>(backend, 1));
    return new Route(host, path, Map.of(), new WeightedChoice<>(weights), weights);
  }

  private static List<SocketAddress> ready(
      Backend backend, Collection<Service> services, Collection<Pod> pods) {
    List<SocketAddress> addresses = new ArrayList<>();
    for (Service service : services) {
      if (!service.getMetadata().getName().equals(backend.service())
          || !service.getMetadata().getNamespace().equals(backend.namespace())) {
        continue;
      }
      Optional<ServicePort> port =
          service.getSpec().getPorts().stream()
              .filter(
                  candidate ->
                      backend.port().getIntVal() != null
                          ? backend.port().getIntVal().equals(candidate.getPort())
                          : backend.port().getStrVal().equals(candidate.getName()))
              .findFirst();
      for (Pod pod : pods) {
        if (port.isPresent() && isReady(pod) && isSelected(pod, service)) {
          IntOrString target =
              port.get().getTargetPort() == null
                  ? new IntOrString(port.get().getPort())
                  : port.get().getTargetPort();
          addresses.add(
              SocketAddress.inetSocketAddress(
                  PodPorts.number(pod, target), pod.getStatus().getPodIP()));
        }
      }
    }
    return List.copyOf(addresses);
  }

  private static boolean isSelected(Pod pod, Service service) {
    return pod.getMetadata().getNamespace().equals(service.getMetadata().getNamespace())
        && service.getSpec().getSelector() != null
        && pod.getMetadata().getLabels() != null
        && pod.getMetadata()
            .getLabels()
            .entrySet()
            .containsAll(service.getSpec().getSelector().entrySet());
  }

  private static boolean isReady(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus() != null
        && pod.getStatus().getPodIP() != null
        && pod.getStatus().getConditions().stream()
            .filter(condition -> "Ready".equals(condition.getType()))
            .map(PodCondition::getStatus)
            .anyMatch("True"::equals);
  }

  /** Or the first backend would have its turn again after every change of anything. */
  private static Route withTurnsOf(RoutingTable before, Route route) {
    return before.routes().stream()
        .filter(
            old ->
                old.host().equals(route.host())
                    && old.path().equals(route.path())
                    && old.headers().equals(route.headers())
                    && old.weights().equals(route.weights()))
        .findFirst()
        .orElse(route);
  }
}
