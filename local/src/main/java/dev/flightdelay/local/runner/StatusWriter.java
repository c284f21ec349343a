package dev.flightdelay.local.runner;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes statuses where they have changed. */
final class StatusWriter {

  private static final int NOT_FOUND = 404;

  private final KubernetesClient client;
  private final Map<String, Object> written = new HashMap<>();

  StatusWriter(KubernetesClient client) {
    this.client = client;
  }

  void write(LocalPod pod) {
    PodStatus status = PodStatuses.of(pod);
    // The uid, so that no other pod of this name gets it.
    // spotless:off
    write(
        pod.pod.getMetadata().getUid(),
        status,
        new PodBuilder(pod.pod)
            .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .withUid(pod.pod.getMetadata().getUid())
            .endMetadata()
            .withStatus(status)
            .build());
    // spotless:on
  }

  void forget(LocalPod pod) {
    written.remove(pod.pod.getMetadata().getUid());
  }

  void write(
      Deployment deployment, String hash, int desired, List<LocalPod> pods, Instant progressedAt) {
    DeploymentStatus status =
        DeploymentStatuses.of(deployment, hash, desired, pods, progressedAt, Instant.now());
    if (!status.equals(deployment.getStatus())) {
      write(
          deployment.getMetadata().getUid(),
          status,
          new DeploymentBuilder(deployment)
              .editMetadata()
              .withResourceVersion(null)
              .endMetadata()
              .withStatus(status)
              .build());
    }
  }

  void write(HorizontalPodAutoscaler autoscaler, int current, int desired) {
    // spotless:off
    HorizontalPodAutoscaler next =
        new HorizontalPodAutoscalerBuilder(autoscaler)
            .editMetadata()
                .withResourceVersion(null)
            .endMetadata()
            .withNewStatus()
                .withObservedGeneration(autoscaler.getMetadata().getGeneration())
                .withCurrentReplicas(current)
                .withDesiredReplicas(desired)
            .endStatus()
            .build();
    // spotless:on
    if (!next.getStatus().equals(autoscaler.getStatus())) {
      write(autoscaler.getMetadata().getUid(), next.getStatus(), next);
    }
  }

  private void write(String uid, Object status, HasMetadata object) {
    if (status.equals(written.put(uid, status))) {
      return;
    }
    try {
      client.resource(object).updateStatus();
    } catch (KubernetesClientException e) {
      // The next pass writes it again; what is gone needs no status.
      written.remove(uid);
      if (e.getCode() != NOT_FOUND) {
        throw e;
      }
    }
  }
}
