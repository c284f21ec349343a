package dev.flightdelay.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PercentagesTest {

  @Test
  void keepsPercentagesAsTheyAre() {
    assertThat(Percentages.of(Map.of("v1", 90.0, "v2", 10.0)))
        .containsOnly(Map.entry("v1", 90), Map.entry("v2", 10));
  }

  @Test
  void bringsAnyProportionsToOneHundred() {
    assertThat(Percentages.of(Map.of("v1", 1.0, "v2", 3.0)))
        .containsOnly(Map.entry("v1", 25), Map.entry("v2", 75));
  }

  @Test
  void givesWhatIsLeftToTheLargestRemainders() {
    assertThat(Percentages.of(Map.of("v1", 2.0, "v2", 2.0, "v3", 1.7)))
        .containsOnly(Map.entry("v1", 35), Map.entry("v2", 35), Map.entry("v3", 30));
  }

  @Test
  void givesEqualRemaindersByName() {
    assertThat(Percentages.of(Map.of("v3", 1.0, "v1", 1.0, "v2", 1.0)))
        .containsOnly(Map.entry("v1", 34), Map.entry("v2", 33), Map.entry("v3", 33));
  }

  @Test
  void leavesOutWhatRoundsToNothing() {
    assertThat(Percentages.of(Map.of("v1", 1000.0, "v2", 1.0, "v3", 0.0)))
        .containsOnly(Map.entry("v1", 100));
  }

  @Test
  void isEmptyWhereNothingHasAShare() {
    assertThat(Percentages.of(Map.of())).isEmpty();
    assertThat(Percentages.of(Map.of("v1", 0.0))).isEmpty();
  }

  @Test
  void alwaysAddsUpToOneHundredAndStaysNearTheProportions() {
    Random random = new Random(1);
    for (int run = 0; run < 2000; run++) {
      Map<String, Double> shares = new TreeMap<>();
      int versions = 1 + random.nextInt(10);
      for (int i = 0; i < versions; i++) {
        shares.put("v" + i, random.nextInt(4) == 0 ? 0.0 : 100 * random.nextDouble());
      }
      shares.put("v0", 1.0);
      double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();

      Map<String, Integer> percentages = Percentages.of(shares);

      assertThat(percentages.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
      shares.forEach(
          (name, share) ->
              assertThat(Math.abs(percentages.getOrDefault(name, 0) - 100 * share / sum))
                  .isLessThan(1));
      assertThat(Percentages.of(asShares(percentages))).isEqualTo(percentages);
    }
  }

  private static Map<String, Double> asShares(Map<String, Integer> percentages) {
    Map<String, Double> shares = new TreeMap<>();
    percentages.forEach((name, percentage) -> shares.put(name, (double) percentage));
    return shares;
  }
}
