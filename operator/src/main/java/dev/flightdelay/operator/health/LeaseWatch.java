package dev.flightdelay.operator.health;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks at the lease every now and then, apart from the election and from who asks for health: for
 * how long answers of the API server have shown that nobody renews it. What was not seen does not
 * count: while no answer comes, nobody can renew it.
 */
public final class LeaseWatch implements AutoCloseable {

  private static final int LOOKS_PER_LEASE = 3;

  private final Supplier<Optional<Lease>> lease;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("lease-watch").daemon().factory());
  private volatile Seen seen = Seen.NOTHING;

  /**
   * What answers without a gap have shown.
   *
   * @param renewed when it was renewed last, by its holder's clock; null where there is no lease
   * @param since when it was seen so for the first time, in the clock's nanoseconds
   * @param until when it was seen so for the last time
   */
  private record Seen(ZonedDateTime renewed, long since, long until) {
    static final Seen NOTHING = new Seen(null, 0, 0);
  }

  public LeaseWatch(Supplier<Optional<Lease>> lease) {
    this(lease, System::nanoTime);
  }

  LeaseWatch(Supplier<Optional<Lease>> lease, LongSupplier nanoTime) {
    this.lease = requireNonNull(lease);
    this.nanoTime = requireNonNull(nanoTime);
  }

  /** Looks several times in the lease's duration from now on. */
  public void start(Duration duration) {
    long every = duration.dividedBy(LOOKS_PER_LEASE).toMillis();
    timer.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
  }

  void look() {
    try {
      ZonedDateTime renewed =
          lease.get().map(Lease::getSpec).map(spec -> spec.getRenewTime()).orElse(null);
      long now = nanoTime.getAsLong();
      seen =
          renewed != null && renewed.equals(seen.renewed)
              ? new Seen(renewed, seen.since, now)
              : new Seen(renewed, now, now);
    } catch (KubernetesClientException noAnswer) {
      seen = Seen.NOTHING;
    }
  }

  /** For how long it has been seen unrenewed. */
  Duration unrenewedFor() {
    Seen last = seen;
    return Duration.ofNanos(last.until - last.since);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
