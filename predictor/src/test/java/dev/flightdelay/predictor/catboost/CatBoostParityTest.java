package dev.flightdelay.predictor.catboost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.reader.ExpectedScores;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code src/test/python/make_catboost_fixtures.py} made, and the shared pickles. */
class CatBoostParityTest {

  private static final Path CASES = Path.of("src", "test", "resources", "parity-catboost");
  // Borders are float32 as in CatBoost, sums are float64; exp may differ in its last bit.
  private static final double TOLERANCE = 1e-12;

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsCatBoostDid(Path described) throws IOException {
    JsonNode about = new JsonMapper().readTree(described);
    byte[] pickle = Files.readAllBytes(CASES.resolve(about.get("case").asString() + ".pkl"));

    Model model = ModelReader.read(pickle, "").model();

    ExpectedScores.assertSame(model, about.get("inputs"), about.get("expected"), TOLERANCE);
  }

  @Test
  void takesNamesWhereAFrameHadThem() throws IOException {
    byte[] pickle = Files.readAllBytes(CASES.resolve("regressor-names.pkl"));

    Model model = ModelReader.read(pickle, "").model();

    assertThat(model.signature().features().names())
        .containsExactly("wind", "rain", "delay", "day");
  }
}
