package dev.flightdelay.predictor.sklearn.pipeline;

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

/** A folder a pipeline: the pickle, rows, and what scikit-learn answered. */
class PipelineParityTest {

  private static final double TOLERANCE = 1e-9;
  private static final Path CASES = Path.of("src/test/resources/parity-pipeline");
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void hasCases() throws IOException {
    assertThat(cases()).hasSizeGreaterThan(70);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsScikitLearnDid(Path folder) throws IOException {
    Model model = ModelReader.read(Files.readAllBytes(folder.resolve("model.pkl")), "").model();

    JsonNode expected = JSON.readTree(folder.resolve("case.json"));

    ExpectedScores.assertSame(model, expected.get("inputs"), expected.get("expected"), TOLERANCE);
  }

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }
}
