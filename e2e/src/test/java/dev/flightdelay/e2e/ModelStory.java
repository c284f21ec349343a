package dev.flightdelay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.e2e.Client.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The examples' model, from its first version to its second and back. */
@Story
@Order(1)
class ModelStory {

  private static final String MODEL = "flight-delay";

  private final User user;
  private final Client client;
  private final Cluster cluster;

  ModelStory(User user, Client client, Cluster cluster) {
    this.user = user;
    this.client = client;
    this.cluster = cluster;
  }

  @Test
  @Order(1)
  void aFirstModelIsServedThroughAnIngress() {
    String printed = user.follows("crds/examples/first-model.yaml");

    assertThat(printed).contains("\"name\":\"flight-delay\"", "\"versions\":[\"v1\"]");
    assertThat(client.asks(MODEL)).isEqualTo(right("v1"));
    // The pods' facts are on a port of their own, which opens a moment after they serve.
    await("the pods say what they serve")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(cluster.version(MODEL, "v1"))
                    .containsEntry("phase", "Ready")
                    .containsEntry("sha256", SampleModel.V1.sha256())
                    .containsEntry("features", 37));
  }

  @Test
  @Order(2)
  void aSingleVersionHasItsOwnPath() {
    assertThat(client.asks(MODEL, "v1")).isEqualTo(right("v1"));
  }

  @Test
  @Order(3)
  void aSecondVersionGetsATenthOfTheTrafficThroughTheGateway() {
    user.follows("crds/examples/two-versions.yaml");
    user.waitsUntilReady(MODEL);
    awaitRoute("v2");

    List<Answer> answers = client.asks(MODEL, 300);

    assertThat(answers).allMatch(Answer::right);
    assertThat(answers)
        .filteredOn(answer -> answer.version().equals("v2"))
        .as("of 300 answers those of v2")
        .hasSizeBetween(15, 45);
    assertThat(cluster.traffic(MODEL)).isEqualTo("v1=90,v2=10");
  }

  @Test
  @Order(4)
  void aHeaderAsksOneVersionWhateverItsTraffic() {
    for (int i = 0; i < 20; i++) {
      assertThat(client.asksWithHeader(MODEL, "v1")).isEqualTo(right("v1"));
      assertThat(client.asksWithHeader(MODEL, "v2")).isEqualTo(right("v2"));
    }
  }

  @Test
  @Order(5)
  void promotingTheSecondVersionMovesAllTraffic() {
    user.applies(versions(0, 100));

    awaitAnswersOnlyFrom("v2");
    user.waitsUntilReady(MODEL);
    assertThat(client.asks(MODEL, 50)).containsOnly(right("v2"));
    assertThat(cluster.readyPods(MODEL, "v1")).as("what a rollback needs").isNotEmpty();
  }

  @Test
  @Order(6)
  void rollingBackMovesAllTrafficBack() {
    List<String> before = podNames("v1");

    user.applies(versions(100, 0));

    awaitAnswersOnlyFrom("v1");
    assertThat(client.asks(MODEL, 50)).containsOnly(right("v1"));
    assertThat(podNames("v1")).containsAll(before);
  }

  @Test
  @Order(7)
  void aVersionThatLeavesIsDrainedAndDeleted() {
    user.applies(
        new Model(MODEL, List.of(), List.of())
            .version("v1", SampleModel.V1, 100)
            .behindTheGateway()
            .yaml());

    user.waitsUntilReady(MODEL);
    assertThat(cluster.deployment(MODEL, "v2")).isNull();
    assertThat(client.asks(MODEL, 20)).containsOnly(right("v1"));
    user.kubectl("delete", "fdm", MODEL, "--wait=false");
  }

  /**
   * As in the example, with other traffic; a version gets as many pods as serve together before all
   * traffic moves to it, and a node of two cores has room for six.
   */
  private static String versions(int first, int second) {
    return new Model(MODEL, List.of(), List.of())
        .autoscaling("{minReplicas: 2, maxReplicas: 3}")
        .version("v1", SampleModel.V1, first)
        .version("v2", SampleModel.V2, second)
        .behindTheGateway()
        .yaml();
  }

  private List<String> podNames(String version) {
    return cluster.pods(MODEL, version).stream()
        .map(pod -> pod.getMetadata().getName())
        .sorted()
        .toList();
  }

  /** A proxy hears of a route a moment after its status says that it is accepted. */
  private void awaitRoute(String version) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> client.asksWithHeader(MODEL, version).equals(right(version)));
  }

  private void awaitAnswersOnlyFrom(String version) {
    await("all traffic at " + version)
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                client.asks(MODEL, 20).stream().allMatch(answer -> answer.equals(right(version))));
  }

  private static Answer right(String version) {
    return Answer.right(version);
  }
}
