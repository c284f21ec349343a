package dev.flightdelay.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FakeKubeletIT {
  private static final Predicate<Pod> V1 = FakeKubelet.of("flights", "v1");

  private ApiServer server;
  private String namespace;
  private FakeKubelet kubelet;

  @BeforeEach
  void deploy() {
    server = ApiServer.shared();
    namespace = server.newNamespace("kubelet");
    kubelet = new FakeKubelet(server, namespace);
  }

  @AfterEach
  void close() {
    kubelet.close();
    server.client().namespaces().withName(namespace).delete();
  }

  @Test
  void makesADeploymentAvailableWhosePodsSayWhatTheyServe() throws Exception {
    create();

    awaitReady(2);
    for (Pod pod : pods()) {
      assertThat(info(pod)).contains("\"sha256\":\"abc\"", "\"features\":37", "\"version\":\"v1\"");
    }

    kubelet.let(V1, PodBehaviour.servesAnother("def"));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(info(pods().getFirst())).contains("def"));
    assertThat(deployment().get().getStatus().getReadyReplicas()).isEqualTo(2);
  }

  @Test
  void letsPodsFailWithTheirLastWordsAndRecover() {
    kubelet.let(V1, new PodBehaviour.FailsToLoad("CHECKSUM_MISMATCH: the file is another"));
    create();

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(pods())
                    .hasSize(2)
                    .allSatisfy(
                        pod ->
                            assertThat(
                                    pod.getStatus()
                                        .getContainerStatuses()
                                        .getFirst()
                                        .getLastState()
                                        .getTerminated()
                                        .getMessage())
                                .startsWith("CHECKSUM_MISMATCH")));
    kubelet.let(V1, PodBehaviour.serves());
    awaitReady(2);
    kubelet.let(V1, new PodBehaviour.NeverReady());
    awaitReady(0);
  }

  @Test
  void forgetsPodsThatAreGone() {
    create();
    awaitReady(2);
    Pod gone = pods().getFirst();

    deployment().scale(1);

    awaitReady(1);
    assertThat(pods()).hasSize(1);
    assertThat(gone.getStatus().getPodIP()).isNotBlank();
  }

  private void create() {
    server
        .client()
        .load(FakeKubeletIT.class.getResourceAsStream("/cluster/deployment.yaml"))
        .inNamespace(namespace)
        .create();
  }

  private RollableScalableResource<Deployment> deployment() {
    return server.client().apps().deployments().inNamespace(namespace).withName("flights-v1");
  }

  private List<Pod> pods() {
    return server.client().pods().inNamespace(namespace).list().getItems();
  }

  private void awaitReady(int expected) {
    await(expected + " ready")
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              Integer ready = deployment().get().getStatus().getReadyReplicas();
              return (ready == null ? 0 : ready) == expected;
            });
  }

  private static String info(Pod pod) throws Exception {
    URI uri = URI.create("http://" + pod.getStatus().getPodIP() + ":9090/actuator/info");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }
}
