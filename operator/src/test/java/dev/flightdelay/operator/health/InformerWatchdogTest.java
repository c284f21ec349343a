package dev.flightdelay.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class InformerWatchdogTest {

  private final Map<String, String> differences = new HashMap<>();
  private boolean answers = true;
  private int audits;
  private boolean behind = true;
  private final InformerWatchdog watchdog = new InformerWatchdog(this::audit, _ -> behind);

  private Map<String, String> audit() {
    audits++;
    if (!answers) {
      throw new KubernetesClientException("no answer");
    }
    return Map.copyOf(differences);
  }

  private Status status() {
    return watchdog.health().getStatus();
  }

  @Test
  void isWellWhileNothingDiffers() {
    assertThat(watchdog.look()).isFalse();
    assertThat(status()).isEqualTo(Status.UP);
  }

  @Test
  void looksAgainSoonAtWhatMayBeOnItsWay() {
    differences.put("Deployment flights/delays-v1", "7");

    assertThat(watchdog.look()).isTrue();
    assertThat(status()).isEqualTo(Status.UP);
  }

  @Test
  void isDownWhereTheSameIsMissingTwice() {
    differences.put("Deployment flights/delays-v1", "7");

    watchdog.look();

    assertThat(watchdog.look()).isFalse();
    assertThat(watchdog.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(watchdog.health().getDetails().toString()).contains("flights/delays-v1");
  }

  @Test
  void isWellWhereTheCacheFollowsAndSomethingNewerIsOnItsWay() {
    differences.put("Deployment flights/delays-v1", "7");
    watchdog.look();

    differences.put("Deployment flights/delays-v1", "8");

    assertThat(watchdog.look()).isTrue();
    assertThat(status()).isEqualTo(Status.UP);
  }

  @Test
  void doesNotListEverythingAgainOnceTheEventsHaveCome() {
    differences.put("Deployment flights/delays-v1", "7");
    assertThat(watchdog.look()).isTrue();

    behind = false;

    assertThat(watchdog.look()).isFalse();
    assertThat(audits).isEqualTo(1);
    assertThat(status()).isEqualTo(Status.UP);
  }

  @Test
  void looksAnewAfterThat() {
    differences.put("Deployment flights/delays-v1", "7");
    watchdog.look();
    behind = false;
    watchdog.look();

    behind = true;

    assertThat(watchdog.look()).isTrue();
    assertThat(audits).isEqualTo(2);
    assertThat(watchdog.look()).isFalse();
    assertThat(status()).isEqualTo(Status.DOWN);
  }

  @Test
  void isWellAgainOnceTheCacheHasCaughtUp() {
    differences.put("Deployment flights/delays-v1", "7");
    watchdog.look();
    watchdog.look();

    differences.clear();
    watchdog.look();

    assertThat(status()).isEqualTo(Status.UP);
  }

  @Test
  void doesNotBlameTheCachesForAnApiServerThatDoesNotAnswer() {
    answers = false;

    assertThat(watchdog.look()).isFalse();
    assertThat(status()).isEqualTo(Status.UP);
  }
}
