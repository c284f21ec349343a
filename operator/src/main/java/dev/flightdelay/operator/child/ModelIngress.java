package dev.flightdelay.operator.child;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPathBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The route of a model whose traffic goes to one version. */
public final class ModelIngress {

  private ModelIngress() {}

  /** The Ingress; of several weights, which only a change from HTTPRoute leaves, the largest. */
  public static Ingress desired(Naming naming, Entrance entrance, RoutedVersions routed) {
    Expose expose = entrance.expose();
    // spotless:off
    return new IngressBuilder()
        .withMetadata(naming.routeMetadata(entrance.name(), entrance.annotations(routed)))
        .withNewSpec()
          .withIngressClassName(
              Optional.ofNullable(expose.ingressClassName())
                  .or(entrance::defaultClass)
                  .orElse(null))
          .withTls(tls(expose))
          .addNewRule()
            .withHost(expose.host())
            .withNewHttp()
              .withPaths(paths(naming, expose, routed))
            .endHttp()
          .endRule()
        .endSpec()
        .build();
    // spotless:on
  }

  /** The traffic as an Ingress of ours routes it. */
  public static Map<String, Integer> weights(Ingress ingress, Naming naming) {
    if (ingress.getSpec() == null || ingress.getSpec().getRules() == null) {
      return Map.of();
    }
    for (IngressRule rule : ingress.getSpec().getRules()) {
      if (rule.getHttp() == null || rule.getHttp().getPaths() == null) {
        continue;
      }
      String main = new RoutePaths(naming.model(), rule.getHost()).ofModel().getFirst().path();
      for (HTTPIngressPath path : rule.getHttp().getPaths()) {
        if (main.equals(path.getPath()) && path.getBackend().getService() != null) {
          return version(naming, path.getBackend().getService().getName())
              .map(version -> Map.of(version, 100))
              .orElse(Map.of());
        }
      }
    }
    return Map.of();
  }

  static Optional<String> version(Naming naming, String service) {
    String prefix = naming.model() + "-";
    return service != null && service.startsWith(prefix)
        ? Optional.of(service.substring(prefix.length()))
        : Optional.empty();
  }

  private static List<IngressTLS> tls(Expose expose) {
    return expose.tlsSecretName() == null
        ? List.of()
        : List.of(new IngressTLS(List.of(expose.host()), expose.tlsSecretName()));
  }

  private static List<HTTPIngressPath> paths(Naming naming, Expose expose, RoutedVersions routed) {
    RoutePaths paths = new RoutePaths(naming.model(), expose.host());
    List<HTTPIngressPath> rules = new ArrayList<>();
    for (String version : routed.addressable()) {
      rules.add(path(paths.ofVersion(version), naming.name(version)));
    }
    routed.weights().entrySet().stream()
        .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
        .ifPresent(
            main ->
                paths.ofModel().forEach(path -> rules.add(path(path, naming.name(main.getKey())))));
    return rules;
  }

  private static HTTPIngressPath path(RoutePaths.RoutePath path, String service) {
    // spotless:off
    return new HTTPIngressPathBuilder()
        .withPath(path.path())
        .withPathType(path.exact() ? "Exact" : "Prefix")
        .withNewBackend()
          .withNewService()
            .withName(service)
            .withNewPort()
              .withNumber(PredictorService.PORT)
            .endPort()
          .endService()
        .endBackend()
        .build();
    // spotless:on
  }
}
