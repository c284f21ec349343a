package dev.flightdelay.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.local.runner.RollingUpdate.Candidate;
import dev.flightdelay.local.runner.RollingUpdate.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollingUpdateTest {

  private static Candidate<String> old(String name, boolean ready) {
    return new Candidate<>(name, false, ready, 0);
  }

  private static Candidate<String> current(String name, boolean ready, int age) {
    return new Candidate<>(name, true, ready, age);
  }

  @Test
  void startsAllAtOnceWhereThereIsNone() {
    assertThat(RollingUpdate.<String>next(3, List.of())).isEqualTo(new Step<>(3, List.of()));
  }

  @Test
  void startsOneMoreBeforeItStopsAnOldOne() {
    assertThat(RollingUpdate.next(2, List.of(old("a", true), old("b", true))))
        .isEqualTo(new Step<>(1, List.of()));
    assertThat(
            RollingUpdate.next(2, List.of(old("a", true), old("b", true), current("c", false, 1))))
        .isEqualTo(new Step<>(0, List.of()));
  }

  @Test
  void stopsAnOldOneOnceTheNewOneIsReady() {
    assertThat(
            RollingUpdate.next(2, List.of(old("a", true), old("b", true), current("c", true, 1))))
        .isEqualTo(new Step<>(1, List.of("a")));
  }

  @Test
  void stopsTheLastOldOneOnlyWhenEnoughNewOnesAreReady() {
    assertThat(
            RollingUpdate.next(
                2, List.of(old("b", true), current("c", true, 1), current("d", false, 2))))
        .isEqualTo(new Step<>(0, List.of()));
    assertThat(
            RollingUpdate.next(
                2, List.of(old("b", true), current("c", true, 1), current("d", true, 2))))
        .isEqualTo(new Step<>(0, List.of("b")));
  }

  @Test
  void stopsOldOnesThatServeNobodyAtOnce() {
    assertThat(RollingUpdate.next(1, List.of(old("a", false))))
        .isEqualTo(new Step<>(1, List.of("a")));
  }

  @Test
  void scalesDownThoseThatServeNobodyFirstThenTheYoungest() {
    assertThat(
            RollingUpdate.next(
                1, List.of(current("a", true, 1), current("b", false, 2), current("c", true, 3))))
        .isEqualTo(new Step<>(0, List.of("b", "c")));
  }

  @Test
  void stopsAllWhereNoneIsDesired() {
    assertThat(RollingUpdate.next(0, List.of(current("a", true, 1), old("b", true))))
        .isEqualTo(new Step<>(0, List.of("a", "b")));
  }
}
