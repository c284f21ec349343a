package dev.flightdelay.operator.reconcile;

import static java.util.Objects.requireNonNull;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When a model's children are to be read from the API server itself, and not from the caches: an
 * event that never came leaves a cache wrong for ever, and a resync that reads it sees nothing.
 */
final class LiveReads {

  private final Duration every;
  private final Map<ResourceID, Instant> last = new ConcurrentHashMap<>();

  LiveReads(Duration every) {
    this.every = requireNonNull(every);
  }

  /** Whether it is time again; the first time counts as read, for the caches are new then. */
  boolean isDue(ResourceID model, Instant now) {
    Instant before = last.putIfAbsent(model, now);
    if (before == null || now.isBefore(before.plus(every))) {
      return false;
    }
    last.put(model, now);
    // A model that is there is looked at in every resync: the others have been deleted.
    last.values().removeIf(read -> read.isBefore(now.minus(every.multipliedBy(3))));
    return true;
  }
}
