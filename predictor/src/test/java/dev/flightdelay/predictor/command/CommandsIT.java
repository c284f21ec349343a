package dev.flightdelay.predictor.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flightdelay.predictor.PredictorProcess;
import dev.flightdelay.predictor.PredictorProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code inspect} and {@code score} as processes. */
class CommandsIT {

  private static final String SAMPLE = "samples/flight-delay/flight-delay.pkl";

  @TempDir Path folder;

  @Test
  void inspectSaysWhatIsInTheFile() {
    Ended inspect = PredictorProcess.run("", "inspect", SAMPLE);

    assertThat(inspect.exitCode()).as(inspect.err()).isZero();
    JsonNode json = new JsonMapper().readTree(inspect.out());
    assertThat(json.get("estimator").asString()).isEqualTo("LogisticRegression");
    assertThat(json.get("library").asString()).isEqualTo("scikit-learn");
    assertThat(json.get("libraryVersion").asString()).isEqualTo("1.9.1");
    assertThat(json.get("features").get("count").asInt()).isEqualTo(37);
    assertThat(json.get("features").get("names").get(12).asString()).isEqualTo("OPERA_Grupo LATAM");
    assertThat(json.get("classes")).map(JsonNode::asInt).containsExactly(0, 1);
    assertThat(json.get("outputs"))
        .map(JsonNode::asString)
        .containsExactly("predict", "predict_proba", "decision_function");
    assertThat(json.get("protocol").asInt()).isEqualTo(4);
    assertThat(json.get("sha256").asString()).hasSize(64);
    assertThat(json.get("size").asLong()).isEqualTo(1712);
    assertThat(json.get("globals"))
        .map(JsonNode::asString)
        .contains("sklearn.linear_model._logistic.LogisticRegression", "numpy.ndarray");
  }

  @Test
  void inspectPrintsTheCustomResourceToPaste() {
    Ended inspect = PredictorProcess.run("", "inspect", "--cr", SAMPLE);

    assertThat(inspect.exitCode()).isZero();
    assertThat(inspect.out())
        .isEqualTo(
            """
            apiVersion: flightdelay.dev/v1alpha1
            kind: FlightDelayModel
            metadata:
              name: flight-delay
            spec:
              versions:
              - name: v1
                model:
                  # Upload the file and write its place here; s3:// and https:// work too.
                  uri: gs://YOUR-BUCKET/flight-delay.pkl
                  sha256: 818a8c85a890bcf651fe5a13f9d004a7f0c4b9f9741631e93568978baea4c3a6
                traffic: 100
              expose:
                type: Ingress
                host: flight-delay.example.com
            """);
  }

