package dev.flightdelay.predictor.dialect.legacy;

import static dev.flightdelay.predictor.dataplane.RunningServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RunningServer;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataDialectTest {

  @Test
  void answersAsTheEarlierServerDid() {
    try (RunningServer server = RunningServer.serving(Models.sumOf150())) {
      HttpResponse<String> one =
          server.post("/predict", JSON, "{\"data\":[[" + Models.zeros(150, 3) + "]]}");
      HttpResponse<String> two =
          server.post(
              "/predict",
              JSON,
              "{\"data\": [[%s], [%s]]}".formatted(Models.zeros(150, 3), Models.zeros(150, -1)));

      assertThat(one.statusCode()).isEqualTo(200);
      assertThat(one.body()).isEqualTo("{\"predictions\":[1.0]}");
      assertThat(two.body()).isEqualTo("{\"predictions\":[1.0,0.0]}");
    }
  }

  @Test
  void namesTheRowThatIsWrong() {
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo())) {
      assertThat(server.post("/predict", JSON, "{\"data\":[[1,2],[1]]}").body())
          .isEqualTo("{\"error\":\"row 1 has 1 values; the model takes 2\"}");
      assertThat(server.post("/predict", JSON, "{\"data\":[[1,2],[1,2,3]]}").body())
          .isEqualTo("{\"error\":\"row 1 has 3 values; the model takes 2\"}");
      assertThat(server.post("/predict", JSON, "{\"data\":[[1,2],7]}").body())
          .contains("row 1 is '7'; a row is an array of 2 numbers");
      assertThat(server.post("/predict", JSON, "{\"data\":[{\"a\":1}]}").body())
          .contains("row 0 is an object, but the model has no names");
      HttpResponse<String> none = server.post("/predict", JSON, "{\"data\":[]}");
      assertThat(none.statusCode()).isEqualTo(400);
      assertThat(none.body()).contains("no rows");
    }
  }

  @Test
  void takesNullOnlyWhereTheModelTakesMissingValues() {
    try (RunningServer server = RunningServer.serving(Models.sumOfTwoOrFewer())) {
      assertThat(server.post("/predict", JSON, "{\"data\":[[5,null]]}").body())
          .isEqualTo("{\"predictions\":[5.0]}");
    }
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo())) {
      HttpResponse<String> answer = server.post("/predict", JSON, "{\"data\":[[5,null]]}");
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("row 0, feature 1 is null");
    }
  }

  @Test
  void neverAnswersNumberThatJsonDoesNotHave() {
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo())) {
      HttpResponse<String> answer =
          server.post("/predict", JSON, "{\"data\":[[1,2],[1.7e308,1.7e308]]}");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("answer for row 1 is not a finite number");
    }
  }

  @Test
  void answersTenThousandRowsAndRefusesOneMore() {
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo())) {
      HttpResponse<String> most = server.post("/predict", JSON, rows(10_000));
      HttpResponse<String> tooMany = server.post("/predict", JSON, rows(10_001));

      assertThat(most.statusCode()).isEqualTo(200);
      assertThat(most.body())
          .isEqualTo(
              IntStream.range(0, 10_000)
                  .mapToObj(i -> Double.toString(i + 0.5))
                  .collect(Collectors.joining(",", "{\"predictions\":[", "]}")));
      assertThat(tooMany.statusCode()).isEqualTo(413);
      assertThat(tooMany.body()).contains("at most 10000 rows");
    }
  }

  private static String rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "[" + i + ",0.5]")
        .collect(Collectors.joining(",", "{\"data\":[", "]}"));
  }
}
