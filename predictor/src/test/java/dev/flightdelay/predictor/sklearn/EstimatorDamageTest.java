package dev.flightdelay.predictor.sklearn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Selectors, imputers and neighbours with one bit flipped: a refusal or a model that answers. */
@Tag("small-heap")
class EstimatorDamageTest {

  private static final Path FOLDER = Path.of("src/test/resources/parity-estimators");
  private static final int FLIPS = 100;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk19-from-model-forest",
        "sk19-univariate-fdr",
        "sk19-rfe",
        "sk19-bins-onehot",
        "sk19-bins-kmeans",
        "sk19-spline-linear-3",
        "sk19-ordinal-infrequent-missing",
        "sk19-label-binarizer",
        "sk19-knn-imputer-distance",
        "sk19-iterative-limits",
        "sk19-iterative-tree",
        "sk19-indicator",
        "sk19-radius-kd_tree-outlier",
        "sk19-radius-two-labels",
        "sk19-oneclass-rbf",
        "sk19-code-constant",
        "sk19-ovr-labels",
        "sk19-classifier-chain",
        "sk19-regressor-chain",
        "sk19-search-drawn",
        "sk19-columns"
      })
  void refusesOrServesTheFileWithOneBitFlipped(String name) throws IOException {
    byte[] file = Files.readAllBytes(FOLDER.resolve(name + ".pkl"));
    Random random = new Random(20260101);
    int served = 0;
    int refused = 0;

    for (int i = 0; i < FLIPS; i++) {
      byte[] flipped = file.clone();
      int bit = random.nextInt(8 * file.length);
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        answer(ModelReader.read(flipped, "").model());
        served++;
      } catch (ModelRefusedException refusal) {
        assertThat(refusal.getMessage()).isNotBlank().doesNotContain("\n");
        refused++;
      }
    }

    assertThat(served).isPositive();
    assertThat(refused).isPositive();
  }

  /** Three rows: the model's own, one that is far away, and one of which every value is missing. */
  private static void answer(Model model) {
    Rows sample = model.signature().features().sample();
    double[] far = new double[sample.width()];
    Arrays.fill(far, 1e9);
    double[] missing = new double[sample.width()];
    Arrays.fill(missing, Double.NaN);
    for (double[] row : new double[][] {sample.values(), far, missing}) {
      if (row == missing && !model.signature().acceptsMissing()) {
        continue;
      }
      try {
        model.score(
            new Rows(row, row == sample.values() ? sample.texts() : null, 1, row.length),
            true,
            true);
      } catch (UnusableRowsException unusable) {
        assertThat(unusable.getMessage()).isNotBlank();
      }
    }
  }
}
