package dev.flightdelay.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.flightdelay.e2e.Client.Answer;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Versions that cannot be served, beside one that is: they say why, and it serves on. */
@Story
@Order(2)
class BadModelStory {

  private static final String MODEL = "bad-models";

  /** os.system("echo pwned"), as pickles call it. */
  private static final byte[] HOSTILE = "cposix\nsystem\n(S'echo pwned'\ntR.".getBytes(UTF_8);

  private static HttpServer store;

  private final User user;
  private final Client client;
  private final Cluster cluster;

  BadModelStory(User user, Client client, Cluster cluster) {
    this.user = user;
    this.client = client;
    this.cluster = cluster;
  }

  /** A store that has nothing. */
  @BeforeAll
  static void startStore(Settings settings) throws IOException {
    Assumptions.assumeTrue(
        settings.hostAddress().isPresent(),
        "E2E_HOST_ADDRESS does not say how pods reach this machine");
    store = HttpServer.create(new InetSocketAddress(settings.hostAddress().orElseThrow(), 0), 0);
    store.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    store.start();
  }

  @AfterAll
  static void stopStore() {
    if (store != null) {
      store.stop(0);
    }
  }

  @Test
  void eachSaysWhyAndTheOthersServeOn() {
    Model good = Model.small(MODEL).version("good", SampleModel.V1, 100);
    user.applies(good.yaml());
    user.waitsUntilReady(MODEL);
    user.applies(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: hostile-model}
        binaryData: {hostile.pkl: %s}
        """
            .formatted(Base64.getEncoder().encodeToString(HOSTILE)));
    String missing =
        "http://%s:%d/missing.pkl"
            .formatted(store.getAddress().getHostString(), store.getAddress().getPort());

    user.applies(
        good.version("missing", missing, SampleModel.V1.sha256(), 0, "")
            .version("wrong", SampleModel.V1.uri(), SampleModel.V2.sha256(), 0, "")
            .version("hostile", "configmap://hostile-model/hostile.pkl", sha256(HOSTILE), 0, "")
            .version("large", SampleModel.V2.uri(), SampleModel.V2.sha256(), 0, "maxSize: 1Ki")
            .yaml());

    Map<String, List<String>> sentences =
        Map.of(
            "missing", List.of("404", "missing.pkl"),
            "wrong", List.of(SampleModel.V1.sha256(), SampleModel.V2.sha256()),
            "hostile", List.of("posix", "system"),
            "large", List.of("1024"));
    await("the four versions have failed")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () ->
                sentences.forEach(
                    (version, words) -> {
                      assertThat(client.asks(MODEL)).isEqualTo(Answer.right("good"));
                      assertThat(cluster.version(MODEL, version))
                          .as(version)
                          .containsEntry("phase", "Failed");
                      String message =
                          String.valueOf(cluster.version(MODEL, version).get("message"));
                      assertThat(message).as(version).contains(words);
                      assertThat(lastLines(version)).as("the pod's own words").contains(message);
                    }));
    assertThat(user.kubectl("get", "fdm", MODEL, "-o", "jsonpath={.status.conditions}"))
        .contains("VersionFailed");
    assertThat(cluster.traffic(MODEL)).isEqualTo("good=100");
    user.kubectl("delete", "fdm", MODEL, "--wait=false");
  }

  /** What the version's predictors wrote last, at each of their ends. */
  private List<String> lastLines(String version) {
    return cluster.pods(MODEL, version).stream()
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .flatMap(BadModelStory::ends)
        .map(ContainerState::getTerminated)
        .filter(Objects::nonNull)
        .map(end -> end.getMessage().strip().lines().reduce("", (_, last) -> last))
        .toList();
  }

  private static Stream<ContainerState> ends(ContainerStatus container) {
    return Stream.of(container.getState(), container.getLastState()).filter(Objects::nonNull);
  }

  private static String sha256(byte[] bytes) {
    try {
      return java.util.HexFormat.of()
          .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
