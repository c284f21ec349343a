package dev.flightdelay.operator.health;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** When the watchdog looks: often enough that a lost event is repaired within a resync. */
public final class WatchdogSchedule implements AutoCloseable {

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("watchdog").daemon().factory());
  private final InformerWatchdog watchdog;
  private final Duration every;

  /** Starts looking. */
  public WatchdogSchedule(InformerWatchdog watchdog, Duration every) {
    this.watchdog = watchdog;
    this.every = every;
    timer.schedule(this::look, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    Duration next = every;
    try {
      if (watchdog.look()) {
        next = InformerWatchdog.SECOND_LOOK_AFTER;
      }
    } finally {
      timer.schedule(this::look, next.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
