package dev.flightdelay.predictor.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Turns of an event loop with requests of given costs. */
class EventLoopLoadTest {

  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;

  private final EventLoopLoad load = new EventLoopLoad(0);
  private long now;
  private int answered;
  private int refused;
  private long answering;
  private long refusing;

  @Test
  void refusesNobodyInShortTurns() {
    for (int i = 0; i < 100; i++) {
      turn(450, MILLI, MICRO);
    }

    assertThat(answered).isEqualTo(45_000);
    assertThat(refused).isZero();
  }

  @Test
  void refusesNobodyAfterOneHiccup() {
    turn(1, 10 * MILLI, MICRO);
    turn(1, 1_500 * MILLI, MICRO);
    turn(50, MILLI, MICRO);
    turn(50, MILLI, MICRO);

    assertThat(refused).isZero();
  }

  @Test
  void refusesAllThatIsTooMuchWhereRefusingIsCheap() {
    // In each turn ten times as much as can be answered in time.
    for (int i = 0; i < 20; i++) {
      turn(5000, MILLI, 5 * MICRO);
    }

    assertThat(answered).isBetween(10_000, 13_000);
    assertThat(answered + refused).isEqualTo(100_000);
    assertThat((double) answering / (answering + refusing)).isGreaterThan(0.95);
  }

  @Test
  void spendsOnlyASmallPartOfTheTimeOnRefusalsThatCostAsMuchAsAnswers() {
    for (int i = 0; i < 20; i++) {
      turn(100_000, 10 * MICRO, 8 * MICRO);
    }

    assertThat(refused).isPositive();
    assertThat((double) answering / (answering + refusing)).isGreaterThan(0.85);
  }

  @Test
  void answersEverythingAgainAsSoonAsTurnsAreShort() {
    turn(5000, MILLI, 5 * MICRO);
    turn(5000, MILLI, 5 * MICRO);
    assertThat(refused).isPositive();
    turn(1, MILLI, MICRO);
    refused = 0;

    for (int i = 0; i < 100; i++) {
      turn(50, MILLI, MICRO);
    }

    assertThat(refused).isZero();
  }

  /** So many requests are there at the beginning of a turn. */
  private void turn(int requests, long answer, long refusal) {
    load.turn();
    // Something else goes on before anything arrives.
    now += MILLI;
    for (int i = 0; i < requests; i++) {
      load.arrived(now);
      if (load.refuses()) {
        refused++;
        refusing += refusal;
        now += refusal;
        load.answered(now);
        load.refused();
      } else {
        answered++;
        answering += answer;
        now += answer;
        load.answered(now);
      }
    }
  }
}
