package dev.flightdelay.operator.reconcile;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When to look again after writing. The SDK caches the answer to a write and drops the event that
 * it causes; what somebody else changed in the same moment is in that answer too, and nothing but
 * another look would find it. Where each look writes again, because something undoes it, the pauses
 * get longer.
 */
final class FollowUp {

  static final Duration FIRST = Duration.ofSeconds(1);

  private static final int MAX_DOUBLINGS = 6;
  private static final int MODELS = 10_000;

  private final Map<ResourceID, Integer> streaks =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ResourceID, Integer> eldest) {
          return size() > MODELS;
        }
      };

  /** The pause, if this look wrote anything: 1 s at first, then twice as long up to 64 s. */
  synchronized Optional<Duration> after(ResourceID model, boolean wrote) {
    if (!wrote) {
      streaks.remove(model);
      return Optional.empty();
    }
    int streak = streaks.merge(model, 1, Integer::sum) - 1;
    return Optional.of(FIRST.multipliedBy(1L << Math.min(streak, MAX_DOUBLINGS)));
  }
}
