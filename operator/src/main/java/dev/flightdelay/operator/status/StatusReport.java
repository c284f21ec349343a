package dev.flightdelay.operator.status;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus.Phase;
import dev.flightdelay.operator.child.Annotations;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.child.PredictorAutoscaler;
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.observe.ServedAnswer.Served;
import dev.flightdelay.operator.observe.VersionHealth;
import dev.flightdelay.operator.plan.Plan;
import dev.flightdelay.operator.plan.Refusal;
import dev.flightdelay.operator.plan.Refusal.Reason;
import dev.flightdelay.operator.status.Conditions.Status;
import dev.flightdelay.operator.status.Conditions.Type;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The status of a model, from what is observed after the plan was carried out. */
public final class StatusReport {

  private static final int MAX_CLASSES = 100;

  private final FlightDelayModel model;
  private final FlightDelayModelSpec spec;
  private final Naming naming;
  private final Observed observed;
  private final Plan plan;
  private final Map<String, Refusal> conflicts;
  private final Map<String, Integer> weights;
  private final Optional<RoutedAddress> address;
  private final Map<String, VersionHealth> health = new LinkedHashMap<>();

  private StatusReport(
      FlightDelayModel model, Observed observed, Plan plan, Map<String, Refusal> conflicts) {
    this.model = model;
    this.spec = model.getSpec();
    this.naming = Naming.of(model);
    this.observed = observed;
    this.plan = plan;
    this.conflicts = conflicts;
    this.weights = observed.weights(naming);
    this.address = RoutedAddress.of(observed, spec.expose().type(), naming);
    for (ModelVersion version : spec.versions()) {
      int least = PredictorAutoscaler.autoscaling(version, spec).leastReplicas();
      Optional<Refusal> refusal = Optional.ofNullable(plan.refused().get(version.name()));
      health.put(
          version.name(),
          refusal.isPresent()
              ? reused(version.name(), refusal.get(), least)
              : VersionHealth.of(version.name(), version.model().sha256(), least, observed));
    }
  }

  /** The pods of a refused version's name are another model's; they may well serve. */
  private VersionHealth reused(String version, Refusal refusal, int least) {
    VersionHealth running = VersionHealth.of(version, runningSha256(version), least, observed);
    return new VersionHealth(
        Phase.Failed,
        running.readyReplicas(),
        running.desiredReplicas(),
        false,
        running.served(),
        Optional.of(refusal.message()));
  }

  private String runningSha256(String version) {
    return Optional.ofNullable(observed.deployments().get(version))
        .flatMap(deployment -> Annotations.text(deployment, Annotations.MODEL_SHA256))
        .orElse("");
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
    return new StatusReport(model, observed, plan, conflicts).status(now);
  }

  private FlightDelayModelStatus status(Instant now) {
    List<VersionStatus> versions = new ArrayList<>();
    for (ModelVersion version : spec.versions()) {
      versions.add(listed(version));
    }
    observed
        .versions()
        .filter(name -> !health.containsKey(name))
        .forEach(name -> versions.add(removed(name)));
    List<Condition> before = model.getStatus() == null ? List.of() : model.getStatus().conditions();
    Conditions conditions = new Conditions(before, model.getMetadata().getGeneration(), now);
    ready(conditions);
    progressing(conditions);
    exposed(conditions);
    return new FlightDelayModelStatus(
        model.getMetadata().getGeneration(),
        address.map(RoutedAddress::url).orElse(null),
        traffic(),
        versions.stream().mapToInt(VersionStatus::desiredReplicas).sum(),
        versions.stream().mapToInt(VersionStatus::readyReplicas).sum(),
        versions,
        conditions.toList());
  }

  private VersionStatus listed(ModelVersion version) {
    VersionHealth of = health.get(version.name());
    Optional<Refusal> refusal = refusal(version.name());
    // What has pods tells of them; why they are not changed stands in the conditions.
    boolean refused = refusal.isPresent() && !observed.deployments().containsKey(version.name());
    return new VersionStatus(
        version.name(),
        refused ? unmade(refusal.get().reason()) : of.phase(),
        of.readyReplicas(),
        of.desiredReplicas(),
        weights.getOrDefault(version.name(), 0),
        address.flatMap(route -> url(route, version.name())).orElse(null),
        of.served().map(Served::sha256).orElse(null),
        of.served().map(Served::estimator).orElse(null),
        of.served().map(Served::features).orElse(null),
        classes(of),
        refusal
            .filter(_ -> refused)
            .map(Refusal::message)
            .or(() -> message(version, of))
            .orElse("serving"));
  }

