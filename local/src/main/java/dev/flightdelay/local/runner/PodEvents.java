package dev.flightdelay.local.runner;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** The events of pods, as a kubelet writes them: the same one again only counts. */
final class PodEvents {

  private final KubernetesClient client;
  private final Map<String, Event> written = new HashMap<>();

  PodEvents(KubernetesClient client) {
    this.client = client;
  }

  void normal(Pod pod, String reason, String message) {
    write(pod, "Normal", reason, message);
  }

  void warning(Pod pod, String reason, String message) {
    write(pod, "Warning", reason, message);
  }

  private void write(Pod pod, String type, String reason, String message) {
    String name = pod.getMetadata().getName();
    String key = name + " " + reason + " " + message;
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Event before = written.get(key);
    if (before != null) {
      Event again =
          new EventBuilder(before).withCount(before.getCount() + 1).withLastTimestamp(now).build();
      again.getMetadata().setResourceVersion(null);
      written.put(key, client.resource(again).update());
      return;
    }
    // spotless:off
    written.put(
        key,
        client.resource(
            new EventBuilder()
                .withNewMetadata()
                    .withNamespace(pod.getMetadata().getNamespace())
                    .withName(name + "." + Long.toHexString(System.nanoTime()))
                .endMetadata()
                .withType(type)
                .withReason(reason)
                .withMessage(message)
                .withCount(1)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withNewSource()
                    .withComponent("local-runner")
                .endSource()
                .withNewInvolvedObject()
                    .withApiVersion("v1")
                    .withKind("Pod")
                    .withNamespace(pod.getMetadata().getNamespace())
                    .withName(name)
                    .withUid(pod.getMetadata().getUid())
                .endInvolvedObject()
                .build())
            .create());
    // spotless:on
  }

  void forget(Pod pod) {
    written.keySet().removeIf(key -> key.startsWith(pod.getMetadata().getName() + " "));
  }
}
