package dev.flightdelay.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PodTroubleTest {

  /** What is said besides of a warning of the cluster's. */
  private static final String MISSING = "; make what is missing, or correct its name in the spec";

  private static final String WARNING = "warning: ";
  private static final String PASSING = "passing: ";

  static Stream<PodFixture> fixtures() throws IOException {
    return PodFixture.all().stream();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void saysWhatKeepsAPodFromServing(PodFixture fixture) {
    String says = fixture.says();
    Optional<String> warning =
        Optional.of(says)
            .filter(text -> text.startsWith(WARNING))
            .map(text -> text.substring(WARNING.length()));
    Optional<PodTrouble> expected =
        says.equals("well")
            ? Optional.empty()
            : Optional.of(
                new PodTrouble(
                    warning
                        .map(text -> text + MISSING)
                        .orElse(says.replaceFirst("^" + PASSING, "")),
                    !says.startsWith(PASSING)));

    assertThat(PodTrouble.of(fixture.pod(), warning)).isEqualTo(expected);
  }

  @Test
  void doesNotTakeAnOldWarningForAPodThatRuns() {
    Pod pod = PodFixture.of("loading").pod();

    assertThat(PodTrouble.of(pod, Optional.of("Readiness probe failed"))).isEmpty();
  }

  @Test
  void shortensWhatIsTooLongForAPersonAndTakesControlCharactersOut() {
    Pod pod =
        new PodBuilder()
            .withNewStatus()
            .addNewContainerStatus()
            .withName("predictor")
            .withNewState()
            .withNewTerminated()
            .withExitCode(2)
            .withMessage("\u001b[31mred\tletters " + "x".repeat(10_000))
            .endTerminated()
            .endState()
            .endContainerStatus()
            .endStatus()
            .build();

    String message = PodTrouble.of(pod, Optional.empty()).orElseThrow().message();

    assertThat(message).hasSizeLessThan(510).doesNotContainPattern("\\p{Cntrl}");
  }
}
