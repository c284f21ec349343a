package dev.flightdelay.operator.child;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.ParentRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatchBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRuleBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The route of a model whose traffic is split between versions: core fields only. */
public final class ModelHttpRoute {

  /** Pins one version. */
  private static final String VERSION_HEADER = "x-model-version";

  /** A rule has at most 16 backends. */
  private static final int MAX_BACKENDS = 16;

  private ModelHttpRoute() {}

  /** The HTTPRoute of a model. */
  public static HTTPRoute desired(Naming naming, Entrance entrance, RoutedVersions routed) {
    Expose expose = entrance.expose();
    // spotless:off
    return new HTTPRouteBuilder()
        .withMetadata(naming.routeMetadata(entrance.name(), entrance.annotations(routed)))
        .withNewSpec()
          .withParentRefs(expose.parentRefs().stream().map(ModelHttpRoute::parent).toList())
          .withHostnames(expose.host() == null ? List.of() : List.of(expose.host()))
          .withRules(rules(naming, new RoutePaths(naming.model(), expose.host()), routed))
        .endSpec()
        .build();
    // spotless:on
  }

  /** The traffic as an HTTPRoute of ours routes it, in percent. */
  public static Map<String, Integer> weights(HTTPRoute route, Naming naming) {
    if (route.getSpec() == null || route.getSpec().getRules() == null) {
      return Map.of();
    }
    boolean host =
        route.getSpec().getHostnames() != null && !route.getSpec().getHostnames().isEmpty();
    String main = new RoutePaths(naming.model(), host ? "" : null).ofModel().getFirst().path();
    for (HTTPRouteRule rule : route.getSpec().getRules()) {
      if (isMain(rule, main) && rule.getBackendRefs() != null) {
        Map<String, Integer> weights = new TreeMap<>();
        for (HTTPBackendRef backend : rule.getBackendRefs()) {
          int weight = backend.getWeight() == null ? 1 : backend.getWeight();
          ModelIngress.version(naming, backend.getName())
              .filter(_ -> weight > 0)
              .ifPresent(version -> weights.merge(version, weight, Integer::sum));
        }
        return weights;
      }
    }
    return Map.of();
  }

  private static boolean isMain(HTTPRouteRule rule, String path) {
    return rule.getMatches() != null
        && rule.getMatches().stream()
            .anyMatch(
                match ->
                    match.getPath() != null
                        && path.equals(match.getPath().getValue())
                        && (match.getHeaders() == null || match.getHeaders().isEmpty()));
  }

  private static List<HTTPRouteRule> rules(Naming naming, RoutePaths paths, RoutedVersions routed) {
    List<HTTPRouteRule> rules = new ArrayList<>();
    for (String version : routed.addressable()) {
      List<HTTPRouteMatch> matches = new ArrayList<>();
      matches.add(match(paths.ofVersion(version)).build());
      paths.ofModel().forEach(path -> matches.add(pinned(match(path), version)));
      rules.add(rule(matches, List.of(backend(naming.name(version), 1))));
    }
    if (!routed.weights().isEmpty()) {
      rules.add(
          rule(
              paths.ofModel().stream().map(path -> match(path).build()).toList(),
              routed.weights().entrySet().stream()
                  .filter(weight -> weight.getValue() > 0)
                  .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                  .limit(MAX_BACKENDS)
                  .sorted(Map.Entry.comparingByKey())
                  .map(weight -> backend(naming.name(weight.getKey()), weight.getValue()))
                  .toList()));
    }
    return rules;
  }

  private static HTTPRouteRule rule(List<HTTPRouteMatch> matches, List<HTTPBackendRef> backends) {
    return new HTTPRouteRuleBuilder().withMatches(matches).withBackendRefs(backends).build();
  }

  private static HTTPRouteMatchBuilder match(RoutePaths.RoutePath path) {
    // spotless:off
    return new HTTPRouteMatchBuilder()
        .withNewPath()
          .withType(path.exact() ? "Exact" : "PathPrefix")
          .withValue(path.path())
        .endPath();
    // spotless:on
  }

  private static HTTPRouteMatch pinned(HTTPRouteMatchBuilder match, String version) {
    // spotless:off
    return match
        .addNewHeader()
          .withType("Exact")
          .withName(VERSION_HEADER)
          .withValue(version)
        .endHeader()
        .build();
    // spotless:on
  }

  private static HTTPBackendRef backend(String service, int weight) {
    // spotless:off
    return new HTTPBackendRefBuilder()
        .withGroup("")
        .withKind("Service")
        .withName(service)
        .withPort(PredictorService.PORT)
        .withWeight(weight)
        .build();
    // spotless:on
  }

  private static ParentReference parent(ParentRef parent) {
    // spotless:off
    return new ParentReferenceBuilder()
        .withGroup("gateway.networking.k8s.io")
        .withKind("Gateway")
        .withNamespace(parent.namespace())
        .withName(parent.name())
        .withSectionName(parent.sectionName())
        .withPort(parent.port())
        .build();
    // spotless:on
  }
}
