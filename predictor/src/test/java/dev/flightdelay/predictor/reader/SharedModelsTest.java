package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.SharedMaterial;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** 319 pickles of many estimators: each answers as its library did. */
class SharedModelsTest {

  @Test
  void answersAsTheLibrariesDid() throws IOException {
    Path models = SharedMaterial.path("models");
    Map<String, ModelRefusedException> refused = new TreeMap<>();
    Map<String, Integer> served = new TreeMap<>();

    for (JsonNode file : manifest(models)) {
      String id = file.get("id").asString();
      byte[] bytes = Files.readAllBytes(models.resolve(file.get("file").asString()));
      try {
        Model model = ModelReader.read(bytes, file.get("entry").asString()).model();
        assertAnswers(id, model, file);
        served.merge(file.get("class").asString(), 1, Integer::sum);
      } catch (ModelRefusedException refusal) {
        refused.put(id, refusal);
      }
    }

    assertThat(refused).isEmpty();
    served.forEach((estimator, files) -> System.out.printf("%4d %s%n", files, estimator));
    assertThat(served.values().stream().mapToInt(files -> files).sum()).isEqualTo(319);
  }

  private static void assertAnswers(String id, Model model, JsonNode file) {
    ObjectNode expected = file.get("expected").deepCopy().asObject();
    // A Booster's prediction and margin are served as predict and decision_function.
    rename(expected, "booster_predict", "predict");
    rename(expected, "booster_margin", "decision_function");
    rename(expected, "booster_raw_score", "decision_function");
    try {
      ExpectedScores.assertSame(
          model,
          file.get("inputs"),
          expected,
          Double.parseDouble(file.get("tolerance").asString()));
    } catch (AssertionError difference) {
      throw new AssertionError(id + ": " + difference.getMessage(), difference);
    }
  }

  private static void rename(ObjectNode expected, String from, String to) {
    if (expected.has(from)) {
      expected.set(to, expected.get(from));
    }
  }

  private static JsonNode manifest(Path models) {
    return new JsonMapper().readTree(models.resolve("manifest.json")).get("files");
  }
}
