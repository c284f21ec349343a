package dev.flightdelay.operator.plan;

import dev.flightdelay.operator.child.Annotations;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.observe.ObservedObjects;
import dev.flightdelay.operator.observe.ServedAnswer;
import dev.flightdelay.operator.observe.ServedAnswer.Served;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatusBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** As much of a cluster as a plan sees: it keeps objects, scales Deployments and has pods. */
final class FakeCluster {

  private final Map<String, HasMetadata> objects = new TreeMap<>();

  /** Pods that are ready, by version. */
  private final Map<String, Integer> ready = new TreeMap<>();

  /** What the load asks for, by version; an autoscaler follows it within its bounds. */
  private final Map<String, Integer> load = new HashMap<>();

  /** SHA-256s of models that no pod can ever read. */
  private final Set<String> unreadable = new HashSet<>();

  private final Set<String> everReady = new HashSet<>();

  /** Versions whose number of pods is neither their spec's nor an autoscaler's of the operator. */
  private final Set<String> scaledByOthers = new TreeSet<>();

  /** What each route that is followed leads to and where it comes in, as those saw it. */
  private final Map<String, String> followed = new TreeMap<>();

  Optional<String> hostTakenBy = Optional.empty();
  boolean gatewayApi = true;

  void makeUnreadable(String sha256) {
    unreadable.add(sha256);
  }

  /** Whether pods with this model were ready while somebody looked. */
  boolean wasReady(String sha256) {
    return everReady.contains(sha256);
  }

  boolean isUnreadable(String sha256) {
    return unreadable.contains(sha256);
  }

  Optional<HorizontalPodAutoscaler> autoscaler(String version) {
    return objects.values().stream()
        .filter(HorizontalPodAutoscaler.class::isInstance)
        .map(HorizontalPodAutoscaler.class::cast)
        .filter(scaler -> Naming.versionOf(scaler).filter(version::equals).isPresent())
        .findFirst();
  }

  int readyPods(String version) {
    return ready.getOrDefault(version, 0);
  }

  Set<String> versions() {
    Set<String> versions = new TreeSet<>();
    objects.values().forEach(object -> Naming.versionOf(object).ifPresent(versions::add));
    return versions;
  }

  Optional<Deployment> deployment(String version) {
    return objects.values().stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .filter(deployment -> Naming.versionOf(deployment).filter(version::equals).isPresent())
        .findFirst();
  }

  Map<String, HasMetadata> objects() {
    return new TreeMap<>(objects);
  }

  boolean routeRemembers(String version) {
    return observe()
        .routes()
        .flatMap(route -> Annotations.text(route, Annotations.READY_VERSIONS).stream())
        .anyMatch(ready -> ready.contains(version + "@"));
  }

  void lose(Deployment deployment) {
    objects.remove(key(deployment));
    Naming.versionOf(deployment).ifPresent(ready::remove);
  }

  void carryOut(Plan plan) {
    plan.apply().forEach(this::apply);
    for (HasMetadata object : plan.apply()) {
      if (object instanceof Deployment deployment) {
        String version = Naming.versionOf(deployment).orElseThrow();
        boolean others =
            deployment.getSpec().getReplicas() == null
                && plan.apply().stream()
                    .filter(HorizontalPodAutoscaler.class::isInstance)
                    .noneMatch(scaler -> Naming.versionOf(scaler).equals(Optional.of(version)));
        if (others) {
          scaledByOthers.add(version);
        } else {
          scaledByOthers.remove(version);
        }
      }
    }
    plan.resume().forEach(deployment -> mark(deployment, null));
    plan.drain().forEach((deployment, until) -> mark(deployment, until.toString()));
    plan.delete().forEach(object -> objects.remove(key(object)));
    ready.keySet().removeIf(version -> deployment(version).isEmpty());
  }

