package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.SharedMaterial;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.sklearn.linearmodel.LinearModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pickles of many estimators: each is served, or refused with a reason that names what it is. */
class SharedModelsTest {

  @Test
  void servesTheLinearModelsAsScikitLearnDid() throws IOException {
    Path models = SharedMaterial.path("models");
    List<String> served = new ArrayList<>();

    for (JsonNode file : manifest(models)) {
      if (isPlainPickle(file)
          && LinearModels.FAMILY.names().contains(file.get("class").asString())) {
        byte[] bytes = Files.readAllBytes(models.resolve(file.get("file").asString()));
        Model model = ModelReader.read(bytes, file.get("entry").asString()).model();
        ExpectedScores.assertSame(model, file.get("inputs"), file.get("expected"), 1e-9);
        served.add(file.get("id").asString());
      }
    }

    assertThat(served).hasSizeGreaterThan(15);
  }

  @Test
  void servesOrRefusesEveryFileByName() throws IOException {
    Path models = SharedMaterial.path("models");
    TreeMap<String, String> refused = new TreeMap<>();
    int served = 0;

    for (JsonNode file : manifest(models)) {
      String id = file.get("id").asString();
      byte[] bytes = Files.readAllBytes(models.resolve(file.get("file").asString()));
      try {
        Model model = ModelReader.read(bytes, file.get("entry").asString()).model();
        assertThat(model.signature().features().count()).as(id).isPositive();
        served++;
      } catch (ModelRefusedException refusal) {
        assertThat(refusal.reason())
            .as(id + ": " + refusal.getMessage())
            .isIn(Reason.GLOBAL_NOT_ALLOWED, Reason.UNSUPPORTED, Reason.CONTAINER_REJECTED);
        refused.put(id, refusal.getMessage());
      }
    }

    System.out.printf("%d served, %d refused%n", served, refused.size());
    refused.forEach((id, why) -> System.out.println("  refused " + id + ": " + why));
    assertThat(served).isGreaterThan(15);
  }

  private static boolean isPlainPickle(JsonNode file) {
    return file.get("format").asString().equals("pickle")
        && file.get("compression").asString().equals("none")
        && !file.get("globals").toString().contains("lightgbm.")
        && !file.get("globals").toString().contains("xgboost.");
  }

  private static JsonNode manifest(Path models) {
    return new JsonMapper().readTree(models.resolve("manifest.json")).get("files");
  }
}
