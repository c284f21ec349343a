package dev.flightdelay.operator.plan;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.api.v1alpha1.Autoscaling;
import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.PredictorTemplate;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus.Phase;
import dev.flightdelay.operator.child.Annotations;
import dev.flightdelay.operator.child.Children;
import dev.flightdelay.operator.child.DesiredVersion;
import dev.flightdelay.operator.child.Entrance;
import dev.flightdelay.operator.child.ModelHttpRoute;
import dev.flightdelay.operator.child.ModelIngress;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.child.PredictorAutoscaler;
import dev.flightdelay.operator.child.PredictorDeployment;
import dev.flightdelay.operator.child.RouteMemory;
import dev.flightdelay.operator.child.RoutedVersions;
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.observe.VersionHealth;
import dev.flightdelay.operator.plan.Refusal.Reason;
import dev.flightdelay.operator.rollout.Prescale;
import dev.flightdelay.operator.rollout.Rollout;
import dev.flightdelay.operator.rollout.Routing;
import dev.flightdelay.operator.rollout.VersionFacts;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From a model and what is observed to what should be. */
public final class Planner {

  /** The finalizers of Kubernetes' own garbage collector, which takes them off by itself. */
  private static final Set<String> COLLECTORS = Set.of("foregroundDeletion", "orphan");

  private final FlightDelayModel model;
  private final FlightDelayModelSpec spec;
  private final Naming naming;
  private final Observed observed;
  private final PlanSettings settings;
  private final Instant now;
  private final Map<String, Refusal> refused = new TreeMap<>();
  private final Optional<Refusal> deleting;

