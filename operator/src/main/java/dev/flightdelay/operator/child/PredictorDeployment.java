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

  /**
   * The Deployment of a version.
   *
   * @param readySince when the version was ready for the first time
   * @param promoted the command to promote it that was carried out
   */
  public static Deployment desired(
      Naming naming,
      FlightDelayModelSpec spec,
      ModelVersion version,
      Optional<Instant> readySince,
      Optional<String> promoted,
      ChildSettings settings) {
    var annotations = new TreeMap<String, String>();
    annotations.put(Annotations.MODEL_SHA256, version.model().sha256());
    readySince.ifPresent(instant -> annotations.put(Annotations.READY_SINCE, instant.toString()));
    promoted.ifPresent(command -> annotations.put(Annotations.PROMOTED, command));
    // spotless:off
    return new DeploymentBuilder()
        .withMetadata(naming.versionMetadata(version.name(), annotations))
        .withNewSpec()
          // Whoever scales owns the number of pods: leaving it out lets it be.
          .withReplicas(fixedReplicas(version, spec))
          .withRevisionHistoryLimit(2)
          .withNewStrategy()
            .withType("RollingUpdate")
            .withNewRollingUpdate()
              .withMaxUnavailable(new IntOrString(0))
              .withMaxSurge(new IntOrString(1))
            .endRollingUpdate()
          .endStrategy()
          .withNewSelector()
            .withMatchLabels(naming.selector(version.name()))
          .endSelector()
          .withTemplate(PredictorPod.template(naming, spec, version, settings))
        .endSpec()
        .build();
    // spotless:on
  }

  private static Integer fixedReplicas(ModelVersion version, FlightDelayModelSpec spec) {
    Autoscaling autoscaling = PredictorAutoscaler.autoscaling(version, spec);
    return switch (autoscaling.mode()) {
      case None -> autoscaling.minReplicas();
      case HPA, External -> null;
    };
  }
}
