package dev.flightdelay.operator.exploration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flightdelay.operator.api.v1alpha1.Autoscaling.Mode;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.cluster.ClusterState;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.faults.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/**
 * Twenty models go through random states and troubles; then they come to rest, and to the same as
 * if each had been applied in its last state only.
 */
public final class Round {
  private static final int MODELS = 20;

  /** For how long nothing may be written. */
  private static final Duration REST = Duration.ofSeconds(60);

  /** So many are tried. */
  private static final int RESTS = 3;

  /** Longer than the longest pause between two tries, and than anything that goes by the clock. */
  private static final Duration SETTLED = Duration.ofSeconds(240);

  private static final Duration QUIET = Duration.ofSeconds(4);

  /** The command that a waiting version's message has for a person. */
  private static final Pattern PROMOTION = Pattern.compile("(flightdelay\\.dev/promote)=(\\S+)");

  private final long seed;
  private final OperatorEnvironment environment;
  private final Stage stage;

  private Round(long seed, OperatorEnvironment environment) {
    this.seed = seed;
    this.environment = environment;
    this.stage = new Stage(environment);
  }

  /** Plays the round of a seed, and says how many states it had. */
  public static int play(long seed) {
    try (OperatorEnvironment environment =
            OperatorEnvironment.start("exploration", Allowed.SETTINGS);
        Surroundings _ = new Surroundings(environment)) {
      Round round = new Round(seed, environment);
      return round.play();
    }
  }

  private int play() {
    Instant start = Instant.now();
    Script.of(seed, MODELS).forEach(stage::play);
    stage.endTroubles();
    int states = stage.applied();
    Instant played = Instant.now();
    settle("the last states");
    Instant settled = Instant.now();
    rest();
    assertThat(environment.operator().stacks()).as("stacks in the log of round " + seed).isEmpty();
    Snapshot end = Snapshot.of(environment);
    // Now, as long as the pods answer.
    Map<String, Map<String, String>> told = new TreeMap<>();
    end.models().forEach(model -> told.put(model.getMetadata().getName(), Oracle.of(model, end)));
    ClusterState before = ClusterState.of(environment.server(), environment.namespace());
    applyAnew();
    settle("the same states applied anew");
    compare(end, told, before, ClusterState.of(environment.server(), environment.namespace()));
    System.out.printf(
        "round %d: %d states in %d s, settled in %d s, applied anew in %d s: %s%n",
        seed,
        states,
        Duration.between(start, played).toSeconds(),
        Duration.between(played, settled).toSeconds(),
        Duration.between(settled.plus(REST), Instant.now()).toSeconds(),
        endings(told));
    return states;
  }

  /** How often models came to what. */
  private static Map<String, Long> endings(Map<String, Map<String, String>> told) {
    return told.values().stream()
        .flatMap(end -> Stream.of("Ready " + end.get("Ready"), "Exposed " + end.get("Exposed")))
        .collect(Collectors.groupingBy(end -> end, TreeMap::new, Collectors.counting()));
  }

  private void settle(String what) {
    await("round " + seed + ": " + what)
        .atMost(SETTLED)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(
            () -> {
              // One that was killed in the last moment; what does not run would be quiet.
              stage.endTroubles();
              environment.operator().awaitReady();
              Instant lately = Instant.now().minus(QUIET);
              assertThat(environment.proxy().writes())
                  .as("writes of the last " + QUIET)
                  .noneMatch(write -> write.at().isAfter(lately));
              Snapshot cluster = Snapshot.of(environment);
              assertThat(promoted(cluster)).as("promoted just now").isEmpty();
              assertThat(Deadlines.within(REST, cluster)).as("what is to come").isEmpty();
              assertThat(differences(cluster))
                  .as("statuses that are not as they should be")
                  .isEmpty();
            });
  }

  /** As a person does who has read what the status says. */
  private List<String> promoted(Snapshot cluster) {
    List<String> promoted = new ArrayList<>();
    for (FlightDelayModel model : cluster.models()) {
      Optional.ofNullable(model.getStatus()).stream()
          .flatMap(status -> status.versions().stream())
          .map(version -> PROMOTION.matcher(version.message()))
          .filter(Matcher::find)
          .findFirst()
          .ifPresent(
              command -> {
                stage.annotate(model.getMetadata().getName(), command.group(1), command.group(2));
                promoted.add(model.getMetadata().getName() + " " + command.group(2));
              });
    }
    return promoted;
  }

