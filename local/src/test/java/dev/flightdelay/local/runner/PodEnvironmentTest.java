package dev.flightdelay.local.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodEnvironmentTest {

  private static Map<String, String> environment(String variables) {
    Pod pod =
        Serialization.unmarshal(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: default}
            spec: {containers: [{name: predictor, env: [%s]}]}
            """
                .formatted(variables),
            Pod.class);
    return PodEnvironment.of(
        pod,
        pod.getSpec().getContainers().getFirst(),
        "127.0.0.7",
        Map.of("/model", Path.of("/here/a model"), "/credentials", Path.of("/here/credentials")));
  }

  @Test
  void turnsPathsBelowAMountIntoThoseOfItsFolder() {
    assertThat(
            environment(
                "{name: A, value: 'file:/model/v1.pkl'}, {name: B, value: /credentials}, {name: C, value: /model/x},"
                    + " {name: D, value: /models}, {name: E, value: 'gs://model/x'}"))
        .containsEntry("A", "file:/here/a%20model/v1.pkl")
        .containsEntry("B", "/here/credentials")
        .containsEntry("C", "/here/a model/x")
        .containsEntry("D", "/models")
        .containsEntry("E", "gs://model/x");
  }

  @Test
  void expandsReferencesAsAKubeletDoes() {
    assertThat(
            environment(
                "{name: A, value: x}, {name: B, value: '$(A)-$$(A)-$(ABSENT)'}, {name: C, valueFrom: {fieldRef: {fieldPath: status.podIP}}}"))
        .containsEntry("B", "x-$(A)-$(ABSENT)")
        .containsEntry("C", "127.0.0.7");
  }

  @Test
  void givesThePodItsAddress() {
    assertThat(environment("{name: ADDRESS, value: 0.0.0.0}"))
        .containsEntry("ADDRESS", "127.0.0.7");
  }

  @Test
  void refusesASourceThatLocalModeDoesNotHave() {
    assertThatThrownBy(
            () ->
                environment("{name: A, valueFrom: {resourceFieldRef: {resource: limits.memory}}}"))
        .isInstanceOf(PodStartException.class)
        .hasMessageContaining("A comes from where local mode has none");
  }
}
