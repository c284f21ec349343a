package dev.flightdelay.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SettleTimeTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static VersionFacts.Builder version(String name, int wanted, int routed) {
    return VersionFacts.of(name)
        .wanted(OptionalInt.of(wanted))
        .routed(routed)
        .exists(true)
        .everReady(true)
        .readyReplicas(2)
        .leastReplicas(2)
        .scalesTo(OptionalInt.of(20));
  }

  private static VersionFacts.Builder readyFor(VersionFacts.Builder version, Duration time) {
    return version.ofSteps(
        List.of(new SettleTime.Asked(MINUTE), new EverReady.Remembered(NOW.minus(time))));
  }

  private static Rollout decide(VersionFacts.Builder... versions) {
    return Rollout.decide(
        List.of(versions).stream().map(VersionFacts.Builder::build).toList(),
        new Routing(true, Optional.empty()),
        Duration.ZERO,
        NOW);
  }

  @Test
  void holdsTheFirstTrafficUntilTheVersionHasBeenReadyLongEnough() {
    VersionFacts.Builder old = version("v1", 0, 100);

    Rollout early = decide(old, readyFor(version("v2", 100, 0), Duration.ofSeconds(20)));
    Rollout late = decide(old, readyFor(version("v2", 100, 0), MINUTE));

    assertThat(early.weights()).containsOnly(Map.entry("v1", 100));
    assertThat(early.held())
        .containsOnly(Map.entry("v2", new SettleTime.Settling(NOW.plusSeconds(40))));
    assertThat(early.next()).hasValue(Duration.ofMillis(40_050));
    assertThat(late.weights()).containsOnly(Map.entry("v2", 100));
    assertThat(late.held()).isEmpty();
  }

  @Test
  void holdsNothingThatHasTrafficOrThatNobodyServesBefore() {
    Rollout more = decide(version("v1", 50, 90), readyFor(version("v2", 50, 10), Duration.ZERO));
    Rollout first = decide(readyFor(version("v1", 100, 0), Duration.ZERO));

    assertThat(more.weights()).containsOnly(Map.entry("v1", 50), Map.entry("v2", 50));
    assertThat(first.weights()).containsOnly(Map.entry("v1", 100));
  }

  @Test
  void holdsNothingThatAPersonPromotes() {
    Rollout promoted =
        decide(
            version("v1", 0, 100), readyFor(version("v2", 100, 0).promoted(true), Duration.ZERO));

    assertThat(promoted.weights()).containsOnly(Map.entry("v2", 100));
  }
}
