package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.SharedMaterial;
import dev.flightdelay.predictor.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real trees and ensembles of three versions of scikit-learn answer as it did. */
class TreesSharedModelsTest {

  private static final Set<String> CLASSES =
      Set.of(
          "DecisionTreeClassifier",
          "DecisionTreeRegressor",
          "ExtraTreeClassifier",
          "ExtraTreeRegressor",
          "RandomForestClassifier",
          "RandomForestRegressor",
          "ExtraTreesClassifier",
          "ExtraTreesRegressor",
          "BaggingClassifier",
          "BaggingRegressor",
          "IsolationForest",
          "GradientBoostingClassifier",
          "GradientBoostingRegressor",
          "HistGradientBoostingClassifier",
          "HistGradientBoostingRegressor",
          "AdaBoostClassifier",
          "AdaBoostRegressor");

  @Test
  void servesTreesAndEnsemblesAsScikitLearnDid() throws IOException {
    Path models = SharedMaterial.path("models");
    List<String> served = new ArrayList<>();
    List<String> differing = new ArrayList<>();

    for (JsonNode file : new JsonMapper().readTree(models.resolve("manifest.json")).get("files")) {
      if (isRead(file)) {
        byte[] bytes = Files.readAllBytes(models.resolve(file.get("file").asString()));
        try {
          Model model = ModelReader.read(bytes, file.get("entry").asString()).model();
          ExpectedScores.assertSame(
              model, file.get("inputs"), file.get("expected"), file.get("tolerance").asDouble());
          served.add(file.get("id").asString());
        } catch (RuntimeException | AssertionError failure) {
          differing.add(file.get("id").asString() + ": " + failure.getMessage());
        }
      }
    }

    assertThat(differing).isEmpty();
    assertThat(served).hasSize(41);
  }

  private static boolean isRead(JsonNode file) {
    String estimator = file.get("class").asString().split("\\[")[0];
    return CLASSES.contains(estimator)
        && file.get("format").asString().equals("pickle")
        && file.get("compression").asString().equals("none");
  }
}
