package dev.flightdelay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * How soon a predictor serves where its image is on the node already, which is what scaling out
 * waits for; and what its memory is then.
 *
 * <p>The pods are made from the operator's template, without its labels, so that nobody is sent to
 * them.
 */
@Story
@Order(6)
class PodStartStory {

  private static final String MODEL = "started";
  private static final String WITHOUT_CACHE = "-XX:AOTMode=off";

  /** Promised from the start of the container until the pod is Ready. */
  private static final Duration PROMISED = Duration.ofSeconds(2);

  private static final Pattern UPTIME =
      Pattern.compile("^process_uptime_seconds(?:\\{.*})? (\\S+)$", Pattern.MULTILINE);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Settings settings;
  private final User user;
  private final Cluster cluster;

  PodStartStory(Settings settings, User user, Cluster cluster) {
    this.settings = settings;
    this.user = user;
    this.cluster = cluster;
  }

  @Test
  void aPodIsReadySoonAfterItsContainerStarts() throws IOException {
    user.applies(Model.small(MODEL).version("v1", SampleModel.V1, 100).yaml());
    user.waitsUntilReady(MODEL);
    int rounds = settings.full() ? 10 : 1;

    List<PodStart> with = new ArrayList<>();
    List<PodStart> without = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      with.add(start("with-%d".formatted(round), ""));
      if (settings.full()) {
        without.add(start("without-%d".formatted(round), WITHOUT_CACHE));
      }
    }

    Installation.say("PodStartStory: with the AOT cache: " + with, Instant.now());
    if (settings.full()) {
      Installation.say("PodStartStory: without: " + without, Instant.now());
    }
    assertThat(with.stream().map(PodStart::sinceContainer).sorted().toList().get(rounds / 2))
        .as("the median of %s", with)
        .isLessThanOrEqualTo(settings.promised(PROMISED));
    user.kubectl("delete", "fdm", MODEL, "--wait=false");
  }

  /**
   * A pod's start.
   *
   * @param sincePod from the pod's creation until it was Ready
   * @param sinceContainer of that, from the start of the JVM, the container's only process
   * @param workingSetMib what the kubelet counts as its memory, files' pages among it
   * @param rssMib its anonymous memory
   */
  private record PodStart(
      Duration sincePod, Duration sinceContainer, long workingSetMib, long rssMib) {

    @Override
    public String toString() {
      return "%.2f s (%.2f s since its creation), %d MiB (RSS %d)"
          .formatted(
              sinceContainer.toMillis() / 1e3, sincePod.toMillis() / 1e3, workingSetMib, rssMib);
    }
  }

  private PodStart start(String suffix, String javaOptions) throws IOException {
    String name = MODEL + "-" + suffix;
    var pods = cluster.client().pods().inNamespace(cluster.namespace());
    Instant created = Instant.now();
    pods.resource(pod(name, javaOptions)).create();
    try {
      Pod ready =
          pods.withName(name)
              .waitUntilCondition(
                  pod -> pod != null && Readiness.isPodReady(pod), 2, TimeUnit.MINUTES);
      Instant seen = Instant.now();
      // By the pod's own clock, which need not be this one's.
      Duration uptime = uptime(name).minus(Duration.between(seen, Instant.now()));
      JsonNode memory = memory(ready);
      return new PodStart(
          Duration.between(created, seen),
          uptime,
          memory.get("workingSetBytes").asLong() >> 20,
          memory.get("rssBytes").asLong() >> 20);
    } finally {
      pods.withName(name).withGracePeriod(0).delete();
    }
  }

  private Pod pod(String name, String javaOptions) {
    var template = cluster.deployment(MODEL, "v1").getSpec().getTemplate();
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(Map.of("app.kubernetes.io/name", "pod-start"))
        .endMetadata()
        .withSpec(template.getSpec())
        .editSpec()
        .editFirstContainer()
        .addNewEnv()
        .withName("JAVA_TOOL_OPTIONS")
        .withValue(javaOptions)
        .endEnv()
        .endContainer()
        .endSpec()
        .build();
  }

  /** Its metrics come after its first predictions. */
  private Duration uptime(String pod) {
    String path =
        "/api/v1/namespaces/%s/pods/%s:9090/proxy/actuator/prometheus"
            .formatted(cluster.namespace(), pod);
    return await("the metrics of " + pod)
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> UPTIME.matcher(user.tries("get", "--raw", path).output()).results().findFirst(),
            Optional::isPresent)
        .map(found -> Duration.ofMillis(Math.round(Double.parseDouble(found.group(1)) * 1e3)))
        .orElseThrow();
  }

  /** What the kubelet has measured of the predictor's memory, which it does every ten seconds. */
  private JsonNode memory(Pod pod) throws IOException {
    String path = "/api/v1/nodes/%s/proxy/stats/summary".formatted(pod.getSpec().getNodeName());
    String uid = pod.getMetadata().getUid();
    return await("the kubelet has measured " + pod.getMetadata().getName())
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              for (JsonNode one : JSON.readTree(user.kubectl("get", "--raw", path)).get("pods")) {
                JsonNode memory = one.at("/containers/0/memory");
                if (one.at("/podRef/uid").asText().equals(uid) && memory.has("rssBytes")) {
                  return memory;
                }
              }
              return null;
            },
            memory -> memory != null);
  }
}
