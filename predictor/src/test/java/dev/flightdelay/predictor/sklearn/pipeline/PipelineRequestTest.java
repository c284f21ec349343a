package dev.flightdelay.predictor.sklearn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightdelay.predictor.SharedMaterial;
import dev.flightdelay.predictor.dialect.RowReader;
import dev.flightdelay.predictor.json.JsonReader;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Rows with texts, as a request sends them to a pipeline of a data frame's columns. */
class PipelineRequestTest {

  @Test
  void takesTextsWhereAnEncoderReadsThem() throws IOException {
    Model model = model();
    Rows byPosition = rows(model, "[[30, 10.5, \"female\", \"S\", 1]]");
    Rows byName =
        rows(model, "[{\"port\":\"S\",\"sex\":\"female\",\"age\":30,\"fare\":10.5,\"cls\":1}]");

    assertThat(model.score(byName, true, true).probabilities())
        .containsExactly(model.score(byPosition, true, true).probabilities());
    assertThat(byPosition.text(0, 2)).isEqualTo("female");
  }

  @Test
  void refusesTextWhereANumberIsNeeded() throws IOException {
    Model model = model();

    assertThatThrownBy(() -> rows(model, "[[\"thirty\", 10.5, \"female\", \"S\", 1]]"))
        .isInstanceOf(UnusableRowsException.class)
        .hasMessageContaining("feature 'age'");
  }

  @Test
  void namesTheColumnWhoseMissingValueNoStepTakes() throws IOException {
    Model model = model();
    Rows rows = rows(model, "[[30, 1, \"male\", \"S\", 1], [30, 1, \"male\", \"S\", null]]");

    assertThatThrownBy(() -> model.score(rows, true, true))
        .isInstanceOf(UnusableRowsException.class)
        .hasMessageContaining("row 1, feature 'cls' is missing");
  }

  @Test
  void scoresAPartOfTheRowsAsItScoresAll() throws IOException {
    Model model = model();
    Rows rows = rows(model, "[[30, 1, \"male\", \"S\", 1], [5, null, \"female\", null, 3]]");
    Scores all = model.score(rows, true, true);
    Scores parts = Scores.of(model.signature(), 2, true, true);

    model.score(rows, 1, 2, parts);
    model.score(rows, 0, 1, parts);

    assertThat(parts.probabilities()).containsExactly(all.probabilities());
    assertThat(parts.labels()).containsExactly(all.labels());
    assertThat(parts.decisions()).containsExactly(all.decisions());
  }

  private static Rows rows(Model model, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new RowReader(model.signature(), 10)
        .rows(new JsonReader(bytes, 0, bytes.length), bytes.length);
  }

  private static Model model() throws IOException {
    return ModelReader.read(
            Files.readAllBytes(SharedMaterial.path("models").resolve("cur/pipe-ct-mixed-lr.pkl")),
            "")
        .model();
  }
}
