package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.SharedMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Strangers' models that were answered wrongly once, or refused without need. */
class SharedCasesTest {

  private static final JsonMapper JSON = new JsonMapper();

  /** What the expected values of these files are exact to. */
  private static final double TOLERANCE = 1e-5;

  @TestFactory
  Stream<DynamicTest> answersAsTheLibraryDoes() throws IOException {
    Path folder = SharedMaterial.path("cases/predictor");
    try (Stream<Path> paths = Files.list(folder)) {
      List<DynamicTest> tests =
          paths
              .filter(path -> path.toString().endsWith(".pkl"))
              .sorted()
              .map(
                  file ->
                      DynamicTest.dynamicTest(
                          name(file), () -> served(file, beside(file, ".json")).assertHolds()))
              .toList();
      assertThat(tests).hasSizeGreaterThanOrEqualTo(13);
      return tests.stream();
    }
  }

  /**
   * The answers beside that file are those of XGBoost before 3.1, which does not understand the
   * base_score that 3.2 wrote into it and starts from 0.5; these are XGBoost 3.2.0's own.
   */
  @Test
  void answersXgboostsOwnJsonAsTheReleaseThatWroteIt() throws IOException {
    Path file = SharedMaterial.path("cases/predictor").resolve("xgb-native.json");
    ObjectNode about = beside(file, ".expected.json").deepCopy().asObject();
    about.put("tolerance", TOLERANCE);
    ArrayNode predict = about.putObject("expected").putArray("predict");
    predict.add(0.18821537).add(0.18821537).add(-0.27902418).add(0.18821537);

    new ServedCase(file, about).assertHolds();
  }

  private static ServedCase served(Path file, JsonNode described) {
    ObjectNode about = described.deepCopy().asObject();
    about.put("tolerance", TOLERANCE);
    if (about.get("expected").has("error")) {
      // The status alone is given: any sentence will do.
      about.remove("expected");
      about.put("error", "");
    }
    return new ServedCase(file, about);
  }

  private static JsonNode beside(Path file, String ending) {
    return JSON.readTree(file.resolveSibling(name(file) + ending));
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceFirst("\\..*", "");
  }
}
