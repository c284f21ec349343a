package dev.flightdelay.predictor.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowBudget;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.ServedModel;
import dev.flightdelay.predictor.page.ModelPages;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Models of texts, as each protocol asks them: a whole row that is one text, and columns of texts.
 */
class TextRequestTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String INFER = "/v2/models/flights/infer";

  @Test
  void takesATextAsARowInEveryForm() throws IOException {
    try (RunningServer server = RunningServer.serving(model("tfidf"))) {
      String alone = instances(server, "[\"late fog\",\"Rome\"]");
      String inRows = instances(server, "[[\"late fog\"],[\"Rome\"]]");
      JsonNode flat =
          infer(server, "\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"late fog\",\"Rome\"]");
      JsonNode nested =
          infer(
              server,
              "\"shape\":[2,1],\"datatype\":\"BYTES\",\"data\":[[\"late fog\"],[\"Rome\"]]");

      assertThat(alone).matches("\\{\"predictions\":\\[[01],[01]\\]\\}");
      assertThat(inRows).isEqualTo(alone);
      assertThat(flat).isEqualTo(nested);
      assertThat("{\"predictions\":" + flat.get("outputs").get(0).get("data") + "}")
          .isEqualTo(alone);
      assertThat(server.post("/api", RunningServer.JSON, "{\"array\":[\"late fog\"]}").body())
          .startsWith("{\"predicciones\":[");
      assertThat(
              server.post("/predict", RunningServer.JSON, "{\"data\":[[\"late\"],[\"\"]]}").body())
          .matches("\\{\"predictions\":\\[[01],[01]\\]\\}");
    }
  }

  @Test
  void saysInItsMetadataThatItTakesTexts() throws IOException {
    try (RunningServer server = RunningServer.serving(model("tfidf"))) {
      assertThat(server.get("/v2/models/flights").body())
          .contains("\"inputs\":[{\"name\":\"input-0\",\"datatype\":\"BYTES\",\"shape\":[-1,1]}]");
    }
    try (RunningServer server = RunningServer.serving(model("columns"))) {
      assertThat(server.get("/v2/models/flights").body())
          .contains(
              "\"inputs\":[{\"name\":\"remark\",\"datatype\":\"BYTES\",\"shape\":[-1]},"
                  + "{\"name\":\"distance\",\"datatype\":\"FP64\",\"shape\":[-1]},"
                  + "{\"name\":\"airline\",\"datatype\":\"BYTES\",\"shape\":[-1]},"
                  + "{\"name\":\"note\",\"datatype\":\"BYTES\",\"shape\":[-1]}]");
    }
  }

  @Test
  void takesColumnsWithoutNamesByTheirPlaceInTheMetadata() throws IOException {
    try (RunningServer server = RunningServer.serving(model("columns-by-position"))) {
      assertThat(server.get("/v2/models/flights").body())
          .contains(
              "[{\"name\":\"input-0\",\"datatype\":\"FP64\",\"shape\":[-1]},"
                  + "{\"name\":\"input-1\",\"datatype\":\"BYTES\",\"shape\":[-1]}]");
      String body =
          "{\"inputs\":[{\"name\":\"input-1\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"fog\"]},"
              + "{\"name\":\"input-0\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[0.5]}]}";

      JsonNode byPlace = JSON.readTree(server.post(INFER, RunningServer.JSON, body).body());

      assertThat("{\"predictions\":" + byPlace.get("outputs").get(0).get("data") + "}")
          .isEqualTo(instances(server, "[[0.5,\"fog\"]]"));
    }
  }

  @Test
  void namesTheRowThatIsNoText() throws IOException {
    try (RunningServer server = RunningServer.serving(model("tfidf"))) {
      assertThat(instances(server, "[[\"late\"],[7]]"))
          .contains("row 1, feature 0 is '7'; it must be a text");
      assertThat(instances(server, "[7]")).contains("row 0 is '7'; a row is an array of 1 text");
      assertThat(instances(server, "[[null]]")).contains("row 0, feature 0 is null");
      assertThat(
              server
                  .post(
                      INFER,
                      RunningServer.JSON,
                      "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[7]}]}")
                  .body())
          .contains("row 0, feature 0 is not a text");
      assertThat(
              server
                  .post(
                      INFER,
                      RunningServer.JSON,
                      "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[null,\"a\"]}]}")
                  .body())
          .contains("row 0, feature 0 is null, and this model takes no missing values");
    }
  }

  @Test
  void showsThePageAndTheApiWithATextThatItCanAnswer() throws IOException {
    for (String name : Stream.of("tfidf", "columns", "columns-by-position", "hashing").toList()) {
      Model model = model(name);
      ModelPages pages =
          new ModelPages(
              new ServedModel(
                  "flights",
                  "v1",
                  "0".repeat(64),
                  "file:m.pkl",
                  model,
                  new RowBudget(RowCost.of(40), RowBudget.DEFAULT_MAX_COST)),
              List.of());
      try (RunningServer server =
          RunningServer.waiting(DataPlaneLimits.defaults(), () -> "starting")) {
        server
            .plane()
            .serve(
                new ServedModel(
                    "flights",
                    "v1",
                    "0".repeat(64),
                    "file:m",
                    model,
                    new RowBudget(RowCost.of(40), RowBudget.DEFAULT_MAX_COST)),
                pages);

        JsonNode api = JSON.readTree(server.get("/openapi.json").body());
        String example =
            api.at(
                    "/paths/~1v2~1models~1flights~1infer/post/requestBody/content/application~1json/example")
                .toString();

        assertThat(example).as(name).contains("BYTES");
        assertThat(server.post(INFER, RunningServer.JSON, example).statusCode())
            .as(name)
            .isEqualTo(200);
        assertThat(server.get("/").statusCode()).isEqualTo(200);
      }
    }
  }

  /** A million columns: rows of all their cells would need 80 GB. */
  @Test
  void scoresManyTextsOfAMillionColumns() throws IOException {
    Model model = model("hashing-default");
    StringBuilder texts = new StringBuilder("[\"fog\"");
    for (int i = 1; i < 10_000; i++) {
      texts.append(",\"flight ").append(i).append(" late\"");
    }
    try (RunningServer server = RunningServer.serving(model)) {
      assertThat(instances(server, texts.append(']').toString())).startsWith("{\"predictions\":[");
    }
  }

  private static String instances(RunningServer server, String instances) {
    return server
        .post("/v1/models/flights:predict", RunningServer.JSON, "{\"instances\":" + instances + "}")
        .body();
  }

  private static JsonNode infer(RunningServer server, String tensor) {
    return JSON.readTree(
        server
            .post(INFER, RunningServer.JSON, "{\"inputs\":[{\"name\":\"input-0\"," + tensor + "}]}")
            .body());
  }

  private static Model model(String name) throws IOException {
    byte[] pickle =
        Files.readAllBytes(Path.of("src/test/resources/parity-text", "v1.9-" + name + ".pkl"));
    return ModelReader.read(pickle, "").model();
  }
}
