package dev.flightdelay.local.runner;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What a kubelet would say of a pod. */
final class PodStatuses {

  private PodStatuses() {}

  static PodStatus of(LocalPod pod) {
    boolean ready = pod.ready && !pod.stopping;
    Instant changed = ready ? pod.readySince : pod.unreadySince;
    // spotless:off
    PodStatusBuilder status =
        new PodStatusBuilder()
            .withPhase(pod.isRunning() || pod.restarts > 0 ? "Running" : "Pending")
            .withHostIP("127.0.0.1")
            .withConditions(
                condition("PodScheduled", true, pod.unreadySince, ""),
                condition("Initialized", true, pod.unreadySince, ""),
                condition("ContainersReady", ready, changed, "ContainersNotReady"),
                condition("Ready", ready, changed, pod.stopping ? "Terminating" : "ContainersNotReady"))
            .withContainerStatuses(
                new ContainerStatusBuilder()
                    .withName(pod.container().getName())
                    .withImage(pod.container().getImage())
                    .withImageID("local")
                    .withReady(ready)
                    .withStarted(pod.isRunning())
                    .withRestartCount(pod.restarts)
                    .withState(state(pod))
                    .withLastState(
                        pod.ended.map(PodStatuses::terminated).orElseGet(ContainerState::new))
                    .build());
    // spotless:on
    if (pod.startedAt.isAfter(Instant.EPOCH)) {
      status.withStartTime(text(pod.startedAt));
    }
    pod.address.ifPresent(address -> status.withPodIP(address).withPodIPs(new PodIP(address)));
    return status.build();
  }

  private static ContainerState state(LocalPod pod) {
    ContainerStateBuilder state = new ContainerStateBuilder();
    if (pod.isRunning()) {
      return state.withNewRunning(text(pod.startedAt)).build();
    }
    return state.withNewWaiting(pod.waitingMessage, pod.waitingReason).build();
  }

  private static ContainerState terminated(LocalPod.Ended ended) {
    // spotless:off
    return new ContainerStateBuilder()
        .withNewTerminated()
            .withExitCode(ended.exitCode())
            .withReason(ended.exitCode() == 0 ? "Completed" : "Error")
            .withMessage(ended.message().isEmpty() ? null : ended.message())
            .withStartedAt(text(ended.startedAt()))
            .withFinishedAt(text(ended.finishedAt()))
        .endTerminated()
        .build();
    // spotless:on
  }

  private static PodCondition condition(
      String type, boolean holds, Instant since, String reasonIfNot) {
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(holds ? "True" : "False")
        .withReason(holds || reasonIfNot.isEmpty() ? null : reasonIfNot)
        .withLastTransitionTime(text(since))
        .build();
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The pods that count as serving. */
  static long ready(List<LocalPod> pods) {
    return pods.stream().filter(pod -> pod.ready && !pod.stopping).count();
  }
}