  private static Phase unmade(Reason reason) {
    return switch (reason) {
      case Deleting -> Phase.Draining;
      case PredecessorRemains -> Phase.Pending;
      case NotAllowed, NameConflict, HostConflict, VersionReused, GatewayApiMissing, Rejected ->
          Phase.Failed;
    };
  }

  /** A route that is not written leads only to the versions that it led to. */
  private Optional<String> url(RoutedAddress route, String version) {
    boolean written = plan.refusal().isEmpty() && plan.exposeRefusal().isEmpty();
    return Optional.of(route.url() + "/versions/" + version)
        .filter(_ -> written || route.leadsTo(version, naming));
  }

  /** Why a version is not made or changed. */
  private Optional<Refusal> refusal(String version) {
    return plan.refusal()
        .or(() -> Optional.ofNullable(conflicts.get(version)))
        .or(() -> Optional.ofNullable(plan.refused().get(version)));
  }

  private Optional<String> message(ModelVersion version, VersionHealth of) {
    Integer needed = plan.rollout().held().get(version.name());
    if (needed != null && of.phase() == Phase.Ready) {
      return Optional.of(
          "its traffic rises to %d %% as soon as %d pods are ready: %d are"
              .formatted(version.traffic(), needed, of.readyReplicas()));
    }
    return of.message();
  }

  private VersionStatus removed(String name) {
    VersionHealth of = VersionHealth.of(name, runningSha256(name), 1, observed);
    boolean stays = weights.getOrDefault(name, 0) > 0 || plan.refusal().isPresent();
    return new VersionStatus(
        name,
        stays ? of.phase() : Phase.Draining,
        of.readyReplicas(),
        of.desiredReplicas(),
        weights.getOrDefault(name, 0),
        null,
        of.served().map(Served::sha256).orElse(null),
        of.served().map(Served::estimator).orElse(null),
        of.served().map(Served::features).orElse(null),
        classes(of),
        "removed from the spec; " + leaving(name));
  }

  private String leaving(String version) {
    if (plan.refusal().isPresent()) {
      return plan.refusal().get().reason() == Reason.Deleting
          ? "it goes with the model"
          : "it stays as it is until the spec is one that is allowed";
    }
    if (weights.getOrDefault(version, 0) > 0) {
      return "it keeps its traffic until the versions listed can take it";
    }
    return Optional.ofNullable(observed.deployments().get(version))
        .flatMap(object -> Annotations.instant(object, Annotations.DRAIN_UNTIL))
        .map(until -> "its pods end at " + until)
        .orElse("its pods end soon");
  }

  private static List<String> classes(VersionHealth of) {
    return of.served().map(Served::classes).orElse(List.of()).stream().limit(MAX_CLASSES).toList();
  }

  private String traffic() {
    return weights.isEmpty()
        ? null
        : weights.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(weight -> weight.getKey() + "=" + weight.getValue())
            .collect(Collectors.joining(","));
  }

