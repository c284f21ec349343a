package dev.flightdelay.operator.health;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.namespaces.WatchedNamespaces;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Says which namespaces are not served, and why; not ready where that is all of them. */
public final class NamespacesHealth implements HealthIndicator {

  private final WatchedNamespaces namespaces;

  public NamespacesHealth(WatchedNamespaces namespaces) {
    this.namespaces = requireNonNull(namespaces);
  }

  @Override
  public Health health() {
    Health.Builder health =
        namespaces.open().isEmpty() && !namespaces.closed().isEmpty()
            ? Health.outOfService()
            : Health.up();
    namespaces.closed().forEach(health::withDetail);
    return health.build();
  }
}
