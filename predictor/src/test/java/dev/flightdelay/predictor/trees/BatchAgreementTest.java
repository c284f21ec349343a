package dev.flightdelay.predictor.trees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trees are walked in other ways for one row, for a few and for a block: whatever the way, an
 * answer is the same to the last bit.
 */
class BatchAgreementTest {

  private static final Path RESOURCES = Path.of("src/test/resources");

  // Two whole blocks of any family, and a part of one.
  private static final int ROWS = 600;

  @Test
  void hasModels() throws IOException {
    assertThat(models()).hasSizeGreaterThan(150);
  }

  @ParameterizedTest
  @MethodSource("models")
  void answersARowTheSameInEveryBatch(Path file) throws IOException {
    Model model = ModelReader.read(Files.readAllBytes(file), "").model();
    Rows rows = rows(model.signature());

    Scores all = model.score(rows, true, true);

    for (int size : new int[] {1, 5, 13, 40}) {
      Scores parts = Scores.of(model.signature(), ROWS, true, true);
      for (int from = 0; from < ROWS; from += size) {
        model.score(rows, from, Math.min(ROWS, from + size), parts);
      }
      assertThat(parts.labels()).isEqualTo(all.labels());
      assertThat(bits(parts.values())).isEqualTo(bits(all.values()));
      assertThat(bits(parts.probabilities())).isEqualTo(bits(all.probabilities()));
      assertThat(bits(parts.decisions())).isEqualTo(bits(all.decisions()));
    }
  }

  private static long[] bits(double[] numbers) {
    return numbers == null
        ? null
        : Arrays.stream(numbers).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  /** Numbers near those that models are fitted with: codes, normal ones, and missing ones. */
  private static Rows rows(Signature signature) {
    Random random = new Random(7);
    int width = signature.features().count();
    double[] values = new double[ROWS * width];
    for (int i = 0; i < values.length; i++) {
      // The first block has nothing missing.
      boolean missing = i >= values.length / 2 && random.nextInt(10) == 0;
      values[i] =
          switch (random.nextInt(5)) {
            case 0 -> random.nextInt(12);
            case 1 -> -0.0;
            case 2 -> 1000 * random.nextGaussian();
            default -> random.nextGaussian();
          };
      if (missing && signature.acceptsMissing()) {
        values[i] = Double.NaN;
      }
    }
    return new Rows(values, ROWS, width);
  }

  static List<Path> models() throws IOException {
    List<String> families = List.of("parity-trees", "parity-xgboost", "parity-lightgbm");
    try (Stream<Path> files = Files.walk(RESOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".pkl"))
          .filter(file -> families.contains(RESOURCES.relativize(file).getName(0).toString()))
          .filter(file -> !file.toString().matches(".*(vector-leaf|many-labels).*"))
          .sorted()
          .toList();
    }
  }
}
