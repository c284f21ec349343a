package dev.flightdelay.predictor.dialect;

import static dev.flightdelay.predictor.dataplane.RunningServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RunningServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvocationsDialectTest {

  @Test
  void answersAsMlflowDoes() {
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo())) {
      HttpResponse<String> answer =
          server.post("/invocations", JSON, "{\"inputs\":[[1,2],[3,4.5]]}");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"predictions\":[3.0,7.5]}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | the body has no",
        "{\"inputs\":[[1]]} | row 0 has 1 values; the model takes 2",
        "{\"inputs\":[[1,2]],\"inputs\":[[1,2]]} | twice",
        "{\"dataframe_split\":{}} | the body has no",
      })
  void saysWhatIsWrong(String body, String says) {
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo())) {
      HttpResponse<String> answer = server.post("/invocations", JSON, body);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains(says);
    }
  }
}
