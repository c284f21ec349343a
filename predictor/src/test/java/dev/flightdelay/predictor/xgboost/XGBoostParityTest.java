package dev.flightdelay.predictor.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.reader.ExpectedScores;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Boosters in each form that XGBoost gave them, 0.90 to 3.2, answer as XGBoost did. */
class XGBoostParityTest {

  // XGBoost computes in float32.
  private static final double TOLERANCE = 1e-6;
  private static final Path CASES = Path.of("src/test/resources/parity-xgboost");

  @Test
  void hasCasesOfEachForm() throws IOException {
    assertThat(cases()).hasSizeGreaterThan(80);
    assertThat(cases().map(path -> path.getFileName().toString().substring(0, 4)).distinct())
        .containsExactlyInAnyOrder("v0.9", "v1.1", "v1.7", "v3.2");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsXGBoostDid(Path file) throws IOException {
    Model model = ModelReader.read(pickle(file), "").model();

    JsonNode json = new JsonMapper().readTree(file);

    ExpectedScores.assertSame(model, json.get("inputs"), json.get("expected"), TOLERANCE);
  }

  private static byte[] pickle(Path file) throws IOException {
    return Files.readAllBytes(Path.of(file.toString().replace(".json", ".pkl")));
  }

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
    }
  }
}
