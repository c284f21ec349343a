package dev.flightdelay.operator.health;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RuntimeInfo;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready as long as every informer watches. */
@Component("informers")
final class InformersHealth implements HealthIndicator {

  private final RuntimeInfo operator;

  InformersHealth(Operator operator) {
    this.operator = operator.getRuntimeInfo();
  }

  @Override
  public Health health() {
    if (!operator.isStarted()) {
      return Health.outOfService().withDetail("operator", "starting").build();
    }
    if (operator.allEventSourcesAreHealthy()) {
      return Health.up().build();
    }
    return Health.down().withDetail("unhealthy", operator.unhealthyEventSources().keySet()).build();
  }
}
