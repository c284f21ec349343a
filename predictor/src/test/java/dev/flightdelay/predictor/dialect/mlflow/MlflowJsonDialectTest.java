package dev.flightdelay.predictor.dialect.mlflow;

import static dev.flightdelay.predictor.dataplane.RunningServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.LinearModel;
import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.model.Features;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowJsonDialectTest {

  private static final RunningServer NAMED = RunningServer.serving(Models.named());
  private static final RunningServer UNNAMED = RunningServer.serving(Models.sumOfTwo());
  private static final RunningServer NUMBERS =
      RunningServer.serving(
          LinearModel.regressor(Features.named(List.of("a", "b")), true, new double[] {1, 10}, 0));

  @AfterAll
  static void stop() {
    NAMED.close();
    UNNAMED.close();
    NUMBERS.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // In the order of pandas' to_dict and to_json, and in another.
        "{'dataframe_split':{'index':[0,1],'columns':['b','a'],'data':[[1,2],[3,4]]}}",
        "{'dataframe_split':{'columns':['b','a'],'index':[0,1],'data':[[1,2],[3,4]]}}",
        "{'dataframe_split':{'data':[[1,2],[3,4]],'index':['x','y'],'columns':['b','a']}}",
        "{'dataframe_split':{'data':[[2,1],[4,3]]}}",
        "{'dataframe_records':[{'a':2,'b':1},{'b':3,'a':4}]}",
        "{'instances':[{'a':2,'b':1},{'b':3,'a':4}]}",
        "{'instances':[[2,1],[4,3]]}",
        "{'inputs':{'b':[1,3],'a':[2,4]}}",
        "{'inputs':[[2,1],[4,3]]}",
        "{'inputs':[{'a':2,'b':1},{'b':3,'a':4}]}",
        "{'params':{'temperature':0.5},'dataframe_records':[{'a':2,'b':1},{'b':3,'a':4}]}",
        "{'inputs':{'b':[1,3],'a':[2,4]},'params':null}",
      })
  void answersEachFormatTheSame(String body) {
    HttpResponse<String> answer = post(NUMBERS, body);

    assertThat(answer.body()).isEqualTo("{\"predictions\":[12.0,34.0]}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains(JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'dataframe_split':{'columns':['OPERA','MES','TIPOVUELO','DISTANCE'],'data':[['Grupo LATAM',7,'I',1],['Sky Airline',8,'N',2]]}}",
        "{'dataframe_records':[{'OPERA':'Grupo LATAM','MES':7,'TIPOVUELO':'I','DISTANCE':1},{'OPERA':'Sky Airline','MES':'8','TIPOVUELO':'N','DISTANCE':2}]}",
        "{'inputs':{'DISTANCE':[1,2],'OPERA':['Grupo LATAM','Sky Airline'],'MES':[7,8],'TIPOVUELO':['I','N']}}",
      })
  void givesTheClassesAndTakesWhatOneHotColumnsWereMadeOf(String body) {
    assertThat(post(NAMED, body).body()).isEqualTo("{\"predictions\":[1,0]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'dataframe_split':{'columns':['any','name'],'data':[[1,2]]}}",
        "{'dataframe_split':{'columns':[0,1],'data':[[1,2]]}}",
        "{'dataframe_records':[[1,2]]}",
        "{'dataframe_records':[{'any':1,'name':2}]}",
        "{'inputs':{'dense_input':[[1,2]]}}",
        "{'inputs':[[1,2]]}",
      })
  void takesColumnsInTheirOrderWhereTheModelHasNoNames(String body) {
    assertThat(post(UNNAMED, body).body()).isEqualTo("{\"predictions\":[3.0]}");
  }

  @Test
  void takesRecordsInTheOrderOfTheFirstWhereTheModelHasNoNames() {
    try (RunningServer server = RunningServer.serving(Models.sumOfTwoOrFewer())) {
      assertThat(post(server, "{'dataframe_records':[{'a':5,'b':1},{'b':null,'a':2}]}").body())
          .isEqualTo("{\"predictions\":[6.0,2.0]}");
    }
    for (String records :
        List.of("{'a':1}", "{'a':1,'a':2}", "{'a':1,'b':2,'c':3}", "{'a':1,'b':2},{'a':1,'c':2}")) {
      assertThat(post(UNNAMED, "{'dataframe_records':[" + records + "]}").statusCode())
          .as(records)
          .isEqualTo(400);
    }
  }

  @Test
  void takesNullAsMissing() {
    try (RunningServer server = RunningServer.serving(Models.sumOfTwoOrFewer())) {
      assertThat(post(server, "{'dataframe_split':{'columns':['a','b'],'data':[[5,null]]}}").body())
          .isEqualTo("{\"predictions\":[5.0]}");
    }
    assertThat(post(NUMBERS, "{'inputs':{'a':[null,1],'b':[1,1]}}").body())
        .isEqualTo("{\"predictions\":[10.0,11.0]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | the body must have exactly one of \"dataframe_split\", \"dataframe_records\", \"instances\" and \"inputs\"; it has none of them",
        "{'inputs':[[1,2]],'instances':[[1,2]]} | it has two of them",
        "{'inputs':[[1,2]],'inputs':[[1,2]]} | 'inputs' is given twice",
        "{'params':1,'params':2} | 'params' is given twice",
        "[[1,2]] | expected an object",
        "{'dataframe_split':{'columns':['a','b']}} | \"dataframe_split\" has no \"data\"",
        "{'dataframe_split':{'columns':['a','b'],'data':[[1,2]],'dtypes':[]}} | and no others",
        "{'dataframe_split':{'data':[[1,2]],'data':[[1,2]]}} | 'data' is given twice",
        "{'dataframe_split':{'columns':['a','b'],'data':[[1,2]],'columns':['a']}} | 'columns' is given twice",
        "{'dataframe_split':{'index':[],'index':[],'data':[[1,2]]}} | 'index' is given twice",
        "{'dataframe_split':{'columns':['a','a'],'data':[[1,2]]}} | the feature 'a' is given twice",
        "{'dataframe_split':{'columns':['a'],'data':[[1]]}} | the feature 'b' is missing",
        "{'dataframe_split':{'columns':['a','c'],'data':[[1,2]]}} | the model has no feature 'c'; it has 'a', 'b'",
        "{'dataframe_split':{'columns':['a','b'],'data':[[1,2],[1]]}} | row 1 has 1 values; there are 2 columns",
        "{'dataframe_split':{'columns':['a','b'],'data':[[1,2,3]]}} | row 0 has 3 values; there are 2 columns",
        "{'dataframe_split':{'columns':['a','b'],'data':[['x',2]]}} | row 0, feature 'a' is '\"x\"'",
        "{'dataframe_split':{'columns':['a','b'],'data':[]}} | there are no rows",
        "{'dataframe_records':[{'a':1}]} | row 0: the feature 'b' is missing",
        "{'inputs':{'a':[1,2],'b':[1]}} | the column 'b' has not 2 values, as 'a' has",
        "{'inputs':{'a':[1],'b':[1,2]}} | the column 'b' has not 1 values, as 'a' has",
        "{'inputs':{'a':[1]}} | the feature 'b' is missing",
        "{'inputs':{'a':[1],'a':[1]}} | the feature 'a' is given twice",
        "{'inputs':{}} | there are no rows",
      })
  void saysWhatIsWrong(String body, String message) {
    HttpResponse<String> answer = post(NUMBERS, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith("{\"error_code\":\"BAD_REQUEST\",\"message\":\"")
        .contains(message.strip().replace("\"", "\\\""));
  }

  @Test
  void refusesSeveralColumnsByNameWhereTheModelHasNoNames() {
    assertThat(post(UNNAMED, "{'inputs':{'a':[[1,2]],'b':[[1,2]]}}").body())
        .contains("this model has no feature names");
    assertThat(post(UNNAMED, "{'inputs':{}}").body()).contains("\\\"inputs\\\" has no members");
  }

  @Test
  void refusesMoreRowsThanARequestMayHave() {
    String ones = "1" + ",1".repeat(10_000);

    HttpResponse<String> answer = post(NUMBERS, "{'inputs':{'a':[" + ones + "],'b':[1]}}");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("BAD_REQUEST", "at most 10000 rows");
  }

  @Test
  void takesAContentTypeWithACharset() {
    assertThat(
            UNNAMED
                .post("/invocations", "application/json; charset=utf-8", "{\"inputs\":[[1,2]]}")
                .body())
        .isEqualTo("{\"predictions\":[3.0]}");
  }

  @Test
  void refusesOtherTypesInItsOwnShape() {
    HttpResponse<String> answer = UNNAMED.post("/invocations", "application/xml", "<a/>");

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body())
        .startsWith("{\"error_code\":\"BAD_REQUEST\",\"message\":\"the body is of another type");
  }

  @Test
  void saysThatItIsHealthyAsMlflowDoes() {
    for (String path : List.of("/ping", "/health")) {
      HttpResponse<String> answer = UNNAMED.get(path);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("\n");
    }
    assertThat(UNNAMED.get("/version").body()).isEqualTo("unreleased");
  }

  @Test
  void isNotHealthyWithoutAModel() {
    try (RunningServer server = RunningServer.waiting(DataPlaneLimits.defaults(), () -> "a file")) {
      assertThat(server.get("/ping").statusCode()).isEqualTo(503);
      HttpResponse<String> answer = post(server, "{'inputs':[[1,2]]}");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).startsWith("{\"error_code\":\"TEMPORARILY_UNAVAILABLE\"");
    }
  }

  private static HttpResponse<String> post(RunningServer server, String body) {
    return server.post("/invocations", JSON, body.replace('\'', '"'));
  }
}
