package dev.flightdelay.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.api.v1alpha1.Autoscaling;
import dev.flightdelay.operator.api.v1alpha1.Autoscaling.Mode;
import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.ModelSource;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.ParentRef;
import dev.flightdelay.operator.child.Annotations;
import dev.flightdelay.operator.child.ChildSettings;
import dev.flightdelay.operator.child.ModelHttpRoute;
import dev.flightdelay.operator.child.ModelIngress;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.child.PredictorAutoscaler;
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.rollout.NotReadyYet;
import dev.flightdelay.operator.rollout.RisesWithPods;
import dev.flightdelay.operator.status.StatusReport;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random specs, pods and time through the planner: what must hold at every moment, and that it
 * comes to rest. A failure names its seed, which repeats it.
 */
class PlannerSimulationTest {

  private static final int SEEDS = 50;
  private static final int STEPS = 50;
  private static final PlanSettings SETTINGS =
      new PlanSettings(
          new ChildSettings("registry.example/predictor:1", "", "operator", List.of()),
          List.of(),
          List.of(),
          AllowedNodes.NONE,
          Optional.empty());

  private final FakeCluster cluster = new FakeCluster();
  private final List<String> story = new ArrayList<>();
  private Random random;
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private Map<String, ModelVersion> versions = new LinkedHashMap<>();
  private FlightDelayModel model;
  private int models;

  static IntStream seeds() {
    return IntStream.range(0, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsItsPromisesAndComesToRest(int seed) {
    random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      if (model == null || random.nextInt(5) == 0) {
        changeSpec();
      }
      disturb();
      reconcile();
    }
    comesToRest();
  }

  private void changeSpec() {
    Map<String, ModelVersion> next = new LinkedHashMap<>();
    List<String> names =
        new ArrayList<>(List.of("v1", "v2", "v3", "v4", "v5").subList(0, 2 + random.nextInt(4)));
    Collections.shuffle(names, random);
    Expose expose = expose();
    int count = 1 + random.nextInt(names.size());
    int left = 100;
    for (int i = 0; i < count; i++) {
      boolean last = i == count - 1;
      int traffic = last || expose.type() == Expose.Type.Ingress ? left : random.nextInt(left + 1);
      left -= traffic;
      next.put(names.get(i), version(names.get(i), traffic));
    }
    versions = next;
    model = new FlightDelayModel();
    model.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("flights")
            .withName("flights")
            .withUid("uid")
            .withGeneration(1L)
            .build());
    model.setSpec(
        new FlightDelayModelSpec(
            List.copyOf(next.values()),
            null,
            autoscaling(),
            expose,
            null,
            null,
            null,
            random.nextInt(30)));
    story.add(
        "%s spec %s %s"
            .formatted(
                now,
                expose,
                next.values().stream()
                    .map(
                        version ->
                            "%s@%s=%d"
                                .formatted(
                                    version.name(),
                                    version.model().sha256().substring(60),
                                    version.traffic()))
                    .toList()));
  }

  /** The schema keeps a listed name's model; a name that comes back may have another one. */
  private ModelVersion version(String name, int traffic) {
    ModelSource source =
        versions.containsKey(name)
            ? versions.get(name).model()
            : cluster
                .deployment(name)
                .filter(_ -> random.nextBoolean())
                .map(deployment -> source(FakeCluster.sha256(deployment)))
                .orElseGet(this::newModel);
    return new ModelVersion(
        name, source, traffic, null, random.nextInt(4) == 0 ? autoscaling() : null);
  }

  private ModelSource newModel() {
    // The beginning is what tells models apart.
    String sha256 = "%04x".formatted(models++).repeat(16);
    if (random.nextInt(3) == 0) {
      cluster.makeUnreadable(sha256);
    }
    return source(sha256);
  }

  private static ModelSource source(String sha256) {
    return new ModelSource("https://models.example/" + sha256, sha256, null, null, null);
  }

