package dev.flightdelay.local.runner;

import dev.flightdelay.local.process.ChildProcesses;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the operator's Deployments as processes of this machine: what the Deployment controller, the
 * scheduler and a kubelet do in a cluster. All state is kept by one thread.
 */
public final class Runner implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Runner.class);

  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  private static final String OPERATOR = "flight-delay-operator";
  private static final String TEMPLATE_HASH = "pod-template-hash";

  private static final Duration PASS_EVERY = Duration.ofMillis(100);
  private static final Duration PROBE_EVERY = Duration.ofMillis(200);
  private static final Duration PROBE_READY_EVERY = Duration.ofSeconds(1);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
  private static final int FAILED_PROBES = 3;
  private static final Duration START_AGAIN_AFTER = Duration.ofSeconds(1);
  private static final Duration DRAIN_AT_MOST = Duration.ofSeconds(10);
  private static final Duration STOP_AT_MOST = Duration.ofSeconds(25);

  private final KubernetesClient client;
  private final ChildProcesses processes;
  private final PredictorCommand predictor;
  private final EndpointDrain drain;
  private final Path folder;

  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final LoopbackAddresses addresses = new LoopbackAddresses();
  private final PodEvents events;
  private final HttpClient probes = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("runner").unstarted(task));
  private final AtomicBoolean woken = new AtomicBoolean();

  private final Map<String, List<LocalPod>> podsByDeployment = new HashMap<>();
  private final Map<String, Instant> progressedAt = new HashMap<>();
  private final Map<String, Object> lastWritten = new HashMap<>();
  private int podsMade;

  private SharedIndexInformer<Deployment> deployments;
  private SharedIndexInformer<HorizontalPodAutoscaler> autoscalers;
  private SharedIndexInformer<Pod> pods;

  /**
   * A runner that is not started yet.
   *
   * @param folder where each pod gets a folder for its volumes and its log
   */
  public Runner(
      KubernetesClient client,
      ChildProcesses processes,
      PredictorCommand predictor,
      EndpointDrain drain,
      Path folder) {
    this.client = client;
    this.processes = processes;
    this.predictor = predictor;
    this.drain = drain;
    this.folder = folder;
    this.events = new PodEvents(client);
  }

  /** Starts to follow the API. */
  public void start() {
    deployments =
        client.apps().deployments().inAnyNamespace().withLabel(MANAGED_BY, OPERATOR).inform(wake());
    autoscalers =
        client
            .autoscaling()
            .v2()
            .horizontalPodAutoscalers()
            .inAnyNamespace()
            .withLabel(MANAGED_BY, OPERATOR)
            .inform(wake());
    pods = client.pods().inAnyNamespace().withLabel(MANAGED_BY, OPERATOR).inform(wake());
    thread.scheduleWithFixedDelay(
        this::pass, 0, PASS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Stops following, not the processes: whoever started them stops them together. */
  @Override
  public void close() {
    thread.shutdownNow();
    List.of(deployments, autoscalers, pods).forEach(SharedIndexInformer::stop);
  }

  private <T> ResourceEventHandler<T> wake() {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T object) {
        passSoon();
      }

      @Override
      public void onUpdate(T before, T after) {
        passSoon();
      }

      @Override
      public void onDelete(T object, boolean unknown) {
        passSoon();
      }
    };
  }

  private void passSoon() {
    if (woken.compareAndSet(false, true)) {
      try {
        thread.execute(this::pass);
      } catch (RejectedExecutionException e) {
        log.atDebug().log("closed: the event is not followed");
      }
    }
  }

  private void pass() {
    woken.set(false);
    if (!deployments.hasSynced() || !autoscalers.hasSynced() || !pods.hasSynced()) {
      return;
    }
    Set<String> there = new HashSet<>();
    for (Deployment deployment : deployments.getStore().list()) {
      there.add(deployment.getMetadata().getUid());
      try {
        reconcile(deployment);
      } catch (KubernetesClientException e) {
        // Deleted or changed meanwhile: the next pass sees it as it is.
        log.atInfo().addKeyValue("deployment", deployment.getMetadata().getName()).log("again: {}", e.getMessage());
      } catch (RuntimeException e) {
        log.atError().setCause(e).log("a pass over {} failed", deployment.getMetadata().getName());
      }
    }
    for (String uid : List.copyOf(podsByDeployment.keySet())) {
      if (!there.contains(uid)) {
        podsByDeployment.get(uid).forEach(pod -> stop(uid, pod));
      }
    }
  }

  private void reconcile(Deployment deployment) {
    String uid = deployment.getMetadata().getUid();
    List<LocalPod> own = podsByDeployment.computeIfAbsent(uid, key -> new ArrayList<>());
    String hash = hash(deployment);
    int desired = DesiredReplicas.of(deployment, autoscalers.getStore().list());

    for (LocalPod pod : List.copyOf(own)) {
      if (!pod.stopping) {
        follow(uid, pod);
      }
    }
    RollingUpdate.Step<LocalPod> step =
        RollingUpdate.next(
            desired,
            own.stream()
                .filter(pod -> !pod.stopping)
                .map(
                    pod ->
                        new RollingUpdate.Candidate<>(
                            pod, pod.templateHash.equals(hash), pod.ready, pod.ordinal))
                .toList());
    step.stop().forEach(pod -> stop(uid, pod));
    for (int i = 0; i < step.start(); i++) {
      own.add(create(deployment, hash));
      progressed(uid);
    }
    List<LocalPod> staying = own.stream().filter(pod -> !pod.stopping).toList();
    writeDeployment(deployment, hash, desired, staying);
    DesiredReplicas.autoscaler(deployment, autoscalers.getStore().list())
        .ifPresent(autoscaler -> writeAutoscaler(autoscaler, staying.size(), desired));
  }

  private String hash(Deployment deployment) {
    return Integer.toHexString(
        serialization.asJson(deployment.getSpec().getTemplate()).hashCode());
  }

  private LocalPod create(Deployment deployment, String hash) {
    String namespace = deployment.getMetadata().getNamespace();
    String name =
        "%s-%s-%s"
            .formatted(deployment.getMetadata().getName(), hash, Integer.toString(podsMade, 36));
    var template = deployment.getSpec().getTemplate();
    // @formatter:off
    Pod pod =
        new PodBuilder()
            .withMetadata(
                new ObjectMetaBuilder(template.getMetadata())
                    .withNamespace(namespace)
                    .withName(name)
                    .addToLabels(TEMPLATE_HASH, hash)
                    .addToOwnerReferences(
                        new OwnerReferenceBuilder()
                            .withApiVersion("apps/v1")
                            .withKind("Deployment")
                            .withName(deployment.getMetadata().getName())
                            .withUid(deployment.getMetadata().getUid())
                            .withController(true)
                            .build())
                    .build())
            .withSpec(template.getSpec())
            .build();
    // @formatter:on
    Pod created = client.resource(pod).create();
    return new LocalPod(created, hash, folder.resolve(name), podsMade++);
  }

  /** Whatever has to happen to a pod next. */
  private void follow(String uid, LocalPod pod) {
    Instant now = Instant.now();
    boolean seen = pods.getStore().getByKey(key(pod)) != null;
    boolean young = pod.pod.getMetadata().getCreationTimestamp() != null
        && Instant.parse(pod.pod.getMetadata().getCreationTimestamp()).plusSeconds(3).isAfter(now);
    if (!seen && !young) {
      // Somebody deleted it: it goes, and another comes.
      stop(uid, pod);
      return;
    }
    if (pod.process.filter(process -> !process.isAlive()).isPresent()) {
      ended(uid, pod);
    }
    if (!pod.isRunning() && !pod.startAfter.isAfter(now)) {
      start(pod);
    }
    if (pod.isRunning() && !pod.probing && !pod.nextProbe.isAfter(now)) {
      probe(uid, pod);
    }
    writePod(pod);
  }

  private static String key(LocalPod pod) {
    return pod.pod.getMetadata().getNamespace() + "/" + pod.name();
  }

  private void start(LocalPod pod) {
    Container container = pod.pod.getSpec().getContainers().getFirst();
    try {
      Files.createDirectories(pod.folder);
      PodVolumes volumes =
          new PodVolumes(
              client, pod.pod.getMetadata().getNamespace(), pod.folder.resolve("volumes"));
      Map<String, Path> mounts = volumes.materialise(pod.pod.getSpec());
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
      pod.process = Optional.of(process);
      pod.startedAt = Instant.now();
      pod.nextProbe = Instant.now();
      pod.failedProbes = 0;
      process.onExit().thenRun(this::passSoon);
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

  private void ended(String uid, LocalPod pod) {
    Process process = pod.process.orElseThrow();
    boolean messageFromLog =
        "FallbackToLogsOnError"
                .equals(pod.pod.getSpec().getContainers().getFirst().getTerminationMessagePolicy())
            && process.exitValue() != 0;
    pod.ended =
        Optional.of(
            new LocalPod.Ended(
                process.exitValue(),
                messageFromLog ? TerminationMessage.of(pod.log(), pod.logStart) : "",
                pod.startedAt,
                Instant.now()));
    pod.process = Optional.empty();
    pod.ready(false);
    Duration delay = RestartDelay.before(pod.restarts);
    pod.startAfter = Instant.now().plus(delay);
    pod.waitingReason = "CrashLoopBackOff";
    pod.waitingMessage = "back-off %ds restarting failed container".formatted(delay.toSeconds());
    events.warning(pod.pod, "BackOff", "Back-off restarting failed container");
    progressed(uid);
  }

  private void probe(String uid, LocalPod pod) {
    Container container = pod.pod.getSpec().getContainers().getFirst();
    if (container.getReadinessProbe() == null || container.getReadinessProbe().getHttpGet() == null) {
      pod.ready(true);
      pod.nextProbe = Instant.MAX;
      return;
    }
    var get = container.getReadinessProbe().getHttpGet();
    URI uri =
        URI.create(
            "http://%s:%d%s"
                .formatted(
                    pod.address.orElseThrow(),
                    PodPorts.number(pod.pod, get.getPort()),
                    get.getPath()));
    pod.probing = true;
    probes
        .sendAsync(
            HttpRequest.newBuilder(uri).timeout(PROBE_TIMEOUT).build(),
            HttpResponse.BodyHandlers.discarding())
        .handle((response, error) -> error == null && response.statusCode() / 100 == 2)
        .thenAccept(ok -> execute(() -> probed(uid, pod, ok)));
  }

  private void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      log.atDebug().log("closed: the probe's answer is not needed");
    }
  }

  private void probed(String uid, LocalPod pod, boolean ok) {
    pod.probing = false;
    pod.failedProbes = ok ? 0 : pod.failedProbes + 1;
    boolean before = pod.ready;
    if (pod.isRunning() && !pod.stopping) {
      if (ok) {
        pod.ready(true);
      } else if (pod.failedProbes >= FAILED_PROBES) {
        pod.ready(false);
      }
    }
    pod.nextProbe = Instant.now().plus(pod.ready ? PROBE_READY_EVERY : PROBE_EVERY);
    if (pod.ready != before) {
      progressed(uid);
      passSoon();
    }
  }

  /** Out of the traffic first, then asked to end, then gone. */
  private void stop(String uid, LocalPod pod) {
    if (pod.stopping) {
      return;
    }
    pod.stopping = true;
    progressed(uid);
    writePod(pod);
    Thread.ofVirtual()
        .name("stop-" + pod.name())
        .start(
            () -> {
              pod.address.ifPresent(this::drained);
              pod.process.ifPresent(process -> ChildProcesses.stop(process, STOP_AT_MOST));
              execute(() -> gone(uid, pod));
            });
  }

  private void drained(String address) {
    try {
      drain.drain(address).orTimeout(DRAIN_AT_MOST.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (java.util.concurrent.CompletionException e) {
      log.atWarn().addKeyValue("address", address).log("stopped with requests in flight");
    }
  }

  private void gone(String uid, LocalPod pod) {
    pod.address.ifPresent(addresses::release);
    lastWritten.remove(key(pod));
    events.forget(pod.pod);
    List<LocalPod> own = podsByDeployment.getOrDefault(uid, new ArrayList<>());
    own.remove(pod);
    if (own.isEmpty() && deployments.getStore().list().stream().noneMatch(d -> d.getMetadata().getUid().equals(uid))) {
      podsByDeployment.remove(uid);
      progressedAt.remove(uid);
      lastWritten.remove(uid);
    }
    client.pods().inNamespace(pod.pod.getMetadata().getNamespace()).withName(pod.name()).delete();
    new PodVolumes(client, pod.pod.getMetadata().getNamespace(), pod.folder.resolve("volumes"))
        .delete();
    passSoon();
  }

  private void progressed(String uid) {
    progressedAt.put(uid, Instant.now());
  }

  private void writePod(LocalPod pod) {
    PodStatus status = PodStatuses.of(pod);
    if (!status.equals(lastWritten.put(key(pod), status))) {
      Pod written =
          new PodBuilder(pod.pod)
              .withNewMetadata()
              .withNamespace(pod.pod.getMetadata().getNamespace())
              .withName(pod.name())
              .endMetadata()
              .withStatus(status)
              .build();
      written.getMetadata().setUid(pod.pod.getMetadata().getUid());
      replaceStatus(key(pod), written);
    }
  }

  private void writeDeployment(
      Deployment deployment, String hash, int desired, List<LocalPod> staying) {
    String uid = deployment.getMetadata().getUid();
    DeploymentStatus status =
        DeploymentStatuses.of(
            deployment,
            hash,
            desired,
            staying,
            progressedAt.getOrDefault(uid, Instant.now()),
            Instant.now());
    if (!status.equals(deployment.getStatus()) && !status.equals(lastWritten.put(uid, status))) {
      Deployment written = new DeploymentBuilder(deployment).withStatus(status).build();
      written.getMetadata().setResourceVersion(null);
      replaceStatus(uid, written);
    }
  }

  private void writeAutoscaler(HorizontalPodAutoscaler autoscaler, int current, int desired) {
    var status = autoscaler.getStatus();
    if (status != null
        && Integer.valueOf(current).equals(status.getCurrentReplicas())
        && Integer.valueOf(desired).equals(status.getDesiredReplicas())) {
      return;
    }
    // @formatter:off
    HorizontalPodAutoscaler written =
        new HorizontalPodAutoscalerBuilder(autoscaler)
            .withNewStatus()
                .withObservedGeneration(autoscaler.getMetadata().getGeneration())
                .withCurrentReplicas(current)
                .withDesiredReplicas(desired)
            .endStatus()
            .build();
    // @formatter:on
    written.getMetadata().setResourceVersion(null);
    replaceStatus(autoscaler.getMetadata().getUid(), written);
  }

  /** A status that could not be written is written in the next pass. */
  private void replaceStatus(String key, io.fabric8.kubernetes.api.model.HasMetadata written) {
    try {
      client.resource(written).updateStatus();
    } catch (KubernetesClientException e) {
      lastWritten.remove(key);
      if (e.getCode() != 404) {
        throw e;
      }
    }
  }
}
