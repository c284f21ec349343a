package dev.flightdelay.operator.cluster;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Plays the node for the pods of one namespace, which the controllers of a real API server have
 * made: writes the status that a kubelet would, and answers /actuator/info on the pod's own
 * loopback address.
 */
public final class FakeKubelet implements AutoCloseable {
  private static final String CONTAINER = "predictor";

  /** In the place of a pod's UID. */
  private static final String SHARED = "shared";

  private record Rule(Predicate<Pod> pods, PodBehaviour behaviour) {}

  private final ApiServer server;
  private final String namespace;
  private final CopyOnWriteArrayList<Rule> rules = new CopyOnWriteArrayList<>();
  private final Map<String, PodAddress> addresses = new ConcurrentHashMap<>();
  private final ScheduledExecutorService work =
      Executors.newScheduledThreadPool(4, Thread.ofVirtual().name("kubelet").factory());
  private final SharedIndexInformer<Pod> pods;

  /** Starts; every pod serves what it is told to, unless {@link #let} says otherwise. */
  public FakeKubelet(ApiServer server, String namespace) {
    this.server = server;
    this.namespace = namespace;
    rules.add(new Rule(pod -> true, PodBehaviour.serves()));
    pods =
        server
            .client()
            .pods()
            .inNamespace(namespace)
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(Pod pod) {
                    work.execute(() -> behave(pod));
                  }

                  @Override
                  public void onUpdate(Pod before, Pod pod) {}

                  @Override
                  public void onDelete(Pod pod, boolean stateUnknown) {
                    forget(pod);
                  }
                });
  }

  /**
   * From now on these pods behave so, those that are there too; the latest rule for a pod counts.
   */
  public void let(Predicate<Pod> which, PodBehaviour behaviour) {
    rules.addFirst(new Rule(which, behaviour));
    pods.getStore().list().stream().filter(which).forEach(pod -> work.execute(() -> behave(pod)));
  }

  /** The pods of a version of a model. */
  public static Predicate<Pod> of(String model, String version) {
    return pod -> pod.getMetadata().getName().startsWith(model + "-" + version + "-");
  }

  private void behave(Pod pod) {
    PodBehaviour behaviour =
        rules.stream().filter(rule -> rule.pods.test(pod)).findFirst().orElseThrow().behaviour;
    forget(pod);
    switch (behaviour) {
      case PodBehaviour.Serves serves -> serve(pod, serves);
      case PodBehaviour.ServesWithOthers _ -> serveWithOthers(pod);
      case PodBehaviour.FailsToLoad fails -> write(pod, failed(fails.message()));
      case PodBehaviour.NeverReady _ -> write(pod, running(pod, false));
      case PodBehaviour.GetsNoContainer without -> bind(pod, without);
      case PodBehaviour.StaysPending _ -> {}
    }
  }

  private void serve(Pod pod, PodBehaviour.Serves serves) {
    if (!serves.loading().equals(Duration.ZERO)) {
      write(pod, running(pod, false));
    }
    work.schedule(
        () -> write(pod, running(pod, true)), serves.loading().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Makes a pod ready at once, at the address that is all such pods'. */
  void serveWithOthers(Pod pod) {
    write(pod, running(true, shared(pod)));
  }

  private PodStatus running(Pod pod, boolean ready) {
    return running(
        ready,
        addresses.computeIfAbsent(pod.getMetadata().getUid(), _ -> new PodAddress(info(pod))));
  }

  private PodAddress shared(Pod pod) {
    return addresses.computeIfAbsent(SHARED, _ -> new PodAddress(info(pod)));
  }

  private static PodStatus running(boolean ready, PodAddress address) {
    // spotless:off
    return status(
            "Running",
            ready,
            new ContainerStatusBuilder(container(ready))
                .withNewState()
                .withNewRunning(now())
                .endState()
                .build())
        .edit()
        .withPodIP(address.ip())
        .addNewPodIP(address.ip())
        .build();
    // spotless:on
  }

  private static PodStatus failed(String message) {
    // spotless:off
    return status(
        "Running",
        false,
        new ContainerStatusBuilder(container(false))
            .withRestartCount(3)
            .withNewState()
            .withNewWaiting()
            .withReason("CrashLoopBackOff")
            .withMessage("back-off 40s restarting failed container")
            .endWaiting()
            .endState()
            .withLastState(
                new ContainerStateBuilder()
                    .withNewTerminated()
                    .withExitCode(2)
                    .withReason("Error")
                    .withMessage(message)
                    .withStartedAt(now())
                    .withFinishedAt(now())
                    .endTerminated()
                    .build())
            .build());
    // spotless:on
  }

  private static PodStatus status(String phase, boolean ready, ContainerStatus container) {
    PodStatusBuilder status =
        new PodStatusBuilder()
            .withPhase(phase)
            .withStartTime(now())
            .withContainerStatuses(container);
    for (String type : new String[] {"PodScheduled", "Initialized", "ContainersReady", "Ready"}) {
      boolean holds = ready || type.equals("PodScheduled") || type.equals("Initialized");
      status.addToConditions(
          new PodConditionBuilder()
              .withType(type)
              .withStatus(holds ? "True" : "False")
              .withLastTransitionTime(now())
              .build());
    }
    return status.build();
  }

  private static ContainerStatus container(boolean ready) {
    return new ContainerStatusBuilder()
        .withName(CONTAINER)
        .withReady(ready)
        .withStarted(true)
        .withRestartCount(0)
        .withImage("predictor")
        .withImageID("")
        .build();
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** As the predictor's own, see its ModelInfoContributor. */
  private String info(Pod pod) {
    PodBehaviour behaviour =
        rules.stream().filter(rule -> rule.pods.test(pod)).findFirst().orElseThrow().behaviour;
    String told = environment(pod, "MODEL_SHA256");
    String sha256 =
        switch (behaviour) {
          case PodBehaviour.Serves serves when !serves.sha256().isEmpty() -> serves.sha256();
          default -> told;
        };
    return "{\"name\":\"%s\",\"version\":\"%s\",\"sha256\":\"%s\",\"estimator\":\"LogisticRegression\",\"library\":\"sklearn\",\"features\":37,\"featureNames\":[],\"classes\":[0,1]}"
        .formatted(environment(pod, "MODEL_NAME"), environment(pod, "MODEL_VERSION"), sha256);
  }

  private static String environment(Pod pod, String name) {
    return pod.getSpec().getContainers().stream()
        .filter(container -> container.getName().equals(CONTAINER))
        .flatMap(container -> container.getEnv().stream())
        .filter(variable -> variable.getName().equals(name))
        .map(variable -> variable.getValue())
        .findFirst()
        .orElse("");
  }

  private void bind(Pod pod, PodBehaviour.GetsNoContainer without) {
    String name = pod.getMetadata().getName();
    // spotless:off
    server.client().bindings().inNamespace(namespace).resource(new BindingBuilder()
        .withNewMetadata()
            .withName(name)
        .endMetadata()
        .withNewTarget()
            .withKind("Node")
            .withName("node")
        .endTarget()
        .build()).create();
    server.client().resource(new EventBuilder()
        .withNewMetadata()
            .withName(name + ".warning")
            .withNamespace(namespace)
        .endMetadata()
        .withType("Warning")
        .withReason(without.reason())
        .withMessage(without.message())
        .withFirstTimestamp(now())
        .withLastTimestamp(now())
        .withCount(1)
        .withNewInvolvedObject()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(name)
            .withNamespace(namespace)
            .withUid(pod.getMetadata().getUid())
        .endInvolvedObject()
        .withNewSource()
            .withComponent("kubelet")
        .endSource()
        .build()).serverSideApply();
    // spotless:on
  }

  private void write(Pod pod, PodStatus status) {
    String name = pod.getMetadata().getName();
    Pod change =
        new PodBuilder().withNewMetadata().withName(name).endMetadata().withStatus(status).build();
    try {
      // Without a resourceVersion: the scheduler writes to the status as well.
      server
          .client()
          .pods()
          .inNamespace(namespace)
          .withName(name)
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON_MERGE), change);
    } catch (KubernetesClientException e) {
      // Deleted meanwhile: a kubelet would drop it too.
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  private void forget(Pod pod) {
    PodAddress address = addresses.remove(pod.getMetadata().getUid());
    if (address != null) {
      address.close();
    }
  }

  @Override
  public void close() {
    pods.close();
    work.shutdownNow();
    addresses.values().forEach(PodAddress::close);
  }
}
