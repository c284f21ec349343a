package dev.flightdelay.predictor.sklearn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.reader.EstimatorPickle;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pipelines that are damaged, or that have a step which is not read. */
class PipelineRefusalTest {

  private static final Path CASES = Path.of("src/test/resources/parity-pipeline");

  @Test
  void refusesPipelineWithoutSteps() {
    byte[] file =
        EstimatorPickle.of("sklearn.pipeline", "Pipeline").with("steps", new Object[0]).bytes();

    assertThat(refusal(file).reason()).isEqualTo(Reason.STATE_INVALID);
  }

  @Test
  void refusesStepThatIsNoPair() {
    byte[] file =
        EstimatorPickle.of("sklearn.pipeline", "Pipeline")
            .with("steps", new Object[] {"StandardScaler"})
            .bytes();

    assertThat(refusal(file).reason()).isEqualTo(Reason.STATE_INVALID);
  }

  @Test
  void refusesTransformerWhereAnEstimatorPredicts() {
    EstimatorPickle scaler =
        EstimatorPickle.of("sklearn.preprocessing._data", "StandardScaler")
            .with("mean_", EstimatorPickle.Array.of(new long[] {1}, 0.5))
            .with("with_std", false);
    byte[] file =
        EstimatorPickle.of("sklearn.multioutput", "MultiOutputRegressor")
            .with("estimators_", List.of(scaler))
            .bytes();

    assertThat(refusal(file))
        .hasMessageContaining("StandardScaler is not an estimator that predicts");
  }

  @Test
  void refusesTransformerThatGivesTexts() {
    byte[] file =
        EstimatorPickle.of("sklearn.impute._base", "SimpleImputer")
            .with("statistics_", new EstimatorPickle.Objects(List.of("red")))
            .bytes();

    assertThat(refusal(file)).hasMessageContaining("gives texts");
  }

  @Test
  void refusesScaleThatIsNotFinite() throws IOException {
    byte[] file = damaged("robust", "scale_", new byte[] {0, 0, 0, 0, 0, 0, (byte) 0xf8, 0x7f});

    assertThat(refusal(file).reason()).isEqualTo(Reason.MODEL_INVALID);
  }

  @Test
  void refusesScaleOfZero() throws IOException {
    assertThat(refusal(damaged("robust", "scale_", new byte[8])).reason())
        .isEqualTo(Reason.MODEL_INVALID);
  }

  @Test
  void refusesDegreeThatMakesTooManyColumns() throws IOException {
    byte[] file = read("poly");
    int degree = find(file, "_max_degree".getBytes(StandardCharsets.UTF_8), 0);
    int number = find(file, new byte[] {'K', 3}, degree);
    file[number + 1] = 60;

    assertThat(refusal(file).reason()).isEqualTo(Reason.BUDGET_EXCEEDED);
  }

  /** The first item of the array that is the attribute. */
  private static byte[] damaged(String name, String attribute, byte[] item) throws IOException {
    byte[] file = read(name);
    int at = find(file, attribute.getBytes(StandardCharsets.UTF_8), 0);
    // Four columns of 8 bytes.
    int data = find(file, new byte[] {'C', 32}, at) + 2;
    System.arraycopy(item, 0, file, data, item.length);
    return file;
  }

  private static byte[] read(String name) throws IOException {
    return Files.readAllBytes(CASES.resolve(name).resolve("model.pkl"));
  }

  private static int find(byte[] file, byte[] piece, int from) {
    for (int i = from; i <= file.length - piece.length; i++) {
      int k = 0;
      while (k < piece.length && file[i + k] == piece[k]) {
        k++;
      }
      if (k == piece.length) {
        return i;
      }
    }
    throw new IllegalStateException("the file has no such piece");
  }

  private static ModelRefusedException refusal(byte[] file) {
    return catchThrowableOfType(ModelRefusedException.class, () -> ModelReader.read(file, ""));
  }
}
