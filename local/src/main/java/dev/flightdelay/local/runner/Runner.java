package dev.flightdelay.local.runner;

import dev.flightdelay.local.informer.OnAnyChange;
import dev.flightdelay.local.process.ChildProcesses;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the operator's Deployments as processes of this machine: what the Deployment controller and
 * the scheduler do in a cluster. One thread looks at all there is, after every change.
 */
public final class Runner implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Runner.class);

  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  private static final String OPERATOR = "flight-delay-operator";
  private static final String TEMPLATE_HASH = "pod-template-hash";

  private static final Duration PASS_EVERY = Duration.ofMillis(100);

  /** So long an own pod may not be seen yet; later, somebody has deleted it. */
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(3);

  /** The pods of a Deployment, and what its status is made of. */
  private static final class Owned {
    private final List<LocalPod> pods = new ArrayList<>();
    private String shape = "";
    private Instant progressedAt = Instant.now();
  }

  private final KubernetesClient client;
  private final Path folder;
  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("runner").unstarted(task));
  private final AtomicBoolean woken = new AtomicBoolean();
  private final PodLifecycle lifecycle;
  private final StatusWriter statuses;
  private final Map<String, Owned> owned = new HashMap<>();
  private int podsMade;

  private SharedIndexInformer<Deployment> deployments;
  private SharedIndexInformer<HorizontalPodAutoscaler> autoscalers;
  private SharedIndexInformer<Pod> pods;

  /**
   * A runner that is not started yet.
   *
   * @param folder where each pod gets a folder for its volumes and its log
   * @param claims where each PersistentVolumeClaim has a folder of its name
   */
  public Runner(
      KubernetesClient client,
      ChildProcesses processes,
      PredictorCommand predictor,
      EndpointDrain drain,
      Path folder,
      Path claims) {
    this.client = client;
    this.folder = folder;
    this.lifecycle =
        new PodLifecycle(
            client, processes, predictor, drain, claims, this::execute, this::passSoon);
    this.statuses = new StatusWriter(client);
  }

  /** Starts to follow the API. */
  public void start() {
    deployments =
        client
            .apps()
            .deployments()
            .inAnyNamespace()
            .withLabel(MANAGED_BY, OPERATOR)
            .inform(new OnAnyChange<>(this::passSoon));
    autoscalers =
        client
            .autoscaling()
            .v2()
            .horizontalPodAutoscalers()
            .inAnyNamespace()
            .withLabel(MANAGED_BY, OPERATOR)
            .inform(new OnAnyChange<>(this::passSoon));
    pods =
        client
            .pods()
            .inAnyNamespace()
            .withLabel(MANAGED_BY, OPERATOR)
            .inform(new OnAnyChange<>(this::passSoon));
    thread.scheduleWithFixedDelay(this::pass, 0, PASS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Stops following, not the processes: whoever started them stops them together. */
  @Override
  public void close() {
    thread.shutdownNow();
    List.of(deployments, autoscalers, pods).forEach(SharedIndexInformer::stop);
  }

  private void passSoon() {
    if (woken.compareAndSet(false, true)) {
      execute(this::pass);
    }
  }

  private void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      log.atDebug().log("closed: nothing is followed any more");
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
        log.atInfo().addKeyValue("deployment", name(deployment)).log("again: " + e.getMessage());
      } catch (RuntimeException e) {
        log.atError()
            .addKeyValue("deployment", name(deployment))
            .setCause(e)
            .log("the pass failed; the next one tries again");
      }
    }
    for (String uid : List.copyOf(owned.keySet())) {
      if (!there.contains(uid)) {
        List.copyOf(owned.get(uid).pods).forEach(pod -> stop(owned.get(uid), pod));
        if (owned.get(uid).pods.isEmpty()) {
          owned.remove(uid);
        }
      }
    }
  }

  private static String name(Deployment deployment) {
    return deployment.getMetadata().getName();
  }

  private void reconcile(Deployment deployment) {
    Owned own = owned.computeIfAbsent(deployment.getMetadata().getUid(), key -> new Owned());
    String hash =
        Integer.toHexString(serialization.asJson(deployment.getSpec().getTemplate()).hashCode());
    int desired = DesiredReplicas.of(deployment, autoscalers.getStore().list());

    for (LocalPod pod : staying(own)) {
      if (isDeleted(pod)) {
        stop(own, pod);
      } else {
        lifecycle.follow(pod);
        statuses.write(pod);
      }
    }
    RollingUpdate.Step<LocalPod> step =
        RollingUpdate.next(
            desired,
            staying(own).stream()
                .map(
                    pod ->
                        new RollingUpdate.Candidate<>(
                            pod, pod.templateHash.equals(hash), pod.ready, pod.ordinal))
                .toList());
    step.stop().forEach(pod -> stop(own, pod));
    for (int i = 0; i < step.start(); i++) {
      own.pods.add(create(deployment, hash));
    }

    List<LocalPod> staying = staying(own);
    noteProgress(own, staying);
    statuses.write(deployment, hash, desired, staying, own.progressedAt);
    DesiredReplicas.autoscaler(deployment, autoscalers.getStore().list())
        .ifPresent(autoscaler -> statuses.write(autoscaler, staying.size(), desired));
  }

  private static List<LocalPod> staying(Owned own) {
    return own.pods.stream().filter(pod -> !pod.stopping).toList();
  }

  /** Whether somebody has taken the pod out of the API. */
  private boolean isDeleted(LocalPod pod) {
    return pods.getStore().getByKey(pod.namespace() + "/" + pod.name()) == null
        && pod.createdAt.plus(SEEN_WITHIN).isBefore(Instant.now());
  }

  /** Progress is a pod that comes, goes, or becomes ready. */
  private static void noteProgress(Owned own, List<LocalPod> staying) {
    StringBuilder shape = new StringBuilder();
    staying.forEach(pod -> shape.append(pod.name()).append(pod.ready).append(' '));
    if (!shape.toString().equals(own.shape)) {
      own.shape = shape.toString();
      own.progressedAt = Instant.now();
    }
  }

  private LocalPod create(Deployment deployment, String hash) {
    var template = deployment.getSpec().getTemplate();
    String pod = "%s-%s-%s".formatted(name(deployment), hash, Integer.toString(podsMade, 36));
    // spotless:off
    Pod created =
        client.resource(
            new PodBuilder()
                .withMetadata(
                    new ObjectMetaBuilder(template.getMetadata())
                        .withNamespace(deployment.getMetadata().getNamespace())
                        .withName(pod)
                        .addToLabels(TEMPLATE_HASH, hash)
                        .addToOwnerReferences(
                            new OwnerReferenceBuilder()
                                .withApiVersion("apps/v1")
                                .withKind("Deployment")
                                .withName(name(deployment))
                                .withUid(deployment.getMetadata().getUid())
                                .withController(true)
                                .build())
                        .build())
                .withSpec(template.getSpec())
                .build())
            .create();
    // spotless:on
    return new LocalPod(created, hash, folder.resolve(pod), podsMade++);
  }

  private void stop(Owned own, LocalPod pod) {
    if (pod.stopping) {
      return;
    }
    pod.stopping = true;
    statuses.write(pod);
    lifecycle.stop(
        pod,
        () -> {
          own.pods.remove(pod);
          statuses.forget(pod);
          client.pods().inNamespace(pod.namespace()).withName(pod.name()).delete();
          passSoon();
        });
  }
}
