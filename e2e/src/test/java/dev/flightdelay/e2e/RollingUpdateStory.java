package dev.flightdelay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.e2e.Client.Answer;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Versions are replaced and pods are lost, while wrk asks for about half of what the model can do.
 */
@Story
@Order(5)
class RollingUpdateStory {

  /** Until a proxy knows of pods that come and go: Traefik looks at most every two seconds. */
  private static final Duration PROXY_HEARS = Duration.ofSeconds(3);

  private static final String MODEL = "under-load";
  private static final int CONNECTIONS = 32;
  private static final Duration CAPACITY = Duration.ofSeconds(5);

  private final Settings settings;
  private final User user;
  private final Client client;
  private final Cluster cluster;
  private final Flights flights;

  RollingUpdateStory(
      Settings settings, User user, Client client, Cluster cluster, Flights flights) {
    this.settings = settings;
    this.user = user;
    this.client = client;
    this.cluster = cluster;
    this.flights = flights;
  }

  @Test
  @Order(1)
  void rollingUpdatesLoseNoRequest() throws InterruptedException {
    Model model = Model.small(MODEL).replicas(2).behindTheGateway();
    user.applies(model.version("r0", SampleModel.V1, 100).yaml());
    user.waitsUntilReady(MODEL);
    await().atMost(Duration.ofMinutes(1)).until(() -> client.asks(MODEL).right());
    int updates = settings.full() ? 20 : 2;

    try (Load load = halfOfTheCapacity()) {
      for (int update = 1; update <= updates; update++) {
        Instant start = Instant.now();
        SampleModel sample = update % 2 == 0 ? SampleModel.V1 : SampleModel.V2;
        String version = "r" + update;
        // One apply replaces the version: the operator starts the new one, moves the traffic, and
        // drains the old one.
        user.applies(model.version(version, sample, 100).yaml());
        user.waitsUntilReady(MODEL, Duration.ofMinutes(4));
        assertThat(cluster.traffic(MODEL)).isEqualTo(version + "=100");
        assertThat(client.asks(MODEL)).isEqualTo(Answer.right(version));
        Installation.say("RollingUpdateStory: update %d of %d".formatted(update, updates), start);
      }
      Load.Result result = load.stop();

      Installation.say("RollingUpdateStory: " + result, Instant.now());
      assertThat(result.requests()).as("wrk asked").isPositive();
      assertThat(result.failed()).as(result.toString()).isZero();
    }
  }

  @Test
  @Order(2)
  void killedPodsLoseOnlyWhatTheyWereAnswering() throws InterruptedException {
    String version = cluster.traffic(MODEL).replace("=100", "");
    int kills = settings.full() ? 50 : 5;

    try (Load load = halfOfTheCapacity()) {
      for (int kill = 1; kill <= kills; kill++) {
        List<Pod> ready = cluster.readyPods(MODEL, version);
        String victim = ready.get(kill % ready.size()).getMetadata().getName();
        user.kubectl("delete", "pod", victim, "--grace-period=0", "--force", "--wait=false");
        await("two pods without " + victim)
            .atMost(Duration.ofMinutes(2))
            // Killed sooner, a pod may be the last one that the proxy knows.
            .pollDelay(PROXY_HEARS)
            .pollInterval(PROXY_HEARS)
            .until(
                () ->
                    cluster.readyPods(MODEL, version).stream()
                            .filter(pod -> !pod.getMetadata().getName().equals(victim))
                            .count()
                        == 2);
      }
      Load.Result result = load.stop();

      Installation.say(
          "RollingUpdateStory: %d pods killed: %s".formatted(kills, result), Instant.now());
      assertThat(result.wrong()).as("answers that are wrong: %s", result).isZero();
      // A pod that is gone at once takes what it was answering with it: a connection asks for one
      // prediction at a time. Who is sent there later is sent to another one by the proxy.
      assertThat(result.failed())
          .as("failed requests: %s", result)
          .isLessThanOrEqualTo((long) kills * CONNECTIONS);
    }
    user.kubectl("delete", "fdm", MODEL, "--wait=false");
  }

  /** Asks as fast as it can for a moment, and then goes on half as fast. */
  private Load halfOfTheCapacity() throws InterruptedException {
    URI address = client.at(MODEL, "/v1/models/" + MODEL + ":predict");
    double perSecond;
    try (Load load = Load.start(settings.root(), address, flights, CONNECTIONS, Duration.ZERO)) {
      Thread.sleep(CAPACITY);
      Load.Result result = load.stop();
      assertThat(result.failed()).as(result.toString()).isZero();
      perSecond = result.perSecond();
      Installation.say("RollingUpdateStory: as fast as it goes: " + result, Instant.now());
    }
    Duration pause = Duration.ofMillis(Math.max(1, Math.round(CONNECTIONS * 2e3 / perSecond)));
    return Load.start(settings.root(), address, flights, CONNECTIONS, pause);
  }
}
