package dev.flightdelay.predictor.dialect.legacy;

import static dev.flightdelay.predictor.dataplane.RunningServer.FORM;
import static dev.flightdelay.predictor.dataplane.RunningServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RunningServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListFieldDialectTest {

  private static final RunningServer SERVER = RunningServer.serving(Models.unnamed37());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {FORM, JSON, "application/x-www-form-urlencoded; charset=utf-8"})
  void answersAsTheEarlierFunctionDidWhateverItsClientsSayTheBodyIs(String contentType) {
    String list = "[" + Models.zeros(37, 12) + "]";

    HttpResponse<String> answer = SERVER.post("/", contentType, "x=" + list);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"model_prediction\":\"[1]\",\"received_data\":{\"x\":\"" + list + "\"}}");
  }

  @Test
  void repeatsTheTextAsItWasSent() {
    String list = "[ " + Models.zeros(37, 12).replace(",", ", ") + " ]";

    HttpResponse<String> escaped =
        SERVER.post("/", FORM, "x=" + list.replace(" ", "+").replace(",", "%2C") + "&who=a%C3%A9");

    assertThat(escaped.body())
        .isEqualTo(
            "{\"model_prediction\":\"[1]\",\"received_data\":{\"x\":\""
                + list
                + "\",\"who\":\"aé\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x=[1,2]", "x=1", "x=[1,", "y=[1]", "", "x=[1]&x=[2]", "x=%zz", "x=%ff"})
  void failsInItsOwnShape(String body) {
    HttpResponse<String> answer = SERVER.post("/", FORM, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"error_message\":\"").endsWith("\"}");
  }

  @Test
  void failsInItsOwnShapeForOtherTypesToo() {
    HttpResponse<String> answer = SERVER.post("/", "text/csv", "1,2");

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).startsWith("{\"error_message\":\"").contains("x=[numbers]");
  }
}
