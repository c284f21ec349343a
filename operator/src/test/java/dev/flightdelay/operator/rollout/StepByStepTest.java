package dev.flightdelay.operator.rollout;

import static dev.flightdelay.operator.rollout.Facts.version;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shares that rise with pods which an autoscaler gives as Kubernetes' own does. */
class StepByStepTest {

  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final Duration ROUND = Duration.ofSeconds(15);

  private Map<String, Integer> routed = Map.of("v1", 100);
  private Optional<Rising> rising = Optional.empty();
  private int before;
  private int after = 1;

  /**
   * @param load of all traffic, in pods at their target
   */
  @ParameterizedTest
  @CsvSource({"10, 10.0", "10, 9.2", "3, 3.0", "2, 1.9", "25, 24.1", "1, 0.3"})
  void isNotWaitedForInVain(int pods, double load) {
    before = pods;
    List<String> story = new ArrayList<>();
    double most = 0;
    Instant now = START;
    while (share("v2") < 100) {
      assertThat(Duration.between(START, now))
          .as(() -> String.join("\n", story))
          .isLessThan(Duration.ofHours(1));
      Rollout rollout =
          Rollout.decide(
              List.of(
                  version("v1").wants(0).routed(share("v1")).scaledByOthers().pods(before).build(),
                  version("v2")
                      .wants(100)
                      .routed(share("v2"))
                      .scaledByOthers()
                      .pods(after)
                      .build()),
              new Routing(true, rising),
              Duration.ZERO,
              now);
      routed = rollout.weights();
      rising = rollout.rising();
      most = Math.max(most, load * share("v2") / 100 / after);
      story.add("%s %s pods %d and %d".formatted(now, routed, before, after));
      before = scaled(before, load * share("v1") / 100);
      after = scaled(after, load * share("v2") / 100);
      now = now.plus(ROUND);
    }
    assertThat(most).as("load of a pod of v2, of its target").isLessThanOrEqualTo(1.3);
  }

  private int share(String version) {
    return routed.getOrDefault(version, 0);
  }

  /** By the ratio to the target, unless it is within a tenth of it. */
  private static int scaled(int pods, double load) {
    double ratio = load / pods;
    return Math.abs(ratio - 1) <= 0.1 ? pods : Math.max(1, (int) Math.ceil(load));
  }
}
