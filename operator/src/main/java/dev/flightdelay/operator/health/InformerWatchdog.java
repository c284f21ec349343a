package dev.flightdelay.operator.health;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Finds an informer that is connected and silent. A cache that differs from the API server twice in
 * the same way has lost an event: that ends the operator's liveness, and the restart lists
 * everything anew.
 */
public final class InformerWatchdog implements HealthIndicator {

  /** Long enough for an event that was on its way. */
  public static final Duration SECOND_LOOK_AFTER = Duration.ofSeconds(15);

  private static final Logger log = LoggerFactory.getLogger(InformerWatchdog.class);

  private final Supplier<Map<String, String>> audit;
  private final Predicate<String> behind;
  private Map<String, String> first = Map.of();
  private volatile Map<String, String> lost = Map.of();

  /**
   * A watchdog.
   *
   * @param audit what differs now, with the version that the API server has
   * @param behind whether the cache has not changed in what differed last
   */
  public InformerWatchdog(Supplier<Map<String, String>> audit, Predicate<String> behind) {
    this.audit = requireNonNull(audit);
    this.behind = requireNonNull(behind);
  }

  /** Looks, and says whether to look again soon: something differs, and may be on its way. */
  public synchronized boolean look() {
    if (!first.isEmpty() && first.keySet().stream().noneMatch(behind)) {
      // The events have come: with many models something is always on its way, and to list
      // everything for each would never end.
      first = Map.of();
      lost = Map.of();
      return false;
    }
    Map<String, String> now;
    try {
      now = audit.get();
    } catch (KubernetesClientException e) {
      // An API server that does not answer is not the informers' fault.
      log.atDebug()
          .setCause(e)
          .log("caches not compared; it is tried again: see whether the API server answers");
      return false;
    }
    Map<String, String> both = new HashMap<>(now);
    both.entrySet().removeIf(entry -> !Objects.equals(first.get(entry.getKey()), entry.getValue()));
    first = now;
    lost = both;
    if (!both.isEmpty()) {
      log.atError()
          .addKeyValue("objects", both.keySet().stream().limit(5).toList())
          .log("the caches have lost events; a restart lists everything anew");
    }
    return !now.isEmpty() && both.isEmpty();
  }

  @Override
  public Health health() {
    return lost.isEmpty()
        ? Health.up().build()
        : Health.down().withDetail("lost", lost.keySet().stream().limit(5).toList()).build();
  }
}
