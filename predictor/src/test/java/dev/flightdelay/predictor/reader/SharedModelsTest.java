package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.flightdelay.predictor.SharedMaterial;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pickles of many estimators: those that are read answer as expected, the others are refused. */
class SharedModelsTest {

  @Test
  void servesTheLinearModelsAsScikitLearnDid() throws IOException {
    Path models = SharedMaterial.path("models");
    List<String> served = new ArrayList<>();

    for (JsonNode file : manifest(models)) {
      if (isPlainPickle(file) && Estimators.names().contains(estimator(file))) {
        byte[] bytes = Files.readAllBytes(models.resolve(file.get("file").asString()));
        Model model = ModelReader.read(bytes, file.get("entry").asString()).model();
        ExpectedScores.assertSame(model, file.get("inputs"), file.get("expected"), 1e-9);
        served.add(file.get("id").asString());
      }
    }

    assertThat(served).hasSizeGreaterThan(15);
  }

  @Test
  void refusesEveryOtherFileWithAReason() throws IOException {
    Path models = SharedMaterial.path("models");
    List<String> refused = new ArrayList<>();

    for (JsonNode file : manifest(models)) {
      if (!isPlainPickle(file) || !Estimators.names().contains(estimator(file))) {
        byte[] bytes = Files.readAllBytes(models.resolve(file.get("file").asString()));
        Throwable refusal = catchThrowable(() -> ModelReader.read(bytes, ""));
        assertThat(refusal).as(file.get("id").asString()).isInstanceOf(ModelRefusedException.class);
        assertThat(((ModelRefusedException) refusal).reason())
            .as(file.get("id").asString() + ": " + refusal.getMessage())
            .isIn(Reason.GLOBAL_NOT_ALLOWED, Reason.UNSUPPORTED, Reason.CONTAINER_REJECTED);
        refused.add(file.get("id").asString());
      }
    }

    assertThat(refused).hasSizeGreaterThan(100);
  }

  /** Of {@code AdaBoostClassifier[DecisionTreeClassifier]} the outer one. */
  private static String estimator(JsonNode file) {
    return file.get("class").asString().split("\\[")[0];
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
