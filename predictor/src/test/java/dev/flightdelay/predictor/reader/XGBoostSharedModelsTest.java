package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.SharedMaterial;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.xgboost.XGBoostModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Pickles of XGBoost 1.4, 1.7 and 3.2 answer as XGBoost did. */
class XGBoostSharedModelsTest {

  @Test
  void servesThemAsXGBoostDid() throws IOException {
    Path models = SharedMaterial.path("models");

    List<String> served = new ArrayList<>();
    List<String> containers = new ArrayList<>();

    for (JsonNode file : new JsonMapper().readTree(models.resolve("manifest.json")).get("files")) {
      if (isOfXGBoost(file)) {
        String id = file.get("id").asString();
        byte[] bytes = Files.readAllBytes(models.resolve(file.get("file").asString()));
        Model model;
        try {
          model = ModelReader.read(bytes, file.get("entry").asString()).model();
        } catch (ModelRefusedException e) {
          // Only where joblib or a compression is around the pickle.
          assertThat(e.reason())
              .as(id + ": " + e.getMessage())
              .isIn(Reason.UNSUPPORTED, Reason.CONTAINER_REJECTED);
          assertThat(isPlainPickle(file)).as(id + ": " + e.getMessage()).isFalse();
          containers.add(id);
          continue;
        }
        assertSame(id, model, file);
        served.add(id);
      }
    }

    assertThat(served).as("beside those in containers: %s", containers).hasSizeGreaterThan(24);
    assertThat(served.size() + containers.size()).isEqualTo(44);
  }

  private static void assertSame(String id, Model model, JsonNode file) {
    try {
      ExpectedScores.assertSame(
          model, file.get("inputs"), expected(file), file.get("tolerance").asDouble());
    } catch (AssertionError e) {
      throw new AssertionError(id + ": " + e.getMessage(), e);
    }
  }

  /** A Booster's prediction and margin are served as predict and decision_function. */
  private static JsonNode expected(JsonNode file) {
    JsonNode expected = file.get("expected");
    if (!expected.has("booster_predict")) {
      return expected;
    }
    ObjectNode renamed = new JsonMapper().createObjectNode();
    renamed.set("predict", expected.get("booster_predict"));
    renamed.set("decision_function", expected.get("booster_margin"));
    return renamed;
  }

  static boolean isOfXGBoost(JsonNode file) {
    boolean namesXGBoost = false;
    for (JsonNode global : file.get("globals")) {
      namesXGBoost |= global.asString().startsWith("xgboost.");
    }
    return namesXGBoost && XGBoostModels.FAMILY.names().contains(file.get("class").asString());
  }

  private static boolean isPlainPickle(JsonNode file) {
    return file.get("format").asString().equals("pickle")
        && file.get("compression").asString().equals("none");
  }
}
