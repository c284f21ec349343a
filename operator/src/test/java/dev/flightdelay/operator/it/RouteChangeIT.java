package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClassBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The way in to a model changes: what serves goes on until what comes instead does. */
class RouteChangeIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  private static OperatorEnvironment environment;

  @BeforeAll
  static void start() {
    environment = OperatorEnvironment.start("route");
  }

  @AfterAll
  static void stop() {
    environment.close();
  }

  @Test
  void keepsTheIngressUntilAGatewayTakesTheRoute() {
    Model model = model("kind");
    environment.apply(model);
    environment.awaitReady("kind");
    Ingress before = ingresses("kind").getFirst();
    giveAddress(before);

    environment.apply(
        model.with("expose: {type: HTTPRoute, parentRefs: [{name: no-such-gateway}]}"));

    await("the HTTPRoute").atMost(SOON).until(() -> !httpRoutes("kind").isEmpty());
    environment.awaitQuiet(QUIET);
    assertThat(ingresses("kind")).extracting(RouteChangeIT::uid).containsExactly(uid(before));
    assertNotReady("kind", "no-such-gateway", "kubectl", "delete ingress");
    assertThat(environment.model("kind").get().getStatus().url())
        .isEqualTo("http://%s/v2/models/kind".formatted(address(before).orElseThrow()));

    accept(httpRoutes("kind").getFirst(), "no-such-gateway");

    await("the Ingress is gone").atMost(SOON).until(() -> ingresses("kind").isEmpty());
    environment.awaitReady("kind");
  }

  @Test
  void keepsTheRouteUntilTheIngressHasAnAddress() {
    Model model = model("back");
    environment.apply(model.with("expose: {type: HTTPRoute, parentRefs: [{name: gateway}]}"));
    environment.awaitReady("back");
    accept(httpRoutes("back").getFirst(), "gateway");
    environment.awaitCondition("back", "Exposed", "True", SOON);

    environment.apply(model);

    await("the Ingress").atMost(SOON).until(() -> !ingresses("back").isEmpty());
    environment.awaitQuiet(QUIET);
    assertThat(httpRoutes("back")).hasSize(1);
    assertNotReady("back", "address");
    giveAddress(ingresses("back").getFirst());
    await("the HTTPRoute is gone").atMost(SOON).until(() -> httpRoutes("back").isEmpty());
    environment.awaitReady("back");
  }

  @Test
  void keepsTheOldClassAndItsBackendsUntilTheNewOneHasAnAddress() {
    Model model = Model.named("class").with("drainSeconds: 0");
    environment.apply(
        model.version("v1", 100).with("expose: {host: c.example, ingressClassName: old}"));
    environment.awaitReady("class");
    Ingress old = ingresses("class").getFirst();
    giveAddress(old);

    environment.apply(
        model.version("v2", 100).with("expose: {host: c.example, ingressClassName: new}"));

    environment.awaitTraffic("class", "v2=100");
    environment.awaitQuiet(QUIET);
    assertThat(ingresses("class")).hasSize(2);
    assertThat(get(old).getSpec().getIngressClassName()).isEqualTo("old");
    assertThat(backends(get(old))).containsOnly("class-v2");
    assertNotReady("class", "new", "address");
    Ingress other =
        ingresses("class").stream().filter(i -> !uid(i).equals(uid(old))).findAny().get();
    assertThat(other.getSpec().getIngressClassName()).isEqualTo("new");
    giveAddress(other);
    await("the old one is gone")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(ingresses("class"))
                    .extracting(RouteChangeIT::uid)
                    .containsExactly(uid(other)));
    environment.awaitReady("class");

    // And back again.
    environment.apply(
        model.version("v2", 100).with("expose: {host: c.example, ingressClassName: old}"));

    await().atMost(SOON).until(() -> ingresses("class").size() == 2);
    assertThat(get(other).getSpec().getIngressClassName()).isEqualTo("new");
  }

  /** The rules of a route with a host are for every path: without it they are for all callers. */
  @Test
  void takesAHostAwayTogetherWithItsRules() {
    Model model = model("wide");
    environment.apply(
        model.with("expose: {type: HTTPRoute, host: wide.example, parentRefs: [{name: gateway}]}"));
    await("the HTTPRoute").atMost(SOON).until(() -> !httpRoutes("wide").isEmpty());
    environment.awaitQuiet(QUIET);
    List<HTTPRoute> seen = new CopyOnWriteArrayList<>();
    try (SharedIndexInformer<HTTPRoute> _ =
        environment
            .client()
            .resources(HTTPRoute.class)
            .inNamespace(environment.namespace())
            .withName("wide")
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(HTTPRoute route) {
                    seen.add(route);
                  }

                  @Override
                  public void onUpdate(HTTPRoute before, HTTPRoute route) {
                    seen.add(route);
                  }

                  @Override
                  public void onDelete(HTTPRoute route, boolean unknown) {}
                })) {
      environment.apply(model.with("expose: {type: HTTPRoute, parentRefs: [{name: gateway}]}"));

      await("a route for every host")
          .atMost(SOON)
          .until(() -> seen.stream().anyMatch(RouteChangeIT::isForEveryHost));
      environment.awaitQuiet(QUIET);
    }
    assertThat(seen).filteredOn(RouteChangeIT::isForEveryHost).noneMatch(RouteChangeIT::takesAll);
    assertThat(seen).anyMatch(RouteChangeIT::takesAll);
  }

  private static boolean isForEveryHost(HTTPRoute route) {
    return route.getSpec().getHostnames().isEmpty();
  }

  private static boolean takesAll(HTTPRoute route) {
    return route.getSpec().getRules().stream()
        .flatMap(rule -> rule.getMatches().stream())
        .anyMatch(match -> match.getPath() != null && "/".equals(match.getPath().getValue()));
  }

  @Test
  void keepsTheOldHostUntilTheGatewayTakesTheNewOne() {
    Model model = model("host");
    String expose = "expose: {type: HTTPRoute, host: %s, parentRefs: [{name: gateway}]}";
    environment.apply(model.with(expose.formatted("old.example")));
    environment.awaitReady("host");
    accept(httpRoutes("host").getFirst(), "gateway");
    environment.awaitCondition("host", "Exposed", "True", SOON);

    environment.apply(model.with(expose.formatted("new.example")));

    await("both hosts")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(httpRoutes("host"))
                    .flatExtracting(route -> route.getSpec().getHostnames())
                    .containsExactlyInAnyOrder("old.example", "new.example"));
    environment.awaitQuiet(QUIET);
    assertNotReady("host", "old.example");
    assertThat(environment.model("host").get().getStatus().url()).contains("old.example");
    httpRoutes("host").stream()
        .filter(route -> route.getSpec().getHostnames().contains("new.example"))
        .forEach(route -> accept(route, "gateway"));
    environment.awaitReady("host");
    assertThat(httpRoutes("host"))
        .flatExtracting(route -> route.getSpec().getHostnames())
        .containsExactly("new.example");
  }

  @Test
  void letsAPersonEndTheOldWayIn() {
    Model model = model("person");
    environment.apply(model.with("expose: {host: p.example, ingressClassName: old}"));
    environment.awaitReady("person");
    Ingress old = ingresses("person").getFirst();
    environment.apply(model.with("expose: {host: p.example, ingressClassName: new}"));
    await().atMost(SOON).until(() -> ingresses("person").size() == 2);

    environment.client().resource(old).delete();

    environment.awaitReady("person");
    assertThat(ingresses("person"))
        .singleElement()
        .satisfies(i -> assertThat(i.getSpec().getIngressClassName()).isEqualTo("new"));
  }

  @Test
  void givesAnIngressWithoutClassTheDefaultOne() {
    IngressClass standard =
        new IngressClassBuilder()
            .withNewMetadata()
            .withName("standard")
            .addToAnnotations("ingressclass.kubernetes.io/is-default-class", "true")
            .endMetadata()
            .withNewSpec()
            .withController("example.com/standard")
            .endSpec()
            .build();
    Model model = model("unset");
    Model same = model("same");
    environment.apply(model.with("expose: {ingressClassName: other}"));
    environment.apply(same.with("expose: {ingressClassName: standard}"));
    environment.awaitReady("unset");
    environment.awaitReady("same");
    Ingress kept = ingresses("same").getFirst();
    environment.client().resource(standard).create();
    try {
      environment.apply(model);
      environment.apply(same);

      await("the default class")
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(ingresses("unset"))
                      .extracting(i -> i.getSpec().getIngressClassName())
                      .containsExactlyInAnyOrder("other", "standard"));
      ingresses("unset").stream()
          .filter(i -> i.getSpec().getIngressClassName().equals("standard"))
          .forEach(RouteChangeIT::giveAddress);
      environment.awaitReady("unset");
      environment.awaitReady("same");
      environment.awaitQuiet(QUIET);
      assertThat(ingresses("unset"))
          .singleElement()
          .satisfies(i -> assertThat(i.getSpec().getIngressClassName()).isEqualTo("standard"));
      assertThat(ingresses("same"))
          .singleElement()
          .satisfies(
              i -> {
                assertThat(i.getSpec().getIngressClassName()).isEqualTo("standard");
                assertThat(uid(i)).isEqualTo(uid(kept));
              });
    } finally {
      environment.client().resource(standard).delete();
    }
  }

  private static Model model(String name) {
    return Model.named(name).version("v1", 100).with("autoscaling: {minReplicas: 1}");
  }

  private static void assertNotReady(String model, String... message) {
    assertThat(environment.condition(model, "Ready"))
        .hasValueSatisfying(
            ready -> {
              assertThat(ready.getStatus()).isEqualTo("False");
              assertThat(ready.getReason()).isEqualTo("Rerouting");
              assertThat(ready.getMessage()).contains(message);
            });
  }

  private static List<Ingress> ingresses(String model) {
    return environment
        .client()
        .network()
        .v1()
        .ingresses()
        .inNamespace(environment.namespace())
        .withLabel("app.kubernetes.io/instance", model)
        .list()
        .getItems();
  }

  private static List<HTTPRoute> httpRoutes(String model) {
    return environment
        .client()
        .resources(HTTPRoute.class)
        .inNamespace(environment.namespace())
        .withLabel("app.kubernetes.io/instance", model)
        .list()
        .getItems();
  }

  private static Ingress get(Ingress ingress) {
    return environment.client().resource(ingress).get();
  }

  private static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }

  private static List<String> backends(Ingress ingress) {
    return ingress.getSpec().getRules().stream()
        .flatMap(rule -> rule.getHttp().getPaths().stream())
        .map(path -> path.getBackend().getService().getName())
        .distinct()
        .toList();
  }

  private static Optional<String> address(Ingress ingress) {
    return get(ingress).getStatus().getLoadBalancer().getIngress().stream()
        .map(each -> each.getIp())
        .findFirst();
  }

  /** As an ingress controller does. */
  private static void giveAddress(Ingress ingress) {
    patchStatus(
        ingress,
        """
        {"status": {"loadBalancer": {"ingress": [{"ip": "203.0.113.%d"}]}}}
        """
            .formatted(ADDRESSES.incrementAndGet()));
  }

  /** As a Gateway's controller does. */
  private static void accept(HTTPRoute route, String gateway) {
    String condition =
        """
        {"type": "%s", "status": "True", "reason": "%s", "message": "", "observedGeneration": %d,
         "lastTransitionTime": "2026-11-30T07:00:00Z"}
        """;
    long generation = environment.client().resource(route).get().getMetadata().getGeneration();
    patchStatus(
        route,
        """
        {"status": {"parents": [{"controllerName": "example.com/gateways",
          "parentRef": {"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "%s"},
          "conditions": [%s, %s]}]}}
        """
            .formatted(
                gateway,
                condition.formatted("Accepted", "Accepted", generation),
                condition.formatted("ResolvedRefs", "ResolvedRefs", generation)));
  }

  private static void patchStatus(HasMetadata object, String patch) {
    environment
        .client()
        .genericKubernetesResources(object.getApiVersion(), object.getKind())
        .inNamespace(environment.namespace())
        .withName(object.getMetadata().getName())
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }
}
