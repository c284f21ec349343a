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
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.observe.ServedAnswer.Served;
import dev.flightdelay.operator.observe.VersionHealth;
import dev.flightdelay.operator.plan.ChangeOver;
import dev.flightdelay.operator.plan.Plan;
import dev.flightdelay.operator.plan.Refusal;
import dev.flightdelay.operator.status.Conditions.Status;
import dev.flightdelay.operator.status.Conditions.Type;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
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
    for (ModelVersion version : spec.versions()) {
      int least = PredictorAutoscaler.autoscaling(version, spec).leastReplicas();
      // The pods of a refused version's name are another model's.
      VersionHealth of =
          Optional.ofNullable(plan.refused().get(version.name()))
              .map(refusal -> refused(refusal, least))
              .orElseGet(
                  () ->
                      VersionHealth.of(version.name(), version.model().sha256(), least, observed));
      health.put(version.name(), of);
    }
  }

  private static VersionHealth refused(Refusal refusal, int least) {
    return new VersionHealth(
        Phase.Failed,
        0,
        least,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.of(refusal.message()));
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
    Optional<String> url = baseUrl();
    List<Condition> before = model.getStatus() == null ? List.of() : model.getStatus().conditions();
    Conditions conditions = new Conditions(before, model.getMetadata().getGeneration(), now);
    ready(conditions);
    progressing(conditions);
    exposed(conditions, url);
    return new FlightDelayModelStatus(
        model.getMetadata().getGeneration(),
        url.orElse(null),
        traffic(),
        versions.stream().mapToInt(VersionStatus::desiredReplicas).sum(),
        versions.stream().mapToInt(VersionStatus::readyReplicas).sum(),
        versions,
        conditions.toList());
  }

  private VersionStatus listed(ModelVersion version) {
    VersionHealth of = health.get(version.name());
    Optional<Refusal> refusal = refusal(version.name());
    return new VersionStatus(
        version.name(),
        refusal.isPresent() ? Phase.Failed : of.phase(),
        of.readyReplicas(),
        of.desiredReplicas(),
        weights.getOrDefault(version.name(), 0),
        baseUrl().map(base -> base + "/versions/" + version.name()).orElse(null),
        of.served().map(Served::sha256).orElse(null),
        of.served().map(Served::estimator).orElse(null),
        of.served().map(Served::features).orElse(null),
        classes(of),
        refusal.map(Refusal::message).or(() -> message(version, of)).orElse("serving"));
  }

  private Optional<Refusal> refusal(String version) {
    return plan.refusal()
        .or(() -> Optional.ofNullable(conflicts.get(version)))
        .or(() -> Optional.ofNullable(plan.refused().get(version)));
  }

  private Optional<String> message(ModelVersion version, VersionHealth of) {
    Integer limit = plan.rollout().limited().get(version.name());
    if (limit != null && of.phase() == Phase.Ready) {
      return Optional.of(limited(version, limit) + stuck(version, false));
    }
    Integer needed = plan.rollout().held().get(version.name());
    if (needed != null && of.phase() == Phase.Ready) {
      return Optional.of(
          "its traffic rises to %d %% as soon as %d pods are ready: %d are%s"
              .formatted(version.traffic(), needed, of.readyReplicas(), stuck(version, true)));
    }
    return of.message();
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
    Optional<Deployment> deployment = Optional.ofNullable(observed.deployments().get(name));
    String sha256 =
        deployment.flatMap(object -> Annotations.text(object, Annotations.MODEL_SHA256)).orElse("");
    VersionHealth of = VersionHealth.of(name, sha256, 1, observed);
    boolean serves = weights.getOrDefault(name, 0) > 0;
    Optional<Instant> until =
        deployment.flatMap(object -> Annotations.instant(object, Annotations.DRAIN_UNTIL));
    return new VersionStatus(
        name,
        serves ? of.phase() : Phase.Draining,
        of.readyReplicas(),
        of.desiredReplicas(),
        weights.getOrDefault(name, 0),
        null,
        of.served().map(Served::sha256).orElse(null),
        of.served().map(Served::estimator).orElse(null),
        of.served().map(Served::features).orElse(null),
        classes(of),
        serves
            ? "removed from the spec; it keeps its traffic until the versions listed can take it"
            : "removed from the spec; its pods end"
                + until.map(time -> " at " + time).orElse(" soon"));
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
          "nothing is written until that is solved");
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
    for (Map.Entry<String, Integer> held : plan.rollout().held().entrySet()) {
      Optional<ModelVersion> version = listed(held.getKey());
      boolean stuck = version.filter(each -> health(each).stuck().isPresent()).isPresent();
      return Optional.of(
          new Step(
              stuck ? STUCK : "PreScaling",
              "traffic moves to %s as soon as %d of its pods are ready%s"
                  .formatted(
                      held.getKey(),
                      held.getValue(),
                      version.map(each -> stuck(each, true)).orElse(""))));
    }
    for (ModelVersion version : spec.versions()) {
      Integer limit = plan.rollout().limited().get(version.name());
      if (limit != null) {
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
        .formatted(version.name(), health.get(version.name()).message().orElse("it cannot serve"));
  }

  private void exposed(Conditions conditions, Optional<String> url) {
    if (spec.expose().type() == Expose.Type.None) {
      conditions.with(
          Type.Exposed,
          Status.False,
          "NotAsked",
          "spec.expose.type is None: only Services inside the cluster reach the versions");
      return;
    }
    Optional<Refusal> refusal =
        plan.refusal().or(() -> Optional.ofNullable(conflicts.get(""))).or(plan::exposeRefusal);
    if (refusal.isPresent()) {
      conditions.with(
          Type.Exposed, Status.False, refusal.get().reason().name(), refusal.get().message());
    } else if (weights.isEmpty()) {
      conditions.with(
          Type.Exposed,
          Status.False,
          "NothingReady",
          "no version with a share of the traffic has been ready yet");
    } else if (spec.expose().type() == Expose.Type.HTTPRoute) {
      RouteAcceptance acceptance = acceptance();
      conditions.with(Type.Exposed, acceptance.status(), acceptance.reason(), acceptance.message());
    } else if (routes.kept().isPresent()) {
      conditions.with(Type.Exposed, Status.Unknown, "WaitingForAddress", rerouting().orElseThrow());
    } else {
      conditions.with(
          Type.Exposed, Status.True, "Routed", "reached at " + url.orElse("the Ingress"));
    }
  }

  /** Where the model is, as far as the host is known; else only its path. */
  private Optional<String> baseUrl() {
    String path = "/v2/models/" + naming.model();
    Optional<HasMetadata> inUse = routes.kept().or(routes::current);
    if (spec.expose().type() == Expose.Type.None || inUse.isEmpty()) {
      return Optional.empty();
    }
    Expose expose = routes.kept().map(Entrance::of).map(Entrance::expose).orElse(spec.expose());
    String scheme = expose.tlsSecretName() == null ? "http://" : "https://";
    return Optional.of(
        Optional.ofNullable(expose.host())
                .or(
                    () ->
                        inUse
                            .filter(Ingress.class::isInstance)
                            .map(Ingress.class::cast)
                            .flatMap(IngressAddress::of))
                .map(host -> scheme + host)
                .orElse("")
            + path);
  }
}
