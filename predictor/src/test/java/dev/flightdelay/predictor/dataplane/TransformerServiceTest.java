package dev.flightdelay.predictor.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A transformer by itself: every dialect gives a row for a row, and the tensor is called so. */
class TransformerServiceTest {

  private static final Path FIXTURES = Path.of("src/test/resources/parity-estimators");
  private static final JsonMapper JSON = new JsonMapper();

  private static RunningServer scaler;
  private static RunningServer encoder;
  private static JsonNode fixture;

  @BeforeAll
  static void serve() throws IOException {
    scaler = RunningServer.serving(model("sk19-standard-holes"));
    encoder = RunningServer.serving(model("sk19-label-encoder"));
    fixture = JSON.readTree(FIXTURES.resolve("sk19-standard-holes.json"));
  }

  @AfterAll
  static void stop() {
    scaler.close();
    encoder.close();
  }

  @Test
  void givesTheTransformedRowsAsATensor() {
    JsonNode rows = fixture.get("inputs");

    JsonNode answer = infer(scaler, rows, "");

    assertThat(answer.get("outputs")).hasSize(1);
    JsonNode tensor = answer.get("outputs").get(0);
    assertThat(tensor.get("name").asString()).isEqualTo("transform");
    assertThat(tensor.get("datatype").asString()).isEqualTo("FP64");
    assertThat(tensor.get("shape").toString()).isEqualTo("[%d,6]".formatted(rows.size()));
    assertThat(numbers(tensor.get("data"))).isEqualTo(numbers(fixture.at("/expected/transform")));
  }

  @Test
  void givesTheSameWhenItIsAskedForByName() {
    JsonNode rows = fixture.get("inputs");

    assertThat(infer(scaler, rows, ",\"outputs\":[{\"name\":\"transform\"}]"))
        .isEqualTo(infer(scaler, rows, ""));
  }

  @Test
  void hasNoPredictionsAndSaysWhatThereIs() {
    var answer =
        scaler.post(
            "/v2/models/flights/infer",
            RunningServer.JSON,
            tensor(fixture.get("inputs"), ",\"outputs\":[{\"name\":\"predict\"}]"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("there is no output 'predict'", "'transform'");
  }

  @Test
  void describesItsTensor() {
    JsonNode metadata = JSON.readTree(scaler.get("/v2/models/flights").body());

    assertThat(metadata.get("outputs").toString())
        .isEqualTo("[{\"name\":\"transform\",\"datatype\":\"FP64\",\"shape\":[-1,6]}]");
  }

  @Test
  void givesARowForEachInstance() {
    var answer =
        scaler.post(
            "/v1/models/flights:predict",
            RunningServer.JSON,
            "{\"instances\":" + fixture.get("inputs") + "}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(numbers(JSON.readTree(answer.body()).get("predictions")))
        .isEqualTo(numbers(fixture.at("/expected/transform")));
    assertThat(answer.body()).contains("null");
  }

  @Test
  void keepsOneColumnInARow() {
    var answer =
        encoder.post(
            "/v1/models/flights:predict",
            RunningServer.JSON,
            "{\"instances\":[[\"on time\"],[\"early\"]]}");

    assertThat(answer.body()).isEqualTo("{\"predictions\":[[2.0],[0.0]]}");
  }

  @Test
  void countsNoScores() {
    infer(scaler, fixture.get("inputs"), "");

    assertThat(scaler.registry().scrape())
        .contains("predictor_rows_total")
        .doesNotContain("predictor_score");
  }

  private static JsonNode infer(RunningServer server, JsonNode rows, String more) {
    var answer = server.post("/v2/models/flights/infer", RunningServer.JSON, tensor(rows, more));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String tensor(JsonNode rows, String more) {
    return "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP64\",\"shape\":[%d,%d],\"data\":%s}]%s}"
        .formatted(rows.size(), rows.get(0).size(), rows, more);
  }

  /** All of them, flat; the shortest digits of each, so that what JSON rounds is rounded alike. */
  private static String numbers(JsonNode node) {
    StringBuilder numbers = new StringBuilder();
    node.forEach(
        item -> {
          if (item.isArray()) {
            numbers.append(numbers(item));
          } else {
            numbers
                .append(item.isNull() ? "null" : String.format("%.9f", item.asDouble() + 0.0))
                .append(' ');
          }
        });
    return numbers.toString();
  }

  private static Model model(String name) throws IOException {
    return ModelReader.read(Files.readAllBytes(FIXTURES.resolve(name + ".pkl")), "").model();
  }
}
