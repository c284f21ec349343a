package dev.flightdelay.local.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightdelay.local.proxy.WeightedChoice.Weighted;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WeightedChoiceTest {

  private static Map<String, Long> count(WeightedChoice<String> choice, int times) {
    return Stream.generate(choice::next)
        .limit(times)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  @Test
  void splitsExactlyByWeight() {
    WeightedChoice<String> choice =
        new WeightedChoice<>(List.of(new Weighted<>("v1", 90), new Weighted<>("v2", 10)));

    assertThat(count(choice, 1000)).isEqualTo(Map.of("v1", 900L, "v2", 100L));
  }

  @Test
  void spreadsTheSmallerShareOut() {
    WeightedChoice<String> choice =
        new WeightedChoice<>(List.of(new Weighted<>("v1", 90), new Weighted<>("v2", 10)));

    for (int ten = 0; ten < 50; ten++) {
      assertThat(count(choice, 10)).containsEntry("v2", 1L);
    }
  }

  @Test
  void neverChoosesWhatWeighsNothing() {
    WeightedChoice<String> choice =
        new WeightedChoice<>(List.of(new Weighted<>("v1", 0), new Weighted<>("v2", 1)));

    assertThat(count(choice, 100)).isEqualTo(Map.of("v2", 100L));
    assertThat(new WeightedChoice<>(List.of(new Weighted<>("v1", 0))).isEmpty()).isTrue();
  }

  @Test
  void splitsByAnyNumbers() {
    WeightedChoice<String> choice =
        new WeightedChoice<>(
            List.of(new Weighted<>("a", 1), new Weighted<>("b", 2), new Weighted<>("c", 4)));

    assertThat(count(choice, 700)).isEqualTo(Map.of("a", 100L, "b", 200L, "c", 400L));
  }

  @Test
  void refusesANegativeWeight() {
    assertThatThrownBy(() -> new Weighted<>("v1", -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }
}
