package dev.flightdelay.operator.status;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressLoadBalancerIngress;
import java.util.Optional;

/** Where the load balancer of an Ingress is. */
final class IngressAddress {

  private IngressAddress() {}

  /** A host name or IP address, with the port where it says one; empty before it has any. */
  static Optional<String> of(Ingress ingress) {
    if (ingress.getStatus() == null
        || ingress.getStatus().getLoadBalancer() == null
        || ingress.getStatus().getLoadBalancer().getIngress() == null) {
      return Optional.empty();
    }
    return ingress.getStatus().getLoadBalancer().getIngress().stream()
        .findFirst()
        .flatMap(IngressAddress::address);
  }

  private static Optional<String> address(IngressLoadBalancerIngress balancer) {
    String port =
        balancer.getPorts() == null
            ? ""
            : balancer.getPorts().stream()
                .findFirst()
                .filter(first -> first.getPort() != 80 && first.getPort() != 443)
                .map(first -> ":" + first.getPort())
                .orElse("");
    if (balancer.getHostname() != null && !balancer.getHostname().isEmpty()) {
      return Optional.of(balancer.getHostname() + port);
    }
    return Optional.ofNullable(balancer.getIp())
        .filter(ip -> !ip.isEmpty())
        .map(ip -> (ip.contains(":") ? "[" + ip + "]" : ip) + port);
  }
}
