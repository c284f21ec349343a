package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus;
import dev.flightdelay.operator.child.ChildKind;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.observe.ServedAnswer;
import dev.flightdelay.operator.observe.ServedAnswer.Served;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what is there of a model from the caches, and asks pods what they serve. */
final class Observer {

  private final Informers informers;
  private final ServedModels servedModels;
  private final PodWarnings podWarnings;
  private final HostClaim hostClaim;

  Observer(
      Informers informers,
      ServedModels servedModels,
      PodWarnings podWarnings,
      IngressClasses ingressClasses) {
    this.hostClaim = new HostClaim(informers::routesOf, ingressClasses::defaultClass);
    this.informers = informers;
    this.servedModels = servedModels;
    this.podWarnings = podWarnings;
  }

  Observed observe(FlightDelayModel model, Context<FlightDelayModel> context) {
    Naming naming = Naming.of(model);
    boolean httpRoutes =
        informers.watchesHttpRoutes(
            context, model.getSpec().expose().type() == Expose.Type.HTTPRoute);
    Map<ChildKind<?>, Map<String, HasMetadata>> cached = cached(naming, context);
    OwnedByName byName = new OwnedByName(model, naming, seen(cached, context));
    Map<String, List<HasMetadata>> children = children(cached, byName, context);
    Map<String, List<Pod>> pods = pods(children, context);
    List<Ingress> ingresses = routes(Ingress.class, naming, byName, context);
    List<Pod> all = pods.values().stream().flatMap(List::stream).toList();
    return new Observed(
        children,
        informers.children(),
        ingresses,
        httpRoutes ? routes(HTTPRoute.class, naming, byName, context) : List.of(),
        pods,
        served(model, pods, all),
        podWarnings.of(all, context.getClient()),
        hostClaim.takenBy(model, context.getPrimaryCache()),
        DefaultIngressClass.where(model, ingresses, context.getClient()),
        httpRoutes);
  }

  /** The objects in the caches by kind and version. */
  private Map<ChildKind<?>, Map<String, HasMetadata>> cached(
      Naming naming, Context<FlightDelayModel> context) {
    Map<ChildKind<?>, Map<String, HasMetadata>> cached = new LinkedHashMap<>();
    for (ChildKind<?> kind : informers.children()) {
      cached.put(kind, byVersion(kind, naming, context));
    }
    return cached;
  }

  /** The versions of which there is a child, or a pod. */
  private static Set<String> seen(
      Map<ChildKind<?>, Map<String, HasMetadata>> cached, Context<FlightDelayModel> context) {
    Set<String> seen = new HashSet<>();
    cached.values().forEach(children -> seen.addAll(children.keySet()));
    context
        .getSecondaryResourcesAsStream(Pod.class)
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .forEach(pod -> Naming.versionOf(pod).ifPresent(seen::add));
    return seen;
  }

  private static Map<String, List<HasMetadata>> children(
      Map<ChildKind<?>, Map<String, HasMetadata>> cached,
      OwnedByName byName,
      Context<FlightDelayModel> context) {
    Map<String, List<HasMetadata>> children = new HashMap<>();
    cached.forEach(
        (kind, byVersion) ->
            byName
                .children(kind, byVersion, context.getClient())
                .forEach(
                    (version, object) ->
                        children.computeIfAbsent(version, _ -> new ArrayList<>()).add(object)));
    return children;
  }

  private static <R extends HasMetadata> Stream<R> own(
      Class<R> type, Naming naming, Context<FlightDelayModel> context) {
    return context
        .getSecondaryResourcesAsStream(type)
        .filter(object -> !Ownership.isAnothers(object, naming))
        .filter(object -> object.getMetadata().getDeletionTimestamp() == null);
  }

  private static <R extends HasMetadata> List<R> routes(
      Class<R> type, Naming naming, OwnedByName byName, Context<FlightDelayModel> context) {
    return byName.routes(
        own(type, naming, context).toList(),
        context.getClient().resources(type).inNamespace(naming.namespace()));
  }

  private static Map<String, HasMetadata> byVersion(
      ChildKind<?> kind, Naming naming, Context<FlightDelayModel> context) {
    Map<String, HasMetadata> objects = new HashMap<>();
    own(kind.type(), naming, context)
        .filter(kind::isKindOf)
        .forEach(
            object ->
                Naming.versionOf(object)
                    // Only under its own name: a copied label does not make it ours.
                    .filter(version -> naming.name(version).equals(object.getMetadata().getName()))
                    .ifPresent(version -> objects.put(version, object)));
    return objects;
  }

  private static Map<String, List<Pod>> pods(
      Map<String, List<HasMetadata>> children, Context<FlightDelayModel> context) {
    return context
        .getSecondaryResourcesAsStream(Pod.class)
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(
            pod ->
                Naming.versionOf(pod).stream()
                    .flatMap(version -> children.getOrDefault(version, List.of()).stream())
                    .anyMatch(Deployment.class::isInstance))
        .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
        .collect(Collectors.groupingBy(pod -> Naming.versionOf(pod).orElseThrow()));
  }

  /**
   * What the pods answered. An operator that has just started has asked nobody yet: until then what
   * the status says of a version that serves stands, or every start would tell of it anew.
   */
  private Map<String, ServedAnswer> served(
      FlightDelayModel model, Map<String, List<Pod>> pods, List<Pod> all) {
    Map<String, Served> remembered = new HashMap<>();
    List<List<String>> serving = new ArrayList<>();
    for (VersionStatus version :
        model.getStatus() == null ? List.<VersionStatus>of() : model.getStatus().versions()) {
      if (version.phase() == VersionStatus.Phase.Ready && version.sha256() != null) {
        List<String> uids =
            pods.getOrDefault(version.name(), List.of()).stream()
                .map(pod -> pod.getMetadata().getUid())
                .toList();
        serving.add(uids);
        uids.forEach(uid -> remembered.put(uid, remembered(version)));
      }
    }
    Map<String, ServedAnswer> answers =
        new HashMap<>(servedModels.ask(ResourceID.fromResource(model), all, remembered));
    for (List<String> uids : serving) {
      if (!uids.isEmpty() && uids.stream().noneMatch(answers::containsKey)) {
        answers.put(uids.getFirst(), remembered.get(uids.getFirst()));
      }
    }
    return answers;
  }

  private static Served remembered(VersionStatus version) {
    return new Served(
        version.sha256(),
        Optional.ofNullable(version.estimator()).orElse(""),
        Optional.ofNullable(version.features()).orElse(0),
        version.classes());
  }
}
