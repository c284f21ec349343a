package dev.flightdelay.operator.plan;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.PredictorTemplate;
import dev.flightdelay.operator.child.PredictorDeployment;
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.plan.Refusal.Reason;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What of a spec is not done, and why. */
final class Refusals {

  /** The finalizers of Kubernetes' own garbage collector, which takes them off by itself. */
  private static final Set<String> COLLECTORS = Set.of("foregroundDeletion", "orphan");

  private Refusals() {}

  /** Everything of a model that is deleted goes with it, by its owner references. */
  static Optional<Refusal> deleting(ObjectMeta model) {
    if (model.getDeletionTimestamp() == null) {
      return Optional.empty();
    }
    List<String> others =
        model.getFinalizers().stream().filter(name -> !COLLECTORS.contains(name)).toList();
    return Optional.of(
        new Refusal(
            Reason.Deleting,
            others.isEmpty()
                ? "the model is being deleted, and what belongs to it first; wait until it is gone"
                : "the model is being deleted, and held by the finalizers %s: have whoever set them"
                        .formatted(String.join(", ", others))
                    + " finish and take them off"));
  }

  /** What the operator's installation does not let a model ask for. */
  static Optional<Refusal> notAllowed(PredictorTemplate template, PlanSettings settings) {
    if (template.image() != null && !settings.allowsImage(template.image())) {
      return Optional.of(
          new Refusal(
              Reason.NotAllowed,
              "spec.predictor.image %s is not one of the operator's allowedImages; leave it out for"
                      .formatted(template.image())
                  + " the operator's own, or have it allowed"));
    }
    if (template.serviceAccountName() != null
        && !settings.allowedServiceAccounts().contains(template.serviceAccountName())) {
      return Optional.of(
          new Refusal(
              Reason.NotAllowed,
              "spec.predictor.serviceAccountName %s is not one of the operator's"
                      .formatted(template.serviceAccountName())
                  + " allowedServiceAccounts; leave it out, or have it allowed"));
    }
    return settings
        .allowedNodes()
        .refuses(template)
        .map(message -> new Refusal(Reason.NotAllowed, message));
  }

  /** Versions whose name still runs another model, by that name. */
  static Map<String, Refusal> reused(FlightDelayModelSpec spec, Observed observed) {
    Map<String, Refusal> reused = new TreeMap<>();
    for (ModelVersion version : spec.versions()) {
      observed
          .child(Deployment.class, version.name())
          .flatMap(PredictorDeployment::sha256)
          .filter(sha256 -> !sha256.equals(version.model().sha256()))
          .ifPresent(
              running ->
                  reused.put(
                      version.name(),
                      new Refusal(
                          Reason.VersionReused,
                          "the version %s still runs the model with the SHA-256 %s..; wait until it is removed,"
                                  .formatted(version.name(), running.substring(0, 12))
                              + " or give the new model another version name")));
    }
    return reused;
  }

  /** Why there is no route. */
  static Optional<Refusal> expose(Expose expose, Observed observed) {
    if (expose.type() == Expose.Type.None) {
      return Optional.empty();
    }
    if (expose.type() == Expose.Type.HTTPRoute && !observed.gatewayApi()) {
      return Optional.of(
          new Refusal(
              Reason.GatewayApiMissing,
              "the cluster does not know HTTPRoute; install the Gateway API and a controller for it,"
                  + " or set spec.expose.type to Ingress"));
    }
    return observed
        .hostTakenBy()
        .map(
            other ->
                new Refusal(
                    Reason.HostConflict,
                    "%s belongs to the FlightDelayModel %s already; choose another host"
                        .formatted(
                            expose.host() == null
                                ? "the path of this name"
                                : "the host " + expose.host(),
                            other)));
  }
}
