package dev.flightdelay.operator.status;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus.Phase;
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.plan.Plan;
import dev.flightdelay.operator.plan.Refusal;
import dev.flightdelay.operator.plan.Refusal.Reason;
import dev.flightdelay.operator.status.Conditions.Status;
import dev.flightdelay.operator.status.Conditions.Type;
import dev.flightdelay.operator.status.OnItsWay.Step;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The status of a model, from what is observed after the plan was carried out. */
public final class StatusReport {

  private final Findings findings;
  private final FlightDelayModelSpec spec;
  private final Plan plan;
  private final Exposure exposure;

  private StatusReport(Findings findings) {
    this.findings = findings;
    this.spec = findings.spec();
    this.plan = findings.plan();
    this.exposure = new Exposure(findings);
  }

  /**
   * The status to write.
   *
   * @param conflicts names that belong to something else, by version; the route's under ""
   */
  public static FlightDelayModelStatus of(
      FlightDelayModel model,
      Observed observed,
      Plan plan,
      Map<String, Refusal> conflicts,
      Instant now) {
    return new StatusReport(Findings.of(model, observed, plan, conflicts, now)).status(now);
  }

  private FlightDelayModelStatus status(Instant now) {
    FlightDelayModel model = findings.model();
    Optional<RoutedAddress> address = exposure.address();
    List<VersionStatus> versions = new VersionRows(findings, address).all();
    List<Condition> before = model.getStatus() == null ? List.of() : model.getStatus().conditions();
    Conditions conditions = new Conditions(before, model.getMetadata().getGeneration(), now);
    Optional<Step> step = new OnItsWay(findings, exposure).first();
    ready(conditions, step);
    progressing(conditions, step);
    exposure.condition(conditions);
    return new FlightDelayModelStatus(
        model.getMetadata().getGeneration(),
        address.map(RoutedAddress::url).orElse(null),
        traffic(),
        versions.stream().mapToInt(VersionStatus::desiredReplicas).sum(),
        versions.stream().mapToInt(VersionStatus::readyReplicas).sum(),
        versions,
        conditions.toList());
  }

  private String traffic() {
    return findings.weights().isEmpty()
        ? null
        : new TreeMap<>(findings.weights())
            .entrySet().stream()
                .map(weight -> weight.getKey() + "=" + weight.getValue())
                .collect(Collectors.joining(","));
  }

  private void ready(Conditions conditions, Optional<Step> step) {
    Optional<Refusal> refusal =
        plan.refusal()
            .or(() -> findings.conflicts().values().stream().findFirst())
            .or(() -> plan.refused().values().stream().findFirst());
    Optional<ModelVersion> failed = findings.inPhase(Phase.Failed);
    if (refusal.isPresent()) {
      conditions.with(
          Type.Ready, Status.False, refusal.get().reason().name(), refusal.get().message());
    } else if (failed.isPresent()) {
      conditions.with(Type.Ready, Status.False, "VersionFailed", failure(failed.get()));
    } else if (plan.exposeRefusal().isPresent()) {
      conditions.with(
          Type.Ready,
          Status.False,
          plan.exposeRefusal().get().reason().name(),
          plan.exposeRefusal().get().message());
    } else if (step.isPresent()) {
      conditions.with(Type.Ready, Status.False, step.get().reason(), step.get().message());
    } else {
      conditions.with(
          Type.Ready,
          Status.True,
          "Serving",
          spec.versions().size() == 1
              ? "the version serves as asked"
              : "all %d versions serve as asked".formatted(spec.versions().size()));
    }
  }

  private void progressing(Conditions conditions, Optional<Step> step) {
    Optional<ModelVersion> failed = findings.inPhase(Phase.Failed);
    if (plan.refusal().isPresent()) {
      conditions.with(
          Type.Progressing,
          Status.False,
          plan.refusal().get().reason().name(),
          plan.refusal().get().reason() == Reason.Deleting
              ? "nothing of it is made or repaired any more"
              : "nothing is written until it is allowed: see what the condition Ready says");
    } else if (failed.isPresent()) {
      conditions.with(Type.Progressing, Status.False, "VersionFailed", failure(failed.get()));
    } else if (step.isPresent()) {
      conditions.with(Type.Progressing, Status.True, step.get().reason(), step.get().message());
    } else {
      // It serves as asked, and its autoscaler asks for more in vain.
      Optional<ModelVersion> refused =
          spec.versions().stream().filter(findings::isStuck).findFirst();
      conditions.with(
          Type.Progressing,
          Status.False,
          refused.isPresent() ? "PodsRefused" : "Complete",
          refused
              .map(
                  version -> version.name() + ": " + findings.health(version).stuck().orElseThrow())
              .orElse("nothing is on its way"));
    }
  }

  private String failure(ModelVersion version) {
    return "%s: %s"
        .formatted(
            version.name(),
            findings
                .health(version)
                .message()
                .orElse("it cannot serve; see its pods with kubectl describe"));
  }
}
