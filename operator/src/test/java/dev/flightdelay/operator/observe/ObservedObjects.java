package dev.flightdelay.operator.observe;

import dev.flightdelay.operator.child.Children;
import dev.flightdelay.operator.child.Naming;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the operator would have in its caches if exactly these objects were in the cluster. */
public record ObservedObjects(
    List<HasMetadata> objects,
    Map<String, ServedAnswer> served,
    Map<String, String> warnings,
    Optional<String> hostTakenBy,
    Optional<String> defaultClass,
    boolean gatewayApi,
    boolean healthCheckPolicies) {

  public ObservedObjects(Collection<? extends HasMetadata> objects) {
    this(List.copyOf(objects), Map.of(), Map.of(), Optional.empty(), Optional.empty(), true, false);
  }

  public ObservedObjects serving(Map<String, ServedAnswer> answers) {
    return new ObservedObjects(
        objects, answers, warnings, hostTakenBy, defaultClass, gatewayApi, healthCheckPolicies);
  }

  public ObservedObjects warning(Map<String, String> messages) {
    return new ObservedObjects(
        objects, served, messages, hostTakenBy, defaultClass, gatewayApi, healthCheckPolicies);
  }

  public Observed observe() {
    return new Observed(
        objects.stream()
            .filter(object -> Children.KINDS.stream().anyMatch(kind -> kind.isKindOf(object)))
            .collect(Collectors.groupingBy(ObservedObjects::version)),
        Children.KINDS.stream().filter(kind -> kind.everywhere() || healthCheckPolicies).toList(),
        all(Ingress.class).toList(),
        all(HTTPRoute.class).toList(),
        all(Pod.class).collect(Collectors.groupingBy(ObservedObjects::version)),
        served,
        warnings,
        hostTakenBy,
        defaultClass,
        gatewayApi);
  }

  private <T extends HasMetadata> Stream<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast);
  }

  private static String version(HasMetadata object) {
    return Naming.versionOf(object)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s %s needs the label %s"
                        .formatted(
                            object.getKind(),
                            object.getMetadata().getName(),
                            Naming.VERSION_LABEL)));
  }
}
