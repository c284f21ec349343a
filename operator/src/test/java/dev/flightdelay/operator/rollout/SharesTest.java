package dev.flightdelay.operator.rollout;

import static dev.flightdelay.operator.rollout.Facts.version;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharesTest {

  private record Part(double fraction) implements Hold {

    @Override
    public Optional<Told> told(HeldVersion version) {
      return Optional.empty();
    }
  }

  @Test
  void leaveWhatAVersionMayNotHaveYetWithThoseThatServedBefore() {
    Shares begun =
        Shares.of(
            List.of(
                version("v1").wants(0).routed(60).build(),
                version("v2").routed(40).build(),
                version("v3").wants(100).build()),
            Map.of("v3", new Part(0.05)));

    assertThat(begun.servedBefore()).containsOnly(Map.entry("v1", 60), Map.entry("v2", 40));
    assertThat(begun.wanted())
        .containsOnly(Map.entry("v1", 57), Map.entry("v2", 38), Map.entry("v3", 5));
  }

  @Test
  void countAVersionThatHasAPartNotAmongThoseThatServedBefore() {
    Shares next =
        Shares.of(
            List.of(
                version("v1").wants(0).routed(95).servedBefore(100).build(),
                version("v2").wants(100).routed(5).build()),
            Map.of("v2", new Part(0.25)));

    assertThat(next.servedBefore()).containsOnly(Map.entry("v1", 100));
    assertThat(next.wanted()).containsOnly(Map.entry("v1", 75), Map.entry("v2", 25));
  }

  @Test
  void giveAVersionWhoseHoldTakesNothingItsWholeShare() {
    Shares whole =
        Shares.of(
            List.of(version("v1").wants(50).routed(100).build(), version("v2").wants(50).build()),
            Map.of("v2", new Part(1)));

    assertThat(whole.servedBefore()).isEmpty();
    assertThat(whole.wanted()).containsOnly(Map.entry("v1", 50), Map.entry("v2", 50));
  }
}
