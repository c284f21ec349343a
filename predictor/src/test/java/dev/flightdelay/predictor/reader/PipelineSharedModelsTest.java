package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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

/** Pipelines that scikit-learn 0.24, 1.2 and 1.9 have pickled answer as they did there. */
class PipelineSharedModelsTest {

  /** Why a file may be refused: what it needs besides the steps is not read. */
  private static final Set<Reason> NOT_READ =
      Set.of(Reason.UNSUPPORTED, Reason.GLOBAL_NOT_ALLOWED, Reason.CONTAINER_REJECTED);

  @Test
  void answersAsScikitLearnDid() throws IOException {
    List<String> served = new ArrayList<>();
    List<String> refused = new ArrayList<>();

    for (JsonNode file : files("Pipeline[")) {
      Model model;
      try {
        model = read(file);
      } catch (ModelRefusedException refusal) {
        assertThat(refusal.reason()).as(refusal.getMessage()).isIn(NOT_READ);
        refused.add(file.get("id").asString() + ": " + refusal.getMessage());
        continue;
      }
      assertThat(file.get("id").asString()).isNotEmpty();
      ExpectedScores.assertSame(
          model, file.get("inputs"), file.get("expected"), file.get("tolerance").asDouble());
      served.add(file.get("id").asString());
    }

    assertThat(served).as("refused: %s", refused).hasSizeGreaterThanOrEqualTo(13);
    assertThat(served)
        .contains(
            "cur/pipe-std-lr.p4",
            "cur/pipe-std-lr.p5",
            "cur/pipe-maxabs-ridge",
            "cur/pipe-pca-whiten-lr",
            "cur/pipe-variancethreshold",
            "cur/pipe-quantile-lr",
            "cur/pipe-ct-mixed-lr",
            "cur/pipe-ct-ohe-dropfirst",
            "s12/pipe-ct-mixed-lr",
            "s024/pipe-ct-mixed-lr",
            "s024/pipe-pca-lr",
            "s12/pipe-pca-lr");
  }

  @Test
  void refusesTransformerByItself() throws IOException {
    for (JsonNode file : files("StandardScaler", "MinMaxScaler")) {
      ModelRefusedException refusal =
          catchThrowableOfType(ModelRefusedException.class, () -> read(file));

      assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
      assertThat(refusal).hasMessageContaining("is not an estimator that is served");
    }
  }

  private static Model read(JsonNode file) throws IOException {
    byte[] bytes =
        Files.readAllBytes(SharedMaterial.path("models").resolve(file.get("file").asString()));
    return ModelReader.read(bytes, file.get("entry").asString()).model();
  }

  private static List<JsonNode> files(String... beginnings) {
    Path manifest = SharedMaterial.path("models").resolve("manifest.json");
    List<JsonNode> files = new ArrayList<>();
    for (JsonNode file : new JsonMapper().readTree(manifest).get("files")) {
      for (String beginning : beginnings) {
        if (file.get("class").asString().startsWith(beginning)) {
          files.add(file);
        }
      }
    }
    return files;
  }
}
