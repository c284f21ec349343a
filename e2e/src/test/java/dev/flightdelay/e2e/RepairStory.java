package dev.flightdelay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.e2e.Client.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What somebody or something breaks is repaired: children, pods, and the operator itself. */
@Story
@Order(3)
class RepairStory {

  private static final String MODEL = "repaired";

  /** Promised for what is changed by others. */
  private final Duration drift;

  /** Promised for a replica of the operator that is gone. */
  private final Duration takeover;

  private final User user;
  private final Client client;
  private final Cluster cluster;
  private final OperatorPods operator;

  RepairStory(Settings settings, User user, Client client, Cluster cluster, OperatorPods operator) {
    drift = settings.promised(Duration.ofSeconds(10));
    takeover = settings.promised(Duration.ofSeconds(20));
    this.user = user;
    this.client = client;
    this.cluster = cluster;
    this.operator = operator;
  }

  @Test
  @Order(1)
  void whatOthersChangeIsChangedBack() {
    user.applies(Model.small(MODEL).replicas(2).version("v1", SampleModel.V1, 100).yaml());
    user.waitsUntilReady(MODEL);
    Set<String> children = children();

    user.kubectl("delete", "service,ingress,pdb,networkpolicy", "--selector=" + selector());
    user.kubectl("set", "image", "deployment/repaired-v1", "predictor=somebody/elses:1");

    await("the children are as they were")
        .atMost(drift)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              assertThat(children()).isEqualTo(children);
              assertThat(
                      cluster
                          .deployment(MODEL, "v1")
                          .getSpec()
                          .getTemplate()
                          .getSpec()
                          .getContainers()
                          .getFirst()
                          .getImage())
                  .contains("flight-delay-predictor");
            });
    user.waitsUntilReady(MODEL);
    await().atMost(drift).until(() -> client.asks(MODEL).equals(Answer.right("v1")));
  }

  @Test
  @Order(2)
  void aPodThatIsKilledIsReplaced() {
    List<String> before = podNames();

    user.kubectl("delete", "pod", before.getFirst(), "--grace-period=0", "--force", "--wait=false");

    await("two pods, one of them new")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                cluster.readyPods(MODEL, "v1").size() == 2
                    && !podNames().contains(before.getFirst()));
    await().atMost(drift).until(() -> client.asks(MODEL).equals(Answer.right("v1")));
    assertThat(client.asks(MODEL, 20)).containsOnly(Answer.right("v1"));
  }

  @Test
  @Order(3)
  void theOtherReplicaGoesOnWhereAKilledOperatorStopped() {
    operator.awaitComplete(2);
    String leader = operator.leader().orElseThrow();
    user.applies(Model.small(MODEL).replicas(2).version("v2", SampleModel.V2, 100).yaml());
    await("it has begun")
        .pollInterval(Duration.ofMillis(50))
        .until(() -> cluster.deployment(MODEL, "v2") != null);

    operator.kill(leader);

    Instant killed = Instant.now();
    await("another replica works")
        .atMost(takeover)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> operator.leader().filter(holder -> !holder.equals(leader)).isPresent());
    Installation.say("RepairStory: another replica of the operator works", killed);
    user.waitsUntilReady(MODEL);
    assertThat(client.asks(MODEL, 20)).containsOnly(Answer.right("v2"));
    assertThat(cluster.deployment(MODEL, "v1")).isNull();
    operator.awaitComplete(2);
  }

  @Test
  @Order(4)
  void aReplicaThatIsStoppedHandsOver() {
    String leader = operator.leader().orElseThrow();

    user.kubectl("delete", "pod", leader, "--namespace=" + operator.namespace(), "--wait=false");

    Instant stopped = Instant.now();
    await("another replica works")
        .atMost(takeover)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> operator.leader().filter(holder -> !holder.equals(leader)).isPresent());
    Installation.say("RepairStory: another replica of the operator works", stopped);
    user.applies(Model.small(MODEL).replicas(1).version("v2", SampleModel.V2, 100).yaml());
    await("what is asked for is done")
        .atMost(takeover)
        .until(() -> cluster.deployment(MODEL, "v2").getSpec().getReplicas() == 1);
    user.kubectl("delete", "fdm", MODEL, "--wait=false");
    operator.awaitComplete(2);
  }

  private static String selector() {
    return "app.kubernetes.io/instance=" + MODEL;
  }

  private Set<String> children() {
    return new HashSet<>(
        user.kubectl(
                "get",
                "deployment,service,ingress,pdb,networkpolicy",
                "--selector=" + selector(),
                "-o",
                "name")
            .lines()
            .toList());
  }

  private List<String> podNames() {
    return cluster.pods(MODEL, "v1").stream().map(pod -> pod.getMetadata().getName()).toList();
  }
}
