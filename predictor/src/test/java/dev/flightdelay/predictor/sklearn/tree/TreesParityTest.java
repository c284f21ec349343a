package dev.flightdelay.predictor.sklearn.tree;

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

/** A folder a case of trees and ensembles: the pickle, rows, and what scikit-learn answered. */
class TreesParityTest {

  // exp and log of another library, and sums of base models in other order than BLAS's.
  private static final double TOLERANCE = 1e-12;

  // An estimator before boosting is fitted with float32, and then also answers in float32.
  private static final double FLOAT_TOLERANCE = 1e-6;

  private static final Path CASES = Path.of("src/test/resources/parity-trees");
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void hasCases() throws IOException {
    assertThat(cases()).hasSizeGreaterThan(50);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsScikitLearnDid(Path folder) throws IOException {
    Model model = ModelReader.read(Files.readAllBytes(folder.resolve("model.pkl")), "").model();

    JsonNode expected = JSON.readTree(folder.resolve("expected.json"));

    boolean isFloat = folder.getFileName().toString().contains("boosting-init-l");
    ExpectedScores.assertSame(
        model, rows(folder.resolve("input.csv")), expected, isFloat ? FLOAT_TOLERANCE : TOLERANCE);
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
      ArrayNode row = rows.addArray();
      for (String number : line.split(",", -1)) {
        if (number.isEmpty()) {
          row.addNull();
        } else {
          row.add(Double.parseDouble(number));
        }
      }
    }
    return rows;
  }
}
