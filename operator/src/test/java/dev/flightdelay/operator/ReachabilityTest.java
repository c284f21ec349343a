package dev.flightdelay.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ReachabilityTest {

  private final AtomicLong clock = new AtomicLong();
  private final Reachability reachability = new Reachability(clock::get);

  private void fails(int times) {
    for (int i = 0; i < times; i++) {
      reachability.afterConnectionFailure(null, new ConnectException("refused"));
    }
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private static long lines(CapturedOutput output, String text) {
    return output.toString().lines().filter(line -> line.contains(text)).count();
  }

  @Test
  void saysOnceThatTheApiServerIsAwayAndBack(CapturedOutput output) {
    fails(111);
    pass(Duration.ofSeconds(59));
    fails(111);
    reachability.after(null, null, null);
    reachability.after(null, null, null);

    assertThat(lines(output, "is away")).isEqualTo(1);
    assertThat(lines(output, "answers again")).isEqualTo(1);
    assertThat(output.toString()).contains("seconds=\"59\"").doesNotContain("\tat ");
  }

  @Test
  void saysSoEveryMinute(CapturedOutput output) {
    for (int second = 0; second < 180; second++) {
      fails(3);
      pass(Duration.ofSeconds(1));
    }

    assertThat(lines(output, "is away")).isEqualTo(3);
  }

  @Test
  void saysNothingOfOtherFailures(CapturedOutput output) {
    reachability.afterConnectionFailure(null, new IllegalStateException("not sent"));
    reachability.after(null, null, null);

    assertThat(output.toString()).doesNotContain("is away", "answers again");
  }
}
