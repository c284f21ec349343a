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
    return decide(new Routing(true, Optional.empty()), versions);
  }

  private static Rollout decide(Routing routing, Facts... versions) {
    return Rollout.decide(Arrays.stream(versions).map(Facts::build).toList(), routing, DRAIN, NOW);
  }

  private static Routing rising(int pods, Instant since) {
    return new Routing(true, Optional.of(new Rising(pods, since)));
  }

  @Test
  void routesNothingBeforeTheFirstVersionIsReady() {
    Rollout rollout = decide(version("v1").wants(100).notThere());

    assertThat(rollout.weights()).isEmpty();
    assertThat(rollout.held()).containsOnly(Map.entry("v1", new NotReadyYet()));
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

    assertThat(asked.held()).containsOnly(Map.entry("v2", new NeedsPods(7)));
    assertThat(growing.held()).containsOnly(Map.entry("v2", new NeedsPods(7)));
    assertThat(reached.weights()).containsOnly(Map.entry("v2", 100));
  }

  @Test
  void holdsTheRouteUntilTwoPodsHaveBecomeTheTenThatServeNow() {
    Facts ten = version("v1").wants(0).routed(100).pods(10);

    Rollout asked = decide(ten, version("v2").wants(100).pods(2));
    Rollout waiting = decide(ten, version("v2").wants(100).pods(9).prescaled(10));
    Rollout reached = decide(ten, version("v2").wants(100).pods(10).prescaled(10));

    assertThat(asked.weights()).containsOnly(Map.entry("v1", 100));
    assertThat(asked.held()).containsOnly(Map.entry("v2", new NeedsPods(10)));
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

    assertThat(rollout.held()).containsOnly(Map.entry("v2", new NeedsPods(10)));
    assertThat(rollout.weights()).containsOnly(Map.entry("v1", 100));
  }

  @Test
  void asksForNoMorePodsThanTheAutoscalerMayGive() {
    Facts fifty = version("v1").wants(0).routed(100).pods(50);

    Rollout held = decide(fifty, version("v2").wants(100).scalesTo(10).pods(2));
    Rollout reached = decide(fifty, version("v2").wants(100).scalesTo(10).pods(10));

    assertThat(held.held()).containsOnly(Map.entry("v2", new NeedsPods(10)));
    assertThat(reached.weights()).containsOnly(Map.entry("v2", 100));
  }

  @Test
  void asksForPodsByTheNewShare() {
    Rollout rollout =
        decide(
            version("v1").wants(60).routed(90).pods(9), version("v2").wants(40).routed(10).pods(2));

    // 11 pods serve: 40 % of them is 4.4.
    assertThat(rollout.held()).containsOnly(Map.entry("v2", new NeedsPods(5)));
  }

  @Test
  void movesNothingOntoAVersionWithoutAnyPodThatIsReady() {
    Rollout rollout =
        decide(version("v1").wants(0).routed(100).pods(0), version("v2").wants(100).pods(0));

    assertThat(rollout.held()).containsOnly(Map.entry("v2", new NeedsPods(1)));
    assertThat(rollout.weights()).containsOnly(Map.entry("v1", 100));
  }

  @Test
  void givesAVersionThatOthersScaleWhatItsPodsCarry() {
    Facts ten = version("v1").wants(0).routed(100).scaledByOthers().pods(10);

    Rollout one = decide(ten, version("v2").wants(100).scaledByOthers().pods(1));
    Rollout five = decide(ten, version("v2").wants(100).scaledByOthers().pods(5));
    Rollout all = decide(ten, version("v2").wants(100).scaledByOthers().pods(10));

    assertThat(one.weights()).containsOnly(Map.entry("v1", 90), Map.entry("v2", 10));
    assertThat(one.held()).containsOnly(Map.entry("v2", new RisesWithPods(10)));
    assertThat(one.rising()).hasValue(new Rising(10, NOW));
    assertThat(five.weights()).containsOnly(Map.entry("v1", 50), Map.entry("v2", 50));
    assertThat(all.weights()).containsOnly(Map.entry("v2", 100));
    assertThat(all.held()).isEmpty();
    assertThat(all.rising()).isEmpty();
  }

  @Test
  void goesByThePodsOfTheStartThoughTheOldOnesGoAsTheirShareFalls() {
    Facts left = version("v1").wants(0).routed(10).scaledByOthers().pods(1);

    Rollout nine = decide(rising(10, NOW), left, next("v2", 90, 9));
    Rollout ten = decide(rising(10, NOW), left, next("v2", 90, 10));

    assertThat(nine.weights()).containsOnly(Map.entry("v1", 10), Map.entry("v2", 90));
    assertThat(nine.held()).containsOnly(Map.entry("v2", new RisesWithPods(10)));
    assertThat(ten.weights()).containsOnly(Map.entry("v2", 100));
  }

  @Test
  void asksForFewerPodsWhenFewerCarryTheSameShare() {
    Rollout rollout =
        decide(
            rising(10, NOW),
            version("v1").wants(0).routed(90).scaledByOthers().pods(4),
            next("v2", 10, 1));

    // 4 pods carry 90 %.
    assertThat(rollout.rising()).hasValue(new Rising(4, NOW));
    assertThat(rollout.weights()).containsOnly(Map.entry("v1", 75), Map.entry("v2", 25));
  }

  @Test
  void asksForMorePodsWhenTheOldOnesBecomeMore() {
    Rollout rollout =
        decide(
            rising(10, NOW),
            version("v1").wants(0).routed(80).scaledByOthers().pods(20),
            next("v2", 20, 3));

    assertThat(rollout.weights()).containsOnly(Map.entry("v1", 80), Map.entry("v2", 20));
    assertThat(rollout.held()).containsOnly(Map.entry("v2", new RisesWithPods(20)));
  }

  @Test
  void countsPodsThatAreNotReadyForAMomentAmongThoseThatCarry() {
    Rollout rollout =
        decide(
            rising(10, NOW),
            version("v1").wants(0).routed(90).scaledByOthers().pods(3, 9),
            next("v2", 10, 1));

    assertThat(rollout.weights()).containsOnly(Map.entry("v1", 90), Map.entry("v2", 10));
  }

  @Test
  void givesAnAutoscalerThatFollowsTheLoadSomethingToFollow() {
    Facts nine = version("v1").wants(0).routed(90).scaledByOthers().pods(9);
    Instant aMinuteAgo = NOW.minusSeconds(60);

    Rollout waiting = decide(rising(10, NOW.minusSeconds(50)), nine, next("v2", 10, 1));
    Rollout settled = decide(rising(10, aMinuteAgo), nine, next("v2", 10, 1));
    Rollout starting = decide(rising(10, aMinuteAgo), nine, next("v2", 10, 1).pods(1, 2));
    Rollout given =
        decide(
            rising(10, aMinuteAgo),
            version("v1").wants(0).routed(88).scaledByOthers().pods(9),
            next("v2", 12, 1));

    assertThat(waiting.weights()).containsOnly(Map.entry("v1", 90), Map.entry("v2", 10));
    assertThat(waiting.next()).hasValue(Duration.ofMillis(10_050));
    assertThat(settled.weights()).containsOnly(Map.entry("v1", 88), Map.entry("v2", 12));
    assertThat(settled.rising()).hasValue(new Rising(10, NOW));
    assertThat(starting.weights()).containsOnly(Map.entry("v1", 90), Map.entry("v2", 10));
    // Once: where nothing follows the load, it stays so.
    assertThat(given.weights()).containsOnly(Map.entry("v1", 88), Map.entry("v2", 12));
    assertThat(given.rising()).hasValue(new Rising(10, aMinuteAgo));
    assertThat(given.next()).isEmpty();
  }

  @Test
  void takesFromThoseThatGiveInTheirProportions() {
    Rollout rollout =
        decide(
            version("v1").wants(20).routed(60).scaledByOthers().pods(6),
            version("v2").wants(20).routed(40).scaledByOthers().pods(4),
            version("v3").wants(60).scaledByOthers().pods(3));

    // Half of the way.
    assertThat(rollout.weights())
        .containsOnly(Map.entry("v1", 40), Map.entry("v2", 30), Map.entry("v3", 30));
    assertThat(rollout.held()).containsOnly(Map.entry("v3", new RisesWithPods(6)));
  }

  @Test
  void splitsByAFixedNumberOfPodsThatDoesNotSuffice() {
    Facts four = version("v1").wants(0).routed(100).fixed(4);

    Rollout two = decide(four, version("v2").wants(100).fixed(2));
    Rollout later =
        decide(
            rising(4, NOW.minusSeconds(3600)),
            version("v1").wants(0).routed(50).fixed(4),
            version("v2").wants(100).routed(50).fixed(2));
    Rollout asMany = decide(four, version("v2").wants(100).fixed(4));

    assertThat(two.weights()).containsOnly(Map.entry("v1", 50), Map.entry("v2", 50));
    assertThat(two.held()).containsOnly(Map.entry("v2", new RisesWithPods(4)));
    assertThat(later.weights()).isEqualTo(two.weights());
    assertThat(asMany.weights()).containsOnly(Map.entry("v2", 100));
  }

  @Test
  void takesAFixedNumberOfPodsAsEnoughForAnyShare() {
    Rollout rollout =
        decide(
            version("v1").wants(0).routed(50).fixed(3),
            version("v2").wants(100).routed(50).fixed(3));

    assertThat(rollout.weights()).containsOnly(Map.entry("v2", 100));
  }

  @Test
  void movesNothingByPartsWhereTheRouteCannotSplit() {
    Routing ingress = new Routing(false, Optional.empty());
    Facts ten = version("v1").wants(0).routed(100).scaledByOthers().pods(10);

    Rollout nine = decide(ingress, ten, version("v2").wants(100).scaledByOthers().pods(9));
    Rollout reached = decide(ingress, ten, version("v2").wants(100).scaledByOthers().pods(10));

    assertThat(nine.weights()).containsOnly(Map.entry("v1", 100));
    assertThat(nine.held()).containsOnly(Map.entry("v2", new RisesWithPods(10)));
    assertThat(reached.weights()).containsOnly(Map.entry("v2", 100));
  }

  @Test
  void givesAPromotedVersionItsShareWithThePodsThatItHas() {
    Facts ten = version("v1").wants(0).routed(100).pods(10);

    Rollout others = decide(ten, version("v2").wants(100).scaledByOthers().pods(1).promoted());
    Rollout own = decide(ten, version("v2").wants(100).pods(2).promoted());
    Rollout none = decide(ten, version("v2").wants(100).scaledByOthers().pods(0).promoted());

    assertThat(others.weights()).containsOnly(Map.entry("v2", 100));
    assertThat(others.held()).isEmpty();
    assertThat(own.weights()).containsOnly(Map.entry("v2", 100));
    assertThat(own.held()).isEmpty();
    assertThat(none.weights()).containsOnly(Map.entry("v1", 100));
    assertThat(none.held()).containsOnly(Map.entry("v2", new RisesWithPods(10)));
  }

  private static Facts next(String name, int routed, int pods) {
    return version(name).wants(100).routed(routed).scaledByOthers().pods(pods);
  }

  @Test
  void movesNoShareAtAllWhileOneIsHeld() {
    Rollout rollout =
        decide(
            version("v1").wants(0).routed(100).pods(10),
            version("v2").wants(10).pods(2),
            version("v3").wants(90).pods(2));

    assertThat(rollout.weights()).containsOnly(Map.entry("v1", 100));
    assertThat(rollout.held()).containsOnly(Map.entry("v3", new NeedsPods(9)));
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