  private void ready(Conditions conditions) {
    Optional<Refusal> refusal =
        plan.refusal()
            .or(() -> conflicts.values().stream().findFirst())
            .or(() -> plan.refused().values().stream().findFirst());
    Optional<ModelVersion> failed = inPhase(Phase.Failed);
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
    } else {
      Optional<Step> step = step();
      if (step.isPresent()) {
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
  }

  private void progressing(Conditions conditions) {
    Optional<ModelVersion> failed = inPhase(Phase.Failed);
    Optional<Step> step = step();
    if (plan.refusal().isPresent()) {
      conditions.with(
          Type.Progressing,
          Status.False,
          plan.refusal().get().reason().name(),
          plan.refusal().get().reason() == Reason.Deleting
              ? "nothing of it is made or repaired any more"
              : "nothing is written until it is allowed: see what the condition Ready says");
    } else if (failed.isPresent() || step.isEmpty()) {
      conditions.with(
          Type.Progressing,
          Status.False,
          failed.isPresent() ? "VersionFailed" : "Complete",
          failed.map(this::failure).orElse("nothing is on its way"));
    } else {
      conditions.with(Type.Progressing, Status.True, step.get().reason(), step.get().message());
    }
  }

  private record Step(String reason, String message) {}

  /** What is on its way. */
  private Optional<Step> step() {
    for (ModelVersion version : spec.versions()) {
      VersionHealth of = health.get(version.name());
      if (of.phase() != Phase.Ready && of.phase() != Phase.Failed) {
        return Optional.of(
            new Step(
                "RollingOut", "%s: %s".formatted(version.name(), of.message().orElse("starting"))));
      }
    }
    for (Map.Entry<String, Integer> held : plan.rollout().held().entrySet()) {
      return Optional.of(
          new Step(
              "PreScaling",
              "traffic moves to %s as soon as %d of its pods are ready"
                  .formatted(held.getKey(), held.getValue())));
    }
    for (ModelVersion version : spec.versions()) {
      VersionHealth of = health.get(version.name());
      if (of.rolling() && of.phase() != Phase.Failed) {
        return Optional.of(
            new Step(
                "RollingOut",
                "%s: %s"
                    .formatted(
                        version.name(), of.message().orElse("its pods are being replaced"))));
      }
    }
    if (spec.expose().type() != Expose.Type.None
        && plan.exposeRefusal().isEmpty()
        && !routedAsPlanned()) {
      return Optional.of(new Step("Routing", "the route is being written"));
    }
    List<String> leaving = observed.versions().filter(name -> !health.containsKey(name)).toList();
    return leaving.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Step(
                "Draining",
                "removed from the spec and not gone yet: " + String.join(", ", leaving)));
  }

  /**
   * A version may have become ready since the plan was made: then what the plan wrote is there, and
   * is not what was asked for yet.
   */
  private boolean routedAsPlanned() {
    return weights.equals(plan.rollout().weights())
        && (!plan.refused().isEmpty()
            || inPhase(Phase.Failed).isPresent()
            || spec.versions().stream()
                .allMatch(version -> weights.getOrDefault(version.name(), 0) == version.traffic()));
  }

  private Optional<ModelVersion> inPhase(Phase phase) {
    return spec.versions().stream()
        .filter(version -> health.get(version.name()).phase() == phase)
        .findFirst();
  }

  private String failure(ModelVersion version) {
    return "%s: %s"
        .formatted(
            version.name(),
            health
                .get(version.name())
                .message()
                .orElse("it cannot serve; see its pods with kubectl describe"));
  }

  private void exposed(Conditions conditions) {
    if (spec.expose().type() == Expose.Type.None) {
      conditions.with(
          Type.Exposed,
          Status.False,
          "NotAsked",
          "spec.expose.type is None: only Services inside the cluster reach the versions");
      return;
    }
    Optional<Refusal> refusal =
        Optional.ofNullable(conflicts.get(""))
            .or(plan::exposeRefusal)
            // A route that is there is not touched by it.
            .or(() -> plan.refusal().filter(_ -> weights.isEmpty()));
    if (refusal.isPresent()) {
      conditions.with(
          Type.Exposed, Status.False, refusal.get().reason().name(), unexposed(refusal.get()));
    } else if (weights.isEmpty()) {
      conditions.with(
          Type.Exposed,
          Status.False,
          "NothingReady",
          "no version with a share of the traffic has been ready yet; see in status.versions what"
              + " each of them waits for");
    } else if (spec.expose().type() == Expose.Type.HTTPRoute && !onlyIngress()) {
      RouteAcceptance acceptance = RouteAcceptance.of(observed.httpRoute());
      conditions.with(Type.Exposed, acceptance.status(), acceptance.reason(), acceptance.message());
    } else {
      conditions.with(
          Type.Exposed,
          Status.True,
          "Routed",
          "reached at " + address.map(RoutedAddress::url).orElse("the Ingress"));
    }
  }

  /** Whether an Ingress is all there is, of which a spec that is refused makes no HTTPRoute. */
  private boolean onlyIngress() {
    return plan.refusal().isPresent() && observed.httpRoute().isEmpty();
  }

  /** A route that cannot be changed goes on as it was. */
  private String unexposed(Refusal refusal) {
    return address
        .filter(_ -> !weights.isEmpty())
        .map(route -> refusal.message() + "; until then it is reached at " + route.url())
        .orElse(refusal.message());
  }
}
