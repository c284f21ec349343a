package dev.flightdelay.predictor.lightgbm;

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

/** What {@code src/test/python/make_lightgbm_fixtures.py} made with LightGBM 4.7 and 2.3. */
class LightGbmParityTest {

  private static final Path CASES = Path.of("src", "test", "resources", "parity-lightgbm");

  // Numbers are float64 throughout; exp and log may differ in their last bit.
  private static final double TOLERANCE = 1e-12;

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @Test
  void hasCasesOfBothReleases() throws IOException {
    assertThat(cases()).hasSizeGreaterThan(40);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsLightGbmDid(Path described) throws IOException {
    JsonNode about = new JsonMapper().readTree(described);
    String pickle = about.get("case").asString() + ".pkl";

    Model model = ModelReader.read(Files.readAllBytes(CASES.resolve(pickle)), "").model();

    assertThat(model.signature().acceptsMissing()).isTrue();
    ExpectedScores.assertSame(model, about.get("inputs"), about.get("expected"), TOLERANCE);
  }

  @Test
  void takesTextsWherePandasHadThem() throws IOException {
    byte[] pickle = Files.readAllBytes(CASES.resolve("regressor-frame.pkl"));

    Model model = ModelReader.read(pickle, "").model();

    assertThat(model.signature().features().names())
        .containsExactly("wind", "rain", "delay", "day", "from", "hour");
    assertThat(model.signature().features().takesText(4)).isTrue();
    assertThat(model.signature().features().takesText(5)).isFalse();
  }
}
