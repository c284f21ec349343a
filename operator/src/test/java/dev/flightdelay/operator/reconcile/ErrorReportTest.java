package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.status.Conditions;
import dev.flightdelay.operator.status.Conditions.Type;
import dev.flightdelay.operator.status.StatusEvents.StatusEvent;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorReportTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private static FlightDelayModel model(FlightDelayModelStatus status) {
    FlightDelayModel model = new FlightDelayModel();
    model.setMetadata(new ObjectMetaBuilder().withName("delays").withGeneration(4L).build());
    model.setStatus(status);
    return model;
  }

  private static FlightDelayModelStatus serving() {
    return new FlightDelayModelStatus(
        3L,
        "http://delays.example.com",
        "v1=100",
        2,
        2,
        List.of(),
        new Conditions(List.of(), 3L, NOW.minusSeconds(60))
            .with(Type.Ready, Conditions.Status.True, "Serving", "all serve")
            .with(Type.Exposed, Conditions.Status.True, "Routed", "reached")
            .toList());
  }

  private static KubernetesClientException refused(int code, String message, String kind) {
    return new KubernetesClientException(
        new StatusBuilder()
            .withCode(code)
            .withMessage(message)
            .withNewDetails()
            .withKind(kind)
            .withName("delays")
            .endDetails()
            .build());
  }

  private static Condition ready(FlightDelayModelStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.getType().equals("Ready"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysThatNobodyKnowsAndKeepsTheRest() {
    FlightDelayModelStatus status =
        ErrorReport.of(model(serving()), new IOException("connection reset"), NOW);

    assertThat(ready(status).getStatus()).isEqualTo("Unknown");
    assertThat(ready(status).getReason()).isEqualTo("ReconcileFailed");
    assertThat(ready(status).getMessage())
        .isEqualTo(
            "the operator tries again: connection reset; if it stays so, see its log and the API"
                + " server");
    assertThat(status.traffic()).isEqualTo("v1=100");
    assertThat(status.observedGeneration()).isEqualTo(3);
    assertThat(status.conditions())
        .extracting(Condition::getType)
        .containsExactly("Ready", "Exposed");
  }

  @Test
  void saysSoAlsoBeforeTheFirstStatus() {
    FlightDelayModelStatus status = ErrorReport.of(model(null), new IllegalStateException(), NOW);

    assertThat(ready(status).getMessage()).contains("IllegalStateException");
  }

  @Test
  void namesAMissingPermissionWhereverItIsWrapped() {
    Exception error =
        new RuntimeException(new RuntimeException(refused(403, "cannot list pods", "pods")));

    Condition ready = ready(ErrorReport.of(model(serving()), error, NOW));

    assertThat(ready.getReason()).isEqualTo("Forbidden");
    assertThat(ready.getMessage())
        .isEqualTo(
            "the operator's role lacks a permission: cannot list pods; give it its Role again, as"
                + " the chart has it");
  }

  @Test
  void isShort() {
    Exception error = new IOException("x".repeat(10_000));

    assertThat(ready(ErrorReport.of(model(null), error, NOW)).getMessage()).hasSizeLessThan(600);
  }

  @Test
  void tellsEachErrorOnce() {
    FlightDelayModelStatus first =
        ErrorReport.of(model(serving()), new IOException("connection reset"), NOW);
    FlightDelayModelStatus again =
        ErrorReport.of(model(first), new IOException("connection reset"), NOW.plusSeconds(5));
    FlightDelayModelStatus other =
        ErrorReport.of(model(first), new IOException("timeout"), NOW.plusSeconds(9));

    assertThat(ErrorReport.events(serving(), first))
        .containsExactly(
            new StatusEvent(
                true,
                "ReconcileFailed",
                "the operator tries again: connection reset; if it stays so, see its log and the"
                    + " API server"));
    assertThat(again).isEqualTo(first);
    assertThat(ErrorReport.events(first, again)).isEmpty();
    assertThat(ErrorReport.events(first, other)).hasSize(1);
    assertThat(ErrorReport.events(null, first)).hasSize(1);
  }

  @Test
  void knowsAModelThatIsGone() {
    assertThat(ErrorReport.isGone(model(null), refused(404, "not found", "flightdelaymodels")))
        .isTrue();
    assertThat(ErrorReport.isGone(model(null), refused(404, "not found", "services"))).isFalse();
    assertThat(ErrorReport.isGone(model(null), refused(409, "conflict", "flightdelaymodels")))
        .isFalse();
    assertThat(ErrorReport.isGone(model(null), new IOException("not found"))).isFalse();
  }
}
