package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.child.PredictorPod;
import dev.flightdelay.operator.observe.ServedAnswer;
import dev.flightdelay.operator.observe.ServedAnswer.Unreachable;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * What the pods say that they serve. A pod is asked once for each start of its container, beside
 * the reconciliation; the answer sets off another one.
 */
final class ServedModels extends AbstractEventSource<ServedAnswer, FlightDelayModel>
    implements ResourceEventAware<FlightDelayModel> {

  private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(30);

  /** A container that starts anew may serve something else. */
  private record Start(String podUid, int restarts) {}

  /**
   * Where a question stands.
   *
   * @param answer null as long as there is none
   * @param isWaiting whether a question to the pod waits or is under way: there is one at most, as
   *     pods that are silent would otherwise be asked faster than they can be
   */
  private record Asked(ServedAnswer answer, Instant at, boolean isWaiting) {}

  private final Map<ResourceID, Map<Start, Asked>> asked = new ConcurrentHashMap<>();
  private final ModelInfoClient client;
  private final Executor executor;
  private final InstantSource clock;

  ServedModels(ModelInfoClient client, Executor executor, InstantSource clock) {
    super(ServedAnswer.class, "served-models");
    this.client = client;
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * The answers that there are, by pod UID; pods that have not been asked yet are asked.
   *
   * @param remembered what pods are known to have answered before this operator began, by UID: to
   *     hear it again is no news
   */
  Map<String, ServedAnswer> ask(
      ResourceID model, List<Pod> pods, Map<String, ? extends ServedAnswer> remembered) {
    Map<Start, Asked> known = asked.computeIfAbsent(model, _ -> new ConcurrentHashMap<>());
    Map<String, ServedAnswer> answers = new HashMap<>();
    Map<Start, Pod> ready = new HashMap<>();
    pods.stream().filter(ServedModels::isReady).forEach(pod -> ready.put(start(pod), pod));
    known.keySet().retainAll(ready.keySet());
    ready.forEach(
        (start, pod) -> {
          Asked before = known.get(start);
          boolean again =
              before != null
                  && !before.isWaiting()
                  && before.answer() instanceof Unreachable
                  && before.at().plus(ASK_AGAIN_AFTER).isBefore(clock.instant());
          if (before == null || again) {
            ServedAnswer meanwhile = before == null ? null : before.answer();
            known.put(start, new Asked(meanwhile, clock.instant(), true));
            ServedAnswer expected = meanwhile == null ? remembered.get(start.podUid()) : meanwhile;
            URI address = address(pod);
            executor.execute(new PodQuestion(again, () -> ask(model, start, address, expected)));
          }
          if (before != null && before.answer() != null) {
            answers.put(start.podUid(), before.answer());
          }
        });
    return answers;
  }

  private void ask(ResourceID model, Start start, URI address, ServedAnswer expected) {
    if (!isAwaited(model, start)) {
      return;
    }
    ServedAnswer answer = client.ask(address);
    Map<Start, Asked> known = asked.get(model);
    if (known == null
        || known.computeIfPresent(start, (_, _) -> new Asked(answer, clock.instant(), false))
            == null) {
      return;
    }
    if (!answer.equals(expected)) {
      getEventHandler().handleEvent(new Event(model));
    }
  }

  /** A pod that has gone while its question waited is not asked. */
  private boolean isAwaited(ResourceID model, Start start) {
    Map<Start, Asked> known = asked.get(model);
    return known != null && known.containsKey(start);
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getPodIP() != null
        && pod.getStatus().getConditions() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
  }

  private static Start start(Pod pod) {
    List<ContainerStatus> containers = pod.getStatus().getContainerStatuses();
    int restarts =
        (containers == null ? List.<ContainerStatus>of() : containers)
            .stream()
                .filter(container -> PredictorPod.CONTAINER.equals(container.getName()))
                .map(ContainerStatus::getRestartCount)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(0);
    return new Start(pod.getMetadata().getUid(), restarts);
  }

  private static URI address(Pod pod) {
    String ip = pod.getStatus().getPodIP();
    int port =
        pod.getSpec().getContainers().stream()
            .filter(container -> PredictorPod.CONTAINER.equals(container.getName()))
            .flatMap(container -> container.getPorts().stream())
            .filter(named -> "management".equals(named.getName()))
            .map(ContainerPort::getContainerPort)
            .findFirst()
            .orElse(PredictorPod.MANAGEMENT_PORT);
    return URI.create(
        "http://%s:%d/actuator/info".formatted(ip.contains(":") ? "[" + ip + "]" : ip, port));
  }

  @Override
  public void onResourceDeleted(FlightDelayModel model) {
    asked.remove(ResourceID.fromResource(model));
  }

  @Override
  public Set<ServedAnswer> getSecondaryResources(FlightDelayModel model) {
    return Set.of();
  }
}
