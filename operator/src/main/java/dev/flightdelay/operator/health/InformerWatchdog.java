package dev.flightdelay.operator.health;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.reconcile.FlightDelayModelReconciler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Finds an informer that is connected and silent: now and then it asks the API server for the model
 * that changed last, and compares. A cache that stays behind ends the operator's liveness; a
 * restart lists everything anew.
 */
@Component("watchdog")
final class InformerWatchdog implements HealthIndicator {

  private static final Logger log = LoggerFactory.getLogger(InformerWatchdog.class);

  static final Duration ASK_EVERY = Duration.ofSeconds(30);
  static final Duration MAY_BE_BEHIND_FOR = Duration.ofSeconds(90);

  private final Supplier<Stream<FlightDelayModel>> models;
  private final KubernetesClient client;
  private final InstantSource clock;
  private Instant asked = Instant.EPOCH;
  private Behind behind;

  /**
   * A model whose newer state the cache does not have.
   *
   * @param version that the cache has
   */
  private record Behind(String model, String version, Instant since) {}

  @Autowired
  InformerWatchdog(FlightDelayModelReconciler reconciler, KubernetesClient client) {
    this(reconciler::models, client, InstantSource.system());
  }

  InformerWatchdog(
      Supplier<Stream<FlightDelayModel>> models, KubernetesClient client, InstantSource clock) {
    this.models = models;
    this.client = client;
    this.clock = clock;
  }

  @Override
  public synchronized Health health() {
    Instant now = clock.instant();
    if (Duration.between(asked, now).compareTo(ASK_EVERY) >= 0) {
      asked = now;
      look(now);
    }
    if (behind != null && Duration.between(behind.since(), now).compareTo(MAY_BE_BEHIND_FOR) >= 0) {
      return Health.down().withDetail("behind", behind.model()).build();
    }
    return Health.up().build();
  }

  private void look(Instant now) {
    Optional<FlightDelayModel> cached = sentinel();
    if (cached.isEmpty()) {
      behind = null;
      return;
    }
    FlightDelayModel live;
    try {
      live = client.resource(cached.get()).get();
    } catch (KubernetesClientException e) {
      // An API server that does not answer is not the informer's fault, and what was seen before
      // may have been the beginning of that.
      behind = null;
      return;
    }
    String version = cached.get().getMetadata().getResourceVersion();
    if (live != null && Objects.equals(live.getMetadata().getResourceVersion(), version)) {
      behind = null;
    } else if (behind == null || !behind.version().equals(version)) {
      // A cache that has moved on since is not silent, only a moment late.
      behind =
          new Behind(
              cached.get().getMetadata().getNamespace()
                  + "/"
                  + cached.get().getMetadata().getName(),
              version,
              now);
      log.atWarn().addKeyValue("model", behind.model()).log("the cache is behind the API server");
    }
  }

  /** The model that was written last: the one most likely to show that events are missing. */
  private Optional<FlightDelayModel> sentinel() {
    return models
        .get()
        .max(Comparator.comparingLong(model -> version(model.getMetadata().getResourceVersion())));
  }

  private static long version(String resourceVersion) {
    try {
      return Long.parseLong(resourceVersion);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
