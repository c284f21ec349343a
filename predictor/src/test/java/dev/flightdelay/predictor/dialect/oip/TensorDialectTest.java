package dev.flightdelay.predictor.dialect.oip;

import static dev.flightdelay.predictor.dataplane.RunningServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.LinearModel;
import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Labels;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorDialectTest {

  private static final RunningServer SERVER = RunningServer.serving(Models.named());
  private static final RunningServer TWO =
      RunningServer.serving(
          LinearModel.classifier(
              Features.unnamed(2),
              new Labels(Labels.Kind.TEXT, List.of("on time", "late")),
              new double[] {1, 1},
              0));

  @AfterAll
  static void stop() {
    SERVER.close();
    TWO.close();
  }

  @Test
  void describesServerAndModel() {
    assertThat(SERVER.get("/v2").body())
        .isEqualTo(
            "{\"name\":\"flight-delay-predictor\",\"version\":\"unreleased\",\"extensions\":[\"binary_tensor_data\"]}");
    assertThat(SERVER.get("/v2/health/live").body()).isEqualTo("{\"live\":true}");
    assertThat(SERVER.get("/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
    String metadata =
        "{\"name\":\"flights\",\"versions\":[\"v1\"],\"platform\":\"scikit-learn\","
            + "\"inputs\":[{\"name\":\"input-0\",\"datatype\":\"FP64\",\"shape\":[-1,8]}],"
            + "\"outputs\":[{\"name\":\"predict\",\"datatype\":\"INT64\",\"shape\":[-1]},"
            + "{\"name\":\"predict_proba\",\"datatype\":\"FP64\",\"shape\":[-1,2]},"
            + "{\"name\":\"decision_function\",\"datatype\":\"FP64\",\"shape\":[-1]}]}";
    assertThat(SERVER.get("/v2/models/flights").body()).isEqualTo(metadata);
    assertThat(SERVER.get("/v2/models/flights/versions/v1").body()).isEqualTo(metadata);
    assertThat(SERVER.get("/v2/models/flights/ready").body())
        .isEqualTo("{\"name\":\"flights\",\"ready\":true}");
    assertThat(SERVER.get("/v2/models/flights/versions/v1/ready").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/models/boats/infer", "/v2/models/flights/versions/v2/infer"})
  void knowsNoOtherModelOrVersion(String path) {
    HttpResponse<String> answer = SERVER.post(path, JSON, "{}");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).startsWith("{\"error\":\"").contains("/v2/models/flights");
  }

  @Test
  void givesPredictUnlessOtherOutputsAreAskedFor() {
    HttpResponse<String> answer =
        infer(
            "{\"inputs\":[{\"name\":\"x\",\"shape\":[2,8],\"datatype\":\"FP64\","
                + "\"data\":[1,0,1,0,0,1,0,120,1,0,1,0,0,0,1,120]}]}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"model_name\":\"flights\",\"model_version\":\"v1\",\"outputs\":["
                + "{\"name\":\"predict\",\"datatype\":\"INT64\",\"shape\":[2],\"data\":[1,0]}]}");
  }

  @Test
  void givesTheOutputsAskedForInThatOrderAndRepeatsTheId() {
    HttpResponse<String> answer =
        SERVER.post(
            "/v2/models/flights/versions/v1/infer",
            JSON,
            "{\"id\":\"é\\\"1\",\"parameters\":{\"a\":{\"b\":[1]}},"
                + "\"outputs\":[{\"name\":\"decision_function\"},"
                + "{\"name\":\"predict_proba\",\"parameters\":{\"binary_data\":false}},"
                + "{\"name\":\"predict\"}],"
                + "\"inputs\":[{\"data\":[[0,0,0,0,0,0.5,0,0]],\"datatype\":\"FP32\","
                + "\"shape\":[1,8],\"name\":\"x\",\"parameters\":{}}]}");

    assertThat(answer.body())
        .isEqualTo(
            "{\"model_name\":\"flights\",\"model_version\":\"v1\",\"id\":\"é\\\"1\",\"outputs\":["
                + "{\"name\":\"decision_function\",\"datatype\":\"FP64\",\"shape\":[1],"
                + "\"data\":[0.0]},"
                + "{\"name\":\"predict_proba\",\"datatype\":\"FP64\",\"shape\":[1,2],"
                + "\"data\":[0.5,0.5]},"
                + "{\"name\":\"predict\",\"datatype\":\"INT64\",\"shape\":[1],\"data\":[0]}]}");
  }

  @Test
  void givesTextLabelsAsBytes() {
    assertThat(two("[1,2]", "INT32", "[3,4]").body())
        .endsWith(
            "\"outputs\":[{\"name\":\"predict\",\"datatype\":\"BYTES\",\"shape\":[1],"
                + "\"data\":[\"late\"]}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FP64", "FP32", "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT64", "FP16"
      })
  void takesNumbersOfAnyDatatype(String datatype) {
    assertThat(two("[2,2]", datatype, "[[1,2],[3,4]]").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INT64|[9223372036854775807,-9223372036854775808]",
        "UINT64|[18446744073709551615,9223372036854775808]",
      })
  void takesTheGreatestNumbersOf64Bits(String datatype, String data) {
    assertThat(two("[1,2]", datatype, data).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"content_type\":\"datetime\"}|the parameter content_type is 'datetime'; it may be np, pd, str or base64",
        "{\"content_type\":\"base64\"}|input 'x' has the content_type base64, so its datatype must be BYTES, not FP64",
        "{\"shared_memory_region\":\"a\"}|the parameter 'shared_memory_region' is not taken: send the data in the request",
        "{\"sequence_id\":7}|the parameter 'sequence_id' is not taken: each request stands alone here",
        "{\"classification\":2}|the parameter 'classification' is not taken: ask for the output predict_proba",
      })
  void refusesParametersThatWouldMeanAnotherAnswer(String parameters, String message) {
    HttpResponse<String> answer = withParameters(parameters);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"error\":\"" + message + "\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content_type\":\"np\"}",
        "{\"content_type\":\"pd\",\"priority\":1,\"tag\":{\"a\":[1]}}",
        "{\"content_type\":null,\"sequence_id\":0,\"sequence_start\":false,\"classification\":0}",
      })
  void ignoresOtherParameters(String parameters) {
    assertThat(withParameters(parameters).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> withParameters(String parameters) {
    return TWO.post(
        "/v2/models/flights/infer",
        JSON,
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[1,2],"
            + "\"parameters\":"
            + parameters
            + "}]}");
  }

  @Test
  void decodesBase64() {
    String operas = "[\"R3J1cG8gTEFUQU0=\",\"U2t5IEFpcmxpbmU=\"]";
    String others =
        tensor("TIPOVUELO", "[2]", "BYTES", "[\"I\",\"N\"]")
            + ","
            + tensor("MES", "[2]", "INT64", "[7,8]")
            + ","
            + tensor("DISTANCE", "[2]", "FP64", "[1.5,2.5]");
    String base64 =
        tensor("OPERA", "[2]", "BYTES", operas)
            .replace("\"shape\"", "\"parameters\":{\"content_type\":\"base64\"},\"shape\"");

    assertThat(infer("{\"inputs\":[" + base64 + "," + others + "]}").body())
        .contains("\"data\":[1,0]");
    assertThat(infer("{\"inputs\":[" + base64.replace("R3J1", "R3J_") + "," + others + "]}").body())
        .contains("input 'OPERA', element 0 is no text in UTF-8 and base64");
  }

  @Test
  void takesTruthAsBoolOnly() {
    assertThat(two("[1,2]", "BOOL", "[true,false]").body()).contains("\"data\":[\"late\"]");
    assertThat(two("[1,2]", "BOOL", "[1,false]").statusCode()).isEqualTo(400);
    assertThat(two("[1,2]", "FP64", "[1,false]").body())
        .contains("row 0, value 1 is true or false, but the datatype is FP64");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1,2]|INT64|[1,1.5]        |input 'x', row 0, value 1 is no value of INT64",
        "[1,2]|UINT8|[1,256]        |input 'x', row 0, value 1 is no value of UINT8",
        "[1,2]|INT8|[1,-129]        |input 'x', row 0, value 1 is no value of INT8",
        "[1,2]|FP32|[1,1e39]        |input 'x', row 0, value 1 is no value of FP32",
        "[1,2]|FP64|[1,1e999]       |input 'x', row 0, value 1 is no value of FP64",
        "[1,2]|FP64|[1,null]        |row 0, feature 1 is null, and this model takes no missing values",
        "[1,2]|INT64|[1,null]       |input 'x', row 0, value 1 is null, but the datatype is INT64",
        "[1,2]|FP64|[\"1\",\"2\"]   |input 'x', row 0, value 0 is a string; it must be a number",
        "[1,2]|FP64|[1,NaN]         |element 1 of an input's data is 'NaN'; it must be a number",
        "[1,2]|BYTES|[\"1\",\"2\"]  |input 'x' is BYTES; the model takes numbers",
        "[1,2]|BF16|[1,2]           |the datatype 'BF16' is not taken; send FP64, FP32, FP16, INT8 to INT64, UINT8 to UINT64, BOOL or BYTES",
        "[1,2]|FP16|[1,65520]       |input 'x', row 0, value 1 is no value of FP16",
        "[1,2]|INT64|[1,9223372036854775808]   |input 'x', row 0, value 1 is no value of INT64",
        "[1,2]|INT64|[-9223372036854775809,1]  |input 'x', row 0, value 0 is no value of INT64",
        "[1,2]|UINT64|[1,18446744073709551616] |input 'x', row 0, value 1 is no value of UINT64",
        "[1,3]|FP64|[1,2,3]         |input 'x' has the shape [1,3]; the model takes [rows,2]",
        "[2]|FP64|[1,2]             |input 'x' has the shape [2]; the model takes [rows,2]",
        "[2,2]|FP64|[1,2,3]         |input 'x' has the shape [2,2], but 3 values",
        "[2,2]|FP64|[[1,2,3,4]]     |input 'x' has the shape [2,2], but 1 rows of 4 values",
        "[2,2]|FP64|[[1,2],[3]]     |row 1 has 1 values; row 0 has 2",
        "[0,2]|FP64|[]              |there are no rows in the request; send at least one",
        "[1,1,2]|FP64|[1,2]         |an input's shape must be one or two sizes, such as [2,37]",
        "[-1,2]|FP64|[1,2]          |an input's shape must be one or two sizes, such as [2,37]",
        "[1,2]|FP64|[1,[2]]         |expected a number: the data is flat at byte 65 of the JSON, found '[2'",
      })
  void refusesTensorsNamingWhatIsWrong(String shape, String datatype, String data, String message) {
    HttpResponse<String> answer = two(shape, datatype, data);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"error\":\"" + message + "\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|the request has no inputs",
        "{\"inputs\":[]}|the request has no inputs",
        "{\"rows\":1}|the property 'rows' is unknown; a request has inputs and may have id, parameters and outputs",
        "{\"id\":\"a\",\"id\":\"b\"}|'id' is given twice, the second time before byte 15",
        "{\"id\":1}|expected a string at byte 6 of the JSON, found '1'",
        "{\"outputs\":[{\"name\":\"shap\"}]}|there is no output 'shap'; there are 'predict', 'predict_proba', 'decision_function'",
        "{\"outputs\":[{\"name\":\"predict\"},{\"name\":\"predict\"}]}|the output 'predict' is asked for twice",
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP64\"}]}|an input has no data; it needs name, datatype, shape and data",
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP64\",\"parameters\":{\"binary_data_size\":16}}]}|the parameter binary_data_size needs the header Inference-Header-Content-Length, which says where the JSON ends",
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP64\",\"contents\":{}}]}|an input has no data; it needs name, datatype, shape and data, not 'contents'",
        "{\"inputs\":null}|the request has no inputs",
        "{\"id\":null,\"id\":\"a\"}|'id' is given twice, the second time before byte 16",
        "{\"a\":1,\"a\":2}|'a' is given twice, the second time before byte 11",
      })
  void refusesRequestsNamingWhatIsWrong(String body, String message) {
    HttpResponse<String> answer = TWO.post("/v2/models/flights/infer", JSON, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"error\":\"" + message + "\"}");
  }

  @Test
  void ignoresWhatItDoesNotKnowAndNulls() {
    HttpResponse<String> answer =
        TWO.post(
            "/v2/models/flights/infer",
            JSON,
            "{\"id\":null,\"model_name\":\"x\",\"model_version\":null,\"parameters\":null,"
                + "\"outputs\":null,\"raw\":[{\"deep\":[1]}],\"inputs\":[{\"name\":\"x\",\"shape\":"
                + "[1,2],\"datatype\":\"FP64\",\"parameters\":null,\"data\":[3,4],\"more\":{\"a\":1}}]}");

    assertThat(answer.body())
        .isEqualTo(
            "{\"model_name\":\"flights\",\"model_version\":\"v1\",\"outputs\":[{\"name\":\"predict\","
                + "\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"late\"]}]}");
    assertThat(
            TWO.post(
                    "/v2/models/flights/infer",
                    JSON,
                    "{\"outputs\":[{\"name\":\"predict\",\"parameters\":null,\"shape\":[1]}],\"inputs\":["
                        + tensor("x", "[1,2]", "FP64", "[3,4]")
                        + "]}")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void takesTensorForEachFeatureOrGroup() {
    HttpResponse<String> answer =
        infer(
            "{\"inputs\":["
                + tensor("OPERA", "[2]", "BYTES", "[\"Grupo LATAM\",\"Sky Airline\"]")
                + ","
                + tensor("TIPOVUELO_I", "[2,1]", "BOOL", "[true,false]")
                + ","
                + tensor("TIPOVUELO_N", "[2,1]", "BOOL", "[[false],[true]]")
                + ","
                + tensor("MES", "[2]", "INT64", "[7,8]")
                + ","
                + tensor("DISTANCE", "[2]", "FP64", "[1.5,2.5]")
                + "]}");

    assertThat(answer.body()).contains("\"shape\":[2],\"data\":[1,0]");
  }

  @Test
  void refusesTensorsByNameNamingWhatIsWrong() {
    assertThat(infer("{\"inputs\":[" + tensor("DISTANCE", "[1]", "FP64", "[1]") + "]}").body())
        .contains("the features 'OPERA', 'TIPOVUELO', 'MES' are missing");
    assertThat(
            infer(
                    "{\"inputs\":["
                        + tensor("MES", "[1]", "INT64", "[7]")
                        + ","
                        + tensor("MES_7", "[1]", "INT64", "[1]")
                        + "]}")
                .body())
        .contains("the feature 'MES_7' is given twice");
    assertThat(
            infer(
                    "{\"inputs\":["
                        + tensor("MES", "[1]", "INT64", "[7]")
                        + ","
                        + tensor("DISTANCE", "[2]", "FP64", "[1,2]")
                        + "]}")
                .body())
        .contains("input 'DISTANCE' has the shape [2]; each feature's is [1] or [1,1]");
    assertThat(
            infer(
                    "{\"inputs\":["
                        + tensor("MES", "[1]", "INT64", "[7]")
                        + ","
                        + tensor("SNOW", "[1]", "FP64", "[1]")
                        + "]}")
                .body())
        .contains("the model has no feature 'SNOW'");
  }

  @Test
  void refusesMoreRowsThanOneRequestMayHave() {
    String data = "0,".repeat(20_001) + "0";

    HttpResponse<String> answer = two("[10001,2]", "FP64", "[" + data + "]");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("at most");
  }

  private static HttpResponse<String> two(String shape, String datatype, String data) {
    return TWO.post(
        "/v2/models/flights/infer",
        JSON,
        "{\"inputs\":[" + tensor("x", shape, datatype, data) + "]}");
  }

  private static String tensor(String name, String shape, String datatype, String data) {
    return "{\"name\":\"%s\",\"shape\":%s,\"datatype\":\"%s\",\"data\":%s}"
        .formatted(name, shape, datatype, data);
  }

  private static HttpResponse<String> infer(String body) {
    return SERVER.post("/v2/models/flights/infer", JSON, body);
  }
}
