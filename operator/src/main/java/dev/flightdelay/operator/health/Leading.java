package dev.flightdelay.operator.health;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Whether this replica is the one that works, as the metric flightdelay_operator_leads. */
public final class Leading {

  private volatile boolean leads;

  /** Not yet, where replicas have to agree first. */
  public Leading(boolean leads, MeterRegistry meters) {
    this.leads = leads;
    Gauge.builder("flightdelay.operator.leads", () -> this.leads ? 1 : 0)
        .description("1 in the replica that reconciles, else 0")
        .strongReference(true)
        .register(meters);
  }

  /** Told by the election. */
  public LeaderCallbacks callbacks() {
    return new LeaderCallbacks(() -> leads = true, () -> leads = false, _ -> {});
  }
}
