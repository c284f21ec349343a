package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Models of src/test/python/make_estimator_fixtures.py answer as scikit-learn did. */
class EstimatorParityTest {

  private static final Path FOLDER = Path.of("src/test/resources/parity-estimators");

  @ParameterizedTest
  @MethodSource("fixtures")
  void answersAsScikitLearnDid(String name) throws IOException {
    byte[] pickle = Files.readAllBytes(FOLDER.resolve(name + ".pkl"));
    JsonNode answers = new JsonMapper().readTree(FOLDER.resolve(name + ".json"));

    Model model = ModelReader.read(pickle, "").model();

    ExpectedScores.assertSame(model, answers.get("inputs"), answers.get("expected"), 1e-9);
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
      assertThat(names).hasSizeGreaterThan(290);
      return names;
    }
  }
}
