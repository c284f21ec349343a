package dev.flightdelay.operator.it;

import dev.flightdelay.operator.exploration.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random states and troubles, in the style of Acto (SOSP 2023): whatever models have gone through,
 * their children are those of a fresh apply, nothing is written at rest, no stack is logged, and
 * the status is what an oracle makes of the API server's objects and the pods' answers.
 *
 * <p>Three rounds beside each other, of fixed seeds; -Dexploration.states=500 plays until so many
 * states were seen, an hour at most, and -Dexploration.seed sets the first seed.
 */
@Tag("random")
class ExplorationIT {
  /** Their rests cost nothing but time: beside each other they cost it once. */
  private static final int ROUNDS = 3;

  private static final long SEED = Long.getLong("exploration.seed", 1);
  private static final int STATES = Integer.getInteger("exploration.states", 1);
  private static final Duration AT_MOST = Duration.ofHours(1);

  @Test
  void comesToTheSameWhateverHappened() throws InterruptedException {
    Instant start = Instant.now();
    Duration longest = Duration.ZERO;
    int states = 0;
    long seed = SEED;
    while (states < STATES
        && Duration.between(start, Instant.now()).plus(longest).compareTo(AT_MOST) < 0) {
      Instant begin = Instant.now();
      states += played(seed);
      seed += ROUNDS;
      Duration took = Duration.between(begin, Instant.now());
      longest = took.compareTo(longest) > 0 ? took : longest;
    }
    System.out.printf(
        "%d states in %d rounds, %d s%n",
        states, seed - SEED, Duration.between(start, Instant.now()).toSeconds());
  }

  /** The states of the rounds of some seeds. */
  private static int played(long seed) throws InterruptedException {
    List<Callable<Integer>> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      long own = seed + i;
      rounds.add(() -> Round.play(own));
    }
    int states = 0;
    SoftAssertions failures = new SoftAssertions();
    try (ExecutorService threads = Executors.newFixedThreadPool(ROUNDS)) {
      for (Future<Integer> round : threads.invokeAll(rounds)) {
        try {
          states += round.get();
        } catch (ExecutionException e) {
          failures.fail("a round failed: " + e.getCause().getMessage(), e.getCause());
        }
      }
    }
    failures.assertAll();
    return states;
  }
}
