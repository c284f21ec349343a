package dev.flightdelay.operator.plan;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.child.Annotations;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.child.PredictorDeployment;
import dev.flightdelay.operator.observe.Observed;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Optional;

/** A person's command to give a version its share with the pods that it has. */
record Promotion(FlightDelayModel model, Naming naming, Observed observed) {

  /** Whether there is one for a version that was not carried out yet. */
  boolean isAsked(ModelVersion version) {
    return command(version).filter(command -> !wasCarriedOut(version, command)).isPresent();
  }

  /**
   * The command that was carried out. It is once the version has the share that the spec gives it:
   * it must not move a later one too, when nobody thinks of it any more.
   */
  Optional<String> carriedOut(ModelVersion version) {
    boolean arrived =
        version.traffic() > 0
            && observed.weights(naming).getOrDefault(version.name(), 0) >= version.traffic();
    return command(version).filter(command -> arrived || wasCarriedOut(version, command));
  }

  private Optional<String> command(ModelVersion version) {
    return Annotations.promotes(model, version.name(), version.model().sha256());
  }

  private boolean wasCarriedOut(ModelVersion version, String command) {
    return observed
        .child(Deployment.class, version.name())
        .flatMap(PredictorDeployment::promoted)
        .filter(command::equals)
        .isPresent();
  }
}