  private Planner(FlightDelayModel model, Observed observed, PlanSettings settings, Instant now) {
    this.model = requireNonNull(model);
    this.deleting = deleting(model.getMetadata());
    this.spec = model.getSpec();
    this.naming = Naming.of(model);
    this.observed = requireNonNull(observed);
    this.settings = requireNonNull(settings);
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The plan for a model at a point in time. */
  public static Plan plan(
      FlightDelayModel model, Observed observed, PlanSettings settings, Instant now) {
    return new Planner(model, observed, settings, now).plan();
  }

  private Plan plan() {
    List<VersionFacts> facts = facts();
    ChangeOver routes = ChangeOver.of(spec.expose(), observed, naming, now);
    Rollout rollout =
        Rollout.decide(facts, routing(routes), Duration.ofSeconds(spec.drainSeconds()), now);
    Optional<Refusal> refusal = deleting.or(this::notAllowed);
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
    Optional<Refusal> exposeRefusal = exposeRefusal();
    List<HasMetadata> apply = new ArrayList<>();
    Map<String, Instant> readySince = readySince(facts);
    for (ModelVersion version : spec.versions()) {
      if (!refused.containsKey(version.name())) {
        Children.desired(
                observed.kinds(),
                desired(
                    version,
                    Optional.ofNullable(readySince.get(version.name())),
                    Optional.ofNullable(rollout.prescales().get(version.name()))))
            .forEach(apply::add);
      }
    }
    if (exposeRefusal.isEmpty()) {
      apply.addAll(routes(routes, rollout, readySince));
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

  private List<VersionFacts> facts() {
    Map<String, Integer> weights = observed.weights(naming);
    Map<String, Integer> servedBefore = servedBefore();
    Map<String, ModelVersion> listed = new LinkedHashMap<>();
    spec.versions().forEach(version -> listed.put(version.name(), version));
    List<VersionFacts> facts = new ArrayList<>();
    for (ModelVersion version : spec.versions()) {
      Optional<String> running = runningSha256(version.name());
      if (running.filter(sha256 -> !sha256.equals(version.model().sha256())).isPresent()) {
        refused.put(
            version.name(),
            new Refusal(
                Reason.VersionReused,
                "the version %s still runs the model with the SHA-256 %s..; wait until it is removed,"
                        .formatted(version.name(), running.get().substring(0, 12))
                    + " or give the new model another version name"));
        // Its share is nobody's until the old one of its name has gone.
        facts.add(
            VersionFacts.absent(
                version.name() + "@" + version.model().sha256(), version.traffic()));
        listed.remove(version.name());
      }
    }
    Set<String> names = observed.versions().collect(Collectors.toCollection(TreeSet::new));
    names.addAll(listed.keySet());
    for (String name : names) {
      facts.add(facts(name, Optional.ofNullable(listed.get(name)), weights, servedBefore));
    }
    return facts;
  }

  /** One that is in use still must be able to split too. */
  private Routing routing(ChangeOver routes) {
    return new Routing(
        spec.expose().type() == Expose.Type.HTTPRoute
            && routes.kept().filter(Ingress.class::isInstance).isEmpty(),
        observed.routes().flatMap(route -> RouteMemory.of(route).rising().stream()).findFirst());
  }

  /** An Ingress has one version only, and so no proportions. */
  private Map<String, Integer> servedBefore() {
    return observed.httpRoutes().stream()
        .map(route -> RouteMemory.of(route).servedBefore())
        .filter(shares -> !shares.isEmpty())
        .findFirst()
        .orElse(Map.of());
  }

  private VersionFacts facts(
      String name,
      Optional<ModelVersion> listed,
      Map<String, Integer> weights,
      Map<String, Integer> servedBefore) {
    Optional<Deployment> deployment = observed.child(Deployment.class, name);
    Optional<Autoscaling> autoscaling =
        listed.map(version -> PredictorAutoscaler.autoscaling(version, spec));
    String sha256 =
        listed.map(version -> version.model().sha256()).or(() -> runningSha256(name)).orElse("");
    int leastReplicas = autoscaling.map(Autoscaling::leastReplicas).orElse(1);
    VersionHealth health = VersionHealth.of(name, sha256, leastReplicas, observed);
    return new VersionFacts(
        name,
        listed.map(version -> OptionalInt.of(version.traffic())).orElse(OptionalInt.empty()),
        observed.childrenOf(name).findAny().isPresent(),
        everReady(name, sha256, health),
        health.readyReplicas(),
        health.desiredReplicas(),
        leastReplicas,
        autoscaling
            .filter(scaling -> scaling.mode() == Autoscaling.Mode.HPA)
            .map(scaling -> OptionalInt.of(scaling.maxReplicas()))
            .orElse(OptionalInt.empty()),
        autoscaling.filter(scaling -> scaling.mode() == Autoscaling.Mode.None).isPresent(),
        listed.flatMap(this::promotion).filter(command -> !carriedOut(name, command)).isPresent(),
        weights.getOrDefault(name, 0),
        servedBefore.getOrDefault(name, 0),
        prescale(name),
        deployment
            .map(PredictorDeployment::drainUntil)
            // Without pods there is nothing to wait for.
            .orElse(Optional.of(Instant.EPOCH)));
  }

  /** The command to promote a version, whether it was carried out or not. */
  private Optional<String> promotion(ModelVersion version) {
    return Annotations.promotes(model, version.name(), version.model().sha256());
  }

  private boolean carriedOut(String version, String command) {
    return observed
        .child(Deployment.class, version)
        .flatMap(PredictorDeployment::promoted)
        .filter(command::equals)
        .isPresent();
  }

  /**
   * A command is carried out once the version has the share that the spec gives it: it must not
   * move a later one too, when nobody thinks of it any more.
   */
  private Optional<String> promoted(ModelVersion version) {
    boolean arrived =
        version.traffic() > 0
            && observed.weights(naming).getOrDefault(version.name(), 0) >= version.traffic();
    return promotion(version).filter(command -> arrived || carriedOut(version.name(), command));
  }

  private Optional<String> runningSha256(String version) {
    return observed.child(Deployment.class, version).flatMap(PredictorDeployment::sha256);
  }

  private boolean everReady(String version, String sha256, VersionHealth health) {
    return health.phase() == Phase.Ready
        || observed
            .child(Deployment.class, version)
            .flatMap(PredictorDeployment::readySince)
            .isPresent()
        || observed
            .routes()
            .anyMatch(
                route ->
                    RouteMemory.of(route)
                        .everReady()
                        .contains(RouteMemory.readyName(version, sha256)));
  }

  private Optional<Prescale> prescale(String version) {
    return observed
        .child(HorizontalPodAutoscaler.class, version)
        .flatMap(PredictorAutoscaler::prescale);
  }

  /** Everything of it goes with it, by its owner references. */
  private static Optional<Refusal> deleting(ObjectMeta model) {
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

  private Optional<Refusal> notAllowed() {
    PredictorTemplate template = spec.predictor();
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

  private Optional<Refusal> exposeRefusal() {
    if (spec.expose().type() == Expose.Type.None) {
      return Optional.empty();
    }
    if (spec.expose().type() == Expose.Type.HTTPRoute && !observed.gatewayApi()) {
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
                            spec.expose().host() == null
                                ? "the path of this name"
                                : "the host " + spec.expose().host(),
                            other)));
  }

  /** When each version was ready for the first time; versions that never were are not in it. */
  private Map<String, Instant> readySince(List<VersionFacts> facts) {
    Map<String, Instant> readySince = new HashMap<>();
    for (VersionFacts version : facts) {
      if (version.everReady()) {
        readySince.put(
            version.name(),
            observed
                .child(Deployment.class, version.name())
                .flatMap(PredictorDeployment::readySince)
                .orElse(now));
      }
    }
    return readySince;
  }

  private DesiredVersion desired(
      ModelVersion version, Optional<Instant> readySince, Optional<Prescale> prescale) {
    return new DesiredVersion(
        naming, spec, version, readySince, promoted(version), prescale, settings.children());
  }

  /** What is in use still follows the traffic as well: the versions that it led to may go. */
  private List<HasMetadata> routes(
      ChangeOver routes, Rollout rollout, Map<String, Instant> readySince) {
    List<String> everReady = new ArrayList<>();
    for (ModelVersion version : spec.versions()) {
      if (!refused.containsKey(version.name()) && readySince.containsKey(version.name())) {
        everReady.add(RouteMemory.readyName(version.name(), version.model().sha256()));
      }
    }
    RoutedVersions routed =
        new RoutedVersions(
            spec.versions().stream()
                .map(ModelVersion::name)
                .filter(version -> !refused.containsKey(version))
                .toList(),
            rollout.weights(),
            new RouteMemory(rollout.servedBefore(), rollout.rising(), everReady));
    return routed.isEmpty()
        ? List.of()
        : Stream.concat(routes.kept().stream().map(Entrance::of), Stream.of(entrance(routes)))
            .flatMap(entrance -> route(entrance, routed).stream())
            .toList();
  }

  private Entrance entrance(ChangeOver routes) {
    Expose expose = spec.expose();
    Optional<Entrance> before = routes.current().map(Entrance::of);
    return new Entrance(
        routes.name(),
        expose,
        // Left out, the class would be gone, and nobody gives an Ingress another one later.
        expose.ingressClassName() != null
            ? Optional.empty()
            : before
                .map(entrance -> entrance.expose().ingressClassName())
                .or(() -> before.flatMap(Entrance::defaultClass)));
  }

  private Optional<HasMetadata> route(Entrance entrance, RoutedVersions routed) {
    return switch (entrance.expose().type()) {
      case Ingress ->
          Optional.of(ModelIngress.desired(naming, entrance, routed.withoutServedBefore()));
      case HTTPRoute -> Optional.of(ModelHttpRoute.desired(naming, entrance, routed));
      case None -> Optional.empty();
    };
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
    return spec.versions().stream()
        .filter(version -> !refused.containsKey(version.name()))
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
