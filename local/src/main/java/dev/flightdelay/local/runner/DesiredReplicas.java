package dev.flightdelay.local.runner;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.Collection;
import java.util.Optional;

/** How many pods a Deployment has here. Nothing scales: an autoscaler's least is what there is. */
final class DesiredReplicas {

  private DesiredReplicas() {}

  static int of(Deployment deployment, Collection<HorizontalPodAutoscaler> autoscalers) {
    return autoscaler(deployment, autoscalers)
        .map(autoscaler -> autoscaler.getSpec().getMinReplicas())
        .or(() -> Optional.ofNullable(deployment.getSpec().getReplicas()))
        .orElse(1);
  }

  static Optional<HorizontalPodAutoscaler> autoscaler(
      Deployment deployment, Collection<HorizontalPodAutoscaler> autoscalers) {
    return autoscalers.stream()
        .filter(
            autoscaler ->
                autoscaler
                        .getMetadata()
                        .getNamespace()
                        .equals(deployment.getMetadata().getNamespace())
                    && autoscaler.getSpec().getScaleTargetRef().getKind().equals("Deployment")
                    && autoscaler
                        .getSpec()
                        .getScaleTargetRef()
                        .getName()
                        .equals(deployment.getMetadata().getName()))
        .findFirst();
  }
}
