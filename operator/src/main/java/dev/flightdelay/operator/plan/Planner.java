package dev.flightdelay.operator.plan;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.child.Children;
import dev.flightdelay.operator.child.DesiredVersion;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.child.PredictorDeployment;
import dev.flightdelay.operator.child.RouteMemory;
import dev.flightdelay.operator.child.RoutedVersions;
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.rollout.Rollout;
import dev.flightdelay.operator.rollout.Routing;
import dev.flightdelay.operator.rollout.VersionFacts;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From a model and what is observed to what should be. */
public final class Planner {

  private final FlightDelayModel model;
  private final FlightDelayModelSpec spec;
  private final Naming naming;
  private final Observed observed;
  private final PlanSettings settings;
  private final Instant now;
  private final Map<String, Refusal> refused;
  private final Promotion promotion;

  private Planner(FlightDelayModel model, Observed observed, PlanSettings settings, Instant now) {
    this.model = requireNonNull(model);
    this.spec = model.getSpec();
    this.naming = Naming.of(model);
    this.observed = requireNonNull(observed);
    this.settings = requireNonNull(settings);
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
    this.refused = Refusals.reused(spec, observed);
    this.promotion = new Promotion(model, naming, observed);
  }

  /** The plan for a model at a point in time. */
  public static Plan plan(
      FlightDelayModel model, Observed observed, PlanSettings settings, Instant now) {
    return new Planner(model, observed, settings, now).plan();
  }

  private Plan plan() {
    List<VersionFacts> facts = Facts.of(spec, naming, observed, promotion, refused.keySet());
    ChangeOver routes = ChangeOver.of(spec.expose(), observed, naming, now);
    Rollout rollout =
        Rollout.decide(facts, routing(routes), Duration.ofSeconds(spec.drainSeconds()), now);
    Optional<Refusal> refusal =
        Refusals.deleting(model.getMetadata())
            .or(() -> Refusals.notAllowed(spec.predictor(), settings));
    if (refusal.isPresent()) {
      return new Plan(
          List.of(),
          Map.of(),
          List.of(),
          List.of(),
          rollout,
          refused,
          refusal,
          Optional.empty(),
          routes);
    }
    Optional<Refusal> exposeRefusal = Refusals.expose(spec.expose(), observed);
    List<HasMetadata> apply = new ArrayList<>();
    for (ModelVersion version : made()) {
      Children.desired(observed.kinds(), desired(version, rollout)).forEach(apply::add);
    }
    if (exposeRefusal.isEmpty()) {
      apply.addAll(
          Routes.desired(naming, spec.expose(), routes, routed(rollout, everReady(facts))));
    }
    // A route that is not written goes on sending traffic to where it did.
    Set<String> stay = exposeRefusal.isEmpty() ? Set.of() : observed.weights(naming).keySet();
    return new Plan(
        apply,
        drain(rollout, stay),
        resume(),
        delete(rollout, stay, exposeRefusal.isEmpty() ? routes.over() : List.of()),
        rollout,
        refused,
        Optional.empty(),
        exposeRefusal,
        routes);
  }

  /** The versions listed but those whose name another model has. */
  private List<ModelVersion> made() {
    return spec.versions().stream()
        .filter(version -> !refused.containsKey(version.name()))
        .toList();
  }

  /** One that is in use still must be able to split too. */
  private Routing routing(ChangeOver routes) {
    return new Routing(
        spec.expose().type() == Expose.Type.HTTPRoute
            && routes.kept().filter(Ingress.class::isInstance).isEmpty(),
        observed.routes().flatMap(route -> RouteMemory.of(route).rising().stream()).findFirst());
  }

  private static Set<String> everReady(List<VersionFacts> facts) {
    return facts.stream()
        .filter(VersionFacts::everReady)
        .map(VersionFacts::name)
        .collect(Collectors.toSet());
  }

  private DesiredVersion desired(ModelVersion version, Rollout rollout) {
    return new DesiredVersion(
        naming,
        spec,
        version,
        rollout.remembered().getOrDefault(version.name(), Map.of()),
        promotion.carriedOut(version),
        Optional.ofNullable(rollout.prescales().get(version.name())),
        settings.children());
  }

  private RoutedVersions routed(Rollout rollout, Set<String> everReady) {
    return new RoutedVersions(
        made().stream().map(ModelVersion::name).toList(),
        rollout.weights(),
        new RouteMemory(
            rollout.servedBefore(),
            rollout.rising(),
            made().stream()
                .filter(version -> everReady.contains(version.name()))
                .map(version -> RouteMemory.readyName(version.name(), version.model().sha256()))
                .toList()));
  }

  private Map<Deployment, Instant> drain(Rollout rollout, Set<String> stay) {
    Map<Deployment, Instant> drain = new LinkedHashMap<>();
    rollout
        .draining()
        .forEach(
            (version, until) ->
                observed
                    .child(Deployment.class, version)
                    .filter(_ -> !stay.contains(version))
                    .filter(deployment -> PredictorDeployment.drainUntil(deployment).isEmpty())
                    .ifPresent(deployment -> drain.put(deployment, until)));
    return drain;
  }

  private List<Deployment> resume() {
    return made().stream()
        .flatMap(version -> observed.child(Deployment.class, version.name()).stream())
        .filter(PredictorDeployment::isMarkedToGo)
        .toList();
  }

  private List<HasMetadata> delete(Rollout rollout, Set<String> stay, List<HasMetadata> routes) {
    List<HasMetadata> delete = new ArrayList<>();
    rollout.removed().stream()
        .filter(version -> !stay.contains(version))
        .flatMap(observed::childrenOf)
        .forEach(delete::add);
    for (ModelVersion version : spec.versions()) {
      observed.kinds().stream()
          .filter(kind -> !kind.isAsked(version, spec))
          .flatMap(kind -> observed.child(kind, version.name()).stream())
          .forEach(delete::add);
    }
    delete.addAll(routes);
    return delete;
  }
}
