package dev.flightdelay.predictor.dialect.legacy;

import static dev.flightdelay.predictor.dataplane.RunningServer.FORM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RunningServer;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormDialectTest {

  @Test
  void showsTheFormWithPolicyOfItsOwn() {
    try (RunningServer server = RunningServer.serving(Models.unnamed37())) {
      HttpResponse<String> page = server.get("/");

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).isEqualTo("<form>");
      assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
      assertThat(page.headers().firstValue("content-security-policy"))
          .hasValue(
              "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action"
                  + " 'self'; base-uri 'none'; frame-ancestors 'none'");
      assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
      assertThat(page.headers().firstValue("referrer-policy")).hasValue("no-referrer");
    }
  }

  @Test
  void passesVar24TwiceWhereExactly36FieldsComeFor37Features() {
    try (RunningServer server = RunningServer.serving(Models.unnamed37())) {
      String values = fields("var", 1, 36);

      HttpResponse<String> answer = server.post("/predict", FORM, values);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body())
          .isEqualTo(
              "Class: 1 for "
                  + IntStream.concat(IntStream.rangeClosed(1, 24), IntStream.rangeClosed(24, 36))
                      .mapToObj(i -> i + ".0")
                      .collect(Collectors.joining(",")));
    }
  }

  @Test
  void takes37FieldsAsThemselves() {
    try (RunningServer server = RunningServer.serving(Models.unnamed37())) {
      String expected =
          IntStream.rangeClosed(1, 37)
              .mapToObj(i -> i + ".0")
              .collect(Collectors.joining(",", "Class: 1 for ", ""));

      assertThat(server.post("/predict", FORM, fields("var", 1, 37)).body()).isEqualTo(expected);
    }
  }

  @Test
  void answersTheOtherServersFormWithFieldsFromX0() {
    try (RunningServer server = RunningServer.serving(Models.unnamed37())) {
      HttpResponse<String> answer = server.post("/Predecir", FORM, fields("x", 0, 36));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
      assertThat(answer.body()).startsWith("Class: 1 for 0.0,1.0,2.0,").endsWith(",36.0");
    }
  }

  @Test
  void doublesNoFieldOfOtherForms() {
    try (RunningServer server = RunningServer.serving(Models.unnamed37())) {
      HttpResponse<String> x = server.post("/Predecir", FORM, fields("x", 0, 35));
      HttpResponse<String> without2 =
          server.post("/predict", FORM, fields("var", 1, 37).replace("var2=2&", ""));

      assertThat(x.statusCode()).isEqualTo(400);
      assertThat(x.body()).contains("the field x36 is missing");
      assertThat(without2.statusCode()).isEqualTo(400);
      assertThat(without2.body()).contains("the field var2 is missing");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "var1=1&var2=        | the field 'var2' is empty for 2 fields",
        "var1=1&var2=x       | the field 'var2' is 'x'; it must be a finite number for 2 fields",
        "var1=1&var2=NaN     | the field 'var2' is 'NaN'; it must be a finite number for 2 fields",
        "var1=1&var2=1e999   | the field 'var2' is '1e999'; it must be a finite number for 2 fields",
        "var1=1&var2=0x1     | the field 'var2' is '0x1'; it must be a finite number for 2 fields",
        "var1=1              | the field var2 is missing; the model takes var1..var2 for 1 fields",
        "a=1                 | the form has no field var1 or x0; send var1..var2, or x0..x1 for 1 fields",
        "var1=1&var1=2       | the field 'var1' is given twice for 0 fields",
        "var1=1&var2=2&v=3   | the form has more than the 2 fields that this model can use for 0 fields",
      })
  void showsThePageAgainWithTheReason(String body, String message) {
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo())) {
      HttpResponse<String> answer = server.post("/predict", FORM, body);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
      assertThat(answer.body()).isEqualTo("refused: " + message);
    }
  }

  @Test
  void takesFieldsByNameAndGroup() {
    try (RunningServer server = RunningServer.serving(Models.named())) {
      assertThat(
              server
                  .post("/predict", FORM, "OPERA=Sky+Airline&TIPOVUELO=N&MES=7&DISTANCE=3")
                  .body())
          .isEqualTo("Class: 1 for 0.0,1.0,0.0,1.0,0.0,1.0,0.0,3.0");
      assertThat(server.post("/predict", FORM, "OPERA=&TIPOVUELO=N&MES=7&DISTANCE=3&MES_7=").body())
          .isEqualTo("Class: 1 for 0.0,0.0,0.0,1.0,0.0,1.0,0.0,3.0");
      assertThat(
              server.post("/predict", FORM, "OPERA=&TIPOVUELO=N&MES=7&DISTANCE=3&MES_7=0.5").body())
          .as("a column's number overrides its group")
          .isEqualTo("Class: 0 for 0.0,0.0,0.0,1.0,0.0,0.5,0.0,3.0");
      assertThat(server.post("/predict", FORM, "OPERA=&TIPOVUELO=N&DISTANCE=3").body())
          .contains("the feature 'MES' is missing");
      assertThat(server.post("/predict", FORM, "OPERA=Delta&TIPOVUELO=N&DISTANCE=3").body())
          .contains("'Delta' is no category of 'OPERA'");
    }
  }

  @Test
  void servesDocsBelowTheirPath() {
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo())) {
      assertThat(server.get("/docs").body()).isEqualTo("/docs");
      assertThat(server.get("/docs/style.css").headers().firstValue("content-type"))
          .hasValue("text/css");
      assertThat(server.get("/docs/none").statusCode()).isEqualTo(404);
      assertThat(server.get("/docsx").statusCode()).isEqualTo(404);
      assertThat(server.get("/openapi.json").body()).isEqualTo("{\"openapi\":\"3.1.0\"}");
    }
  }

  private static String fields(String prefix, int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(i -> prefix + i + "=" + i)
        .collect(Collectors.joining("&"));
  }
}
