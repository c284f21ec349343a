package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.SharedMaterial;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Pickles of LightGBM 3.2 to 4.7: trees of all kinds, categories, linear leaves, early stops. */
class LightGbmSharedModelsTest {

  private static final Set<String> ESTIMATORS =
      Set.of("LGBMClassifier", "LGBMRegressor", "LGBMRanker", "Booster");

  @Test
  void answersAsLightGbmDid() throws IOException {
    Path models = SharedMaterial.path("models");
    List<String> served = new ArrayList<>();
    List<String> packed = new ArrayList<>();

    for (JsonNode file : new JsonMapper().readTree(models.resolve("manifest.json")).get("files")) {
      if (isLightGbm(file)) {
        String id = file.get("id").asString();
        Optional<Model> model = read(models, file);
        if (model.isPresent()) {
          assertAnswers(id, model.get(), file);
        }
        (model.isPresent() ? served : packed).add(id);
      }
    }

    assertThat(served.size() + packed.size()).isEqualTo(36);
    assertThat(served).hasSizeGreaterThanOrEqualTo(21);
  }

  private static boolean isLightGbm(JsonNode file) {
    return ESTIMATORS.contains(file.get("class").asString())
        && file.get("globals").valueStream().anyMatch(g -> g.asString().startsWith("lightgbm."));
  }

  /** Empty where the file is packed in a way that the reader does not open. */
  private static Optional<Model> read(Path models, JsonNode file) throws IOException {
    byte[] bytes = Files.readAllBytes(models.resolve(file.get("file").asString()));
    try {
      return Optional.of(ModelReader.read(bytes, file.get("entry").asString()).model());
    } catch (ModelRefusedException refused) {
      boolean isPacked =
          !file.get("format").asString().equals("pickle")
              || !file.get("compression").asString().equals("none");
      if (isPacked
          && Set.of(Reason.UNSUPPORTED, Reason.CONTAINER_REJECTED).contains(refused.reason())) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private static void assertAnswers(String id, Model model, JsonNode file) {
    try {
      ExpectedScores.assertSame(
          model, file.get("inputs"), expected(file), file.get("tolerance").asDouble());
    } catch (AssertionError wrong) {
      throw new AssertionError(id + ": " + wrong.getMessage(), wrong);
    }
  }

  private static JsonNode expected(JsonNode file) {
    ObjectNode expected = (ObjectNode) file.get("expected");
    if (expected.has("booster_predict")) {
      expected.set("predict", expected.get("booster_predict"));
      expected.set("decision_function", expected.get("booster_raw_score"));
    }
    return expected;
  }
}
