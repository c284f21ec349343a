package dev.flightdelay.operator.health;

import dev.flightdelay.operator.leader.LeaseTimes;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Finds replicas that all follow and none that leads: a lease that nobody renews ends every
 * replica's liveness, and the first one back takes it. Answers by what was seen last: an API server
 * that is away is not for a restart of this to repair.
 */
@Component("leadership")
final class LeadershipHealth implements HealthIndicator {

  private static final int DURATIONS = 4;

  private final Optional<LeaseWatch> watch;
  private final Duration nobodyFor;

  @Autowired
  LeadershipHealth(LeaseTimes lease, ObjectProvider<LeaseWatch> watch) {
    this(lease.duration(), Optional.ofNullable(watch.getIfAvailable()));
  }

  /**
   * Of a replica.
   *
   * @param watch empty where there is no election
   */
  LeadershipHealth(Duration leaseDuration, Optional<LeaseWatch> watch) {
    this.watch = watch;
    this.nobodyFor = leaseDuration.multipliedBy(DURATIONS);
  }

  @Override
  public Health health() {
    Duration unrenewed = watch.map(LeaseWatch::unrenewedFor).orElse(Duration.ZERO);
    return unrenewed.compareTo(nobodyFor) > 0
        ? Health.down()
            .withDetail("lease", "not renewed for " + unrenewed.toSeconds() + " s")
            .build()
        : Health.up().build();
  }
}
