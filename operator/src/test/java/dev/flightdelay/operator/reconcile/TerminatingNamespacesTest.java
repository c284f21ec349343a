package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TerminatingNamespacesTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final TerminatingNamespaces terminating = new TerminatingNamespaces();

  private static ObjectMeta model(String namespace, String created) {
    return new ObjectMetaBuilder()
        .withNamespace(namespace)
        .withName("flights")
        .withCreationTimestamp(created)
        .build();
  }

  private static final ObjectMeta OLD = model("going", "2026-11-21T09:00:00Z");
  private static final ObjectMeta OLDER = model("going", "2026-11-21T08:00:00Z");

  private static Exception refusal(String cause) {
    // spotless:off
    return new IllegalStateException(
        new KubernetesClientException(
            new StatusBuilder()
                .withCode(403)
                .withMessage("deployments.apps \"flights-v1\" is forbidden: ..")
                .withNewDetails()
                  .addNewCause()
                    .withReason(cause)
                  .endCause()
                .endDetails()
                .build()));
    // spotless:on
  }

  private boolean refused(ObjectMeta model, String cause) {
    return terminating.noted(
        model, refusal(cause), () -> Optional.of(OLD.getCreationTimestamp()), NOW);
  }

  @Test
  void letsEveryModelOfTheNamespaceWaitAfterOneRefusal() {
    assertThat(refused(OLD, "NamespaceTerminating")).isTrue();

    assertThat(terminating.pause(OLD, NOW)).contains(Duration.ofSeconds(5));
    assertThat(terminating.pause(OLDER, NOW.plusSeconds(3))).contains(Duration.ofSeconds(2));
    assertThat(terminating.pause(model("other", "2026-11-21T08:00:00Z"), NOW)).isEmpty();
  }

  @Test
  void letsOneTryAtATimeAndLessAndLessOften() {
    refused(OLD, "NamespaceTerminating");

    long tries =
        IntStream.rangeClosed(1, 600)
            .mapToLong(
                second ->
                    IntStream.range(0, 2000)
                        .filter(_ -> terminating.pause(OLD, NOW.plusSeconds(second)).isEmpty())
                        .count())
            .sum();

    // After 5, 15, 35 and 75 s, and then once a minute, which is eight times.
    assertThat(tries).isEqualTo(4 + 8);
  }

  @Test
  void doesNotKeepTheModelsOfALaterNamespaceOfThatNameWaiting() {
    refused(OLDER, "NamespaceTerminating");

    assertThat(terminating.pause(model("going", "2026-11-21T10:00:01Z"), NOW)).isEmpty();
    assertThat(terminating.pause(OLD, NOW)).isPresent();
  }

  @Test
  void doesNotTakeOtherRefusalsForIt() {
    assertThat(refused(OLD, "FieldValueInvalid")).isFalse();
    assertThat(terminating.noted(OLD, new IllegalStateException("no answer"), Optional::empty, NOW))
        .isFalse();

    assertThat(terminating.pause(OLD, NOW)).isEmpty();
  }
}
