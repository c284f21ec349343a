package dev.flightdelay.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.status.Conditions.Status;
import dev.flightdelay.operator.status.Conditions.Type;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

  private static final Instant EARLIER = Instant.parse("2026-11-21T09:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123456Z");

  private static Condition ready(List<Condition> before, Status status, Instant now) {
    return new Conditions(before, 7L, now)
        .with(Type.Ready, status, "Serving", "all versions serve")
        .toList()
        .getFirst();
  }

  @Test
  void saysWhatHoldsSinceWhenAndOfWhichGeneration() {
    Condition condition = ready(List.of(), Status.True, NOW);

    assertThat(condition.getType()).isEqualTo("Ready");
    assertThat(condition.getStatus()).isEqualTo("True");
    assertThat(condition.getReason()).isEqualTo("Serving");
    assertThat(condition.getMessage()).isEqualTo("all versions serve");
    assertThat(condition.getObservedGeneration()).isEqualTo(7);
    assertThat(condition.getLastTransitionTime()).isEqualTo("2026-11-21T10:00:00Z");
  }

  @Test
  void keepsTransitionTimeWhenStatusIsUnchanged() {
    Condition before =
        new Conditions(List.of(), 6L, EARLIER)
            .with(Type.Ready, Status.True, "Other", "another message")
            .toList()
            .getFirst();

    assertThat(ready(List.of(before), Status.True, NOW).getLastTransitionTime())
        .isEqualTo(before.getLastTransitionTime());
  }

  @Test
  void takesANewTransitionTimeWhenStatusChanges() {
    Condition before = ready(List.of(), Status.False, EARLIER);

    assertThat(ready(List.of(before), Status.True, NOW).getLastTransitionTime())
        .isEqualTo("2026-11-21T10:00:00Z");
  }

  @Test
  void doesNotTakeTheTimeOfAnotherType() {
    Condition other =
        new Conditions(List.of(), 6L, EARLIER)
            .with(Type.Exposed, Status.True, "Routed", "reached")
            .toList()
            .getFirst();

    assertThat(ready(List.of(other), Status.True, NOW).getLastTransitionTime())
        .isEqualTo("2026-11-21T10:00:00Z");
  }

  @Test
  void givesATimeToWhatHadNone() {
    Condition before = ready(List.of(), Status.True, EARLIER);
    before.setLastTransitionTime(null);

    assertThat(ready(List.of(before), Status.True, NOW).getLastTransitionTime()).isNotNull();
  }
}