  private Autoscaling autoscaling() {
    int least = 1 + random.nextInt(4);
    Mode mode = random.nextBoolean() ? Mode.values()[random.nextInt(3)] : Mode.HPA;
    return new Autoscaling(least, least + random.nextInt(8), null, null, mode);
  }

  private Expose expose() {
    String host = List.of("flights.example", "other.example", "").get(random.nextInt(3));
    return switch (random.nextInt(8)) {
      case 0, 1 ->
          new Expose(
              Expose.Type.Ingress,
              host.isEmpty() ? null : host,
              random.nextBoolean() ? "nginx" : null,
              null,
              null);
      case 2 -> new Expose(Expose.Type.None, null, null, null, null);
      default ->
          new Expose(
              Expose.Type.HTTPRoute,
              host.isEmpty() ? null : host,
              null,
              null,
              List.of(new ParentRef(random.nextBoolean() ? "gateway" : "other", null, null, null)));
    };
  }

  private void disturb() {
    now = now.plusSeconds(random.nextInt(4) == 0 ? random.nextInt(400) : random.nextInt(15));
    cluster.shake(random);
    cluster.hostTakenBy =
        random.nextInt(12) == 0 ? Optional.of("other/flights") : cluster.hostTakenBy;
    if (random.nextInt(4) == 0) {
      cluster.hostTakenBy = Optional.empty();
    }
    cluster.gatewayApi = random.nextInt(30) != 0;
    if (random.nextInt(10) == 0) {
      versions.keySet().stream()
          // Where no route could be written, only the Deployment knows that it was ready.
          .filter(cluster::routeRemembers)
          .filter(version -> runs(versions.get(version)))
          .findAny()
          .flatMap(cluster::deployment)
          .ifPresent(cluster::lose);
    }
  }

  private boolean runs(ModelVersion version) {
    return cluster
        .deployment(version.name())
        .filter(deployment -> FakeCluster.sha256(deployment).equals(version.model().sha256()))
        .isPresent();
  }

  private Plan reconcile() {
    Observed observed = cluster.observe();
    Naming naming = Naming.of(model);
    Map<String, Integer> routed = new TreeMap<>(observed.weights(naming));

    Set<String> waysIn = cluster.waysIn();
    Plan plan = Planner.plan(model, observed, SETTINGS, now);
    // What a lost Deployment took with it, or left to another model of its name, serves nobody.
    routed.keySet().removeIf(name -> !wasReady(name, plan));
    story.add(
        "%s routed %s -> %s held %s drain %s delete %s"
            .formatted(
                now,
                routed,
                plan.rollout().weights(),
                plan.rollout().held(),
                plan.rollout().draining(),
                plan.delete().stream().map(object -> object.getMetadata().getName()).toList()));

    addUpToOneHundred(plan, routed);
    giveNothingToWhatWasNeverReady(plan);
    raiseNoShareOntoTooFewPods(plan, routed);
    deleteNothingThatHasTraffic(plan);
    cluster.carryOut(plan);
    routeOnlyToWhatIsThere();
    keepAWayIn(waysIn);
    sayReadyOnlyOfWhatIsRouted(plan);
    return plan;
  }

  private void addUpToOneHundred(Plan plan, Map<String, Integer> routed) {
    Map<String, Integer> weights = plan.rollout().weights();
    boolean someoneCan =
        !routed.isEmpty()
            || versions.values().stream()
                .anyMatch(
                    version ->
                        version.traffic() > 0
                            && !plan.refused().containsKey(version.name())
                            && cluster.wasReady(version.model().sha256()));
    assertThat(weights.values().stream().mapToInt(Integer::intValue).sum())
        .as(this::told)
        .isEqualTo(someoneCan ? 100 : 0);
    assertThat(weights.values()).allMatch(weight -> weight > 0);
  }

  private void giveNothingToWhatWasNeverReady(Plan plan) {
    plan.rollout()
        .weights()
        .keySet()
        .forEach(
            name ->
                assertThat(wasReady(name, plan))
                    .as(() -> name + " was never ready" + told())
                    .isTrue());
  }

