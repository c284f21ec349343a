package dev.flightdelay.local.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingTableTest {

  private static final String ROUTE =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: m, namespace: default}
      spec:
        rules:
          - matches:
              - path: {type: PathPrefix, value: /v2/models/m/versions/v2}
              - {path: {type: PathPrefix, value: /v1/models/m}, headers: [{type: Exact, name: X-Model-Version, value: v2}]}
            backendRefs: [{group: "", kind: Service, name: m-v2, port: 80, weight: 1}]
          - matches:
              - path: {type: PathPrefix, value: /v2/models/m}
              - path: {type: PathPrefix, value: /v1/models/m}
              - path: {type: Exact, value: "/v1/models/m:predict"}
            backendRefs:
              - {group: "", kind: Service, name: m-v1, port: 80, weight: 90}
              - {group: "", kind: Service, name: m-v2, port: 80, weight: 10}
      """;

  private static RoutingTable table(List<HTTPRoute> routes, List<Ingress> ingresses) {
    return RoutingTable.of(ingresses, routes, List.of(), List.of(), List.of(), RoutingTable.EMPTY);
  }

  private static HTTPRoute route(String yaml) {
    return Serialization.unmarshal(yaml, HTTPRoute.class);
  }

  private static List<String> services(
      RoutingTable table, String path, Map<String, String> headers) {
    return services(table, "localhost", path, headers);
  }

  private static List<String> services(
      RoutingTable table, String host, String path, Map<String, String> headers) {
    return table
        .route(host, path, headers::get)
        .map(route -> route.weights().stream().map(weight -> weight.value().service()).toList())
        .orElse(List.of());
  }

  @Test
  void prefersTheLongerPathAndMoreHeaders() {
    RoutingTable table = table(List.of(route(ROUTE)), List.of());

    assertThat(services(table, "/v2/models/m/versions/v2/infer", Map.of())).containsExactly("m-v2");
    assertThat(services(table, "/v2/models/m/infer", Map.of())).containsExactly("m-v1", "m-v2");
    assertThat(services(table, "/v1/models/m", Map.of("x-model-version", "v2")))
        .containsExactly("m-v2");
    assertThat(services(table, "/v1/models/m", Map.of("x-model-version", "v3")))
        .containsExactly("m-v1", "m-v2");
    assertThat(services(table, "/v1/models/m:predict", Map.of())).containsExactly("m-v1", "m-v2");
  }

  @Test
  void matchesPrefixesByWholePathElements() {
    RoutingTable table = table(List.of(route(ROUTE)), List.of());

    assertThat(services(table, "/v2/models/m2/infer", Map.of())).isEmpty();
    assertThat(services(table, "/v1/models/m:other", Map.of())).isEmpty();
    assertThat(services(table, "/v1/models/m/", Map.of())).isNotEmpty();
  }

  @Test
  void followsHostsOfIngresses() {
    Ingress ingress =
        Serialization.unmarshal(
            """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: m, namespace: default}
            spec:
              rules:
                - host: flights.example.com
                  http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: m-v1, port: {number: 80}}}}]}
            """,
            Ingress.class);
    RoutingTable table = table(List.of(), List.of(ingress));

    assertThat(table.route("flights.example.com", "/anything", name -> null)).isPresent();
    assertThat(table.route("FLIGHTS.example.com", "/", name -> null)).isPresent();
    assertThat(table.route("localhost", "/anything", name -> null)).isEmpty();
  }

  @Test
  void sendsToReadyPodsOfTheServiceOnly() {
    Service service =
        Serialization.unmarshal(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: m-v2, namespace: default}
            spec: {selector: {version: v2}, ports: [{name: http, port: 80, targetPort: http}]}
            """,
            Service.class);
    RoutingTable table =
        RoutingTable.of(
            List.of(),
            List.of(route(ROUTE)),
            List.of(service),
            List.of(
                pod("a", "v2", "127.0.0.2", "True"),
                pod("b", "v2", "127.0.0.3", "False"),
                pod("c", "v1", "127.0.0.4", "True")),
            List.of(),
            RoutingTable.EMPTY);

    assertThat(table.addresses())
        .containsEntry(
            new Backend("default", "m-v2", new io.fabric8.kubernetes.api.model.IntOrString(80)),
            List.of(SocketAddress.inetSocketAddress(8080, "127.0.0.2")));
  }

  @Test
  void knowsEachModelByANameOnThisMachine() {
    RoutingTable table = table(model(90, 10, "Ready", "{type: Ingress, host: h.example}"));

    assertThat(services(table, "m.localhost", "/", Map.of())).containsExactly("m-v1", "m-v2");
    assertThat(services(table, "M.localhost", "/v1/models/m:predict", Map.of()))
        .containsExactly("m-v1", "m-v2");
    assertThat(services(table, "m.localhost", "/docs", Map.of("x-model-version", "v2")))
        .containsExactly("m-v2");
    assertThat(services(table, "m.localhost", "/v2/models/m/versions/v1/infer", Map.of()))
        .containsExactly("m-v1");
    assertThat(services(table, "other.localhost", "/", Map.of())).isEmpty();
  }

  @Test
  void sendsToWhatIsReadyWhereNoRouteSaysShares() {
    assertThat(services(table(model(0, 0, "Ready", "{type: None}")), "m.localhost", "/", Map.of()))
        .containsExactly("m-v1");
    assertThat(
            services(table(model(0, 0, "Loading", "{type: None}")), "m.localhost", "/", Map.of()))
        .isEmpty();
  }

  @Test
  void saysWhatAModelWithoutAnAnswerWaitsFor() {
    RoutingTable table = table(model(0, 0, "Loading", "{type: Ingress}"));

    for (String path : List.of("/v1/models/m", "/v1/models/m:predict", "/v2/models/m/infer")) {
      assertThat(table.model("localhost", path).orElseThrow().sentence())
          .isEqualTo(
              "the model m does not answer yet: v1 is Loading, v2 has failed: its sha256 is"
                  + " another");
    }
    assertThat(table.model("m.localhost", "/")).isPresent();
    assertThat(table.model("localhost", "/v1/models/m2")).isEmpty();
    assertThat(table.model("localhost", "/")).isEmpty();
  }

  @Test
  void looksForAModelWithAHostThereOnly() {
    RoutingTable table = table(model(0, 0, "Loading", "{type: Ingress, host: h.example}"));

    assertThat(table.model("H.example", "/anything")).isPresent();
    assertThat(table.model("m.localhost", "/anything")).isPresent();
    assertThat(table.model("localhost", "/v1/models/m:predict")).isEmpty();
  }

  private static RoutingTable table(GenericKubernetesResource model) {
    return RoutingTable.of(
        List.of(), List.of(), List.of(), List.of(), List.of(model), RoutingTable.EMPTY);
  }

  /** v2 has failed; {@code phase} is v1's. */
  private static GenericKubernetesResource model(int v1, int v2, String phase, String expose) {
    return Serialization.unmarshal(
        """
        apiVersion: flightdelay.dev/v1alpha1
        kind: FlightDelayModel
        metadata: {name: m, namespace: default}
        spec:
          versions: [{name: v1, traffic: 90}, {name: v2, traffic: 10}]
          expose: %s
        status:
          versions:
            - {name: v1, phase: %s, traffic: %d}
            - {name: v2, phase: Failed, message: its sha256 is another, traffic: %d}
        """
            .formatted(expose, phase, v1, v2),
        GenericKubernetesResource.class);
  }

  @Test
  void goesOnWithTheTurnsOfARouteWhenAnythingElseChanges() {
    RoutingTable table = table(List.of(route(ROUTE)), List.of());
    Map<String, Integer> chosen = new HashMap<>();

    for (int i = 0; i < 100; i++) {
      chosen.merge(
          table
              .route("localhost", "/v1/models/m:predict", name -> null)
              .orElseThrow()
              .backends()
              .next()
              .service(),
          1,
          Integer::sum);
      table =
          RoutingTable.of(List.of(), List.of(route(ROUTE)), List.of(), List.of(), List.of(), table);
    }

    assertThat(chosen).isEqualTo(Map.of("m-v1", 90, "m-v2", 10));
  }

  private static Pod pod(String name, String version, String address, String ready) {
    return Serialization.unmarshal(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: default, labels: {version: %s}}
        spec: {containers: [{name: predictor, ports: [{name: http, containerPort: 8080}]}]}
        status: {podIP: %s, conditions: [{type: Ready, status: "%s"}]}
        """
            .formatted(name, version, address, ready),
        Pod.class);
  }
}
