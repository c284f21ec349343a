package dev.flightdelay.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class LeadingTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private double leads() {
    return meters.get("flightdelay.operator.leads").gauge().value();
  }

  @Test
  void leadsFromTheElectionOnAndUntilTheLeaseIsLost() {
    Leading leading = new Leading(false, meters);
    assertThat(leads()).isZero();

    leading.callbacks().onStartLeading();
    assertThat(leads()).isEqualTo(1);

    leading.callbacks().onStopLeading();
    assertThat(leads()).isZero();
  }

  @Test
  void leadsWhereThereIsNoElection() {
    new Leading(true, meters);

    assertThat(leads()).isEqualTo(1);
  }

  @Test
  void doesNotMindWhoElseLeads() {
    Leading leading = new Leading(true, meters);

    leading.callbacks().onNewLeader("another");

    assertThat(leads()).isEqualTo(1);
  }
}
