package dev.flightdelay.operator.health;

import static java.util.Objects.requireNonNull;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RuntimeInfo;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready as long as every informer watches. */
public final class InformersHealth implements HealthIndicator {

  private final Supplier<Optional<Operator>> running;

  /**
   * Of an operator.
   *
   * @param running empty until it runs
   */
  public InformersHealth(Supplier<Optional<Operator>> running) {
    this.running = requireNonNull(running);
  }

  @Override
  public Health health() {
    return running
        .get()
        .map(operator -> health(operator.getRuntimeInfo()))
        .orElseGet(() -> Health.outOfService().withDetail("operator", "starting").build());
  }

  private static Health health(RuntimeInfo operator) {
    return operator.allEventSourcesAreHealthy()
        ? Health.up().build()
        : Health.down().withDetail("unhealthy", operator.unhealthyEventSources().keySet()).build();
  }
}
