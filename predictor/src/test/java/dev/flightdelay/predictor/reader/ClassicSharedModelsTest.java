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
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pickles of SVMs, neighbours, naive Bayes, networks, and estimators of estimators. */
class ClassicSharedModelsTest {

  private static final Set<String> CLASSES =
      Set.of(
          "BayesianRidge",
          "BernoulliNB",
          "CalibratedClassifierCV",
          "CategoricalNB",
          "ComplementNB",
          "GaussianNB",
          "GridSearchCV",
          "IsotonicRegression",
          "KNeighborsClassifier",
          "KNeighborsRegressor",
          "LinearDiscriminantAnalysis",
          "LinearSVC",
          "LinearSVR",
          "MLPClassifier",
          "MLPRegressor",
          "MultiOutputClassifier",
          "MultiOutputRegressor",
          "MultinomialNB",
          "NuSVC",
          "NuSVR",
          "OneVsOneClassifier",
          "OneVsRestClassifier",
          "QuadraticDiscriminantAnalysis",
          "RandomizedSearchCV",
          "SVC",
          "SVR",
          "StackingClassifier",
          "StackingRegressor",
          "TransformedTargetRegressor",
          "VotingClassifier",
          "VotingRegressor");

  @Test
  void servesThemAsScikitLearnDid() throws IOException {
    Path models = SharedMaterial.path("models");
    List<String> served = new ArrayList<>();
    List<String> unread = new ArrayList<>();

    for (JsonNode file : new JsonMapper().readTree(models.resolve("manifest.json")).get("files")) {
      if (!CLASSES.contains(file.get("class").asString().replaceAll("\\[.*", ""))) {
        continue;
      }
      String id = file.get("id").asString();
      byte[] bytes = Files.readAllBytes(models.resolve(file.get("file").asString()));
      Model model;
      try {
        model = ModelReader.read(bytes, file.get("entry").asString()).model();
      } catch (ModelRefusedException refusal) {
        assertThat(refusal.reason())
            .as(id + ": " + refusal.getMessage())
            .isIn(Reason.UNSUPPORTED, Reason.GLOBAL_NOT_ALLOWED, Reason.CONTAINER_REJECTED);
        unread.add(id + ": " + refusal.getMessage());
        continue;
      }
      try {
        ExpectedScores.assertSame(
            model, file.get("inputs"), file.get("expected"), file.get("tolerance").asDouble());
      } catch (AssertionError e) {
        throw new AssertionError(id + ": " + e.getMessage(), e);
      }
      served.add(id);
    }

    // The others are joblib's, compressed, or hold estimators of other libraries.
    assertThat(served).as("unread: %s", unread).hasSizeGreaterThanOrEqualTo(48);
  }
}
