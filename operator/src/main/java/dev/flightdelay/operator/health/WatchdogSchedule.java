package dev.flightdelay.operator.health;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * When the watchdog looks: often enough that a lost event is repaired within a resync, and not so
 * often that it compares more than {@value #OBJECTS_A_SECOND} objects a second on average, which is
 * less than a hundredth of a core here and at the API server. That is half a resync up to 15,000
 * objects, and 13 minutes for 80,000: ten thousand models with two pods each.
 */
public final class WatchdogSchedule implements AutoCloseable {

  static final int OBJECTS_A_SECOND = 100;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("watchdog").daemon().factory());
  private final InformerWatchdog watchdog;
  private final Duration every;
  private final IntSupplier objects;

  /**
   * Starts looking.
   *
   * @param every a pause for few objects
   * @param objects how many were compared last
   */
  public WatchdogSchedule(InformerWatchdog watchdog, Duration every, IntSupplier objects) {
    this.watchdog = watchdog;
    this.every = every;
    this.objects = objects;
    timer.schedule(this::look, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    Duration next = every;
    try {
      next =
          watchdog.look() ? InformerWatchdog.SECOND_LOOK_AFTER : pause(every, objects.getAsInt());
    } finally {
      timer.schedule(this::look, next.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  static Duration pause(Duration every, int objects) {
    Duration longer = Duration.ofMillis(objects * 1000L / OBJECTS_A_SECOND);
    return longer.compareTo(every) > 0 ? longer : every;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
