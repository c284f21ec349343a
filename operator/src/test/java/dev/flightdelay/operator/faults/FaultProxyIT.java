package dev.flightdelay.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.ApiServer;
import dev.flightdelay.operator.cluster.ServiceAccountConfig;
import dev.flightdelay.operator.faults.Write.Operation;
import dev.flightdelay.operator.faults.WriteFault.Applied;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every fault, with a plain client in the operator's place. */
class FaultProxyIT {
  private static ApiServer server;
  private static String namespace;

  private FaultProxy proxy;
  private KubernetesClient client;

  @BeforeAll
  static void makeNamespace() {
    server = ApiServer.shared();
    namespace = server.newNamespace("faults");
  }

  @BeforeEach
  void connect() throws Exception {
    proxy = new FaultProxy(server.address(), server.trust());
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(
                        ServiceAccountConfig.create(
                            server,
                            namespace,
                            "client",
                            List.of(
                                new PolicyRuleBuilder()
                                    .withApiGroups("")
                                    .withResources("configmaps")
                                    .withVerbs("*")
                                    .build()),
                            proxy.address()))
                    .withRequestRetryBackoffLimit(0)
                    .withRequestTimeout(2_000)
                    .build())
            .build();
    server.client().configMaps().inNamespace(namespace).delete();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    proxy.close();
  }

  @Test
  void passesEverythingOnWithTheClientsOwnRights() {
    try (SharedIndexInformer<ConfigMap> informer = informer()) {
      create("a");
      awaitValue(informer, "a", "1");
      apply("a", "2");
      awaitValue(informer, "a", "2");
      client.configMaps().inNamespace(namespace).withName("a").delete();
      await().until(() -> informer.getStore().getByKey(key("a")) == null);

      assertThatThrownBy(() -> client.pods().inNamespace(namespace).list())
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("system:serviceaccount:" + namespace + ":client");
      assertThat(proxy.writes())
          .extracting(Write::operation, Write::object, Write::status)
          .containsExactly(
              tuple(Operation.CREATE, "configmaps/" + namespace + "/a", 201),
              tuple(Operation.PATCH, "configmaps/" + namespace + "/a", 200),
              tuple(Operation.DELETE, "configmaps/" + namespace + "/a", 200));
    }
  }

  @Test
  void passesWatchesOnInBothTheirForms() {
    for (boolean onlyHttp : List.of(true, false)) {
      String name = "http-" + onlyHttp;
      KubernetesClient watcher =
          new KubernetesClientBuilder()
              .withConfig(
                  new ConfigBuilder(client.getConfiguration())
                      .withOnlyHttpWatches(onlyHttp)
                      .build())
              .build();
      try (SharedIndexInformer<ConfigMap> informer =
              watcher.configMaps().inNamespace(namespace).inform();
          Fault _ = proxy.dropEvents(event -> event.name().equals("dropped"))) {
        create(name);
        awaitValue(informer, name, "1");
        create("dropped");
        apply(name, "a long text ".repeat(10_000));
        awaitValue(informer, name, "a long text ".repeat(10_000));
        assertThat(value(informer, "dropped")).isEmpty();
      } finally {
        watcher.close();
        server.client().configMaps().inNamespace(namespace).withName("dropped").delete();
      }
    }
  }

  @Test
  void countsAnApplyThatCreatesAsCreate() {
    apply("a", "1");
    apply("a", "2");

    assertThat(proxy.writes())
        .extracting(Write::operation)
        .containsExactly(Operation.CREATE, Operation.PATCH);
  }

  @Test
  void holdsBackTheEventsOfAFrozenWatchUntilItThaws() {
    try (SharedIndexInformer<ConfigMap> informer = informer()) {
      create("a");
      awaitValue(informer, "a", "1");
      try (Fault _ = proxy.freezeWatches(watch -> watch.resource().equals("configmaps"))) {
        create("b");
        await().during(Duration.ofMillis(500)).until(() -> value(informer, "b").isEmpty());
      }
      awaitValue(informer, "b", "1");
    }
  }

  @Test
  void dropsTheEventsOfOneObjectOnly() {
    try (SharedIndexInformer<ConfigMap> informer = informer();
        Fault _ = proxy.dropEvents(event -> event.name().equals("a"))) {
      create("a");
      create("b");
      awaitValue(informer, "b", "1");

      assertThat(value(informer, "a")).isEmpty();
    }
  }

  @Test
  void servesAnEarlierStateWhileWritesAreApplied() {
    create("a");
    String revision =
        client.configMaps().inNamespace(namespace).list().getMetadata().getResourceVersion();
    Fault stale = proxy.serveStale(revision);
    apply("a", "2");
    create("b");

    assertThat(client.configMaps().inNamespace(namespace).list().getItems())
        .filteredOn(map -> !map.getMetadata().getName().startsWith("kube-root"))
        .extracting(map -> map.getMetadata().getName() + "=" + map.getData().get("key"))
        .containsExactly("a=1");
    ConfigMap a = client.configMaps().inNamespace(namespace).withName("a").get();
    assertThat(a.getData()).containsEntry("key", "1");
    assertThat(a.getKind()).isEqualTo("ConfigMap");
    assertThat(client.configMaps().inNamespace(namespace).withName("b").get()).isNull();
    try (SharedIndexInformer<ConfigMap> informer = informer()) {
      assertThat(value(informer, "a")).contains("1");
      assertThat(value(informer, "b")).isEmpty();
      stale.close();
      awaitValue(informer, "a", "2");
      awaitValue(informer, "b", "1");
    }
    assertThat(client.configMaps().inNamespace(namespace).withName("b").get()).isNotNull();
  }

  @Test
  void answersTheSecondWriteByAConflictWithoutApplyingIt() {
    try (Fault _ = proxy.failWrites(Writes.nth(2), WriteFault.conflict(Applied.NO))) {
      create("a");
      assertThatThrownBy(() -> apply("a", "2"))
          .isInstanceOfSatisfying(
              KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
      assertThat(stored("a")).isEqualTo("1");
      apply("a", "3");
      assertThat(stored("a")).isEqualTo("3");
    }
  }

  @Test
  void answersAWriteByAnErrorAfterItWasApplied() {
    try (Fault _ = proxy.failWrites(Writes.nth(1), WriteFault.internalError(Applied.YES))) {
      assertThatThrownBy(() -> create("a")).isInstanceOf(KubernetesClientException.class);
      assertThat(stored("a")).isEqualTo("1");
      assertThat(proxy.writes()).extracting(Write::isApplied).containsExactly(true);
    }
  }

  @Test
  void asksToWaitBeforeTheNextTry() {
    try (Fault _ =
        proxy.failWrites(Writes.all(), WriteFault.tooManyRequests(Duration.ofSeconds(7)))) {
      assertThatThrownBy(() -> create("a"))
          .isInstanceOfSatisfying(
              KubernetesClientException.class,
              e -> {
                assertThat(e.getCode()).isEqualTo(429);
                assertThat(e.getStatus().getDetails().getRetryAfterSeconds()).isEqualTo(7);
              });
    }
  }

  @Test
  void losesTheAnswerOfAWriteThatWasApplied() {
    try (Fault _ = proxy.failWrites(Writes.nth(1), new WriteFault.Unanswered(Applied.YES))) {
      assertThatThrownBy(() -> create("a"))
          .isInstanceOf(KubernetesClientException.class)
          .hasStackTraceContaining("imeout");
      assertThat(stored("a")).isEqualTo("1");
    }
    try (Fault _ = proxy.failWrites(Writes.nth(1), new WriteFault.Reset(Applied.YES))) {
      assertThatThrownBy(() -> create("b")).isInstanceOf(KubernetesClientException.class);
      assertThat(stored("b")).isEqualTo("1");
    }
  }

  @Test
  void callsBackBetweenTheNthWriteAndItsAnswer() {
    AtomicInteger writesThen = new AtomicInteger();
    try (Fault _ =
        proxy.failWrites(
            Writes.nth(2), new WriteFault.Then(() -> writesThen.set(proxy.writes().size())))) {
      create("a");
      assertThat(writesThen).hasValue(0);
      create("b");
      create("c");

      assertThat(writesThen).hasValue(2);
    }
  }

  @Test
  void informersFindTheirWayBackFromGoneCutAndOutage() throws Exception {
    try (SharedIndexInformer<ConfigMap> informer = informer()) {
      proxy.expireWatches();
      create("a");
      awaitValue(informer, "a", "1");

      proxy.cutConnections();
      create("b");
      awaitValue(informer, "b", "1");

      try (Fault _ = proxy.outage()) {
        assertThatThrownBy(() -> create("c")).isInstanceOf(KubernetesClientException.class);
      }
      create("c");
      awaitValue(informer, "c", "1");
    }
  }

  @Test
  void isSilentWithoutEndingAConnection() {
    client.configMaps().inNamespace(namespace).list();
    try (Fault _ = proxy.silence()) {
      assertThatThrownBy(() -> client.configMaps().inNamespace(namespace).list())
          .isInstanceOf(KubernetesClientException.class)
          .hasStackTraceContaining("imeout");
    }
    await()
        .ignoreExceptions()
        .atMost(Duration.ofSeconds(10))
        .until(() -> client.configMaps().inNamespace(namespace).list() != null);
  }

  private SharedIndexInformer<ConfigMap> informer() {
    return client.configMaps().inNamespace(namespace).inform();
  }

  private void create(String name) {
    client.resource(configMap(name, "1")).create();
  }

  private void apply(String name, String value) {
    client.resource(configMap(name, value)).forceConflicts().serverSideApply();
  }

  private static ConfigMap configMap(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .endMetadata()
        .withData(Map.of("key", value))
        .build();
  }

  private static String stored(String name) {
    return server
        .client()
        .configMaps()
        .inNamespace(namespace)
        .withName(name)
        .get()
        .getData()
        .get("key");
  }

  private static String key(String name) {
    return namespace + "/" + name;
  }

  private static Optional<String> value(SharedIndexInformer<ConfigMap> informer, String name) {
    return Optional.ofNullable(informer.getStore().getByKey(key(name)))
        .map(map -> map.getData().get("key"));
  }

  private static void awaitValue(
      SharedIndexInformer<ConfigMap> informer, String name, String expected) {
    await(name + " is " + expected)
        .atMost(Duration.ofSeconds(20))
        .until(() -> value(informer, name).filter(expected::equals).isPresent());
  }
}
