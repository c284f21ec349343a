package dev.flightdelay.predictor.auth.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong clock = new AtomicLong(-5 * SECOND);
  private final TokenBucket bucket = new TokenBucket(10, 10, clock::get);

  @Test
  void givesOneSecondsWorthAtOnceAndThenOneByOne() {
    assertThat(taken(20)).isEqualTo(10);

    clock.addAndGet(SECOND / 10);
    assertThat(taken(5)).isEqualTo(1);

    clock.addAndGet(SECOND / 2);
    assertThat(taken(20)).isEqualTo(5);
  }

  @Test
  void saysWhenThereIsRoomAgainAndTakesNothingUntilThen() {
    taken(10);

    assertThat(bucket.take(1)).isEqualTo(SECOND / 10);
    clock.addAndGet(SECOND / 20);
    assertThat(bucket.take(1)).isEqualTo(SECOND / 20);
    clock.addAndGet(SECOND / 20);
    assertThat(bucket.take(1)).isZero();
  }

  @Test
  void savesNoMoreThanOneSecond() {
    taken(10);

    clock.addAndGet(3600 * SECOND);

    assertThat(bucket.isFull()).isTrue();
    assertThat(taken(100)).isEqualTo(10);
    assertThat(bucket.isFull()).isFalse();
  }

  @Test
  void givesMoreThanThereIsRoomForAndHasItPaidLater() {
    assertThat(bucket.take(35)).isZero();

    assertThat(bucket.take(1)).isEqualTo(SECOND * 26 / 10);
    clock.addAndGet(SECOND * 26 / 10);
    assertThat(bucket.take(35)).isZero();
  }

  @Test
  void givesNoMoreToManyThreads() throws InterruptedException {
    AtomicLong given = new AtomicLong();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = Thread.ofPlatform().start(() -> given.addAndGet(taken(1000)));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(given).hasValue(10);
  }

  private int taken(int asked) {
    return (int) IntStream.range(0, asked).filter(i -> bucket.take(1) == 0).count();
  }
}
