package dev.flightdelay.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class LeadershipHealthTest {

  private static final Duration DURATION = Duration.ofSeconds(15);

  /** Written by a clock that is years behind. */
  private static final ZonedDateTime RENEWED = ZonedDateTime.parse("2001-01-01T00:00:00Z");

  private Optional<Lease> lease = lease(RENEWED);
  private boolean answers = true;
  private final AtomicLong clock = new AtomicLong();
  private final LeaseWatch watch = new LeaseWatch(this::read, clock::get);
  private final LeadershipHealth health = new LeadershipHealth(DURATION, Optional.of(watch));

  private static Optional<Lease> lease(ZonedDateTime renewed) {
    return Optional.of(new LeaseBuilder().withNewSpec().withRenewTime(renewed).endSpec().build());
  }

  private Optional<Lease> read() {
    if (!answers) {
      throw new KubernetesClientException("no answer");
    }
    return lease;
  }

  private void lookAt(int... seconds) {
    for (int second : seconds) {
      clock.set(Duration.ofSeconds(second).toNanos());
      watch.look();
    }
  }

  private Status status() {
    return health.health().getStatus();
  }

  @Test
  void isWellWhileSomebodyRenewsTheLease() {
    for (int second = 0; second < 300; second += 30) {
      lookAt(second, second + 15);
      lease = lease(RENEWED.plusSeconds(second + 1));
    }

    assertThat(status()).isEqualTo(Status.UP);
  }

  @Test
  void isDownOnceAnswersHaveShownItUnrenewedForFourDurations() {
    lookAt(0, 30, 60);
    assertThat(status()).isEqualTo(Status.UP);

    lookAt(61);

    assertThat(status()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails()).containsEntry("lease", "not renewed for 61 s");
  }

  @Test
  void isWellWhileTheApiServerDoesNotAnswerAndWhenItIsBack() {
    lookAt(0, 50);
    answers = false;
    lookAt(70, 1000);
    assertThat(status()).isEqualTo(Status.UP);

    answers = true;
    lookAt(1005);

    assertThat(status()).isEqualTo(Status.UP);
  }

  @Test
  void isWellBeforeThereIsALease() {
    lease = Optional.empty();
    lookAt(0, 100);
    assertThat(status()).isEqualTo(Status.UP);

    lease = lease(null);
    lookAt(200, 300);

    assertThat(status()).isEqualTo(Status.UP);
  }

  @Test
  void isWellWithoutElection() {
    assertThat(new LeadershipHealth(DURATION, Optional.empty()).health().getStatus())
        .isEqualTo(Status.UP);
  }
}
