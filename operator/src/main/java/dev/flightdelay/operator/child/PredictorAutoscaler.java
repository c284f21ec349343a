package dev.flightdelay.operator.child;

import dev.flightdelay.operator.api.v1alpha1.Autoscaling;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.rollout.Prescale;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How many pods one version has. */
public final class PredictorAutoscaler {

  private PredictorAutoscaler() {}

  /** A version's own autoscaling, or the model's. */
  public static Autoscaling autoscaling(ModelVersion version, FlightDelayModelSpec spec) {
    return version.autoscaling() == null ? spec.autoscaling() : version.autoscaling();
  }

  /** Whether a version is to have a HorizontalPodAutoscaler of ours. */
  public static boolean isAsked(ModelVersion version, FlightDelayModelSpec spec) {
    return switch (autoscaling(version, spec).mode()) {
      case HPA -> true;
      case External, None -> false;
    };
  }

  /** The HorizontalPodAutoscaler of a version. */
  public static HorizontalPodAutoscaler desired(DesiredVersion version) {
    Autoscaling autoscaling = autoscaling(version.version(), version.spec());
    int minReplicas =
        Math.max(autoscaling.minReplicas(), version.prescale().map(Prescale::replicas).orElse(0));
    // spotless:off
    return new HorizontalPodAutoscalerBuilder()
        .withMetadata(version.metadata(annotations(version.prescale())))
        .withNewSpec()
          .withNewScaleTargetRef()
            .withApiVersion("apps/v1")
            .withKind("Deployment")
            .withName(version.objectName())
          .endScaleTargetRef()
          .withMinReplicas(minReplicas)
          .withMaxReplicas(autoscaling.maxReplicas())
          .addNewMetric()
            .withType("ContainerResource")
            .withNewContainerResource()
              .withName("cpu")
              // Not the whole pod: a sidecar's idle CPU would hide the predictor's load.
              .withContainer(PredictorPod.CONTAINER)
              .withNewTarget()
                .withType("Utilization")
                .withAverageUtilization(autoscaling.targetCPUUtilizationPercentage())
              .endTarget()
            .endContainerResource()
          .endMetric()
          .withNewBehavior()
            .withNewScaleDown()
              .withStabilizationWindowSeconds(autoscaling.scaleDownStabilizationSeconds())
            .endScaleDown()
          .endBehavior()
        .endSpec()
        .build();
    // spotless:on
  }

  /**
   * The pods that it must have for a share of traffic that rises; what is broken counts as none.
   */
  public static Optional<Prescale> prescale(HorizontalPodAutoscaler autoscaler) {
    return Annotations.number(autoscaler, Annotations.PRESCALE)
        .map(
            replicas ->
                new Prescale(
                    replicas, Annotations.instant(autoscaler, Annotations.PRESCALE_UNTIL)));
  }

  private static Map<String, String> annotations(Optional<Prescale> prescale) {
    Map<String, String> annotations = new TreeMap<>();
    prescale.ifPresent(
        raised -> {
          annotations.put(Annotations.PRESCALE, Integer.toString(raised.replicas()));
          raised
              .until()
              .ifPresent(until -> annotations.put(Annotations.PRESCALE_UNTIL, until.toString()));
        });
    return annotations;
  }
}
