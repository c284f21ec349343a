package dev.flightdelay.predictor.dialect;

import static dev.flightdelay.predictor.dataplane.RunningServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstancesDialectTest {

  private static final RunningServer SERVER = RunningServer.serving(Models.named());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void listsTheModel() {
    assertThat(SERVER.get("/v1/models").body()).isEqualTo("{\"models\":[\"flights\"]}");
    assertThat(SERVER.get("/v1/models/flights").body())
        .isEqualTo("{\"name\":\"flights\",\"ready\":true}");
    assertThat(SERVER.get("/v1/models/boats").statusCode()).isEqualTo(404);
    assertThat(SERVER.post("/v1/models/boats:predict", JSON, "{}").body())
        .contains("this server serves /v1/models/flights");
  }

  @Test
  void answersRowsAsArraysAndAsObjects() {
    HttpResponse<String> arrays = post("[[1,0,1,0,0,1,0,120],[1,0,1,0,0,0,1,120]]");
    HttpResponse<String> objects =
        post(
            "[{\"OPERA\":\"Grupo LATAM\",\"MES\":7,\"TIPOVUELO\":\"I\",\"DISTANCE\":120},"
                + "{\"OPERA_Grupo LATAM\":1,\"OPERA_Sky Airline\":0,\"MES\":\"8\","
                + "\"TIPOVUELO\":\"N\",\"DISTANCE\":1.5e2}]");

    assertThat(arrays.body()).isEqualTo("{\"predictions\":[1,0]}");
    assertThat(objects.body()).isEqualTo("{\"predictions\":[1,0]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"OPERA\":\"Grupo LATAM\",\"MES\":7,\"DISTANCE\":1} | row 0: the feature 'TIPOVUELO' is missing",
        "{\"OPERA\":\"Grupo LATAM\",\"MES_7\":1,\"TIPOVUELO\":\"I\",\"DISTANCE\":1} | row 0: the features 'MES_6', 'MES_8' are missing",
        "{\"OPERA\":\"Delta\"} | row 0: 'Delta' is no category of 'OPERA'; it has 'Grupo LATAM', 'Sky Airline'",
        "{\"MES\":9} | row 0: '9' is no category of 'MES'; it has '6', '7', '8'",
        "{\"MES\":7.5} | row 0: '7.5' is no category of 'MES'; it has '6', '7', '8'",
        "{\"MES\":7,\"MES_7\":1} | row 0 gives feature 'MES_7' twice",
        "{\"MES_7\":1,\"MES\":7} | row 0 gives feature 'MES_7' twice",
        "{\"DISTANCE\":1,\"DISTANCE\":1} | row 0 gives feature 'DISTANCE' twice",
        "{\"WEATHER\":1} | row 0: the model has no feature 'WEATHER'; it has 'OPERA', 'TIPOVUELO', 'MES', 'DISTANCE'",
        "{\"DISTANCE\":\"1\"} | row 0, feature 'DISTANCE' is '\\\"1\\\"'; it must be a number",
        "{\"DISTANCE\":null} | row 0, feature 'DISTANCE' is null, and this model takes no missing values",
        "{\"OPERA\":null} | row 0: 'OPERA' is null, and this model takes no missing values",
        "{\"OPERA\":[1]} | row 0: 'OPERA' is '[1'; it must be one of its categories: 'Grupo LATAM', 'Sky Airline'",
      })
  void refusesRowsByNameNamingWhatIsWrong(String row, String message) {
    HttpResponse<String> answer = post("[" + row + "]");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"error\":\"" + message + "\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "outputs=predict_proba|[0.5,0.5]",
        "a=1&outputs=predict%5fproba&b|[0.5,0.5]",
        "outputs=predict,predict_proba|{\"predict\":0,\"predict_proba\":[0.5,0.5]}",
        "outputs=predict&outputs=decision_function|{\"predict\":0,\"decision_function\":0.0}",
        "output=predict_proba|0",
      })
  void givesTheOutputsThatTheQueryNames(String query, String prediction) {
    HttpResponse<String> answer =
        SERVER.post(
            "/v1/models/flights:predict?" + query, JSON, "{\"instances\":[[0,0,0,0,0,0.5,0,0]]}");

    assertThat(answer.body()).isEqualTo("{\"predictions\":[" + prediction + "]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "outputs=|there is no output ''; there are 'predict', 'predict_proba', 'decision_function'",
        "outputs=a%00b|there is no output 'a?b'; there are 'predict', 'predict_proba', 'decision_function'",
        "outputs=predict,predict|the output 'predict' is asked for twice",
        "outputs=%25%|the query has a '%' that is no escaped character",
      })
  void refusesAQueryThatNamesOtherOutputs(String query, String message) throws IOException {
    assertThat(raw("/v1/models/flights:predict?" + query, "{\"instances\":[[0,0,0,0,0,0.5,0,0]]}"))
        .startsWith("HTTP/1.1 400 ")
        .endsWith("{\"error\":\"" + message + "\"}");
  }

  @Test
  void refusesOutputsInTheQueryAndInTheBody() {
    HttpResponse<String> answer =
        SERVER.post(
            "/v1/models/flights:predict?outputs=predict",
            JSON,
            "{\"outputs\":[\"predict\"],\"instances\":[[0,0,0,0,0,0.5,0,0]]}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("in the query or in the body, not in both");
  }

  /** A target that the JDK's client would not send. */
  private static String raw(String target, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
      socket
          .getOutputStream()
          .write(
              "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(target, body.length(), body)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null|1",
        "[]|1",
        "[\"predict\"]|1",
        "[\"predict_proba\"]|[0.5,0.5]",
        "[\"decision_function\",\"predict\"]|{\"decision_function\":0.0,\"predict\":0}",
        "[\"predict\",\"predict_proba\"]|{\"predict\":0,\"predict_proba\":[0.5,0.5]}",
      })
  void givesTheOutputsThatAreNamed(String outputs, String prediction) {
    String row = prediction.equals("1") ? "[1,0,1,0,0,1,0,120]" : "[0,0,0,0,0,0.5,0,0]";

    assertThat(
            SERVER
                .post(
                    "/v1/models/flights:predict",
                    JSON,
                    "{\"outputs\":" + outputs + ",\"instances\":[" + row + "]}")
                .body())
        .isEqualTo("{\"predictions\":[" + prediction + "]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"signature_name\":\"serving_default\",\"instances\":[[1,0,1,0,0,1,0,120]]}",
        "{\"id\":\"7\",\"parameters\":{\"a\":[1]},\"instances\":[[1,0,1,0,0,1,0,120]]}",
        "{\"inputs\":[[1,0,1,0,0,1,0,120]],\"id\":null}",
        "{\"inputs\":[{\"OPERA\":{\"0\":\"Grupo LATAM\"},\"MES\":{\"0\":7},"
            + "\"TIPOVUELO\":{\"0\":\"I\"},\"DISTANCE\":{\"0\":120}}]}",
      })
  void takesWhatClientsOfOtherServersSend(String body) {
    assertThat(SERVER.post("/v1/models/flights:predict", JSON, body).body())
        .isEqualTo("{\"predictions\":[1]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"instances \":[]} | the property 'instances ' is unknown; send \\\"instances\\\"",
        "{\"outputs\":[\"shap\"]} | there is no output 'shap'; there are 'predict', 'predict_proba', 'decision_function'",
        "{} | the body has no \\\"instances\\\"",
        "{\"id\":1,\"id\":2} | 'id' is given twice, the second time before byte 13",
        "{\"instances\":[[1,0,1,0,0,1,0,1]],\"inputs\":[]} | send \\\"instances\\\" or \\\"inputs\\\", not both",
        "{\"inputs\":[{\"DISTANCE\":{\"0\":1,\"1\":2}}]} | row 0 gives feature 'DISTANCE' several values; a row has one of each",
      })
  void refusesBodiesNamingWhatIsWrong(String body, String message) {
    HttpResponse<String> answer = SERVER.post("/v1/models/flights:predict", JSON, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"error\":\"" + message + "\"}");
  }

  private static HttpResponse<String> post(String instances) {
    return SERVER.post("/v1/models/flights:predict", JSON, "{\"instances\":" + instances + "}");
  }
}
