package dev.flightdelay.operator.child;

import dev.flightdelay.operator.api.v1alpha1.Autoscaling;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** The pods of one version. */
public final class PredictorDeployment {

  private PredictorDeployment() {}

  /** The Deployment of a version. */
  public static Deployment desired(DesiredVersion version) {
    var annotations = new TreeMap<String, String>();
    annotations.put(Annotations.MODEL_SHA256, version.version().model().sha256());
    version.remembered().forEach((name, text) -> annotations.put(Annotations.named(name), text));
    version.promoted().ifPresent(command -> annotations.put(Annotations.PROMOTED, command));
    // spotless:off
    return new DeploymentBuilder()
        .withMetadata(version.metadata(annotations))
        .withNewSpec()
          // Whoever scales owns the number of pods: leaving it out lets it be.
          .withReplicas(fixedReplicas(version.version(), version.spec()))
          .withRevisionHistoryLimit(2)
          .withNewStrategy()
            .withType("RollingUpdate")
            .withNewRollingUpdate()
              .withMaxUnavailable(new IntOrString(0))
              .withMaxSurge(new IntOrString(1))
            .endRollingUpdate()
          .endStrategy()
          .withNewSelector()
            .withMatchLabels(version.selector())
          .endSelector()
          .withTemplate(PredictorPod.template(version))
        .endSpec()
        .build();
    // spotless:on
  }

  /** The SHA-256 of the model that it was made for; what somebody broke counts as none. */
  public static Optional<String> sha256(Deployment deployment) {
    return Annotations.text(deployment, Annotations.MODEL_SHA256)
        .filter(sha256 -> sha256.length() == 64);
  }

  /** When its version was ready for the first time. */
  public static Optional<Instant> readySince(Deployment deployment) {
    return Annotations.instant(deployment, Annotations.READY_SINCE);
  }

  /** The command to promote its version that was carried out. */
  public static Optional<String> promoted(Deployment deployment) {
    return Annotations.text(deployment, Annotations.PROMOTED);
  }

  /** Whether it is marked to go, even where nobody can read any more when. */
  public static boolean isMarkedToGo(Deployment deployment) {
    return Annotations.text(deployment, Annotations.DRAIN_UNTIL).isPresent();
  }

  /** When its pods end, because its version was removed. */
  public static Optional<Instant> drainUntil(Deployment deployment) {
    return Annotations.instant(deployment, Annotations.DRAIN_UNTIL);
  }

  private static Integer fixedReplicas(ModelVersion version, FlightDelayModelSpec spec) {
    Autoscaling autoscaling = PredictorAutoscaler.autoscaling(version, spec);
    return switch (autoscaling.mode()) {
      case None -> autoscaling.minReplicas();
      case HPA, External -> null;
    };
  }
}
