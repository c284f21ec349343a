package dev.flightdelay.predictor.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flightdelay.predictor.model.RowBudget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code score --explain}. */
class ScoreExplainTest {

  private static final String CASES = "src/test/resources/explanations/";

  @Test
  void tellsOfEachRowWhatEachColumnAddedToTheAnswersProbability() {
    String row = "{\"distance\":1,\"hour\":0,\"wind\":2,\"carrier\":\"BB\",\"airport\":\"A3\"}";

    JsonNode answer = score("pipeline-one-hot.pkl", "[" + row + "]", "--explain");

    JsonNode explained = answer.get("explanations").get(0);
    int label = answer.get("predict").get(0).asInt();
    assertThat(explained.get("class").asInt()).isEqualTo(label);
    assertThat(explained.get("space").asString()).isEqualTo("probability");
    assertThat(explained.get("contributions").propertyNames())
        .containsExactly("distance", "hour", "wind", "carrier", "airport");
    assertThat(sum(explained))
        .isCloseTo(answer.get("predict_proba").get(0).get(label).asDouble(), within(1e-9));
  }

  @Test
  void explainsTwoClassesByTheSecondsLogOdds() {
    JsonNode answer =
        score("boosting-classifier.pkl", "[[0,0,0,0,0,0],[2,2,2,2,2,2]]", "--explain");

    for (int row = 0; row < 2; row++) {
      JsonNode explained = answer.get("explanations").get(row);
      assertThat(explained.get("class").asInt()).isEqualTo(1);
      assertThat(explained.get("contributions").isArray()).isTrue();
      assertThat(sum(explained))
          .isCloseTo(answer.get("decision_function").get(row).asDouble(), within(1e-9));
    }
  }

  @Test
  void explainsEachOfSeveralTargets() {
    JsonNode answer = score("forest-outputs.pkl", "[[1,1,1,1,1,1]]", "--explain");

    JsonNode explained = answer.get("explanations").get(0);
    assertThat(explained.get("base_value").size()).isEqualTo(2);
    for (int target = 0; target < 2; target++) {
      double sum = explained.get("base_value").get(target).asDouble();
      for (JsonNode column : explained.get("contributions")) {
        sum += column.get(target).asDouble();
      }
      assertThat(sum).isCloseTo(answer.get("predict").get(0).get(target).asDouble(), within(1e-9));
    }
  }

  @Test
  void sumsOneHotGroupsUnderTheirName() {
    JsonNode answer =
        score(
            "../../../../samples/flight-delay/flight-delay.pkl",
            "[{\"OPERA\":\"Grupo LATAM\",\"TIPOVUELO\":\"I\",\"MES\":12}]",
            "--explain");

    JsonNode explained = answer.get("explanations").get(0);
    assertThat(explained.get("contributions").propertyNames())
        .containsExactlyInAnyOrder("OPERA", "TIPOVUELO", "MES");
    assertThat(sum(explained))
        .isCloseTo(answer.get("decision_function").get(0).asDouble(), within(1e-9));
  }

  @Test
  void saysNothingOfThatUnlessAsked() {
    assertThat(score("boosting-classifier.pkl", "[[0,0,0,0,0,0]]").has("explanations")).isFalse();
  }

  @Test
  void namesWhatHasNoExplanation() {
    assertThatThrownBy(() -> score("neighbours.pkl", "[[0,0,0,0,0,0]]", "--explain"))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("KNeighborsClassifier has no exact explanation");
    assertThatThrownBy(() -> score("pipeline-pca.pkl", "[[0,0,0,0,0,0]]", "--explain"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("the step 'pca'");
  }

  @Test
  void takesAJsonArrayAlone() {
    assertThatThrownBy(
            () -> score("boosting-classifier.pkl", "[0,0,0,0,0,0]\n", "--input=jsonl", "--explain"))
        .isInstanceOf(CommandException.class)
        .hasMessage("--explain is for a JSON array of rows, and these are jsonl");
  }

  private static double sum(JsonNode explained) {
    double sum = explained.get("base_value").asDouble();
    for (JsonNode column : explained.get("contributions")) {
      sum += column.asDouble();
    }
    return sum;
  }

  private static JsonNode score(String file, String rows, String... options) {
    List<String> words = new ArrayList<>(List.of(options));
    words.add(CASES + file);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Score.run(
        words,
        1 << 30,
        RowBudget.DEFAULT_MAX_COST,
        new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)),
        out,
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    return new JsonMapper().readTree(out.toByteArray());
  }
}
