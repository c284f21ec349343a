package dev.flightdelay.predictor.sklearn.featureextraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.reader.ExpectedScores;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Models of src/test/python/make_text_fixtures.py answer as scikit-learn did. */
class TextParityTest {

  private static final Path FOLDER = Path.of("src/test/resources/parity-text");

  // The same terms in the same columns; sums of sparse rows are made in another order than BLAS's.
  private static final double TOLERANCE = 1e-9;

  // Rows that scikit-learn keeps and multiplies as float32.
  private static final double FLOAT_TOLERANCE = 1e-6;

  @ParameterizedTest
  @MethodSource("fixtures")
  void answersAsScikitLearnDidOrRefusesByName(String name) throws IOException {
    byte[] pickle = Files.readAllBytes(FOLDER.resolve(name + ".pkl"));
    JsonNode answers = new JsonMapper().readTree(FOLDER.resolve(name + ".json"));
    if (answers.has("refused")) {
      assertRefused(pickle, answers.get("refused").asString());
      return;
    }

    Model model = ModelReader.read(pickle, "").model();

    ExpectedScores.assertSame(
        model,
        answers.get("inputs"),
        answers.get("expected"),
        name.endsWith("count-float") ? FLOAT_TOLERANCE : TOLERANCE);
  }

  private static void assertRefused(byte[] pickle, String words) {
    var refusal =
        catchThrowableOfType(
            ModelRefusedException.class, () -> ModelReader.read(pickle, "").model());

    assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
    assertThat(refusal).hasMessageContaining(words);
  }

  static List<String> fixtures() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".pkl"))
              .map(file -> file.replace(".pkl", ""))
              .sorted()
              .toList();
      assertThat(names).hasSizeGreaterThan(130);
      return names;
    }
  }
}
