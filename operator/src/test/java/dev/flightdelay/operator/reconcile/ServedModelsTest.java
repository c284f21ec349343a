package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.flightdelay.operator.observe.ServedAnswer.Served;
import dev.flightdelay.operator.observe.ServedAnswer.Unreachable;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServedModelsTest {

  private static final ResourceID MODEL = new ResourceID("delays", "flights");

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger asked = new AtomicInteger();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final List<ResourceID> events = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private volatile int status = 200;
  private HttpServer server;
  private ServedModels models;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/actuator/info",
        exchange -> {
          byte[] body =
              "{\"sha256\": \"1a\", \"estimator\": \"Tree\"}".getBytes(StandardCharsets.UTF_8);
          asked.incrementAndGet();
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    models =
        new ServedModels(
            new ModelInfoClient(http, Duration.ofMillis(1), Duration.ofSeconds(10)),
            waiting::add,
            () -> now);
    models.setEventHandler(event -> events.add(event.getRelatedCustomResourceID()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    http.shutdownNow();
  }

  private Pod pod(String uid, int restarts, boolean ready) {
    // spotless:off
    return new PodBuilder()
        .withNewMetadata()
          .withUid(uid)
        .endMetadata()
        .withNewSpec()
          .addNewContainer()
            .withName("predictor")
            .addNewPort()
              .withName("management")
              .withContainerPort(server.getAddress().getPort())
            .endPort()
          .endContainer()
        .endSpec()
        .withNewStatus()
          .withPodIP("127.0.0.1")
          .addNewCondition()
            .withType("Ready")
            .withStatus(ready ? "True" : "False")
          .endCondition()
          .addNewContainerStatus()
            .withName("predictor")
            .withRestartCount(restarts)
          .endContainerStatus()
        .endStatus()
        .build();
    // spotless:on
  }

  private void work() {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  @Test
  void asksBesideTheReconciliationAndSetsOffAnother() {
    List<Pod> pods = List.of(pod("pod-1", 0, true));

    assertThat(models.ask(MODEL, pods, Map.of())).isEmpty();
    assertThat(events).isEmpty();
    work();

    assertThat(events).containsExactly(MODEL);
    assertThat(models.ask(MODEL, pods, Map.of()))
        .containsOnly(Map.entry("pod-1", new Served("1a", "Tree", 0, List.of())));
  }

  @Test
  void asksAPodOnceForEachStartOfItsContainer() {
    models.ask(MODEL, List.of(pod("pod-1", 0, true)), Map.of());
    models.ask(MODEL, List.of(pod("pod-1", 0, true)), Map.of());
    work();
    models.ask(MODEL, List.of(pod("pod-1", 0, true)), Map.of());
    work();
    assertThat(asked).hasValue(1);

    assertThat(models.ask(MODEL, List.of(pod("pod-1", 1, true)), Map.of())).isEmpty();
    work();
    assertThat(asked).hasValue(2);
  }

  @Test
  void doesNotAskPodsThatAreNotReady() {
    Pod withoutStatus = new PodBuilder().withNewMetadata().withUid("x").endMetadata().build();
    Pod withNulls = pod("pod-2", 0, true);
    withNulls.getStatus().setConditions(null);
    Pod withoutIp = pod("pod-3", 0, true);
    withoutIp.getStatus().setPodIP(null);

    models.ask(
        MODEL, List.of(pod("pod-1", 0, false), withoutStatus, withNulls, withoutIp), Map.of());

    assertThat(waiting).isEmpty();
  }

  @Test
  void readsAReadyPodOfWhoseContainersNothingIsKnown() {
    Pod pod = pod("pod-1", 0, true);
    pod.getStatus().setContainerStatuses(null);

    models.ask(MODEL, List.of(pod), Map.of());
    work();

    assertThat(models.ask(MODEL, List.of(pod), Map.of())).containsKey("pod-1");
  }

  @Test
  void asksASilentPodAgainAfterHalfAMinute() {
    List<Pod> pods = List.of(pod("pod-1", 0, true));
    status = 500;
    models.ask(MODEL, pods, Map.of());
    work();
    assertThat(models.ask(MODEL, pods, Map.of()).get("pod-1")).isInstanceOf(Unreachable.class);
    assertThat(waiting).isEmpty();

    status = 200;
    now = now.plusSeconds(31);
    assertThat(models.ask(MODEL, pods, Map.of()).get("pod-1")).isInstanceOf(Unreachable.class);
    work();

    assertThat(models.ask(MODEL, pods, Map.of()).get("pod-1")).isInstanceOf(Served.class);
    assertThat(events).hasSize(2);
  }

  @Test
  void asksASilentPodNoSecondTimeWhileItsQuestionWaits() {
    List<Pod> pods = List.of(pod("pod-1", 0, true));
    status = 500;
    models.ask(MODEL, pods, Map.of());
    work();

    for (int look = 0; look < 3; look++) {
      now = now.plusSeconds(31);
      models.ask(MODEL, pods, Map.of());
    }

    assertThat(waiting).hasSize(1);
    work();
    now = now.plusSeconds(31);
    models.ask(MODEL, pods, Map.of());
    assertThat(waiting).hasSize(1);
  }

  @Test
  void doesNotAskAPodThatHasGoneWhileItsQuestionWaited() {
    models.ask(MODEL, List.of(pod("pod-1", 0, true)), Map.of());
    models.ask(MODEL, List.of(), Map.of());

    work();

    assertThat(asked).hasValue(0);
    assertThat(events).isEmpty();
  }

  @Test
  void asksThoseThatWereSilentAfterAllOthers() {
    NewestFirst queue = new NewestFirst();
    PodQuestion old = new PodQuestion(false, () -> {});
    PodQuestion silent = new PodQuestion(true, () -> {});
    PodQuestion fresh = new PodQuestion(false, () -> {});

    for (PodQuestion question : List.of(old, silent, fresh)) {
      queue.offer(question);
    }

    assertThat(List.copyOf(queue)).containsExactly(fresh, old, silent);
  }

  @Test
  void setsNothingOffForAnAnswerThatIsKnown() {
    List<Pod> pods = List.of(pod("pod-1", 0, true));
    status = 500;
    models.ask(MODEL, pods, Map.of());
    work();
    now = now.plusSeconds(31);
    models.ask(MODEL, pods, Map.of());
    work();

    assertThat(events).hasSize(1);
  }

  @Test
  void setsNothingOffForWhatIsRememberedOfAnEarlierOperator() {
    List<Pod> pods = List.of(pod("pod-1", 0, true), pod("pod-2", 0, true));
    Served answer = new Served("1a", "Tree", 0, List.of());

    models.ask(MODEL, pods, Map.of("pod-1", answer));
    work();

    assertThat(events).containsExactly(MODEL);
    assertThat(models.ask(MODEL, pods, Map.of())).containsEntry("pod-1", answer);
  }

  @Test
  void setsOffAnotherWhereAPodServesNotWhatIsRemembered() {
    models.ask(
        MODEL,
        List.of(pod("pod-1", 0, true)),
        Map.of("pod-1", new Served("2b", "Tree", 0, List.of())));
    work();

    assertThat(events).containsExactly(MODEL);
  }

  @Test
  void servesTheLastComerFirst() {
    NewestFirst queue = new NewestFirst();
    Runnable found = () -> {};
    Runnable ready = () -> {};
    queue.offer(found);
    queue.offer(ready);

    assertThat(queue.poll()).isSameAs(ready);
    assertThat(queue.poll()).isSameAs(found);
  }

  @Test
  void forgetsPodsThatAreGone() {
    models.ask(MODEL, List.of(pod("pod-1", 0, true)), Map.of());
    models.ask(MODEL, List.of(), Map.of());
    work();

    assertThat(events).isEmpty();
    assertThat(models.ask(MODEL, List.of(pod("pod-1", 0, true)), Map.of())).isEmpty();
  }
}
