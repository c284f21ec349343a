package dev.flightdelay.operator.plan;

import dev.flightdelay.operator.api.v1alpha1.Autoscaling;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.VersionStatus.Phase;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.child.PredictorAutoscaler;
import dev.flightdelay.operator.child.PredictorDeployment;
import dev.flightdelay.operator.child.RouteMemory;
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.observe.VersionHealth;
import dev.flightdelay.operator.rollout.EverReady;
import dev.flightdelay.operator.rollout.StepFact;
import dev.flightdelay.operator.rollout.VersionFacts;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** From the spec and what is observed to what a rollout goes by. */
final class Facts {

  /** What single steps of a rollout go by besides: to add something, add a line here. */
  private static final List<Function<Seen, Optional<? extends StepFact>>> OF_STEPS =
      List.of(Facts::readySince);

  /**
   * A version as it is asked for and as it is.
   *
   * @param listed as the spec has it; empty where it does not (any more)
   */
  record Seen(
      String name, Optional<ModelVersion> listed, FlightDelayModelSpec spec, Observed observed) {}

  private final FlightDelayModelSpec spec;
  private final Observed observed;
  private final Promotion promotion;
  private final Map<String, Integer> weights;
  private final Map<String, Integer> servedBefore;
  private final Set<String> everReady;

  private Facts(FlightDelayModelSpec spec, Naming naming, Observed observed, Promotion promotion) {
    this.spec = spec;
    this.observed = observed;
    this.promotion = promotion;
    this.weights = observed.weights(naming);
    // An Ingress has one version only, and so no proportions.
    this.servedBefore =
        observed.httpRoutes().stream()
            .map(route -> RouteMemory.of(route).servedBefore())
            .filter(shares -> !shares.isEmpty())
            .findFirst()
            .orElse(Map.of());
    this.everReady =
        observed
            .routes()
            .flatMap(route -> RouteMemory.of(route).everReady().stream())
            .collect(Collectors.toSet());
  }

  /**
   * Of all versions, listed or still there.
   *
   * @param reused versions whose name another model has still
   */
  static List<VersionFacts> of(
      FlightDelayModelSpec spec,
      Naming naming,
      Observed observed,
      Promotion promotion,
      Set<String> reused) {
    return new Facts(spec, naming, observed, promotion).all(reused);
  }

  private List<VersionFacts> all(Set<String> reused) {
    List<VersionFacts> facts = new ArrayList<>();
    Map<String, ModelVersion> listed = new LinkedHashMap<>();
    for (ModelVersion version : spec.versions()) {
      if (reused.contains(version.name())) {
        // Its share is nobody's until the old one of its name has gone.
        facts.add(
            VersionFacts.of(version.name() + "@" + version.model().sha256())
                .wanted(OptionalInt.of(version.traffic()))
                .build());
      } else {
        listed.put(version.name(), version);
      }
    }
    Set<String> names = observed.versions().collect(Collectors.toCollection(TreeSet::new));
    names.addAll(listed.keySet());
    for (String name : names) {
      facts.add(facts(name, Optional.ofNullable(listed.get(name))));
    }
    return facts;
  }

  private VersionFacts facts(String name, Optional<ModelVersion> listed) {
    Optional<Deployment> deployment = observed.child(Deployment.class, name);
    Optional<Autoscaling> autoscaling =
        listed.map(version -> PredictorAutoscaler.autoscaling(version, spec));
    String sha256 =
        listed
            .map(version -> version.model().sha256())
            .or(() -> deployment.flatMap(PredictorDeployment::sha256))
            .orElse("");
    int leastReplicas = autoscaling.map(Autoscaling::leastReplicas).orElse(1);
    VersionHealth health = VersionHealth.of(name, sha256, leastReplicas, observed);
    return VersionFacts.of(name)
        .wanted(
            listed.map(version -> OptionalInt.of(version.traffic())).orElse(OptionalInt.empty()))
        .exists(observed.childrenOf(name).findAny().isPresent())
        .everReady(
            health.phase() == Phase.Ready
                || deployment.flatMap(PredictorDeployment::readySince).isPresent()
                || everReady.contains(RouteMemory.readyName(name, sha256)))
        .readyReplicas(health.readyReplicas())
        .desiredReplicas(health.desiredReplicas())
        .leastReplicas(leastReplicas)
        .scalesTo(
            autoscaling
                .filter(scaling -> scaling.mode() == Autoscaling.Mode.HPA)
                .map(scaling -> OptionalInt.of(scaling.maxReplicas()))
                .orElse(OptionalInt.empty()))
        .fixed(autoscaling.filter(scaling -> scaling.mode() == Autoscaling.Mode.None).isPresent())
        .promoted(listed.filter(promotion::isAsked).isPresent())
        .routed(weights.getOrDefault(name, 0))
        .servedBefore(servedBefore.getOrDefault(name, 0))
        .prescale(
            observed
                .child(HorizontalPodAutoscaler.class, name)
                .flatMap(PredictorAutoscaler::prescale))
        .drainUntil(
            deployment
                .map(PredictorDeployment::drainUntil)
                // Without pods there is nothing to wait for.
                .orElse(Optional.of(Instant.EPOCH)))
        .ofSteps(ofSteps(new Seen(name, listed, spec, observed)))
        .build();
  }

  private static List<StepFact> ofSteps(Seen version) {
    List<StepFact> facts = new ArrayList<>();
    OF_STEPS.forEach(source -> source.apply(version).ifPresent(facts::add));
    return facts;
  }

  private static Optional<EverReady.Remembered> readySince(Seen version) {
    return version
        .observed()
        .child(Deployment.class, version.name())
        .flatMap(PredictorDeployment::readySince)
        .map(EverReady.Remembered::new);
  }
}
