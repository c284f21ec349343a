package dev.flightdelay.operator.it;

import static java.lang.Integer.MAX_VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.ClusterState;
import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.faults.Fault;
import dev.flightdelay.operator.faults.Write;
import dev.flightdelay.operator.faults.WriteFault;
import dev.flightdelay.operator.faults.WriteFault.Applied;
import dev.flightdelay.operator.faults.Writes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The operator dies right after a model's n-th write, or never gets the answer to it, for every n:
 * what the model comes to in the end is what it comes to without faults, and nothing is made or
 * deleted twice. Each n has a model of its own, and several of them die at once.
 */
class CrashIT {
  private static final Duration SETTLED = Duration.ofSeconds(1);

  /** Something that a user does to a model, which the operator follows up with several writes. */
  record Change(
      String name,
      BiConsumer<OperatorEnvironment, String> before,
      BiConsumer<OperatorEnvironment, String> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** What a change comes to without faults. */
  record Outcome(int writes, ClusterState state, Map<String, Integer> creationsAndDeletions) {}

  /**
   * A model, and at which of its writes something happens.
   *
   * @param before how many it had before the change
   */
  record Victim(String model, int write, int before) {
    boolean isAtItsWrite() {
      return writes(model).size() - before >= write;
    }

    boolean isSettled() {
      return writes(model).size() > before
          && environment
              .condition(model, "Ready")
              .filter(c -> c.getStatus().equals("True"))
              .isPresent();
    }
  }

  /**
   * So many die with one operator: each keeps one of its threads waiting until then, and so many it
   * has for what happens to models.
   */
  private static final int AT_ONCE = 4;

  private static OperatorEnvironment environment;
  private static int models;

  @BeforeAll
  static void start() {
    environment = OperatorEnvironment.start("crash");
  }

  @AfterAll
  static void stop() {
    environment.close();
  }

  /** By default the two that write most; all with -Dfaults.full, or with -Dfaults.every-change. */
  static Stream<Change> changes() {
    return all()
        .filter(
            change ->
                FaultTimes.FULL
                    || System.getProperty("faults.every-change") != null
                    || change.name.equals("create")
                    || change.name.equals("one version instead of another"));
  }

  private static Stream<Change> all() {
    return Stream.of(
        new Change("create", (_, _) -> {}, (e, m) -> e.apply(small(m).version("v1", 100))),
        new Change(
            "other resources",
            (e, m) -> e.apply(small(m).version("v1", 100)),
            (e, m) -> e.apply(small(m).version("v1", 100, "resources: {requests: {cpu: 200m}}"))),
        new Change(
            "one pod to three",
            (e, m) -> e.apply(small(m).version("v1", 100)),
            (e, m) ->
                e.apply(small(m).version("v1", 100, "autoscaling: {mode: None, minReplicas: 3}"))),
        new Change(
            "another version",
            (e, m) -> e.apply(small(m).version("v1", 100)),
            (e, m) -> e.apply(small(m).version("v1", 0).version("v2", 100))),
        new Change(
            "one version instead of another",
            (e, m) -> e.apply(small(m).version("v1", 100)),
            (e, m) -> e.apply(small(m).version("v2", 100))),
        new Change(
            "not exposed any more",
            (e, m) -> e.apply(small(m).version("v1", 100)),
            (e, m) -> e.apply(small(m).version("v1", 100).with("expose: {type: None}"))));
  }

  private static Model small(String name) {
    return Model.named(name)
        .with("autoscaling: {mode: None, minReplicas: 1}")
        .with("drainSeconds: 1");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void goesOnAfterAKillAtAnyWrite(Change change) {
    Outcome expected = withoutFaults(change);
    List<String> all = prepared(change, expected.writes);
    int killed = 0;
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      List<Victim> victims = victims(all.subList(i, Math.min(i + AT_ONCE, all.size())), i + 1);
      killed += killAtTheirWrites(change, victims);
      environment.operator().start();
      environment.operator().awaitReady();
      assertSame(expected, victims, change + ", killed at write ");
    }
    assertThat(killed)
        .as("killed at a write of " + change + ", not after them all")
        .isGreaterThan(expected.writes / 2);
    all.forEach(environment::delete);
  }

  /**
   * Each gets as far as its write, and no further: that one is applied and never answered, those
   * after it are not even applied. Then all of it ends at once.
   *
   * @return how many got there: another order of events may have taken fewer writes
   */
  private static int killAtTheirWrites(Change change, List<Victim> victims) {
    List<Fault> faults = new ArrayList<>();
    for (Victim victim : victims) {
      faults.add(fail(victim, victim.write, new WriteFault.Unanswered(Applied.YES)));
      faults.add(fail(victim, victim.write + 1, MAX_VALUE, new WriteFault.Unanswered(Applied.NO)));
    }
    victims.forEach(victim -> change.change.accept(environment, victim.model));
    await(change + ": each at its write, of " + victims)
        .atMost(Duration.ofSeconds(60))
        .until(() -> victims.stream().allMatch(v -> v.isAtItsWrite() || v.isSettled()));
    if (!victims.stream().allMatch(Victim::isAtItsWrite)) {
      // The write that settles it may be the one that is meant, a moment later.
      environment.awaitQuiet(SETTLED);
    }
    int there = (int) victims.stream().filter(Victim::isAtItsWrite).count();
    environment.operator().kill();
    faults.forEach(Fault::close);
    return there;
  }

  @ParameterizedTest
  @MethodSource("changes")
  void goesOnWhereAnAnswerIsLost(Change change) {
    Outcome expected = withoutFaults(change);
    List<Victim> victims = victims(prepared(change, expected.writes), 1);
    List<Fault> faults =
        victims.stream()
            .map(victim -> fail(victim, victim.write, new WriteFault.Reset(Applied.YES)))
            .toList();
    victims.forEach(victim -> change.change.accept(environment, victim.model));
    assertSame(expected, victims, change + ", lost the answer to write ");
    faults.forEach(Fault::close);
    assertThat(victims.stream().filter(Victim::isAtItsWrite).count())
        .as("answers lost of " + change)
        .isGreaterThan(expected.writes / 2);
    victims.forEach(victim -> environment.delete(victim.model));
  }

  private static Fault fail(Victim victim, int write, WriteFault fault) {
    return fail(victim, write, write, fault);
  }

  private static Fault fail(Victim victim, int first, int last, WriteFault fault) {
    return environment
        .proxy()
        .failWrites(
            new Writes(
                call ->
                    !call.resource().equals("leases")
                        && !call.resource().equals("events")
                        && isOf(victim.model, call.name()),
                first,
                last),
            fault);
  }

  private static Outcome withoutFaults(Change change) {
    Victim model = victims(prepared(change, 1), 1).getFirst();
    change.change.accept(environment, model.model);
    settle(List.of(model));
    Outcome outcome =
        new Outcome(
            writes(model.model).size() - model.before,
            environment.state(model.model),
            environment.creationsAndDeletions(model.model));
    assertThat(outcome.writes).as("writes of " + change).isPositive();
    environment.delete(model.model);
    return outcome;
  }

  /** So many models as they are before the change. */
  private static List<String> prepared(Change change, int count) {
    List<String> names = Stream.generate(() -> "m" + ++models + "x").limit(count).toList();
    names.forEach(name -> change.before.accept(environment, name));
    names.stream()
        .filter(name -> environment.model(name).get() != null)
        .forEach(environment::awaitReady);
    environment.awaitQuiet(SETTLED);
    return names;
  }

  /** From now on: at its n-th write the first, at the next one the second, and so on. */
  private static List<Victim> victims(List<String> names, int n) {
    List<Victim> victims = new ArrayList<>();
    for (String name : names) {
      victims.add(new Victim(name, n + victims.size(), writes(name).size()));
    }
    return victims;
  }

  /** The writes that are counted for the outcome. */
  private static List<Write> writes(String model) {
    return environment.writes().stream()
        .filter(write -> isOf(model, write.object().split("/")[2]))
        .toList();
  }

  private static boolean isOf(String model, String object) {
    return object.equals(model) || object.startsWith(model + "-") || object.startsWith(model + ".");
  }

  private static void settle(List<Victim> victims) {
    victims.forEach(victim -> environment.awaitReady(victim.model));
    environment.awaitQuiet(SETTLED);
  }

  private static void assertSame(Outcome expected, List<Victim> victims, String what) {
    await(what + victims.stream().map(Victim::write).toList())
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertSameState(expected, victims, what));
    settle(victims);
    assertSameState(expected, victims, what);
    for (Victim victim : victims) {
      assertThat(environment.creationsAndDeletions(victim.model))
          .as(what + victim.write)
          .isEqualTo(expected.creationsAndDeletions);
    }
  }

  private static void assertSameState(Outcome expected, List<Victim> victims, String what) {
    Map<String, ClusterState> states =
        environment.states(victims.stream().map(Victim::model).toList());
    for (Victim victim : victims) {
      assertThat(states.get(victim.model)).as(what + victim.write).isEqualTo(expected.state);
    }
  }
}
