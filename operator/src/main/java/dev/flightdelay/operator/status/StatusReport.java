package dev.flightdelay.operator.status;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.ParentRef;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus.Phase;
import dev.flightdelay.operator.child.Annotations;
import dev.flightdelay.operator.child.Entrance;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.child.PredictorAutoscaler;
import dev.flightdelay.operator.child.PredictorDeployment;
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.observe.ServedAnswer.Served;
import dev.flightdelay.operator.observe.VersionHealth;
import dev.flightdelay.operator.plan.ChangeOver;
import dev.flightdelay.operator.plan.Plan;
import dev.flightdelay.operator.plan.Refusal;
import dev.flightdelay.operator.plan.Refusal.Reason;
import dev.flightdelay.operator.rollout.Hold;
import dev.flightdelay.operator.rollout.Hold.NeedsPods;
import dev.flightdelay.operator.rollout.Hold.NotReadyYet;
import dev.flightdelay.operator.rollout.Hold.RisesWithPods;
import dev.flightdelay.operator.status.Conditions.Status;
import dev.flightdelay.operator.status.Conditions.Type;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The status of a model, from what is observed after the plan was carried out. */
public final class StatusReport {

  private static final int MAX_CLASSES = 100;

  /** The reason where no further pods are made, which does not end by itself. */
  private static final String STUCK = "RolloutStuck";

  private final FlightDelayModel model;
  private final FlightDelayModelSpec spec;
  private final Naming naming;
  private final Observed observed;
  private final Plan plan;
  private final Map<String, Refusal> conflicts;
  private final Map<String, Integer> weights;

  /** As it stands now, after the plan was carried out. */
  private final ChangeOver routes;

  private final Optional<RoutedAddress> address;
  private final Map<String, VersionHealth> health = new LinkedHashMap<>();

