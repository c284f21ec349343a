package dev.flightdelay.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.e2e.Client.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The chart is upgraded, rolled back, uninstalled and installed again: predictors do not notice.
 */
@Story
@Order(4)
class ReleaseStory {

  private static final String MODEL = "undisturbed";

  private final Settings settings;
  private final User user;
  private final Client client;
  private final Cluster cluster;
  private final OperatorPods operator;

  ReleaseStory(
      Settings settings, User user, Client client, Cluster cluster, OperatorPods operator) {
    this.settings = settings;
    this.user = user;
    this.client = client;
    this.cluster = cluster;
    this.operator = operator;
  }

  /** Predictor pods and their Deployments' templates. */
  private record Predictors(Map<String, String> uids, Map<String, String> templates) {}

  private Predictors predictors() {
    return new Predictors(cluster.predictorUids(), cluster.templateHashes());
  }

  @Test
  @Order(1)
  void anUpgradeWithOtherValuesAndItsRollbackLeavePredictorsAlone() {
    // The models of the stories before this one are on their way out.
    await().atMost(Duration.ofMinutes(2)).until(() -> cluster.predictorUids().isEmpty());
    user.applies(Model.small(MODEL).version("v1", SampleModel.V1, 100).yaml());
    user.waitsUntilReady(MODEL);
    Predictors before = predictors();

    user.helm(
        Installation.install(
            settings, "--set=resync=4m", "--set=replicas=1", "--set=podLabels.upgraded=yes"));

    operator.awaitComplete(1);
    assertThat(operator.pods().getFirst().getMetadata().getLabels()).containsKey("upgraded");
    assertThat(predictors()).isEqualTo(before);

    user.helm("rollback", Installation.RELEASE, "--namespace=" + operator.namespace(), "--wait");

    operator.awaitComplete(2);
    assertThat(predictors()).isEqualTo(before);
  }

  @Test
  @Order(2)
  void predictorsServeOnWithoutTheOperator() {
    Predictors before = predictors();

    user.helm("uninstall", Installation.RELEASE, "--namespace=" + operator.namespace(), "--wait");

    assertThat(operator.pods()).allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null);
    assertThat(client.asks(MODEL, 20)).containsOnly(Answer.right("v1"));
    assertThat(predictors()).isEqualTo(before);

    user.helm(Installation.install(settings));

    operator.awaitComplete(2);
    user.waitsUntilReady(MODEL);
    assertThat(predictors()).isEqualTo(before);
    assertThat(client.asks(MODEL, 20)).containsOnly(Answer.right("v1"));
    user.kubectl("delete", "fdm", MODEL, "--wait=false");
  }
}
