package dev.flightdelay.predictor.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final AtomicLong now = new AtomicLong();
  private final Progress progress =
      new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), now::get);

  @Test
  void saysNothingOfAShortInputAndThenHowFarItIsEveryFiveSeconds() {
    for (int second = 1; second <= 11; second++) {
      now.set(TimeUnit.SECONDS.toNanos(second));
      progress.add(1000);
      if (second == 4) {
        assertThat(said.size()).isZero();
      }
    }

    assertThat(said.toString(StandardCharsets.UTF_8))
        .isEqualTo("5,000 rows, 1,000 a second%n10,000 rows, 1,000 a second%n".formatted());
  }
}
