package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.OperatorSettings;
import dev.flightdelay.operator.cluster.Model;
import dev.flightdelay.operator.cluster.OperatorEnvironment;
import dev.flightdelay.operator.faults.Fault;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who works, when an operator is stopped or killed and the next one starts. */
class LeadershipIT {

  private OperatorEnvironment environment;

  @BeforeEach
  void start() {
    // Without a pod's name each start is a replica of its own.
    environment =
        OperatorEnvironment.start(
            "leadership", Map.of("OPERATOR_LEADERELECTION", "true", "HOSTNAME", ""));
    environment.apply(Model.named("led").version("v1", 100));
    environment.awaitReady("led");
  }

  @AfterEach
  void stop() {
    environment.close();
  }

  @Test
  void givesItsLeaseBackSoThatTheNextOneNeedNotWait() {
    String first = holder();
    Instant stopping = Instant.now();

    environment.operator().terminate();

    assertThat(Duration.between(stopping, Instant.now())).isLessThan(Duration.ofSeconds(10));
    assertThat(first).isNotEmpty();
    assertThat(holder()).isEmpty();
    environment.operator().start();
    // Its start counts apart: on a busy machine it takes as long as the lease.
    environment.operator().awaitReady();
    environment.apply(Model.named("next").version("v1", 100));
    environment.awaitReady("next");
    assertThat(holder()).isNotIn("", first);
  }

  @Test
  void leavesTheLeaseToExpireWhereItIsKilled() {
    String first = holder();

    environment.operator().kill();

    assertThat(holder()).isEqualTo(first);
    environment.operator().start();
    // Its start counts apart: on a busy machine it takes as long as the lease.
    environment.operator().awaitReady();
    environment.apply(Model.named("next").version("v1", 100));
    environment.awaitReady("next");
    assertThat(holder()).isNotIn("", first);
  }

  @Test
  void isAliveWhileTheApiServerIsSilent() throws Exception {
    // It stops leading then, and says so.
    environment.operator().expect(".*");

    try (Fault _ = environment.proxy().silence()) {
      for (int i = 0; i < 3; i++) {
        // Within the time that the kubelet gives it.
        assertThat(environment.operator().get("/livez")).startsWith("200");
      }
    }
  }

  private String holder() {
    Lease lease =
        environment
            .client()
            .leases()
            .inNamespace(environment.namespace())
            .withName(OperatorSettings.LEASE)
            .get();
    return lease.getSpec().getHolderIdentity();
  }
}
