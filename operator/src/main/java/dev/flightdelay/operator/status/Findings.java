package dev.flightdelay.operator.status;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus.Phase;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.child.PredictorAutoscaler;
import dev.flightdelay.operator.child.PredictorDeployment;
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.observe.VersionHealth;
import dev.flightdelay.operator.plan.ChangeOver;
import dev.flightdelay.operator.plan.Plan;
import dev.flightdelay.operator.plan.Refusal;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a status is told from.
 *
 * @param conflicts names that belong to something else, by version; the route's under ""
 * @param routes the way in as it stands now, after the plan was carried out
 * @param weights the traffic as it is routed
 * @param health of the versions listed, in their order
 */
record Findings(
    FlightDelayModel model,
    Naming naming,
    Observed observed,
    Plan plan,
    Map<String, Refusal> conflicts,
    ChangeOver routes,
    Map<String, Integer> weights,
    Map<String, VersionHealth> health) {

  static Findings of(
      FlightDelayModel model,
      Observed observed,
      Plan plan,
      Map<String, Refusal> conflicts,
      Instant now) {
    Naming naming = Naming.of(model);
    Map<String, VersionHealth> health = new LinkedHashMap<>();
    for (ModelVersion version : model.getSpec().versions()) {
      health.put(version.name(), health(version, model.getSpec(), observed, plan));
    }
    return new Findings(
        model,
        naming,
        observed,
        plan,
        conflicts,
        ChangeOver.of(model.getSpec().expose(), observed, naming, now),
        observed.weights(naming),
        health);
  }

  private static VersionHealth health(
      ModelVersion version, FlightDelayModelSpec spec, Observed observed, Plan plan) {
    int least = PredictorAutoscaler.autoscaling(version, spec).leastReplicas();
    Refusal refusal = plan.refused().get(version.name());
    if (refusal == null) {
      return VersionHealth.of(version.name(), version.model().sha256(), least, observed);
    }
    // The pods of a refused version's name are another model's; they may well serve.
    VersionHealth running =
        VersionHealth.of(version.name(), runningSha256(version.name(), observed), least, observed);
    return new VersionHealth(
        Phase.Failed,
        running.readyReplicas(),
        running.desiredReplicas(),
        false,
        running.served(),
        Optional.empty(),
        Optional.of(refusal.message()));
  }

  private static String runningSha256(String version, Observed observed) {
    return observed
        .child(Deployment.class, version)
        .flatMap(PredictorDeployment::sha256)
        .orElse("");
  }

  FlightDelayModelSpec spec() {
    return model.getSpec();
  }

  VersionHealth health(ModelVersion version) {
    return health.get(version.name());
  }

  /** Whether a version gets no further pods. */
  boolean isStuck(ModelVersion version) {
    return health(version).stuck().isPresent();
  }

  /** Of a version that is not listed any more, and has something in the cluster still. */
  VersionHealth removedHealth(String version) {
    return VersionHealth.of(version, runningSha256(version, observed), 1, observed);
  }

  /** The versions that are there and not listed any more. */
  Stream<String> removed() {
    return observed.versions().filter(name -> !health.containsKey(name));
  }

  int weight(String version) {
    return weights.getOrDefault(version, 0);
  }

  Optional<ModelVersion> listed(String name) {
    return spec().versions().stream().filter(version -> version.name().equals(name)).findFirst();
  }

  Optional<ModelVersion> inPhase(Phase phase) {
    return spec().versions().stream()
        .filter(version -> health(version).phase() == phase)
        .findFirst();
  }
}
