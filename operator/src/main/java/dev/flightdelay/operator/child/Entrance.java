package dev.flightdelay.operator.child;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.ParentRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A way in to a model: a route, and what it is made for. That stands on the route, because what
 * somebody else changes on it is to be put back, while another spec may mean another way in.
 *
 * @param name of the route
 * @param expose what it is made for
 * @param defaultClass the class that is written where the expose names none; empty leaves it to the
 *     API server, which gives every new Ingress the cluster's default one
 */
public record Entrance(String name, Expose expose, Optional<String> defaultClass) {

  public Entrance {
    requireNonNull(name);
    requireNonNull(expose);
    requireNonNull(defaultClass);
  }

  /** The way in that a route is. */
  public static Entrance of(HasMetadata route) {
    return new Entrance(
        route.getMetadata().getName(),
        madeFor(route).orElseGet(() -> asItIs(route)),
        Annotations.text(route, Annotations.DEFAULT_CLASS));
  }

  /**
   * Whether it may stay the same object where the spec asks for another expose: the same host by
   * the same class, or by Gateways of which none comes while another goes. A certificate may
   * change.
   *
   * @param route as it is
   * @param standard the class that the cluster gives an Ingress that names none, where it is known
   */
  public static boolean isSame(HasMetadata route, Expose asked, Optional<String> standard) {
    Expose was = of(route).expose();
    if (was.type() != asked.type() || !Optional.ofNullable(was.host()).equals(host(asked))) {
      return false;
    }
    return switch (asked.type()) {
      case None -> false;
      case HTTPRoute ->
          was.parentRefs().containsAll(asked.parentRefs())
              || asked.parentRefs().containsAll(was.parentRefs());
      case Ingress -> {
        Optional<String> before = Optional.ofNullable(was.ingressClassName());
        Optional<String> after = Optional.ofNullable(asked.ingressClassName());
        yield before.equals(after)
            // Of one that says nothing it is not known that it was made for a class.
            || after.isEmpty() && (madeFor(route).isEmpty() || before.equals(standard))
            || before.isEmpty() && after.equals(className(route));
      }
    };
  }

  private static Optional<String> host(Expose expose) {
    return Optional.ofNullable(expose.host());
  }

  private static Optional<String> className(HasMetadata route) {
    return route instanceof Ingress ingress && ingress.getSpec() != null
        ? Optional.ofNullable(ingress.getSpec().getIngressClassName())
        : Optional.empty();
  }

  private static Optional<Expose> madeFor(HasMetadata route) {
    return Annotations.text(route, Annotations.EXPOSE)
        .flatMap(
            text -> {
              try {
                return Optional.ofNullable(Serialization.unmarshal(text, Expose.class));
              } catch (RuntimeException e) {
                // Somebody broke it.
                return Optional.empty();
              }
            });
  }

  private static Expose asItIs(HasMetadata route) {
    if (route instanceof HTTPRoute gateway && gateway.getSpec() != null) {
      List<ParentReference> parents = orEmpty(gateway.getSpec().getParentRefs());
      return new Expose(
          Expose.Type.HTTPRoute,
          orEmpty(gateway.getSpec().getHostnames()).stream().findFirst().orElse(null),
          null,
          null,
          parents.stream()
              .map(
                  p ->
                      new ParentRef(p.getName(), p.getNamespace(), p.getSectionName(), p.getPort()))
              .toList());
    }
    if (route instanceof Ingress ingress && ingress.getSpec() != null) {
      return new Expose(
          Expose.Type.Ingress,
          orEmpty(ingress.getSpec().getRules()).stream()
              .findFirst()
              .map(IngressRule::getHost)
              .orElse(null),
          ingress.getSpec().getIngressClassName(),
          orEmpty(ingress.getSpec().getTls()).stream()
              .findFirst()
              .map(IngressTLS::getSecretName)
              .orElse(null),
          null);
    }
    return new Expose(Expose.Type.None, null, null, null, null);
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }

  Map<String, String> annotations(RoutedVersions routed) {
    Map<String, String> annotations = new TreeMap<>(routed.memory().annotations());
    annotations.put(Annotations.EXPOSE, Serialization.asJson(fields()));
    defaultClass.ifPresent(name -> annotations.put(Annotations.DEFAULT_CLASS, name));
    return annotations;
  }

  /** Those that are set, in the order in which the spec names them. */
  private Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", expose.type());
    fields.put("host", expose.host());
    fields.put("ingressClassName", expose.ingressClassName());
    fields.put("tlsSecretName", expose.tlsSecretName());
    fields.put("parentRefs", expose.parentRefs());
    fields.values().removeIf(value -> value == null || List.of().equals(value));
    return fields;
  }

  /** For a person: {@code the Ingress delays (class nginx, host delays.example)}. */
  public String described() {
    StringBuilder what = new StringBuilder("the %s %s (".formatted(expose.type(), name));
    what.append(
        switch (expose.type()) {
          case HTTPRoute ->
              "Gateway "
                  + String.join(
                      ", ", expose.parentRefs().stream().map(ParentRef::name).distinct().toList());
          case Ingress, None ->
              Optional.ofNullable(expose.ingressClassName())
                  .map(name -> "class " + name)
                  .orElse("the default class");
        });
    return what.append(host(expose).map(host -> ", host " + host).orElse(""))
        .append(')')
        .toString();
  }
}
