package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.flightdelay.predictor.model.ModelRefusedException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file that was made to harm is refused, for the reason that its manifest gives, within two
 * seconds of CPU, in a Java of 128 MiB; and the sound files beside them are read.
 */
@Tag("small-heap")
class HostileFilesTest {

  private static final Duration MAX_DURATION = Duration.ofSeconds(2);

  /** Of the clock: other processes may have the CPU. */
  private static final Duration HANGS = Duration.ofSeconds(30);

  private static final int MIN_OF_EACH = 3;

  private record Outcome(Optional<ModelRefusedException> refusal, Duration cpu) {}

  @TestFactory
  Stream<DynamicTest> refusesWhatWasMadeToHarmAndReadsWhatIsSound() throws IOException {
    return HostileFile.all().stream()
        .map(file -> DynamicTest.dynamicTest(file.name(), () -> assertTreatedRight(file)));
  }

  @Test
  void hasThreeFilesOfEveryAttack() throws IOException {
    var counts =
        HostileFile.all().stream()
            .filter(file -> !file.attack().startsWith("controls/"))
            .collect(
                Collectors.groupingBy(HostileFile::attack, TreeMap::new, Collectors.counting()));

    assertThat(counts).hasSizeGreaterThan(100);
    assertThat(counts)
        .allSatisfy((attack, count) -> assertThat(count).isGreaterThanOrEqualTo(MIN_OF_EACH));
  }

  private static void assertTreatedRight(HostileFile file) {
    byte[] bytes = file.bytes();

    Outcome outcome = assertTimeoutPreemptively(HANGS, () -> read(bytes));

    if (outcome.refusal().isPresent()) {
      ModelRefusedException refusal = outcome.refusal().get();
      assertThat(refusal.reason()).as(refusal.getMessage()).isIn(file.reasons());
      assertThat(refusal).hasMessageMatching("\\A[ -~]+\\z");
      // A budget has to come first: a process whose heap was full may already be ended.
      assertThat(refusal).hasMessageNotContaining("needs more memory than this process has (");
    } else {
      assertThat(file.loads()).as("a model was made of it").isTrue();
    }
    assertThat(outcome.cpu()).isLessThan(MAX_DURATION);
  }

  private static Outcome read(byte[] file) {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    Optional<ModelRefusedException> refusal = Optional.empty();
    try {
      ModelReader.read(file, "");
    } catch (ModelRefusedException refused) {
      refusal = Optional.of(refused);
    }
    return new Outcome(refusal, Duration.ofNanos(threads.getCurrentThreadCpuTime() - start));
  }
}
