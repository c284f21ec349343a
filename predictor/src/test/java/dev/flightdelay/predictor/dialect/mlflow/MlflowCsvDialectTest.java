package dev.flightdelay.predictor.dialect.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.LinearModel;
import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowCsvDialectTest {

  private static final String CSV = "text/csv";
  private static final RunningServer NAMED = RunningServer.serving(Models.named());
  private static final RunningServer NUMBERS = serving("a", "b");

  @AfterAll
  static void stop() {
    NAMED.close();
    NUMBERS.close();
  }

  private static RunningServer serving(String... names) {
    return RunningServer.serving(
        LinearModel.regressor(
            Features.named(List.of(names)),
            true,
            Arrays.copyOf(new double[] {1, 10}, names.length),
            0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n2,1\n4,3\n",
        "b,a\n1,2\n3,4",
        "b,a\r\n1,2\r\n3,4\r\n",
        "\"b\",\"a\"\n\"1\",2\n3,\"4\"\n",
        "\uFEFFb,a\n\n1,2\n\n3,4\n\n",
        "b,a\n 1.0 ,2e0\n3,4.0\n",
        "b,a\nTrue,2\n3,4\n",
      })
  void answersARowForEachLine(String csv) {
    assertThat(post(NUMBERS, csv).body()).isEqualTo("{\"predictions\":[12.0,34.0]}");
  }

  @Test
  void takesEmptyAsMissing() {
    assertThat(post(NUMBERS, "a,b\n,1\n5,\n\"\",2\n").body())
        .isEqualTo("{\"predictions\":[10.0,5.0,20.0]}");
  }

  @Test
  void takesCategoriesAsTheirTextOrNumber() {
    assertThat(
            post(NAMED, "OPERA,MES,TIPOVUELO,DISTANCE\nGrupo LATAM,7.0,I,1\nSky Airline,8,N,2\n")
                .body())
        .isEqualTo("{\"predictions\":[1,0]}");
  }

  @Test
  void takesNamesWithCommasQuotesAndLineBreaks() {
    try (RunningServer server = serving("a, \"b\"", "c\nd", "é")) {
      assertThat(post(server, "\"c\nd\",é,\"a, \"\"b\"\"\"\n1,9,2\n").body())
          .isEqualTo("{\"predictions\":[12.0]}");
    }
  }

  @Test
  void takesColumnsInTheirOrderWhereTheModelHasNoNames() {
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo())) {
      assertThat(post(server, "x,y\n1,2\n").body()).isEqualTo("{\"predictions\":[3.0]}");
      assertThat(post(server, "x,y,z\n1,2,3\n").body())
          .contains("header has 3 columns; the model takes 2");
      assertThat(post(server, "x,y\n1,\n").body())
          .contains("line 2 of the CSV: the feature 1 is empty");
    }
  }

  @Test
  void takesTexts() throws IOException {
    Path file = Path.of("src/test/resources/parity-text/v1.9-tfidf.pkl");
    try (RunningServer server =
        RunningServer.serving(ModelReader.read(Files.readAllBytes(file), "").model())) {
      assertThat(post(server, "text\n\"late, fog\"\nRome\n").body())
          .isEqualTo(
              server
                  .post("/invocations", RunningServer.JSON, "{\"inputs\":[\"late, fog\",\"Rome\"]}")
                  .body())
          .matches("\\{\"predictions\":\\[[01],[01]\\]\\}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "~ | the CSV is empty",
        "a,b~ | there are no rows",
        "a,b~1,2~3~ | line 3 of the CSV has 1 fields; its header has 2",
        "a,b~1,2,3~ | line 2 of the CSV has 3 fields; its header has 2",
        "a,c~1,2~ | the model has no feature 'c'; it has 'a', 'b'",
        ",a,b~0,1,2~ | the model has no feature ''",
        "a~1~ | the feature 'b' is missing",
        "a,a~1,2~ | the feature 'a' is given twice",
        "a,b~1,x~ | line 2 of the CSV: the feature 'b' is 'x'; it must be a finite number",
        "a,b~1,1e999~ | it must be a finite number",
        "a,b~1,NaN~ | it must be a finite number",
        "a,b~1,\"2~ | line 2 of the CSV has a field whose closing quote is missing",
        "a,b~1,\"2\"3~ | line 2 of the CSV has something behind a field's closing quote",
        "a,b~1,2\"3\"~ | line 2 of the CSV has a quote inside a field without quotes",
        "a,b~1,\" | closing quote is missing",
        "a,b~1,\"\"\" | closing quote is missing",
      })
  void saysWhatIsWrong(String csv, String message) {
    HttpResponse<String> answer = post(NUMBERS, csv.strip().replace('~', '\n'));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith("{\"error_code\":\"BAD_REQUEST\",\"message\":\"")
        .contains(message.strip());
  }

  @Test
  void refusesALineThatEndsWithCrAlone() {
    assertThat(post(NUMBERS, "a,b\r1,2\r").body())
        .contains("line 1 of the CSV has a CR that no LF follows");
  }

  @Test
  void isTakenAtNoOtherPath() {
    for (String path : List.of("/predict", "/v1/models/flights:predict", "/")) {
      HttpResponse<String> answer = NUMBERS.post(path, CSV, "{\"data\":[[1,2]]}");

      assertThat(answer.statusCode()).as(path).isEqualTo(415);
    }
  }

  private static HttpResponse<String> post(RunningServer server, String csv) {
    return server.post("/invocations", CSV, csv);
  }
}
