package dev.flightdelay.predictor.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Explanations;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
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

/**
 * Contributions are those of shap, XGBoost, LightGBM and CatBoost, or of all subsets of columns
 * where these refuse a model or are off; see make_explanation_fixtures.py.
 */
class LibraryExplanationsTest {

  private static final Path CASES = Path.of("src/test/resources/explanations");

  @Test
  void hasCasesOfEachLibrary() throws IOException {
    assertThat(cases()).hasSizeGreaterThan(70);
    assertThat(cases().map(LibraryExplanationsTest::json).map(json -> json.path("by").asString()))
        .contains("shap", "xgboost", "lightgbm", "catboost", "subsets", "terms");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void explainsAsTheLibraryDoes(Path file) throws IOException {
    JsonNode json = json(file);
    Model model = model(file);
    Explanations explanations = model.explanations();

    if (json.has("refused")) {
      assertThat(explanations)
          .isInstanceOfSatisfying(
              Explanations.None.class,
              none -> assertThat(none.why()).contains(json.get("refused").asString()));
      return;
    }
    assertThat(explanations).isInstanceOf(Explainer.class);
    Explainer explainer = (Explainer) explanations;
    assertThat(explainer.space().text()).isEqualTo(json.get("space").asString());
    assertThat(explainer.outputs()).isEqualTo(json.get("base").size());
    Rows rows = rows(json.get("rows"));
    double[] contributions = new double[rows.count() * rows.width() * explainer.outputs()];
    explainer.explain(rows, 0, rows.count(), contributions);
    assertSame(json, explainer, contributions);
    for (int row = 0; row < rows.count(); row++) {
      double[] alone = new double[rows.width() * explainer.outputs()];
      explainer.explain(rows, row, row + 1, alone);
      for (int i = 0; i < alone.length; i++) {
        assertThat(alone[i])
            .isCloseTo(
                contributions[row * alone.length + i],
                org.assertj.core.api.Assertions.within(1e-9 * Math.max(1, Math.abs(alone[i]))));
      }
    }
  }

  /** Within the tolerance times the sum of the absolute contributions, or 1. */
  private static void assertSame(JsonNode json, Explainer explainer, double[] contributions) {
    double tolerance = json.get("tolerance").asDouble();
    int outputs = explainer.outputs();
    double[] base = explainer.base();
    int at = 0;
    for (JsonNode row : json.get("contributions")) {
      for (int output = 0; output < outputs; output++) {
        double scale = 0;
        for (JsonNode column : row) {
          scale += Math.abs(column.get(output).asDouble());
        }
        double most = tolerance * Math.max(1, scale);
        assertThat(Math.abs(base[output] - json.get("base").get(output).asDouble()))
            .as("base of output %d", output)
            .isLessThanOrEqualTo(most);
        for (int column = 0; column < row.size(); column++) {
          assertThat(
                  Math.abs(
                      contributions[at + column * outputs + output]
                          - row.get(column).get(output).asDouble()))
              .as("column %d, output %d", column, output)
              .isLessThanOrEqualTo(most);
        }
      }
      at += row.size() * outputs;
    }
    assertThat(at).isEqualTo(contributions.length);
  }

  static Model model(Path file) throws IOException {
    return ModelReader.read(
            Files.readAllBytes(Path.of(file.toString().replace(".json", ".pkl"))), "")
        .model();
  }

  static JsonNode json(Path file) {
    return new JsonMapper().readTree(file);
  }

  static Rows rows(JsonNode rows) {
    int width = rows.get(0).size();
    double[] values = new double[rows.size() * width];
    String[] texts = new String[values.length];
    int at = 0;
    for (JsonNode row : rows) {
      for (JsonNode cell : row) {
        values[at] = cell.isNumber() ? cell.asDouble() : Double.NaN;
        texts[at++] = cell.isString() ? cell.asString() : null;
      }
    }
    boolean anyText = Stream.of(texts).anyMatch(text -> text != null);
    return new Rows(values, anyText ? texts : null, rows.size(), width);
  }

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
    }
  }
}
