package dev.flightdelay.local.runner;

import dev.flightdelay.local.process.ChildProcesses;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pod's way from its start to its end: what a kubelet does. All but waiting happens in the
 * runner's thread.
 */
final class PodLifecycle {

  private static final Logger log = LoggerFactory.getLogger(PodLifecycle.class);

  private static final Duration START_AGAIN_AFTER = Duration.ofSeconds(1);
  private static final Duration DRAIN_AT_MOST = Duration.ofSeconds(10);
  private static final Duration STOP_AT_MOST = Duration.ofSeconds(25);

  private final KubernetesClient client;
  private final ChildProcesses processes;
  private final PredictorCommand predictor;
  private final EndpointDrain drain;
  private final Path claims;
  private final PodEvents events;
  private final LoopbackAddresses addresses = new LoopbackAddresses();
  private final ReadinessProbe probe;
  private final Executor thread;
  private final Runnable changed;

  /**
   * The lifecycle of a runner's pods.
   *
   * @param claims where each PersistentVolumeClaim has a folder of its name
   * @param thread the runner's
   * @param changed told when a pod has to be looked at again
   */
  PodLifecycle(
      KubernetesClient client,
      ChildProcesses processes,
      PredictorCommand predictor,
      EndpointDrain drain,
      Path claims,
      Executor thread,
      Runnable changed) {
    this.client = client;
    this.processes = processes;
    this.predictor = predictor;
    this.drain = drain;
    this.claims = claims;
    this.events = new PodEvents(client);
    this.probe = new ReadinessProbe(thread, changed);
    this.thread = thread;
    this.changed = changed;
  }

  /** Whatever has to happen to a pod next. */
  void follow(LocalPod pod) {
    Instant now = Instant.now();
    if (pod.process.filter(process -> !process.isAlive()).isPresent()) {
      ended(pod);
    }
    if (!pod.isRunning() && !pod.startAfter.isAfter(now)) {
      start(pod);
    }
    if (pod.isRunning()) {
      probe.ask(pod, now);
    }
  }

  private void start(LocalPod pod) {
    Container container = pod.container();
    try {
      Files.createDirectories(pod.folder);
      Map<String, Path> mounts = volumes(pod).materialise(pod.pod.getSpec());
      if (pod.address.isEmpty()) {
        pod.address =
            Optional.of(
                addresses.take(
                    container.getPorts().stream().map(ContainerPort::getContainerPort).toList()));
        drain.admit(pod.address.get());
      }
      if (pod.ended.isPresent()) {
        pod.restarts++;
      }
      pod.logStart = Files.exists(pod.log()) ? Files.size(pod.log()) : 0;
      Process process =
          processes.start(
              predictor.of(container, mounts),
              PodEnvironment.of(pod.pod, container, pod.address.get(), mounts),
              pod.log());
      pod.started(process);
      process.onExit().thenRun(changed);
      events.normal(pod.pod, "Started", "Started container " + container.getName());
    } catch (PodStartException e) {
      pod.waitingReason = e.reason().equals("FailedMount") ? "ContainerCreating" : e.reason();
      pod.waitingMessage = e.getMessage();
      pod.startAfter = Instant.now().plus(START_AGAIN_AFTER);
      events.warning(pod.pod, e.reason(), e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of pod " + pod.name() + " cannot be made", e);
    }
  }

  private PodVolumes volumes(LocalPod pod) {
    return new PodVolumes(client, pod.namespace(), pod.folder.resolve("volumes"), claims);
  }

  private void ended(LocalPod pod) {
    Process process = pod.process.orElseThrow();
    boolean messageFromLog =
        "FallbackToLogsOnError".equals(pod.container().getTerminationMessagePolicy())
            && process.exitValue() != 0;
    pod.ended(
        process.exitValue(),
        messageFromLog ? TerminationMessage.of(pod.log(), pod.logStart) : "",
        Instant.now());
    Duration delay = RestartDelay.before(pod.restarts);
    pod.startAfter = Instant.now().plus(delay);
    pod.waitingReason = "CrashLoopBackOff";
    pod.waitingMessage = "back-off %ds restarting failed container".formatted(delay.toSeconds());
    events.warning(pod.pod, "BackOff", "Back-off restarting failed container");
  }

  /**
   * Out of the traffic first, then asked to end, then gone.
   *
   * @param gone runs in the runner's thread, when nothing of it is left
   */
  void stop(LocalPod pod, Runnable gone) {
    Thread.ofVirtual()
        .name("stop-" + pod.name())
        .start(
            () -> {
              pod.address.ifPresent(this::drained);
              pod.process.ifPresent(process -> ChildProcesses.stop(process, STOP_AT_MOST));
              thread.execute(
                  () -> {
                    pod.address.ifPresent(addresses::release);
                    events.forget(pod.pod);
                    volumes(pod).delete();
                    gone.run();
                  });
            });
  }

  private void drained(String address) {
    try {
      drain.drain(address).orTimeout(DRAIN_AT_MOST.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      log.atWarn().addKeyValue("address", address).log("stopped with requests in flight");
    }
  }
}