  private void apply(HasMetadata desired) {
    if (desired instanceof Deployment deployment) {
      Optional<Deployment> before = Optional.ofNullable((Deployment) objects.get(key(desired)));
      // What server-side apply leaves alone: the autoscaler's and the drain's fields.
      Integer replicas =
          Optional.ofNullable(deployment.getSpec().getReplicas())
              .or(() -> before.map(object -> object.getSpec().getReplicas()))
              .orElse(1);
      DeploymentBuilder applied =
          new DeploymentBuilder(deployment).editSpec().withReplicas(replicas).endSpec();
      before
          .flatMap(object -> Annotations.text(object, Annotations.DRAIN_UNTIL))
          .ifPresent(
              until ->
                  applied
                      .editMetadata()
                      .addToAnnotations(Annotations.DRAIN_UNTIL, until)
                      .endMetadata());
      objects.put(key(desired), applied.build());
    } else {
      objects.put(key(desired), desired);
    }
  }

  private void mark(Deployment deployment, String until) {
    Deployment stored = (Deployment) objects.get(key(deployment));
    Map<String, String> annotations = new TreeMap<>(stored.getMetadata().getAnnotations());
    if (until == null) {
      annotations.remove(Annotations.DRAIN_UNTIL);
    } else {
      annotations.put(Annotations.DRAIN_UNTIL, until);
    }
    objects.put(
        key(deployment),
        new DeploymentBuilder(stored)
            .editMetadata()
            .withAnnotations(annotations)
            .endMetadata()
            .build());
  }

  private static String key(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }

  /** Autoscalers follow the load, pods come and go, and some who follow routes see the new ones. */
  void shake(Random random) {
    follow(_ -> random.nextInt(4) == 0);
    for (String version : versions()) {
      if (random.nextInt(3) == 0) {
        load.put(version, 1 + random.nextInt(12));
      }
    }
    scale();
    for (String version : versions()) {
      deployment(version)
          .ifPresent(
              deployment -> {
                int most = readable(deployment) ? deployment.getSpec().getReplicas() : 0;
                if (random.nextBoolean()) {
                  ready.put(version, random.nextInt(most + 1));
                }
              });
    }
  }

  /** Everything that can be ready is, and every route is followed. */
  void calm() {
    follow(_ -> true);
    scale();
    for (String version : versions()) {
      deployment(version)
          .ifPresent(
              deployment ->
                  ready.put(
                      version, readable(deployment) ? deployment.getSpec().getReplicas() : 0));
    }
  }

  private void follow(Predicate<HasMetadata> which) {
    followed.keySet().retainAll(objects.keySet());
    objects.values().stream()
        .filter(FakeCluster::isRoute)
        .filter(which)
        .forEach(route -> followed.put(key(route), wayIn(route)));
  }

  /** The ways in that clients can use now. */
  Set<String> waysIn() {
    Set<String> ways = new TreeSet<>();
    objects.values().stream().filter(this::isFollowed).forEach(route -> ways.add(wayIn(route)));
    return ways;
  }

  private boolean isFollowed(HasMetadata object) {
    return isRoute(object) && wayIn(object).equals(followed.get(key(object)));
  }

  private static boolean isRoute(HasMetadata object) {
    return object instanceof Ingress || object instanceof HTTPRoute;
  }

  private static String wayIn(HasMetadata route) {
    return switch (route) {
      case Ingress ingress ->
          "Ingress %s %s"
              .formatted(
                  ingress.getSpec().getIngressClassName(),
                  ingress.getSpec().getRules().getFirst().getHost());
      case HTTPRoute gateway ->
          "HTTPRoute %s %s"
              .formatted(
                  gateway.getSpec().getParentRefs().stream().map(p -> p.getName()).toList(),
                  gateway.getSpec().getHostnames());
      default -> throw new IllegalArgumentException(route.getKind());
    };
  }

  private void scale() {
    for (HasMetadata object : List.copyOf(objects.values())) {
      if (object instanceof HorizontalPodAutoscaler autoscaler) {
        String version = Naming.versionOf(object).orElseThrow();
        scale(
            version,
            Math.clamp(
                load.getOrDefault(version, 1),
                autoscaler.getSpec().getMinReplicas(),
                autoscaler.getSpec().getMaxReplicas()));
      }
    }
    scaledByOthers.forEach(version -> scale(version, load.getOrDefault(version, 1)));
    ready.replaceAll(
        (version, pods) ->
            Math.min(
                pods,
                deployment(version)
                    .map(deployment -> deployment.getSpec().getReplicas())
                    .orElse(0)));
  }

