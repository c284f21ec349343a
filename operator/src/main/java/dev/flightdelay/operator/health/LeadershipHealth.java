package dev.flightdelay.operator.health;

import dev.flightdelay.operator.OperatorSettings;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Finds replicas that all follow and none that leads, which has happened after outages of etcd: a
 * lease that nobody renews ends every replica's liveness, and the first one back takes it.
 */
@Component("leadership")
final class LeadershipHealth implements HealthIndicator {

  /** Four times the lease's own duration. */
  static final Duration NOBODY_FOR = Duration.ofSeconds(60);

  private final OperatorSettings settings;
  private final KubernetesClient client;
  private final InstantSource clock;

  @Autowired
  LeadershipHealth(OperatorSettings settings, KubernetesClient client) {
    this(settings, client, InstantSource.system());
  }

  LeadershipHealth(OperatorSettings settings, KubernetesClient client, InstantSource clock) {
    this.settings = settings;
    this.client = client;
    this.clock = clock;
  }

  @Override
  public Health health() {
    if (!settings.leaderElection()) {
      return Health.up().build();
    }
    Lease lease;
    try {
      lease =
          client.leases().inNamespace(settings.namespace()).withName(OperatorSettings.LEASE).get();
    } catch (KubernetesClientException e) {
      // An API server that does not answer is not for a restart of this to repair.
      return Health.up().withDetail("lease", "not readable").build();
    }
    ZonedDateTime renewed =
        lease == null || lease.getSpec() == null ? null : lease.getSpec().getRenewTime();
    if (renewed != null
        && Duration.between(renewed.toInstant(), clock.instant()).compareTo(NOBODY_FOR) > 0) {
      return Health.down().withDetail("lease", "not renewed since " + renewed).build();
    }
    return Health.up().build();
  }
}
