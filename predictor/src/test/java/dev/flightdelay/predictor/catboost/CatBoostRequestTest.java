package dev.flightdelay.predictor.catboost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * CatBoost's categories as clients send them: the columns flag (booleans in training), kind (texts)
 * and size (numbers).
 */
class CatBoostRequestTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Path FILE =
      Path.of("src/test/resources/kinds/catboost-one-hot/booleans.pkl");
  private static final String V1 = "/v1/models/flights:predict";
  private static final String V2 = "/v2/models/flights/infer";

  private Model model;
  private RunningServer server;

  @BeforeEach
  void serve() throws IOException {
    model = ModelReader.read(Files.readAllBytes(FILE), "").model();
    server = RunningServer.serving(model);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1, \"a\", 0.5]",
        "[\"1\", \"a\", 0.5]",
        "[true, \"a\", 0.5]",
        "[1.0, \"a\", 0.5]",
        "{\"size\": 0.5, \"kind\": \"a\", \"flag\": 1}",
        "{\"size\": 0.5, \"kind\": \"a\", \"flag\": true}"
      })
  void takesTheSameCategoryInEachWayToWriteIt(String row) {
    String usual = server.post(V1, RunningServer.JSON, instances("[1, \"a\", 0.5]")).body();

    HttpResponse<String> answer = server.post(V1, RunningServer.JSON, instances(row));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(usual);
  }

  @Test
  void tellsCategoriesApart() {
    // 40 rows of the library's own answers are in the kinds; these two differ.
    var rows = "{\"inputs\":[%s],\"outputs\":[{\"name\":\"predict_proba\"}]}";

    JsonNode one = probabilities(rows.formatted(tensors("1", "\"a\"")));
    JsonNode other = probabilities(rows.formatted(tensors("0", "\"cc\"")));

    assertThat(one.get(0).asDouble()).isNotEqualTo(other.get(0).asDouble());
  }

  @Test
  void takesIntegersAndTextsInTensors() {
    var integers = "{\"inputs\":[%s]}".formatted(tensors("1", "\"a\""));
    var texts =
        integers.replace(
            "\"datatype\":\"INT64\",\"data\":[1]", "\"datatype\":\"BYTES\",\"data\":[\"1\"]");

    HttpResponse<String> byInteger = server.post(V2, RunningServer.JSON, integers);
    HttpResponse<String> byText = server.post(V2, RunningServer.JSON, texts);

    assertThat(byInteger.statusCode()).as(byInteger.body()).isEqualTo(200);
    assertThat(byText.body()).isEqualTo(byInteger.body());
  }

  @Test
  void takesACategoryThatTrainingDidNotSee() {
    HttpResponse<String> answer =
        server.post(V1, RunningServer.JSON, instances("[7, \"never seen\", 0.5]"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void namesTheColumnOfACategoryThatCatBoostDoesNotTake() {
    HttpResponse<String> missing =
        server.post(V1, RunningServer.JSON, instances("[1, \"a\", 0.5], [1, null, 0.5]"));
    HttpResponse<String> fraction =
        server.post(V1, RunningServer.JSON, instances("[1.5, \"a\", 0.5]"));

    assertThat(missing.statusCode()).isEqualTo(400);
    assertThat(missing.body()).contains("row 1, feature 'kind' is missing");
    assertThat(fraction.statusCode()).isEqualTo(400);
    assertThat(fraction.body()).contains("row 0, feature 'flag' is the number 1.5");
  }

  @Test
  void takesAForm() {
    HttpResponse<String> answer =
        server.post("/predict", RunningServer.FORM, "flag=1&kind=a&size=0.5");
    HttpResponse<String> fraction =
        server.post("/predict", RunningServer.FORM, "flag=1&kind=&size=0.5");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(fraction.statusCode()).isEqualTo(400);
  }

  private JsonNode probabilities(String request) {
    HttpResponse<String> answer = server.post(V2, RunningServer.JSON, request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).get("outputs").get(0).get("data");
  }

  private static String instances(String rows) {
    return "{\"instances\":[" + rows + "]}";
  }

  private static String tensors(String flag, String kind) {
    return Stream.of(
            "{\"name\":\"flag\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[" + flag + "]}",
            "{\"name\":\"kind\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[" + kind + "]}",
            "{\"name\":\"size\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[0.5]}")
        .reduce((a, b) -> a + "," + b)
        .orElseThrow();
  }
}
