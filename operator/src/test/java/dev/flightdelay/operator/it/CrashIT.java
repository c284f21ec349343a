package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.operator.cluster.ClusterState;
import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.faults.Fault;
import dev.flightdelay.operator.faults.WriteFault;
import dev.flightdelay.operator.faults.WriteFault.Applied;
import dev.flightdelay.operator.faults.Writes;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The operator dies right after its n-th write, or never gets the answer to it, for every n: what
 * it comes to in the end is what it comes to without faults, and nothing is made or deleted twice.
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
    for (int n = 1; n <= expected.writes; n++) {
      String model = prepared(change);
      int before = environment.writes().size();
      try (Fault _ =
          environment
              .proxy()
              .failWrites(nthOf(n), new WriteFault.Then(environment.operator()::kill))) {
        change.change.accept(environment, model);
        await(change + ": killed at write " + n)
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    !environment.operator().isAlive()
                        // Another order of events may have taken fewer writes.
                        || isSettled(model, before));
        if (environment.operator().isAlive()) {
          // The write that settles it may be the one that kills, a moment later.
          environment.awaitQuiet(SETTLED);
        }
      }
      if (!environment.operator().isAlive()) {
        environment.operator().start();
        environment.operator().awaitReady();
      }
      assertSame(expected, model, change + ", killed at write " + n);
      environment.delete(model);
    }
  }

  @ParameterizedTest
  @MethodSource("changes")
  void goesOnWhereAnAnswerIsLost(Change change) {
    Outcome expected = withoutFaults(change);
    for (int n = 1; n <= expected.writes; n++) {
      String model = prepared(change);
      try (Fault _ = environment.proxy().failWrites(nthOf(n), new WriteFault.Reset(Applied.YES))) {
        change.change.accept(environment, model);
        assertSame(expected, model, change + ", answer " + n + " lost");
      }
      environment.delete(model);
    }
  }

  private static Outcome withoutFaults(Change change) {
    String model = prepared(change);
    int before = environment.writes().size();
    change.change.accept(environment, model);
    settle(model);
    Outcome outcome =
        new Outcome(
            environment.writes().size() - before,
            environment.state(model),
            environment.creationsAndDeletions(model));
    assertThat(outcome.writes).as("writes of " + change).isPositive();
    environment.delete(model);
    return outcome;
  }

  private static String prepared(Change change) {
    String model = "m" + ++models + "x";
    change.before.accept(environment, model);
    if (environment.model(model).get() != null) {
      settle(model);
    }
    return model;
  }

  /** The n-th of the writes that are counted for the outcome. */
  private static Writes nthOf(int n) {
    return new Writes(
        call -> !call.resource().equals("leases") && !call.resource().equals("events"), n, n);
  }

  private static void settle(String model) {
    environment.awaitReady(model);
    environment.awaitQuiet(SETTLED);
  }

  private static boolean isSettled(String model, int writesBefore) {
    return environment.writes().size() > writesBefore
        && environment
            .condition(model, "Ready")
            .filter(c -> c.getStatus().equals("True"))
            .isPresent();
  }

  private static void assertSame(Outcome expected, String model, String what) {
    await(what)
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(environment.state(model)).as(what).isEqualTo(expected.state));
    settle(model);
    assertThat(environment.state(model)).as(what).isEqualTo(expected.state);
    assertThat(environment.creationsAndDeletions(model))
        .as(what)
        .isEqualTo(expected.creationsAndDeletions);
  }
}
