package dev.flightdelay.predictor.sklearn.linearmodel;

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
import tools.jackson.databind.node.ArrayNode;

/** A folder a case: the pickle, rows, and what scikit-learn answered. */
class LinearModelParityTest {

  // Sums of other order than BLAS's, and exp of another library: the last few bits differ.
  private static final double TOLERANCE = 1e-12;

  private static final Path CASES = Path.of("src/test/resources/parity");
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void hasCases() throws IOException {
    assertThat(cases()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsScikitLearnDid(Path folder) throws IOException {
    Model model = ModelReader.read(Files.readAllBytes(folder.resolve("model.pkl")), "").model();

    JsonNode expected = JSON.readTree(folder.resolve("expected.json"));

    ExpectedScores.assertSame(model, rows(folder.resolve("input.csv")), expected, TOLERANCE);
  }

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static JsonNode rows(Path csv) throws IOException {
    ArrayNode rows = JSON.createArrayNode();
    List<String> lines = Files.readAllLines(csv);
    // The first line names the columns.
    for (String line : lines.subList(1, lines.size())) {
      ArrayNode row = JSON.createArrayNode();
      for (String number : line.split(",")) {
        row.add(Double.parseDouble(number));
      }
      rows.add(row);
    }
    return rows;
  }
}
