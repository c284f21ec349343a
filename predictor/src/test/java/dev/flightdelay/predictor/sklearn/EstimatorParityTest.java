package dev.flightdelay.predictor.sklearn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.model.Model;
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

/**
 * Models of src/test/python/make_classic_fixtures.py and make_estimator_fixtures.py answer as
 * scikit-learn did.
 */
class EstimatorParityTest {

  private static final Path RESOURCES = Path.of("src/test/resources");

  @ParameterizedTest
  @MethodSource("fixtures")
  void answersAsScikitLearnDid(Path fixture) throws IOException {
    byte[] pickle = Files.readAllBytes(Path.of(fixture + ".pkl"));
    JsonNode answers = new JsonMapper().readTree(Path.of(fixture + ".json"));

    Model model = ModelReader.read(pickle, "").model();

    ExpectedScores.assertSame(model, answers.get("inputs"), answers.get("expected"), 1e-9);
  }

  static List<Path> fixtures() throws IOException {
    List<Path> classic = fixtures("parity-classic");
    List<Path> estimators = fixtures("parity-estimators");
    assertThat(classic).hasSizeGreaterThan(150);
    assertThat(estimators).hasSizeGreaterThan(290);
    return Stream.concat(classic.stream(), estimators.stream()).toList();
  }

  private static List<Path> fixtures(String folder) throws IOException {
    try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".pkl"))
          .map(file -> Path.of(file.replaceAll("\\.pkl$", "")))
          .sorted()
          .toList();
    }
  }
}
