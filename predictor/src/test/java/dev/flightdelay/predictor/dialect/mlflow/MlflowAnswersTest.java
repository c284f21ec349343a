package dev.flightdelay.predictor.dialect.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers as {@code mlflow models serve} gives them for the same files: mlflow_answers.py asked.
 */
class MlflowAnswersTest {

  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final JsonMapper JSON = new JsonMapper();

  /** Sums of scikit-learn's are in whatever order its BLAS has them. */
  private static final double TOLERANCE = 1e-12;

  @Test
  void hasTwentyModelsAndAllFormatsOfARequest() throws IOException {
    assertThat(models()).hasSizeGreaterThanOrEqualTo(20);
    assertThat(models().flatMap(model -> model.get("calls").valueStream()))
        .extracting(call -> form(call))
        .contains("dataframe_split", "dataframe_records", "inputs", "instances", "text/csv");
  }

  private static String form(JsonNode call) {
    return call.get("type").asString().equals("text/csv")
        ? "text/csv"
        : call.get("body").asString().split("\"", 3)[1];
  }

  @TestFactory
  Stream<DynamicTest> answersAsMlflowDoes() throws IOException {
    return models()
        .map(
            model ->
                DynamicTest.dynamicTest(
                    model.get("model").asString(), () -> answersAsMlflowDoes(model)));
  }

  private static void answersAsMlflowDoes(JsonNode model) throws IOException {
    byte[] file = Files.readAllBytes(RESOURCES.resolve(model.get("model").asString()));
    try (RunningServer server = RunningServer.serving(ModelReader.read(file, "").model())) {
      for (JsonNode call : model.get("calls")) {
        boolean isJson = !call.get("body").asString().contains("NaN");
        HttpResponse<String> answer =
            server.post("/invocations", call.get("type").asString(), call.get("body").asString());

        // Python's writer has NaN for what is missing, which is no JSON: docs/api.md says so.
        assertThat(answer.statusCode())
            .as("%s to %s", answer.body(), call)
            .isEqualTo(isJson ? 200 : 400);
        if (isJson) {
          assertSame(JSON.readTree(answer.body()), call.get("answer"), call.toString());
        }
      }
    }
  }

  /** The same but for how numbers are written: 1.0 is 1. */
  private static void assertSame(JsonNode ours, JsonNode theirs, String call) {
    if (theirs.isNumber()) {
      Offset<Double> tolerance = within(TOLERANCE * Math.max(1, Math.abs(theirs.asDouble())));
      assertThat(ours.isNumber()).as(call).isTrue();
      assertThat(ours.asDouble()).as(call).isCloseTo(theirs.asDouble(), tolerance);
    } else if (theirs.isArray()) {
      assertThat(ours.size()).as(call).isEqualTo(theirs.size());
      for (int i = 0; i < theirs.size(); i++) {
        assertSame(ours.get(i), theirs.get(i), call);
      }
    } else if (theirs.isObject()) {
      assertThat(ours.propertyNames()).as(call).containsExactlyElementsOf(theirs.propertyNames());
      for (String name : theirs.propertyNames()) {
        assertSame(ours.get(name), theirs.get(name), call);
      }
    } else {
      assertThat(ours).as(call).isEqualTo(theirs);
    }
  }

  private static Stream<JsonNode> models() throws IOException {
    Path record = RESOURCES.resolve("mlflow/answers.json");
    return JSON.readTree(Files.readString(record)).get("models").valueStream();
  }
}