  private boolean wasReady(String name, Plan plan) {
    return versions.containsKey(name) && !plan.refused().containsKey(name)
        ? cluster.wasReady(versions.get(name).model().sha256()) && cluster.versions().contains(name)
        : cluster.deployment(name).map(FakeCluster::sha256).filter(cluster::wasReady).isPresent();
  }

  private void raiseNoShareOntoTooFewPods(Plan plan, Map<String, Integer> routed) {
    int serving = routed.keySet().stream().mapToInt(this::carrying).sum();
    double sum = routed.values().stream().mapToInt(Integer::intValue).sum();
    plan.rollout()
        .weights()
        .forEach(
            (name, weight) -> {
              if (!routed.isEmpty() && weight > 1 + 100 * routed.getOrDefault(name, 0) / sum) {
                assertThat(cluster.readyPods(name))
                    .as(() -> name + " has too few pods" + told())
                    .isGreaterThanOrEqualTo(least(name, weight, serving, plan, routed));
              }
            });
  }

  /** Pods that a version was given for a larger share carry nothing yet. */
  private int carrying(String name) {
    int ready = cluster.readyPods(name);
    return cluster
        .autoscaler(name)
        .filter(scaler -> Annotations.text(scaler, Annotations.PRESCALE).isPresent())
        .filter(scaler -> Annotations.text(scaler, Annotations.PRESCALE_UNTIL).isEmpty())
        .map(_ -> versions.get(name))
        .map(version -> PredictorAutoscaler.autoscaling(version, model.getSpec()))
        .map(scaling -> Math.min(ready, scaling.leastReplicas()))
        .orElse(ready);
  }

  /** The pods that a version must have before its share rises to a weight. */
  private int least(String name, int weight, int serving, Plan plan, Map<String, Integer> routed) {
    ModelVersion version = versions.get(name);
    if (version == null || plan.refused().containsKey(name) || isPromoted(version)) {
      return 1;
    }
    Autoscaling autoscaling = PredictorAutoscaler.autoscaling(version, model.getSpec());
    return switch (autoscaling.mode()) {
      case HPA ->
          Math.min(autoscaling.maxReplicas(), Math.max(1, Math.ceilDiv(serving * weight, 100)));
      // At most a quarter more on each pod than on those that give their share away; a percent is
      // lost by rounding.
      case External, None ->
          Math.max(1, (int) Math.ceil((weight - 1) * giving(plan, routed) / 125.0));
    };
  }

  private int giving(Plan plan, Map<String, Integer> routed) {
    Set<String> giving =
        routed.keySet().stream()
            .filter(name -> plan.rollout().weights().getOrDefault(name, 0) < routed.get(name))
            .collect(Collectors.toSet());
    int following =
        giving.stream().filter(name -> !isFixed(name)).mapToInt(cluster::readyPods).sum();
    int fixed = giving.stream().filter(this::isFixed).mapToInt(cluster::readyPods).max().orElse(0);
    return Math.max(following, fixed);
  }

  private boolean isFixed(String name) {
    return Optional.ofNullable(versions.get(name))
        .map(version -> PredictorAutoscaler.autoscaling(version, model.getSpec()).mode())
        .filter(Mode.None::equals)
        .isPresent();
  }

  private boolean isPromoted(ModelVersion version) {
    return Annotations.promotes(model, version.name(), version.model().sha256()).isPresent();
  }

  private void deleteNothingThatHasTraffic(Plan plan) {
    Set<String> deleted =
        plan.delete().stream()
            .filter(object -> !object.getKind().equals("HorizontalPodAutoscaler"))
            .flatMap(object -> Naming.versionOf(object).stream())
            .collect(Collectors.toSet());
    assertThat(deleted).as(this::told).noneMatch(plan.rollout().weights()::containsKey);
    assertThat(deleted)
        .as(this::told)
        .noneMatch(name -> versions.containsKey(name) && !plan.refused().containsKey(name));
  }

