package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ResyncTest {

  private long models;
  private double random;
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final Resync resync =
      new Resync(Duration.ofMinutes(5), () -> models, () -> now, () -> random);

  @Test
  void isAsSetWhereModelsAreFew() {
    models = 1_500;

    assertThat(resync.next()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void looksAtFiveModelsASecondWhereTheyAreMany() {
    models = 10_000;

    assertThat(resync.next()).isEqualTo(Duration.ofSeconds(2_000));
  }

  @Test
  void spreadsWhatWasLookedAtTogether() {
    random = 0.5;

    assertThat(resync.next()).isEqualTo(Duration.ofSeconds(270));
  }

  @Test
  void countsAgainAtOnceWhereThereWereNone() {
    resync.next();
    models = 6_000;

    assertThat(resync.next()).isEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void countsAgainAfterAMinute() {
    models = 1;
    resync.next();
    models = 6_000;
    assertThat(resync.next()).isEqualTo(Duration.ofMinutes(5));

    now = now.plusSeconds(60);

    assertThat(resync.next()).isEqualTo(Duration.ofMinutes(20));
  }
}
