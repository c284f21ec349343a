package dev.flightdelay.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.OperatorSettings;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

@EnableKubernetesMockClient(crud = true)
class LeadershipHealthTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private KubernetesMockServer server;
  private KubernetesClient client;

  private Status status(boolean leaderElection) {
    OperatorSettings settings =
        new OperatorSettings(
            "operators",
            null,
            "predictor:1",
            null,
            null,
            null,
            null,
            "",
            "",
            null,
            leaderElection,
            Duration.ofMinutes(5));
    return new LeadershipHealth(settings, client, InstantSource.fixed(NOW)).health().getStatus();
  }

  private void renewed(ZonedDateTime at) {
    client
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("operators")
                .withName(OperatorSettings.LEASE)
                .endMetadata()
                .withNewSpec()
                .withRenewTime(at)
                .endSpec()
                .build())
        .create();
  }

  @Test
  void isWellWhileSomebodyRenewsTheLease() {
    renewed(NOW.minus(LeadershipHealth.NOBODY_FOR).atZone(ZoneOffset.UTC));

    assertThat(status(true)).isEqualTo(Status.UP);
  }

  @Test
  void isDownOnceNobodyHasRenewedItForLong() {
    renewed(NOW.minus(LeadershipHealth.NOBODY_FOR).minusSeconds(1).atZone(ZoneOffset.UTC));

    assertThat(status(true)).isEqualTo(Status.DOWN);
  }

  @Test
  void isWellBeforeThereIsALease() {
    assertThat(status(true)).isEqualTo(Status.UP);
    renewed(null);
    assertThat(status(true)).isEqualTo(Status.UP);
  }

  @Test
  void isWellWithoutLeaderElection() {
    renewed(NOW.minus(Duration.ofDays(1)).atZone(ZoneOffset.UTC));

    assertThat(status(false)).isEqualTo(Status.UP);
  }

  @Test
  void isWellWhileTheApiServerDoesNotAnswer() {
    client.getConfiguration().setRequestRetryBackoffLimit(0);
    server.shutdown();

    assertThat(status(true)).isEqualTo(Status.UP);
  }
}
