package dev.flightdelay.operator.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * After how long a model is looked at although nothing happened: as set, or where there are many
 * models so much later that {@value #MODELS_A_SECOND} of them a second are looked at. What would be
 * found so, an event tells in time; looking for it must not be most of the operator's work.
 */
final class Resync {

  static final int MODELS_A_SECOND = 5;

  /** Models that were looked at together, as after a start, are not from then on. */
  private static final double SPREAD = 0.2;

  private static final Duration COUNTED_FOR = Duration.ofMinutes(1);

  private final Duration setting;
  private final LongSupplier models;
  private final InstantSource clock;
  private final DoubleSupplier random;
  private Instant countAgain = Instant.MIN;
  private Duration every = Duration.ZERO;

  /**
   * @param models how many there are, which takes a while to count
   * @param random from 0 to 1
   */
  Resync(Duration setting, LongSupplier models, InstantSource clock, DoubleSupplier random) {
    this.setting = requireNonNull(setting);
    this.models = requireNonNull(models);
    this.clock = requireNonNull(clock);
    this.random = requireNonNull(random);
  }

  /** The pause of one model. */
  synchronized Duration next() {
    Instant now = clock.instant();
    if (!now.isBefore(countAgain)) {
      long count = models.getAsLong();
      // None are counted before the start, when there may be many.
      countAgain = count == 0 ? now : now.plus(COUNTED_FOR);
      Duration all = Duration.ofMillis(count * 1000 / MODELS_A_SECOND);
      every = all.compareTo(setting) > 0 ? all : setting;
    }
    return Duration.ofMillis((long) (every.toMillis() * (1 - SPREAD * random.getAsDouble())));
  }
}