  private StatusReport(
      FlightDelayModel model,
      Observed observed,
      Plan plan,
      Map<String, Refusal> conflicts,
      Instant now) {
    this.model = model;
    this.spec = model.getSpec();
    this.naming = Naming.of(model);
    this.observed = observed;
    this.plan = plan;
    this.conflicts = conflicts;
    this.weights = observed.weights(naming);
    this.routes = ChangeOver.of(spec.expose(), observed, naming, now);
    this.address = address();
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
        Optional.empty(),
        Optional.of(refusal.message()));
  }

  private String runningSha256(String version) {
    return observed
        .child(Deployment.class, version)
        .flatMap(PredictorDeployment::sha256)
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
    return new StatusReport(model, observed, plan, conflicts, now).status(now);
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
    boolean refused =
        refusal.isPresent() && observed.child(Deployment.class, version.name()).isEmpty();
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
      case NotAllowed,
          NameConflict,
          HostConflict,
          VersionReused,
          GatewayApiMissing,
          Rejected,
          Forbidden ->
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
    Hold held = plan.rollout().held().get(version.name());
    if (held == null || of.phase() != Phase.Ready) {
      return of.message();
    }
    return switch (held) {
      case NotReadyYet _ -> of.message();
      case NeedsPods(int pods) ->
          Optional.of(
              "its traffic rises to %d %% as soon as %d pods are ready: %d are%s"
                  .formatted(version.traffic(), pods, of.readyReplicas(), stuck(version, true)));
      case RisesWithPods(int pods) ->
          Optional.of(limited(version, pods) + stuck(version, false));
    };
  }

  private VersionHealth health(ModelVersion version) {
    return health.get(version.name());
  }

  private Optional<ModelVersion> listed(String name) {
    return spec.versions().stream().filter(version -> version.name().equals(name)).findFirst();
  }

  /** What is said besides of a version that gets no pods, where something else is said of it. */
  private String stuck(ModelVersion version, boolean promotion) {
    return health(version)
        .stuck()
        .map(
            why ->
                "; "
                    + why
                    + (promotion
                        ? "; to go on with the pods that it has: " + promotion(version)
                        : ""))
        .orElse("");
  }

  /** Where others have to see to the pods, what a person can do. */
  private String limited(ModelVersion version, int needed) {
    int ready = health.get(version.name()).readyReplicas();
    String waits =
        spec.expose().type() == Expose.Type.Ingress
            ? "an Ingress cannot split: its traffic rises to %d %% once %d pods are ready, and %d %s"
            : "its traffic rises to %d %% as its pods become %d, and %d %s ready";
    String more =
        switch (PredictorAutoscaler.autoscaling(version, spec).mode()) {
          case None -> "set its autoscaling.minReplicas to " + needed;
          case External, HPA ->
              "kubectl -n %s scale deployment/%s --replicas=%d"
                  .formatted(naming.namespace(), naming.name(version.name()), needed);
        };
    return "%s; for more at once: %s; to go on with the pods that it has: %s"
        .formatted(
            waits.formatted(version.traffic(), needed, ready, ready == 1 ? "is" : "are"),
            more,
            promotion(version));
  }

  private String promotion(ModelVersion version) {
    return "kubectl -n %s annotate --overwrite fdm/%s %s"
        .formatted(
            naming.namespace(),
            naming.model(),
            Annotations.promotion(model, version.name(), version.model().sha256()));
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
    return observed
        .child(Deployment.class, version)
        .flatMap(PredictorDeployment::drainUntil)
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
    } else if (failed.isPresent()) {
      conditions.with(Type.Progressing, Status.False, "VersionFailed", failure(failed.get()));
    } else if (step.isEmpty()) {
      // It serves as asked, and its autoscaler asks for more in vain.
      Optional<ModelVersion> refused =
          spec.versions().stream()
              .filter(version -> health(version).stuck().isPresent())
              .findFirst();
      conditions.with(
          Type.Progressing,
          Status.False,
          refused.isPresent() ? "PodsRefused" : "Complete",
          refused
              .map(version -> version.name() + ": " + health(version).stuck().orElseThrow())
              .orElse("nothing is on its way"));
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
                of.stuck().isPresent() ? STUCK : "RollingOut",
                "%s: %s".formatted(version.name(), of.message().orElse("starting"))));
      }
    }
    for (Map.Entry<String, Hold> held : plan.rollout().held().entrySet()) {
      if (!(held.getValue() instanceof NeedsPods(int pods))) {
        continue;
      }
      Optional<ModelVersion> version = listed(held.getKey());
      boolean stuck = version.filter(each -> health(each).stuck().isPresent()).isPresent();
      return Optional.of(
          new Step(
              stuck ? STUCK : "PreScaling",
              "traffic moves to %s as soon as %d of its pods are ready%s"
                  .formatted(
                      held.getKey(),
                      pods,
                      version.map(each -> stuck(each, true)).orElse(""))));
    }
    for (ModelVersion version : spec.versions()) {
      if (plan.rollout().held().get(version.name()) instanceof RisesWithPods(int limit)) {
        return Optional.of(
            new Step(
                health(version).stuck().isPresent() ? STUCK : "WaitingForPods",
                "%s: %s%s"
                    .formatted(version.name(), limited(version, limit), stuck(version, false))));
      }
    }
    for (ModelVersion version : spec.versions()) {
      VersionHealth of = health.get(version.name());
      if (of.rolling() && of.phase() != Phase.Failed) {
        return Optional.of(
            new Step(
                of.stuck().isPresent() ? STUCK : "RollingOut",
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
    Optional<String> rerouting = rerouting();
    if (rerouting.isPresent()) {
      return rerouting.map(message -> new Step("Rerouting", message));
    }
    List<String> leaving = observed.versions().filter(name -> !health.containsKey(name)).toList();
    return leaving.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Step(
                "Draining",
                "removed from the spec and not gone yet: " + String.join(", ", leaving)));
  }

  /** What serves until what is asked for does, and what a person can do about it. */
  private Optional<String> rerouting() {
    return routes
        .kept()
        .filter(_ -> plan.exposeRefusal().isEmpty())
        .map(
            kept -> {
              Entrance before = Entrance.of(kept);
              Entrance after = new Entrance(routes.name(), spec.expose(), Optional.empty());
              String until =
                  spec.expose().type() == Expose.Type.HTTPRoute
                      ? "is taken: " + acceptance().message()
                      : routes.next().isPresent()
                          ? "has been there for %d seconds, because that class gives no address"
                              .formatted(ChangeOver.WITHOUT_ADDRESS.toSeconds())
                          : "has an address; if its class gives none, see that it works yourself";
              return "%s serves until %s %s; to end it now: kubectl -n %s delete %s %s"
                  .formatted(
                      before.described(),
                      after.described(),
                      until,
                      naming.namespace(),
                      before.expose().type().name().toLowerCase(Locale.ROOT),
                      before.name());
            });
  }

  private RouteAcceptance acceptance() {
    return RouteAcceptance.of(
        routes.current().filter(HTTPRoute.class::isInstance).map(HTTPRoute.class::cast),
        spec.expose().parentRefs().stream().map(ParentRef::name).distinct().toList(),
        routes.kept().isPresent());
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
      RouteAcceptance acceptance = acceptance();
      conditions.with(Type.Exposed, acceptance.status(), acceptance.reason(), acceptance.message());
    } else if (routes.kept().isPresent()) {
      conditions.with(Type.Exposed, Status.Unknown, "WaitingForAddress", rerouting().orElseThrow());
    } else {
      conditions.with(
          Type.Exposed,
          Status.True,
          "Routed",
          "reached at " + address.map(RoutedAddress::url).orElse("the Ingress"));
    }
  }

  /** Where clients reach it now: what they use while the way in changes, else what is asked for. */
  private Optional<RoutedAddress> address() {
    return spec.expose().type() == Expose.Type.None
        ? Optional.empty()
        : routes.kept().or(routes::current).flatMap(route -> RoutedAddress.of(route, naming));
  }

  /** Whether an Ingress is all there is, of which a spec that is refused makes no HTTPRoute. */
  private boolean onlyIngress() {
    return plan.refusal().isPresent() && observed.httpRoutes().isEmpty();
  }

  /** A route that cannot be changed goes on as it was. */
  private String unexposed(Refusal refusal) {
    return address
        .filter(_ -> !weights.isEmpty())
        .map(route -> refusal.message() + "; until then it is reached at " + route.url())
        .orElse(refusal.message());
  }
}
