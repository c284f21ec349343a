package dev.flightdelay.operator.rollout;

import static dev.flightdelay.operator.rollout.Facts.version;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final Instant IN_FIVE_MINUTES = NOW.plusSeconds(300);

  private static Rollout decide(Facts... versions) {
    return Rollout.decide(Arrays.stream(versions).map(Facts::build).toList(), DRAIN, NOW);
  }

  @Test
  void routesNothingBeforeTheFirstVersionIsReady() {
    Rollout rollout = decide(version("v1").wants(100).notThere());

    assertThat(rollout.weights()).isEmpty();
    assertThat(rollout.held()).isEmpty();
    assertThat(rollout.next()).isEmpty();
  }

  @Test
  void givesTheFirstVersionThatIsReadyEverything() {
    Rollout rollout = decide(version("v1").wants(90).neverReady(), version("v2").wants(10));

    assertThat(rollout.weights()).containsOnly(Map.entry("v2", 100));
    assertThat(rollout.prescales()).isEmpty();
  }

  @Test
  void givesTheSecondOfAFirstRolloutItsShareOnceItHasThePodsForIt() {
    Facts first = version("v2").wants(10).routed(100);

    assertThat(decide(version("v1").wants(90).pods(1), first).weights())
        .containsOnly(Map.entry("v2", 100));
    assertThat(decide(version("v1").wants(90).pods(2), first).weights())
        .containsOnly(Map.entry("v1", 90), Map.entry("v2", 10));
  }

  @Test
  void givesAVersionThatWasNeverReadyNothingIfAllOthersHaveNone() {
    Rollout rollout = decide(version("v1").wants(0), version("v2").wants(100).neverReady());

    assertThat(rollout.weights()).isEmpty();
  }

  @Test
  void keepsTheShareOfAVersionThatWasNeverReadyWithThoseThatServe() {
    Rollout rollout =
        decide(version("v1").wants(90).routed(100), version("v2").wants(10).neverReady());

    assertThat(rollout.weights()).containsOnly(Map.entry("v1", 100));
  }

  @Test
  void keepsTheOldVersionServingIfOneApplyReplacesItByOneThatNeverGetsReady() {
    Facts old = version("v1").routed(100);

    Rollout first = decide(old, version("v2").wants(100).notThere());
    Rollout later = decide(old, version("v2").wants(100).neverReady());

    assertThat(first.weights()).containsOnly(Map.entry("v1", 100));
    assertThat(later.weights()).containsOnly(Map.entry("v1", 100));
    assertThat(later.draining()).isEmpty();
    assertThat(later.removed()).isEmpty();
  }

  @Test
  void keepsTheLastProportionsEvenOfVersionsThatTheSpecListsNoMore() {
    Rollout rollout =
        decide(
            version("v1").routed(75),
            version("v2").routed(25),
            version("v3").wants(100).neverReady());

    assertThat(rollout.weights()).containsOnly(Map.entry("v1", 75), Map.entry("v2", 25));
    assertThat(rollout.draining()).isEmpty();
  }

  @Test
  void splitsAMissingShareByTheLastProportionsAndNotByThoseThatFollowFromIt() {
    Rollout first =
        decide(
            version("v1").wants(50).routed(50),
            version("v2").routed(50),
            version("v3").wants(50).neverReady());
    Rollout second =
        decide(
            version("v1").wants(50).routed(75).servedBefore(50).pods(20),
            version("v2").routed(25).servedBefore(50),
            version("v3").wants(50).neverReady());

    assertThat(first.servedBefore()).containsOnly(Map.entry("v1", 50), Map.entry("v2", 50));
    assertThat(second.weights()).containsOnly(Map.entry("v1", 75), Map.entry("v2", 25));
    assertThat(second.servedBefore()).isEqualTo(first.servedBefore());
  }

  @Test
  void forgetsTheLastProportionsOnceEveryVersionHasBeenReady() {
    Rollout rollout =
        decide(
            version("v1").wants(50).routed(100).servedBefore(100), version("v2").wants(50).pods(2));

    assertThat(rollout.weights()).containsOnly(Map.entry("v1", 50), Map.entry("v2", 50));
    assertThat(rollout.servedBefore()).isEmpty();
  }

  @Test
  void movesNoWeightWhenAVersionThatWasReadyIsNotAnyMore() {
    Rollout rollout =
        decide(version("v1").wants(90).routed(90).pods(0), version("v2").wants(10).routed(10));

    assertThat(rollout.weights()).containsOnly(Map.entry("v1", 90), Map.entry("v2", 10));
    assertThat(rollout.held()).isEmpty();
  }

  @Test
  void asksForNoMorePodsBecauseOfThoseThatItAskedFor() {
    Facts five = version("v1").wants(0).routed(90).pods(5);

    Rollout asked = decide(five, version("v2").wants(100).routed(10).pods(2));
    Rollout growing = decide(five, version("v2").wants(100).routed(10).pods(6).prescaled(7));
    Rollout reached = decide(five, version("v2").wants(100).routed(10).pods(7).prescaled(7));

    assertThat(asked.held()).containsOnly(Map.entry("v2", 7));
    assertThat(growing.held()).containsOnly(Map.entry("v2", 7));
    assertThat(reached.weights()).containsOnly(Map.entry("v2", 100));
  }

  @Test
  void holdsTheRouteUntilTwoPodsHaveBecomeTheTenThatServeNow() {
    Facts ten = version("v1").wants(0).routed(100).pods(10);

    Rollout asked = decide(ten, version("v2").wants(100).pods(2));
    Rollout waiting = decide(ten, version("v2").wants(100).pods(9).prescaled(10));
    Rollout reached = decide(ten, version("v2").wants(100).pods(10).prescaled(10));

    assertThat(asked.weights()).containsOnly(Map.entry("v1", 100));
    assertThat(asked.held()).containsOnly(Map.entry("v2", 10));
    assertThat(asked.prescales()).containsOnly(Map.entry("v2", new Prescale(10, Optional.empty())));
    assertThat(waiting.weights()).isEqualTo(asked.weights());
    assertThat(waiting.prescales()).isEqualTo(asked.prescales());
    assertThat(reached.weights()).containsOnly(Map.entry("v2", 100));
    assertThat(reached.held()).isEmpty();
    assertThat(reached.prescales())
        .containsOnly(Map.entry("v2", new Prescale(10, Optional.of(IN_FIVE_MINUTES))));
    assertThat(reached.next()).hasValue(Duration.ofMillis(300_050));
  }

  @Test
  void givesTheMorePodsBackFiveMinutesAfterTheMove() {
    Facts idle = version("v1").wants(0).pods(10);
    Facts moved = version("v2").wants(100).routed(100).pods(10);

    Rollout before = decide(idle, moved.prescaled(10, NOW.plusSeconds(1)));
    Rollout after = decide(idle, moved.prescaled(10, NOW));

    assertThat(before.prescales())
        .containsOnly(Map.entry("v2", new Prescale(10, Optional.of(NOW.plusSeconds(1)))));
    assertThat(before.next()).hasValue(Duration.ofMillis(1050));
    assertThat(after.prescales()).isEmpty();
    assertThat(after.weights()).containsOnly(Map.entry("v2", 100));
    assertThat(after.next()).isEmpty();
  }

  @Test
  void doesNotLowerTheMarkWhileItIsWaitedFor() {
    Rollout rollout =
        decide(
            version("v1").wants(0).routed(100).pods(3),
            version("v2").wants(100).pods(5).prescaled(10));

    assertThat(rollout.held()).containsOnly(Map.entry("v2", 10));
    assertThat(rollout.weights()).containsOnly(Map.entry("v1", 100));
  }

  @Test
  void asksForNoMorePodsThanTheAutoscalerMayGive() {
    Facts fifty = version("v1").wants(0).routed(100).pods(50);

    Rollout held = decide(fifty, version("v2").wants(100).scalesTo(10).pods(2));
    Rollout reached = decide(fifty, version("v2").wants(100).scalesTo(10).pods(10));

    assertThat(held.held()).containsOnly(Map.entry("v2", 10));
    assertThat(reached.weights()).containsOnly(Map.entry("v2", 100));
  }

  @Test
  void asksForPodsByTheNewShare() {
    Rollout rollout =
        decide(
            version("v1").wants(60).routed(90).pods(9), version("v2").wants(40).routed(10).pods(2));

    // 11 pods serve: 40 % of them is 4.4.
    assertThat(rollout.held()).containsOnly(Map.entry("v2", 5));
  }

  @Test
  void movesNothingOntoAVersionWithoutAnyPodThatIsReady() {
    Rollout rollout =
        decide(version("v1").wants(0).routed(100).pods(0), version("v2").wants(100).pods(0));

    assertThat(rollout.held()).containsOnly(Map.entry("v2", 1));
    assertThat(rollout.weights()).containsOnly(Map.entry("v1", 100));
  }

  @Test
  void waitsForThePodsThatAVersionWithoutAutoscalerHasAnyhow() {
    Facts ten = version("v1").wants(0).routed(100).pods(10);

    Rollout held = decide(ten, version("v2").wants(100).withoutAutoscaler().pods(1));
    Rollout reached = decide(ten, version("v2").wants(100).withoutAutoscaler().pods(2));

    assertThat(held.held()).containsOnly(Map.entry("v2", 2));
    assertThat(held.weights()).containsOnly(Map.entry("v1", 100));
    assertThat(reached.weights()).containsOnly(Map.entry("v2", 100));
    assertThat(reached.prescales()).isEmpty();
  }

  @Test
  void movesNoShareAtAllWhileOneIsHeld() {
    Rollout rollout =
        decide(
            version("v1").wants(0).routed(100).pods(10),
            version("v2").wants(10).pods(2),
            version("v3").wants(90).pods(2));

    assertThat(rollout.weights()).containsOnly(Map.entry("v1", 100));
    assertThat(rollout.held()).containsOnly(Map.entry("v3", 9));
    assertThat(rollout.prescales()).containsOnlyKeys("v3");
  }

  @Test
  void givesBackWhatWasAskedForARiseThatTheSpecTookBack() {
    Rollout rollout =
        decide(
            version("v1").wants(100).routed(100).pods(10),
            version("v2").wants(0).pods(6).prescaled(10));

    assertThat(rollout.prescales())
        .containsOnly(Map.entry("v2", new Prescale(10, Optional.of(IN_FIVE_MINUTES))));
    assertThat(rollout.weights()).containsOnly(Map.entry("v1", 100));
  }

  @Test
  void takesTrafficFromARemovedVersionThenWaitsThenDeletesIt() {
    Facts stays = version("v2").wants(100);

    Rollout first = decide(version("v1").routed(100), stays);
    Rollout waiting = decide(version("v1").drainUntil(NOW.plusSeconds(3)), stays.routed(100));
    Rollout over = decide(version("v1").drainUntil(NOW), stays.routed(100));

    assertThat(first.weights()).containsOnly(Map.entry("v2", 100));
    assertThat(first.draining()).containsOnly(Map.entry("v1", NOW.plus(DRAIN)));
    assertThat(first.removed()).isEmpty();
    assertThat(waiting.draining()).containsOnly(Map.entry("v1", NOW.plusSeconds(3)));
    assertThat(waiting.next()).hasValue(Duration.ofMillis(3050));
    assertThat(over.removed()).containsExactly("v1");
    assertThat(over.draining()).isEmpty();
  }

  @Test
  void goesByTheDeadlineThatARestartedOperatorFinds() {
    Rollout rollout =
        decide(
            version("v1").drainUntil(NOW.minusSeconds(3600)), version("v2").wants(100).routed(100));

    assertThat(rollout.removed()).containsExactly("v1");
  }

  @Test
  void resumesAVersionThatIsListedAgain() {
    Rollout rollout =
        decide(
            version("v1").wants(0).drainUntil(NOW.minusSeconds(1)),
            version("v2").wants(100).routed(100));

    assertThat(rollout.draining()).isEmpty();
    assertThat(rollout.removed()).isEmpty();
  }

  @Test
  void keepsARemovedVersionWhileTheOneAfterItIsHeld() {
    Rollout rollout =
        decide(
            version("v1").routed(100).pods(10).drainUntil(NOW.minusSeconds(1)),
            version("v2").wants(100).pods(2));

    assertThat(rollout.weights()).containsOnly(Map.entry("v1", 100));
    assertThat(rollout.removed()).isEmpty();
    assertThat(rollout.draining()).isEmpty();
  }

  @Test
  void countsNoTrafficOfVersionsThatAreGone() {
    Rollout rollout =
        decide(version("v1").wants(70).routed(70).notThere(), version("v2").wants(30).routed(30));

    assertThat(rollout.weights()).containsOnly(Map.entry("v2", 100));
  }

  @Test
  void takesTheTrafficOfAVersionWhoseNameAnotherModelHasNow() {
    Rollout rollout =
        decide(version("v1").wants(100).routed(60).neverReady(), version("v2").wants(0).routed(40));

    assertThat(rollout.weights()).containsOnly(Map.entry("v2", 100));
  }

  @Test
  void keepsNoMorePodsThanTheSpecAllowsByNow() {
    Rollout rollout =
        decide(version("v1").wants(100).routed(100).scalesTo(4).prescaled(10, IN_FIVE_MINUTES));

    assertThat(rollout.prescales())
        .containsOnly(Map.entry("v1", new Prescale(4, Optional.of(IN_FIVE_MINUTES))));
  }

  @Test
  void looksAgainAtWhatEndsFirst() {
    Rollout rollout =
        decide(
            version("v1").drainUntil(NOW.plusSeconds(8)),
            version("v2").wants(100).routed(100).pods(10).prescaled(10, NOW.plusSeconds(4)));

    assertThat(rollout.next()).hasValue(Duration.ofMillis(4050));
  }
}
