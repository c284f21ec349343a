package dev.flightdelay.predictor.auth.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.auth.caller.Rejection;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentVerdictsTest {

  private final AtomicLong millis = new AtomicLong(1_000_000);
  private final RecentVerdicts verdicts = new RecentVerdicts(1000, millis::get);

  @Test
  void forgetsInTime() {
    verdicts.put(hash(1), Rejection.BUSY, millis.get() + 10, millis.get() + 20);

    assertThat(verdicts.get(hash(1))).isSameAs(Rejection.BUSY);
    assertThat(verdicts.get(hash(2))).isNull();
    millis.addAndGet(10);
    assertThat(verdicts.get(hash(1))).isNull();
    assertThat(verdicts.outdated(hash(1))).isSameAs(Rejection.BUSY);
    millis.addAndGet(10);
    assertThat(verdicts.outdated(hash(1))).isNull();
  }

  @Test
  void neverHoldsMoreThanItMay() {
    for (int i = 0; i < 100_000; i++) {
      verdicts.put(hash(i), Rejection.BUSY, Long.MAX_VALUE);
      assertThat(verdicts.size()).isLessThanOrEqualTo(1000);
    }

    assertThat(verdicts.get(hash(99_999))).isNotNull();
    assertThat(verdicts.get(hash(99_600))).isNotNull();
    assertThat(verdicts.get(hash(0))).isNull();
  }

  @Test
  void removesFromBothGenerations() {
    for (int i = 0; i < 600; i++) {
      verdicts.put(hash(i), Rejection.BUSY, Long.MAX_VALUE);
    }

    verdicts.remove(hash(1));
    verdicts.remove(hash(599));

    assertThat(verdicts.get(hash(1))).isNull();
    assertThat(verdicts.get(hash(599))).isNull();
    assertThat(verdicts.get(hash(2))).isNotNull();
  }

  private static CredentialHash hash(long number) {
    return new CredentialHash(number * 0x9e3779b97f4a7c15L, number, ~number, 7);
  }
}
