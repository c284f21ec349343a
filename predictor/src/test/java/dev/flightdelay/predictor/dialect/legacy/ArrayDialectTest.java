package dev.flightdelay.predictor.dialect.legacy;

import static dev.flightdelay.predictor.dataplane.RunningServer.FORM;
import static dev.flightdelay.predictor.dataplane.RunningServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.LinearModel;
import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RunningServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrayDialectTest {

  private static final RunningServer SERVER = RunningServer.serving(Models.unnamed37());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void answersAsTheEarlierServerDid() {
    HttpResponse<String> answer =
        SERVER.post(
            "/api",
            JSON,
            "{\"array\":[0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,1,0,0,1,0,0,0,0,0,0,0,0,0,0]}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"predicciones\":[1]}");
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("x-model-version")).hasValue("v1");
    assertThat(answer.headers().firstValue("x-model-sha256")).hasValue(LinearModel.SHA256);
    assertThat(answer.headers().firstValue("server")).isEmpty();
  }

  @Test
  void givesTheOtherClassToo() {
    assertThat(post("{\"array\":[" + Models.zeros(37, 0) + "]}").body())
        .isEqualTo("{\"predicciones\":[0]}");
  }

  @Test
  void passesOverWhatOlderClientsSendBesides() {
    String body =
        "{\"user\":{\"name\":[\"x\",null,true]},\"array\":[" + Models.zeros(37, 12) + "]}";

    assertThat(post(body).body()).isEqualTo("{\"predicciones\":[1]}");
  }

  @Test
  void takesBodyWithoutContentType() {
    HttpResponse<String> answer =
        SERVER.post("/api", null, "{\"array\":[" + Models.zeros(37, 12) + "]}");

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void takesJsonThatCurlCallsForm() {
    HttpResponse<String> answer =
        SERVER.post("/api", FORM, "{\"array\":[" + Models.zeros(37, 12) + "]}");

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void refusesFormSayingWhatIsTaken() {
    HttpResponse<String> answer = SERVER.post("/api", FORM, "array=[1]");

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains("application/json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"array\":[1,2]}                | row 0 has 2 values; the model takes 37",
        "{\"array\":[]}                   | row 0 has 0 values; the model takes 37",
        "{\"array\":[1,\"1\"]}            | row 0, feature 1 is '\\\"1\\\"'; it must be a number",
        "{\"array\":[NaN]}                | row 0, feature 0 is 'NaN'; it must be a number",
        "{\"array\":[1,Infinity]}         | row 0, feature 1 is 'Infinity'; it must be a number",
        "{\"array\":[1,1e999]}            | row 0, feature 1: the number is too large for a double",
        "{\"array\":[1,null]}             | row 0, feature 1 is null, and this model takes no missing values",
        "{\"array\":[[1]]}                | row 0, feature 0 is '[1'; it must be a number",
        "{\"rows\":[1]}                   | the body has no \\\"array\\\"",
        "{\"array\":1}                    | expected an array at byte 9 of the JSON, found '1'",
        "{                                | expected ',' or '}' at byte 1 of the JSON, found its end",
        "[1]                              | expected an object at byte 0 of the JSON, found '[1'",
        "{\"a\":1,\"a\":2}                | 'a' is given twice, the second time before byte 11",
      })
  void refusesWhatIsNoRowNamingThePlace(String body, String message) {
    HttpResponse<String> answer = post(body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"error\":\"" + message + "\"}");
  }

  @Test
  void refusesTwoArraysAndWhatFollowsTheObject() {
    String array = "\"array\":[" + Models.zeros(37, 12) + "]";

    assertThat(post("{" + array + "," + array + "}").body()).contains("'array' is given twice");
    assertThat(post("{" + array + "} {}").statusCode()).isEqualTo(400);
    assertThat(post("{\"array\":[" + Models.zeros(38, 12) + "]}").body())
        .contains("row 0 has 38 values; the model takes 37");
  }

  private static HttpResponse<String> post(String body) {
    return SERVER.post("/api", JSON, body);
  }
}