  @Test
  void scoreAnswersAsScikitLearnDid() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("samples/flight-delay/expected.csv"));
    List<String> header = List.of(lines.getFirst().split(","));
    int features = 37;
    List<String[]> rows = lines.subList(1, lines.size()).stream().map(l -> l.split(",")).toList();
    String json =
        rows.stream().map(row -> List.of(row).subList(0, features).toString()).toList().toString();

    Ended score = PredictorProcess.run(json, "score", SAMPLE);

    assertThat(score.exitCode()).as(score.err()).isZero();
    JsonNode answer = new JsonMapper().readTree(score.out());
    assertThat(header.subList(features, header.size()))
        .containsExactly("predict", "predict_proba_0", "predict_proba_1", "decision_function");
    for (int i = 0; i < rows.size(); i++) {
      String[] row = rows.get(i);
      assertThat(answer.get("predict").get(i).asInt()).isEqualTo(Integer.parseInt(row[37]));
      assertThat(answer.get("predict_proba").get(i).get(1).asDouble())
          .isCloseTo(Double.parseDouble(row[39]), within(1e-12));
      assertThat(answer.get("decision_function").get(i).asDouble())
          .isCloseTo(Double.parseDouble(row[40]), within(1e-12));
    }
  }

  @Test
  void bothKnowTheOutputOfATransformer() {
    String scaler = "src/test/resources/parity-estimators/sk19-minmax.pkl";

    Ended inspect = PredictorProcess.run("", "inspect", scaler);
    Ended score = PredictorProcess.run("[[1,2,3,4,5,6],[0,null,0,0,0,0]]", "score", scaler);

    assertThat(new JsonMapper().readTree(inspect.out()).get("outputs").toString())
        .isEqualTo("[\"transform\"]");
    assertThat(score.exitCode()).as(score.err()).isZero();
    JsonNode rows = new JsonMapper().readTree(score.out()).get("transform");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(1).get(1).isNull()).isTrue();
  }

  @Test
  void scoreTakesObjectsWithGroups() {
    Ended score =
        PredictorProcess.run(
            "[{\"OPERA\":\"Grupo LATAM\",\"TIPOVUELO\":\"I\",\"MES\":12}]", "score", SAMPLE);

    assertThat(score.exitCode()).as(score.err()).isZero();
    assertThat(score.out()).startsWith("{\"predict\":[");
  }

  @Test
  void scoreNamesTheRowThatItCannotTake() {
    Ended score = PredictorProcess.run("[[1,2]]", "score", SAMPLE);

    assertThat(score.exitCode()).isEqualTo(1);
    assertThat(score.out()).isEmpty();
    assertThat(score.err()).contains("row 0", "37");
  }

  @Test
  void bothRefuseAFileThatIsNoModelByName() throws IOException {
    Path page = Files.writeString(folder.resolve("model.pkl"), "<!DOCTYPE html><html></html>");

    for (String command : List.of("inspect", "score")) {
      Ended ended = PredictorProcess.run("[]", command, page.toString());

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.err()).startsWith("CONTAINER_REJECTED").hasLineCount(1);
    }
  }

  @Test
  void bothSayThatAFileIsNotThere() {
    for (String command : List.of("inspect", "score")) {
      Ended ended = PredictorProcess.run("[]", command, folder.resolve("model.pkl").toString());

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.out()).isEmpty();
      assertThat(ended.err()).contains("model.pkl is not there").hasLineCount(1);
    }
  }

  @Test
  void helpNamesEveryCommandAndSetting() {
    Ended help = PredictorProcess.run("", "--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out())
        .contains("inspect", "score", "--model-sha256", "--management-port", "curl");
  }

  @Test
  void eachCommandHasItsOwnHelp() {
    Ended inspect = PredictorProcess.run("", "inspect", "--help");
    Ended score = PredictorProcess.run("", "score", "-h");
    Ended serve = PredictorProcess.run("", "serve", "--help");

    assertThat(inspect.out()).contains("--configmap", "--entry").doesNotContain("--strict");
    assertThat(score.out()).contains("--strict", "Parquet").doesNotContain("--configmap");
    assertThat(serve.out()).contains("--management-port").doesNotContain("--strict");
    assertThat(List.of(inspect, score, serve)).allMatch(ended -> ended.exitCode() == 0);
  }

  @Test
  void inspectPrintsAllThatOneApplyNeeds() throws IOException {
    Path example = Path.of("../crds/examples/from-inspect.yaml");

    Ended inspect = PredictorProcess.run("", "inspect", "--cr", "--configmap", SAMPLE);

    assertThat(inspect.exitCode()).as(inspect.err()).isZero();
    // GoldenIT and PushIT of the operator give the example to a real API server.
    assertThat(inspect.out())
        .isEqualTo(
            Files.readString(example)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(java.util.stream.Collectors.joining("\n", "", "\n")));
  }

  @Test
  void inspectPrintsTheNamesAndThePlaceThatItIsGiven() {
    Ended inspect =
        PredictorProcess.run(
            "",
            "inspect",
            "--cr",
            "--name",
            "delays",
            "--version=7",
            "--host",
            "a.example",
            "--uri=s3://models/delays.pkl",
            SAMPLE);

    assertThat(inspect.exitCode()).as(inspect.err()).isZero();
    assertThat(inspect.out())
        .isEqualTo(
            """
            apiVersion: flightdelay.dev/v1alpha1
            kind: FlightDelayModel
            metadata:
              name: delays
            spec:
              versions:
              - name: "7"
                model:
                  uri: s3://models/delays.pkl
                  sha256: 818a8c85a890bcf651fe5a13f9d004a7f0c4b9f9741631e93568978baea4c3a6
                traffic: 100
              expose:
                type: Ingress
                host: a.example
            """);
  }

  @Test
  void inspectSaysWhatIsWrongWithAnOption() {
    for (List<String> options :
        List.of(
            List.of("--cr", "--name=Delays"),
            List.of("--cr", "--version", "v-1"),
            List.of("--cr", "--host=A"),
            List.of("--cr", "--uri=/tmp/x"),
            List.of("--cr", "--configmap", "--uri=gs://a/b"),
            List.of("--host=a.example"),
            List.of("--colour"))) {
      List<String> words = new java.util.ArrayList<>(List.of("inspect", SAMPLE));
      words.addAll(options);

      Ended ended = PredictorProcess.run("", words.toArray(String[]::new));

      assertThat(ended.exitCode()).as(options.toString()).isEqualTo(1);
      assertThat(ended.err()).contains("--").hasLineCount(1);
    }
  }
}
