package dev.flightdelay.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.api.v1alpha1.VersionStatus.Phase;
import dev.flightdelay.operator.observe.ServedAnswer.Served;
import dev.flightdelay.operator.observe.ServedAnswer.Unreachable;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionHealthTest {

  private static final String ASKED = "1a".repeat(32);
  private static final Served SERVED = new Served(ASKED, "Tree", 37, List.of());

  private static VersionHealth health(
      String deployment, Map<String, ServedAnswer> served, String... pods) {
    List<HasMetadata> objects = new ArrayList<>();
    if (deployment != null) {
      objects.add(
          Serialization.unmarshal(
              """
              apiVersion: apps/v1
              kind: Deployment
              metadata: {name: delays-v1, generation: 2, labels: {app.kubernetes.io/version: v1}}
              %s
              """
                  .formatted(deployment),
              Deployment.class));
    }
    for (String pod : pods) {
      objects.add(PodFixture.of(pod).pod());
    }
    return VersionHealth.of("v1", ASKED, 2, new ObservedObjects(objects).serving(served).observe());
  }

  private static final String COMPLETE =
      "status: {observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 2}";

  @Test
  void isPendingWithoutADeployment() {
    VersionHealth health = health(null, Map.of());

    assertThat(health.phase()).isEqualTo(Phase.Pending);
    assertThat(health.desiredReplicas()).isEqualTo(2);
    assertThat(health.rolling()).isTrue();
  }

  @Test
  void isReadyOnceThePodsSayThatTheyServeTheModel() {
    VersionHealth asking = health(COMPLETE, Map.of(), "serving");
    VersionHealth known = health(COMPLETE, Map.of("delays-v1-1", SERVED), "serving");

    assertThat(asking.phase()).isEqualTo(Phase.Loading);
    assertThat(asking.message()).hasValue("asking the pods what they serve");
    assertThat(known.phase()).isEqualTo(Phase.Ready);
    assertThat(known.rolling()).isFalse();
    assertThat(known.served()).hasValue(SERVED);
    assertThat(known.message()).isEmpty();
  }

  @Test
  void isReadyThoughThePodsCannotBeAskedAndSaysSo() {
    VersionHealth health =
        health(COMPLETE, Map.of("delays-v1-1", new Unreachable("no answer")), "serving");

    assertThat(health.phase()).isEqualTo(Phase.Ready);
    assertThat(health.message()).hasValue("no answer");
    assertThat(health.served()).isEmpty();
  }

  @Test
  void hasFailedWhereAPodServesAnotherModel() {
    Served other = new Served("3c".repeat(32), "Tree", 37, List.of());

    VersionHealth health = health(COMPLETE, Map.of("delays-v1-1", other), "serving");

    assertThat(health.phase()).isEqualTo(Phase.Failed);
    assertThat(health.readyReplicas()).isZero();
    assertThat(health.message()).hasValueSatisfying(text -> assertThat(text).contains(ASKED));
  }

  @Test
  void hasFailedWithThePredictorsOwnSentence() {
    VersionHealth health =
        health("status: {observedGeneration: 2, replicas: 2}", Map.of(), "refused-model");

    assertThat(health.phase()).isEqualTo(Phase.Failed);
    assertThat(health.message())
        .hasValue(
            "global os.system at byte 14 is not allowed; see the list of supported estimators");
  }

  @Test
  void isPendingWhereNoNodeTakesThePod() {
    VersionHealth health =
        health("status: {observedGeneration: 2, replicas: 2}", Map.of(), "unschedulable");

    assertThat(health.phase()).isEqualTo(Phase.Pending);
    assertThat(health.message())
        .hasValueSatisfying(text -> assertThat(text).contains("Insufficient cpu"));
  }

  @Test
  void hasFailedWhereAQuotaLetsNoPodBe() {
    VersionHealth health =
        health(
            """
            status:
              observedGeneration: 2
              conditions: [{type: ReplicaFailure, status: 'True', message: 'exceeded quota: pods'}]
            """,
            Map.of());

    assertThat(health.phase()).isEqualTo(Phase.Failed);
    assertThat(health.message())
        .hasValue("no pod: exceeded quota: pods; change what refuses it, or ask for less");
  }

  @Test
  void staysReadyWithTroubleOfOnePodButSaysSo() {
    VersionHealth health =
        health(
            "status: {observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 1}",
            Map.of("delays-v1-1", SERVED),
            "serving",
            "out-of-memory");

    assertThat(health.phase()).isEqualTo(Phase.Ready);
    assertThat(health.rolling()).isTrue();
    assertThat(health.message())
        .hasValueSatisfying(text -> assertThat(text).contains("more memory than its limit"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status: {observedGeneration: 1, replicas: 2, updatedReplicas: 2, readyReplicas: 2}",
        "status: {observedGeneration: 2, replicas: 3, updatedReplicas: 2, readyReplicas: 2}",
        "status: {observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 1}",
        "status: {observedGeneration: 2, replicas: 1, updatedReplicas: 1, readyReplicas: 2}"
      })
  void isRollingWhilePodsAreReplacedOrMissing(String status) {
    assertThat(health(status, Map.of("delays-v1-1", SERVED), "serving").rolling()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status: null",
        "status: {}",
        "spec: null",
        "status: {conditions: null}",
        "status: {conditions: [{type: Odd, status: Perhaps}], newField: 1}",
        "status: {conditions: [{type: ReplicaFailure, status: 'True'}]}"
      })
  void readsDeploymentsThatLackAlmostEverything(String rest) {
    assertThat(health(rest, Map.of()).phase()).isIn(Phase.Pending, Phase.Failed);
  }

  static Stream<PodFixture> pods() throws IOException {
    return PodFixture.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pods")
  void readsEveryPod(PodFixture pod) {
    assertThat(health("status: {}", Map.of(), pod.name()).message()).isPresent();
  }

  @Test
  void readsADeploymentWithoutAGeneration() {
    Deployment deployment =
        Serialization.unmarshal(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: delays-v1, labels: {app.kubernetes.io/version: v1}}
            """,
            Deployment.class);

    VersionHealth health =
        VersionHealth.of("v1", ASKED, 2, new ObservedObjects(List.of(deployment)).observe());

    assertThat(health.phase()).isEqualTo(Phase.Pending);
  }
}