  private void routeOnlyToWhatIsThere() {
    Naming naming = Naming.of(model);
    Observed observed = cluster.observe();
    Stream.concat(
            observed.ingresses().stream().map(route -> ModelIngress.weights(route, naming)),
            observed.httpRoutes().stream().map(route -> ModelHttpRoute.weights(route, naming)))
        .flatMap(weights -> weights.keySet().stream())
        .forEach(
            name ->
                assertThat(cluster.objects())
                    .as(this::told)
                    .containsKey("Service/flights-" + name));
    assertThat(observed.routes()).as(this::told).hasSizeLessThanOrEqualTo(2);
  }

  /** Whoever could come in still can, unless nobody shall. */
  private void keepAWayIn(Set<String> before) {
    if (!before.isEmpty() && model.getSpec().expose().type() != Expose.Type.None) {
      assertThat(cluster.waysIn()).as(() -> "of " + before + told()).isNotEmpty();
    }
  }

  /** Pods that become ready between the plan and the status are in the status alone. */
  private void sayReadyOnlyOfWhatIsRouted(Plan plan) {
    Observed later = cluster.observeLater();
    boolean ready =
        StatusReport.of(model, later, plan, Map.of(), now).conditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Ready") && condition.getStatus().equals("True"));
    if (ready && model.getSpec().expose().type() != Expose.Type.None) {
      assertThat(new TreeMap<>(later.weights(Naming.of(model)))).as(this::told).isEqualTo(asked());
    }
  }

  private void comesToRest() {
    cluster.hostTakenBy = Optional.empty();
    cluster.gatewayApi = true;
    for (int round = 0; round < 40; round++) {
      now = now.plusSeconds(60);
      cluster.calm();
      Plan plan = reconcile();
      plan.rollout().held().entrySet().stream()
          .filter(held -> held.getValue() instanceof RisesWithPods)
          .map(Map.Entry::getKey)
          .filter(versions::containsKey)
          .findFirst()
          .ifPresent(this::promote);
    }
    Map<String, HasMetadata> before = cluster.objects();
    Plan plan = Planner.plan(model, cluster.observe(), SETTINGS, now);

    cluster.carryOut(plan);

    assertThat(cluster.objects()).as(this::told).isEqualTo(before);
    assertThat(plan.drain()).as(this::told).isEmpty();
    assertThat(plan.resume()).as(this::told).isEmpty();
    assertThat(plan.delete()).as(this::told).isEmpty();
    assertThat(plan.rollout().held().values())
        .as(this::told)
        .allMatch(NotReadyYet.class::isInstance);
    assertThat(plan.rollout().rising()).as(this::told).isEmpty();
    assertThat(plan.rollout().prescales()).as(this::told).isEmpty();
    assertThat(plan.rollout().next()).as(this::told).isEmpty();
    boolean all =
        plan.refused().isEmpty()
            && versions.values().stream()
                .filter(version -> version.traffic() > 0)
                .noneMatch(version -> cluster.isUnreadable(version.model().sha256()));
    if (all) {
      assertThat(plan.rollout().held()).as(this::told).isEmpty();
      assertThat(plan.rollout().weights()).as(this::told).isEqualTo(asked());
      assertThat(cluster.versions()).as(this::told).isEqualTo(versions.keySet());
    }
  }

  /** As a person does who has read what the status says. */
  private void promote(String name) {
    String sha256 = versions.get(name).model().sha256();
    model
        .getMetadata()
        .setAnnotations(Map.of(Annotations.PROMOTE, name + "@" + sha256.substring(0, 8)));
    story.add("%s promote %s".formatted(now, name));
  }

  private Map<String, Integer> asked() {
    Map<String, Integer> asked = new TreeMap<>();
    versions.values().stream()
        .filter(version -> version.traffic() > 0)
        .forEach(version -> asked.put(version.name(), version.traffic()));
    return asked;
  }

  private String told() {
    return "\n" + String.join("\n", story.subList(Math.max(0, story.size() - 25), story.size()));
  }
}
