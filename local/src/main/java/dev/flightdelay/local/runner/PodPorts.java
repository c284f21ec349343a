package dev.flightdelay.local.runner;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;

/** The ports of a pod by number or by name. */
public final class PodPorts {

  private PodPorts() {}

  /**
   * The number of a port.
   *
   * @throws IllegalArgumentException if the pod has no port of that name
   */
  public static int number(Pod pod, IntOrString port) {
    if (port.getIntVal() != null) {
      return port.getIntVal();
    }
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> container.getPorts().stream())
        .filter(candidate -> port.getStrVal().equals(candidate.getName()))
        .map(ContainerPort::getContainerPort)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("there is no port named " + port.getStrVal()));
  }
}
