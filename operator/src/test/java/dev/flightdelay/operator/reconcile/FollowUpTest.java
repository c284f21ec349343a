package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FollowUpTest {

  private static final ResourceID MODEL = new ResourceID("delays", "flights");

  private final FollowUp followUp = new FollowUp();

  @Test
  void looksAgainSoonAfterAWriteAndNotAfterALookThatWroteNothing() {
    assertThat(followUp.after(MODEL, true)).contains(Duration.ofSeconds(1));
    assertThat(followUp.after(MODEL, false)).isEmpty();
    assertThat(followUp.after(MODEL, true)).contains(Duration.ofSeconds(1));
  }

  @Test
  void getsSlowerWhereSomethingUndoesEachWrite() {
    var pauses =
        IntStream.range(0, 9)
            .mapToObj(_ -> followUp.after(MODEL, true).orElseThrow().toSeconds())
            .toList();

    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 64L, 64L);
  }

  @Test
  void keepsModelsApart() {
    followUp.after(MODEL, true);

    assertThat(followUp.after(new ResourceID("other", "flights"), true))
        .contains(Duration.ofSeconds(1));
  }
}
