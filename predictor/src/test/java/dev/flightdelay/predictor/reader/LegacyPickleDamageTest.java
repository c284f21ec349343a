package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.SharedMaterial;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged copies of people's own pickles: each is refused with a reason, or still is a sound model,
 * as when a bit of a weight changed. Nothing else is thrown, nothing hangs, in 128 MiB of heap.
 */
@Tag("small-heap")
class LegacyPickleDamageTest {

  private static final Duration MAX_DURATION = Duration.ofSeconds(2);
  private static final int FLIPS = 10_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed-001-logistic-regression.pkl",
        "seed-002-logistic-regression.pkl",
        "seed-003-linear-regression.sav",
        "seed-004-logistic-regression.pkl"
      })
  void refusesTheFileCutOffAtEveryByte(String pickle) throws IOException {
    byte[] file = Files.readAllBytes(file(pickle));
    Outcomes outcomes = new Outcomes();

    for (int length = 0; length < file.length; length++) {
      outcomes.read(Arrays.copyOf(file, length));
    }

    assertThat(outcomes.served).isZero();
    assertThat(outcomes.refused.values().stream().mapToInt(i -> i).sum()).isEqualTo(file.length);
    assertThat(outcomes.longest).isLessThan(MAX_DURATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed-001-logistic-regression.pkl",
        "seed-002-logistic-regression.pkl",
        "seed-003-linear-regression.sav",
        "seed-004-logistic-regression.pkl"
      })
  void refusesOrServesTheFileWithOneBitFlipped(String pickle) throws IOException {
    byte[] file = Files.readAllBytes(file(pickle));
    Random random = new Random(20260101);
    Outcomes outcomes = new Outcomes();

    for (int i = 0; i < FLIPS; i++) {
      byte[] flipped = file.clone();
      int bit = random.nextInt(8 * file.length);
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      outcomes.read(flipped);
    }

    // Both happen: structure and names are refused, other weights are another sound model.
    assertThat(outcomes.served).isPositive();
    assertThat(outcomes.refused).isNotEmpty();
    assertThat(outcomes.longest).isLessThan(MAX_DURATION);
    System.out.printf(
        "%s: %d of %d flips served, refused %s, longest %d ms%n",
        pickle, outcomes.served, FLIPS, outcomes.refused, outcomes.longest.toMillis());
  }

  private static Path file(String pickle) {
    return SharedMaterial.path("seed-models").resolve(pickle);
  }

  private static final class Outcomes {
    private final Map<ModelRefusedException.Reason, Integer> refused =
        new EnumMap<>(ModelRefusedException.Reason.class);
    private int served;
    private Duration longest = Duration.ZERO;

    /** Anything but a model or a refusal ends the test. */
    private void read(byte[] file) {
      long start = System.nanoTime();
      try {
        Model model = ModelReader.read(file, "").model();
        assertThat(model.signature().features().count()).isPositive();
        served++;
      } catch (ModelRefusedException refusal) {
        assertThat(refusal.getMessage()).isNotBlank().doesNotContain("\n");
        refused.merge(refusal.reason(), 1, Integer::sum);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      longest = took.compareTo(longest) > 0 ? took : longest;
    }
  }
}