  private void scale(String version, int replicas) {
    deployment(version)
        .ifPresent(
            deployment ->
                objects.put(
                    key(deployment),
                    new DeploymentBuilder(deployment)
                        .editSpec()
                        .withReplicas(replicas)
                        .endSpec()
                        .build()));
  }

  private boolean readable(Deployment deployment) {
    return !unreadable.contains(sha256(deployment));
  }

  static String sha256(Deployment deployment) {
    return Annotations.text(deployment, Annotations.MODEL_SHA256).orElseThrow();
  }

  /** What is seen a moment later, when the remaining pods have become ready; nothing changes. */
  Observed observeLater() {
    Map<String, HasMetadata> now = new TreeMap<>(objects);
    Map<String, Integer> readyNow = new TreeMap<>(ready);
    calm();
    Observed later = look();
    objects.clear();
    objects.putAll(now);
    ready.clear();
    ready.putAll(readyNow);
    return later;
  }

  Observed observe() {
    for (String version : versions()) {
      if (readyPods(version) > 0) {
        deployment(version).map(FakeCluster::sha256).ifPresent(everReady::add);
      }
    }
    return look();
  }

  private Observed look() {
    List<HasMetadata> all = new ArrayList<>();
    Map<String, ServedAnswer> served = new HashMap<>();
    for (HasMetadata object : objects.values()) {
      if (object instanceof Deployment deployment) {
        String version = Naming.versionOf(deployment).orElseThrow();
        int pods = readyPods(version);
        all.add(withStatus(deployment, pods));
        for (int i = 0; i < pods; i++) {
          Pod pod = pod(deployment, i);
          all.add(pod);
          served.put(
              pod.getMetadata().getUid(), new Served(sha256(deployment), "Tree", 37, List.of()));
        }
      } else if (isFollowed(object)) {
        all.add(followed(object));
      } else {
        all.add(object);
      }
    }
    return new ObservedObjects(
            all, served, Map.of(), hostTakenBy, Optional.empty(), gatewayApi, false)
        .observe();
  }

  private static HasMetadata followed(HasMetadata route) {
    // spotless:off
    return route instanceof Ingress ingress
        ? new IngressBuilder(ingress)
            .withNewStatus()
              .withNewLoadBalancer()
                .addNewIngress()
                  .withIp("203.0.113.7")
                .endIngress()
              .endLoadBalancer()
            .endStatus()
            .build()
        : new HTTPRouteBuilder((HTTPRoute) route)
            .withNewStatus()
              .withParents(
                  ((HTTPRoute) route).getSpec().getParentRefs().stream()
                      .map(parent -> new RouteParentStatusBuilder()
                          .withParentRef(parent)
                          .withConditions(
                              new ConditionBuilder()
                                  .withType("Accepted")
                                  .withStatus("True")
                                  .build())
                          .build())
                      .toList())
            .endStatus()
            .build();
    // spotless:on
  }

  private static Deployment withStatus(Deployment deployment, int ready) {
    int replicas = deployment.getSpec().getReplicas();
    // spotless:off
    return new DeploymentBuilder(deployment)
        .editMetadata()
          .withGeneration(1L)
        .endMetadata()
        .withNewStatus()
          .withObservedGeneration(1L)
          .withReplicas(replicas)
          .withUpdatedReplicas(replicas)
          .withReadyReplicas(ready)
        .endStatus()
        .build();
    // spotless:on
  }

  private static Pod pod(Deployment deployment, int number) {
    String name = deployment.getMetadata().getName() + "-" + number;
    // spotless:off
    return new PodBuilder()
        .withNewMetadata()
          .withName(name)
          .withUid(name + "-" + sha256(deployment))
          .withLabels(deployment.getMetadata().getLabels())
        .endMetadata()
        .withNewStatus()
          .withPhase("Running")
        .endStatus()
        .build();
    // spotless:on
  }
}