  private List<String> differences(Snapshot cluster) {
    List<String> differences = new ArrayList<>();
    for (FlightDelayModel model : cluster.models()) {
      String name = model.getMetadata().getName();
      Map<String, String> should = Oracle.of(model, cluster);
      Map<String, String> is =
          model.getStatus() == null ? Map.of() : Statuses.told(model.getStatus());
      Set<String> parts = new TreeSet<>(should.keySet());
      is.keySet().stream().filter(part -> part.startsWith("version ")).forEach(parts::add);
      String different =
          parts.stream()
              .filter(part -> !should.getOrDefault(part, "").equals(is.getOrDefault(part, "")))
              .map(
                  part ->
                      "\n  %s is       %s\n  %s should be %s"
                          .formatted(part, is.get(part), part, should.get(part)))
              .collect(Collectors.joining());
      if (!different.isEmpty()) {
        differences.add(
            "\nseed %d, model %s:%s\n  status %s%s"
                .formatted(seed, name, different, model.getStatus(), stage.history(name)));
      }
    }
    return differences;
  }

  /**
   * A time in which nothing is written. What the cluster's own controllers come late with, on a
   * machine that is busy, may be written once or twice; who writes on and on never rests.
   */
  private void rest() {
    List<Write> written = writtenMeanwhile();
    for (int more = 1; more < RESTS && !written.isEmpty(); more++) {
      settle("what came late: " + written);
      written = writtenMeanwhile();
    }
    List<Write> unrest = written;
    assertThat(unrest)
        .as(
            () ->
                "seed %d: written at rest; %s"
                    .formatted(
                        seed,
                        unrest.stream()
                            .map(write -> write.object().split("/")[2].split("[-.]")[0])
                            .distinct()
                            .map(stage::history)
                            .toList()))
        .isEmpty();
  }

  private List<Write> writtenMeanwhile() {
    int before = environment.proxy().writes().size();
    LockSupport.parkNanos(REST.toNanos());
    List<Write> all = environment.proxy().writes();
    return List.copyOf(all.subList(before, all.size()));
  }

  private void applyAnew() {
    Map<String, ModelState> states = new TreeMap<>(stage.states());
    states.keySet().forEach(environment::delete);
    await("round " + seed + ": all is gone")
        .atMost(Duration.ofSeconds(180))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              ClusterState left = ClusterState.of(environment.server(), environment.namespace());
              assertThat(left.objects())
                  .as(() -> "left of deleted models; " + histories(left))
                  .isEmpty();
            });
    states.values().forEach(stage::apply);
  }

  /** What happened to the models that these objects are of. */
  private List<String> histories(ClusterState left) {
    return left.objects().keySet().stream()
        .map(object -> object.split("/")[1].split("[-.]")[0])
        .distinct()
        .map(stage::history)
        .toList();
  }

  private void compare(
      Snapshot end,
      Map<String, Map<String, String>> told,
      ClusterState before,
      ClusterState after) {
    SoftAssertions all = new SoftAssertions();
    for (FlightDelayModel model : end.models()) {
      String name = model.getMetadata().getName();
      Map<String, ObjectNode> lived = Children.of(name, before);
      Map<String, ObjectNode> fresh = Children.of(name, after);
      String ready = told.get(name).get("Ready");
      Set<String> versions = versions(model.getSpec(), false);
      boolean shared =
          end.models().stream().anyMatch(other -> HostOwners.rivals(model, other, end));
      if (ready.matches("False (NotAllowed|VersionReused)")) {
        // What is there is not this state's.
        continue;
      }
      if (shared || !ready.equals("True Serving")) {
        // What routes, and what is left of other versions, waits for something.
        lived = Children.ofVersions(name, versions, lived);
        fresh = Children.ofVersions(name, versions, fresh);
      }
      Set<String> fixed = versions(model.getSpec(), true);
      Map<String, String> is = Children.unified(lived, fresh, fixed);
      Map<String, String> should = Children.unified(fresh, lived, fixed);
      is.entrySet().removeIf(child -> should.remove(child.getKey(), child.getValue()));
      all.assertThat(is)
          .as(() -> "seed %d, children of %s%s".formatted(seed, name, stage.history(name)))
          .isEqualTo(should);
    }
    all.assertAll();
  }

  private static Set<String> versions(FlightDelayModelSpec spec, boolean fixed) {
    Set<String> versions = new HashSet<>();
    for (ModelVersion version : spec.versions()) {
      Mode mode =
          (version.autoscaling() == null ? spec.autoscaling() : version.autoscaling()).mode();
      if (!fixed || mode == Mode.None) {
        versions.add(version.name());
      }
    }
    return versions;
  }
}
