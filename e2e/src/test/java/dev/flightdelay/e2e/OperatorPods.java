package dev.flightdelay.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The operator: its replicas, one of which works. */
final class OperatorPods {

  private static final String LEASE = "flight-delay-operator";

  private final KubernetesClient client;
  private final String namespace;

  OperatorPods(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  String namespace() {
    return namespace;
  }

  List<Pod> pods() {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("app.kubernetes.io/name", "flight-delay-operator")
        .list()
        .getItems();
  }

  /** The pod that works; empty between two. */
  Optional<String> leader() {
    Lease lease = client.leases().inNamespace(namespace).withName(LEASE).get();
    return Optional.ofNullable(lease)
        .map(found -> found.getSpec().getHolderIdentity())
        .filter(holder -> !holder.isEmpty());
  }

  /** Ends a replica as a lost node would: without a word. */
  void kill(String pod) {
    client.pods().inNamespace(namespace).withName(pod).withGracePeriod(0).delete();
  }

  /** Waits until all replicas are ready, one of which works. */
  void awaitComplete(int replicas) {
    await("%d replicas of the operator".formatted(replicas))
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              List<Pod> pods = pods();
              return pods.size() == replicas
                  && pods.stream().allMatch(Readiness::isPodReady)
                  && leader()
                      .filter(
                          leader ->
                              pods.stream()
                                  .anyMatch(pod -> leader.equals(pod.getMetadata().getName())))
                      .isPresent();
            });
  }
}
