package dev.flightdelay.operator.exploration;

import dev.flightdelay.operator.cluster.FakeGatewayController;
import dev.flightdelay.operator.cluster.FakeIngressController;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.cluster.PodBehaviour;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Who else works in the cluster: its nodes, and the controllers of Ingresses and Gateways. */
final class Surroundings implements AutoCloseable {
  /** A class whose controller writes no address. */
  static final String SILENT_CLASS = "silent";

  /** A Gateway that takes no route. */
  static final String SILENT_GATEWAY = "nobody";

  /** More than any node has. */
  static final String TOO_MUCH_CPU = "64";

  private final FakeIngressController ingresses;
  private final FakeGatewayController gateways;

  Surroundings(OperatorEnvironment environment) {
    for (FileKind kind : FileKind.values()) {
      environment.kubelet().let(kind::isServedBy, kind.behaviour());
    }
    environment.kubelet().let(Surroundings::asksTooMuch, new PodBehaviour.StaysPending());
    ingresses =
        new FakeIngressController(
            environment.server(),
            environment.namespace(),
            ingress -> !SILENT_CLASS.equals(ingress.getSpec().getIngressClassName()));
    gateways =
        new FakeGatewayController(
            environment.server(),
            environment.namespace(),
            gateway -> !SILENT_GATEWAY.equals(gateway.getName()));
  }

  private static boolean asksTooMuch(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .map(container -> container.getResources().getRequests())
        .map(requests -> requests == null ? Map.<String, Quantity>of() : requests)
        .anyMatch(requests -> new Quantity(TOO_MUCH_CPU).equals(requests.get("cpu")));
  }

  @Override
  public void close() {
    ingresses.close();
    gateways.close();
  }
}
