package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.EventListBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnableKubernetesMockClient
class PodWarningsTest {

  private static final String CREATING =
      """
      spec: {nodeName: node-1}
      status:
        phase: Pending
        containerStatuses: [{name: predictor, state: {waiting: {reason: ContainerCreating}}}]
      """;

  private KubernetesMockServer server;
  private KubernetesClient client;

  private static Pod pod(String rest) {
    return Serialization.unmarshal(
        """
        apiVersion: v1
        kind: Pod
        metadata: {namespace: flights, name: delays-v1-1, uid: pod-1}
        """
            + rest,
        Pod.class);
  }

  private static Event event(String type, String uid, String time, String message) {
    return new EventBuilder()
        .withType(type)
        .withMessage(message)
        .withLastTimestamp(time)
        .withNewInvolvedObject()
        .withUid(uid)
        .endInvolvedObject()
        .build();
  }

  private void answer(Event... events) {
    server
        .expect()
        .get()
        .withPath(
            "/api/v1/namespaces/flights/events"
                + "?fieldSelector=involvedObject.uid%3Dpod-1%2Ctype%3DWarning")
        .andReturn(200, new EventListBuilder().withItems(events).build())
        .always();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Unhealthy", "FailedScheduling"})
  void whatWasBeforeThePodGotThisFarIsNoReason(String reason) {
    Event overtaken = event("Warning", "pod-1", "2026-11-21T10:00:00Z", "not ready, or no node");
    overtaken.setReason(reason);
    answer(overtaken);

    assertThat(new PodWarnings().of(List.of(pod(CREATING)), client)).isEmpty();
  }

  @Test
  void takesTheLastWarningAboutThePod() {
    answer(
        event("Warning", "pod-1", "2026-11-21T10:00:00Z", "first"),
        event("Warning", "pod-1", "2026-11-21T10:05:00Z", "secret \"keys\" not found"),
        event("Warning", "pod-1", null, "without a time"),
        event("Warning", "pod-1", "2026-11-21T10:09:00Z", null),
        // A server that does not know the selectors.
        event("Normal", "pod-1", "2026-11-21T10:08:00Z", "Scheduled"),
        event("Warning", "pod-2", "2026-11-21T10:08:00Z", "another pod's"));

    assertThat(new PodWarnings().of(List.of(pod(CREATING)), client))
        .containsOnly(Map.entry("pod-1", "secret \"keys\" not found"));
  }

  @Test
  void hasNothingToSayWithoutAWarning() {
    answer();

    assertThat(new PodWarnings().of(List.of(pod(CREATING)), client)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status: {phase: Pending}",
        "spec: {nodeName: node-1}",
        "spec: {nodeName: node-1}\nstatus: {phase: Running}",
        "spec: {}\nstatus: null",
        "spec: {nodeName: node-1}\nstatus: {phase: Pending, containerStatuses: [{name: predictor,"
            + " state: {waiting: {reason: ImagePullBackOff}}}]}",
        "spec: {nodeName: node-1}\nstatus: {phase: Pending, containerStatuses: [{name: predictor,"
            + " state: {running: {}}}]}"
      })
  void asksOnlyAboutPodsThatHaveANodeAndNoContainer(String rest) {
    Pod pod = pod(rest);

    assertThat(new PodWarnings().of(List.of(pod), client)).isEmpty();
    assertThat(server.getRequestCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spec: {nodeName: node-1}\nstatus: {phase: Pending, containerStatuses: null}",
        "spec: {nodeName: node-1}\nstatus: {phase: Pending, containerStatuses: [{name: a}]}"
      })
  void asksAboutPodsWhoseContainersNothingIsKnownOf(String rest) {
    Pod pod = pod(rest);

    assertThat(PodWarnings.waitsForContainer(pod)).isTrue();
  }
}
