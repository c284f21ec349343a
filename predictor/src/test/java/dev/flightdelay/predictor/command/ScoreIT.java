package dev.flightdelay.predictor.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.PredictorProcess;
import dev.flightdelay.predictor.PredictorProcess.Ended;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code score} as a process: what it reads and writes, and how it ends. */
class ScoreIT {

  private static final String SAMPLE = "samples/flight-delay/flight-delay.pkl";
  private static final String SCALER = "src/test/resources/parity-estimators/sk19-minmax.pkl";
  private static final int FEATURES = 37;

  @TempDir Path folder;

  @Test
  void answersAFileOfCsvAsScikitLearnDid() throws IOException {
    Path expected = Path.of("samples/flight-delay/expected.csv");
    List<String> lines = Files.readAllLines(expected);

    // The columns of scikit-learn's own answers are no features: they are handed on.
    Ended score = PredictorProcess.run("", "score", SAMPLE, expected.toString());

    assertThat(score.exitCode()).as(score.err()).isZero();
    List<String> answers = score.out().lines().toList();
    assertThat(answers).hasSameSizeAs(lines);
    assertThat(answers.getFirst())
        .isEqualTo(
            "predict,predict_proba_0,predict_proba_1,decision_function,"
                + "predict,predict_proba_0,predict_proba_1,decision_function");
    for (int i = 1; i < lines.size(); i++) {
      String[] row = answers.get(i).split(",");
      assertThat(String.join(",", List.of(row).subList(0, 4)))
          .isEqualTo(
              String.join(",", List.of(lines.get(i).split(",")).subList(FEATURES, FEATURES + 4)));
      assertThat(row[4]).isEqualTo(row[0]);
      for (int k = 1; k < 4; k++) {
        assertThat(Double.parseDouble(row[4 + k]))
            .isCloseTo(Double.parseDouble(row[k]), org.assertj.core.api.Assertions.within(1e-12));
      }
    }
  }

  @Test
  void readsCsvByTheNamesOfItsColumns() {
    Ended score =
        PredictorProcess.run(
            "\ufeffid,MES,\"OPERA\",TIPOVUELO,\"a \"\"note\"\"\"\r\n"
                + "7,12,Grupo LATAM,I,\"two\nlines, and a comma\"\r\n"
                + "8,7.0,\"Sky Airline\",N,\r\n",
            "score",
            SAMPLE);

    assertThat(score.exitCode()).as(score.err()).isZero();
    assertThat(score.out())
        .startsWith(
            "id,\"a \"\"note\"\"\",predict,predict_proba_0,predict_proba_1,decision_function\n"
                + "7,\"two\nlines, and a comma\",")
        .containsPattern("\n8,,[01],0\\.\\d+,0\\.\\d+,");
  }

  @Test
  void refusesOtherColumnsWhereItIsStrict() {
    Ended score =
        PredictorProcess.run("id,MES,OPERA,TIPOVUELO\n7,1,Iberia,I\n", "score", "--strict", SAMPLE);

    assertThat(score.exitCode()).isEqualTo(1);
    assertThat(score.out()).isEmpty();
    assertThat(score.err()).contains("'id'").hasLineCount(1);
  }

  @Test
  void namesACellThatItCannotTakeByLineAndColumn() {
    String rows = "MES,OPERA,TIPOVUELO\n1,Iberia,I\n2,\"Iber\nia\",I\n3,Iberia,I\n";

    Ended category = PredictorProcess.run(rows, "score", SAMPLE);
    Ended empty = PredictorProcess.run("MES,OPERA,TIPOVUELO\n1,Iberia,\n", "score", SAMPLE);
    Ended number =
        PredictorProcess.run("a,b,c,d,e,f\n1,2,3,4,5,6\n1,2,3x,4,5,6\n", "score", SCALER);
    Ended width = PredictorProcess.run("MES,OPERA,TIPOVUELO\n1,Iberia\n", "score", SAMPLE);
    Ended missing = PredictorProcess.run("MES,OPERA\n1,Iberia\n", "score", SAMPLE);

    assertThat(category.err()).startsWith("line 3, column 'OPERA': 'Iber?ia' is no category");
    assertThat(empty.err()).startsWith("line 2, column 'TIPOVUELO' is empty");
    assertThat(number.err()).startsWith("line 3, column 'c' is '3x'; it must be a finite number");
    assertThat(width.err()).startsWith("line 2 of the CSV has 2 fields; its header has 3");
    assertThat(missing.err()).contains("'TIPOVUELO' is missing");
    for (Ended ended : List.of(category, empty, number, width, missing)) {
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.err()).hasLineCount(1);
    }
  }

  @Test
  void takesAnEmptyFieldAsAMissingValueWhereTheModelDoes() {
    Ended score = PredictorProcess.run("0,1,2,3,4,5\n1,,3,nan,5,6\n", "score", SCALER);

    assertThat(score.exitCode()).as(score.err()).isZero();
    assertThat(score.out())
        .startsWith("transform_0,transform_1,transform_2,transform_3,transform_4,transform_5\n")
        .containsPattern("\n[-0-9.eE]+,,[-0-9.eE]+,,[-0-9.eE]+,[-0-9.eE]+\n$");
  }

  @Test
  void readsJsonLinesAndHandsOnWhatIsNoFeature() {
    Ended score =
        PredictorProcess.run(
            """
            {"id": "a\\"b", "OPERA": "Grupo LATAM", "TIPOVUELO": "I", "MES": 12, "tags": [1, {"x": 2}]}

            {"MES": 7, "OPERA": "Sky Airline", "TIPOVUELO": "N"}
            """,
            "score",
            SAMPLE);

    assertThat(score.exitCode()).as(score.err()).isZero();
    List<String> lines = score.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .startsWith("{\"id\":\"a\\\"b\",\"tags\":[1, {\"x\": 2}],\"predict\":")
        .contains("\"predict_proba\":[", "\"decision_function\":");
    assertThat(lines.getLast()).startsWith("{\"id\":null,\"tags\":null,\"predict\":");
  }

  @Test
  void namesTheLineOfJsonThatItCannotTake() {
    String good = "{\"MES\":7,\"OPERA\":\"Iberia\",\"TIPOVUELO\":\"N\"}\n";

    Ended category =
        PredictorProcess.run(good + "\n" + good.replace("Iberia", "X"), "score", SAMPLE);
    Ended broken = PredictorProcess.run(good + good + "{\"MES\":", "score", SAMPLE);
    Ended strict = PredictorProcess.run("{\"x\":1}\n", "score", "--strict", SAMPLE);

    assertThat(category.err()).startsWith("line 3: 'X' is no category of 'OPERA'");
    assertThat(broken.err()).startsWith("line 3 is not JSON");
    assertThat(strict.err()).startsWith("line 1: ").contains("'x'");
    assertThat(List.of(category, broken, strict)).allMatch(ended -> ended.exitCode() == 1);
  }

  @Test
  void writesInTheOtherFormatWhereThatIsAskedFor() {
    Ended json =
        PredictorProcess.run(
            "id,MES,OPERA,TIPOVUELO\n7,1,Iberia,I\n", "score", "--output", "jsonl", SAMPLE);
    Ended csv = PredictorProcess.run("[1,2,3,4,5,6]\n", "score", "--output=csv", SCALER);
    Ended wrong = PredictorProcess.run("[[1]]", "score", "--output=csv", SCALER);
    Ended unknown = PredictorProcess.run("", "score", "--output=xml", SCALER);

    assertThat(json.out()).startsWith("{\"id\":\"7\",\"predict\":");
    assertThat(csv.out()).startsWith("transform_0,").hasLineCount(2);
    assertThat(wrong.err()).contains("JSON lines");
    assertThat(unknown.err()).isEqualTo("--output takes csv, json, jsonl\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"snappy", "zstd", "none"})
  void readsParquetAsLibrariesWriteIt(String codec) throws Exception {
    Process score =
        score(
            "src/test/resources/score/" + codec + ".parquet",
            ProcessBuilder.Redirect.to(folder.resolve("out").toFile()));

    assertThat(score.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(score.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
    List<String> lines = Files.readAllLines(folder.resolve("out"));
    assertThat(lines.getFirst()).startsWith("id,paid,day,new,predict,predict_proba_0,");
    assertThat(lines.get(1)).startsWith("1,1.5,2026-11-30,true,");
    assertThat(lines.get(2)).startsWith("2,,2026-11-30,false,");
    assertThat(lines.get(3)).startsWith(",2.0,2026-11-30,,");
    String answer =
        PredictorProcess.run("MES,OPERA,TIPOVUELO\n12,Grupo LATAM,I\n", "score", SAMPLE).out();
    assertThat(lines.get(1)).endsWith("," + answer.lines().toList().getLast());
  }

  @Test
  void saysInOneSentenceThatAParquetFileIsDamaged() throws Exception {
    byte[] content = Files.readAllBytes(Path.of("src/test/resources/score/snappy.parquet"));
    Path damaged = folder.resolve("damaged.parquet");
    for (int i = 4; i < 200; i++) {
      content[i] ^= 0x5a;
    }
    Files.write(damaged, content);

    Process score =
        score(damaged.toString(), ProcessBuilder.Redirect.to(folder.resolve("out").toFile()));

    assertThat(score.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(score.exitValue()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("err")))
        .contains("the Parquet file is damaged")
        .hasLineCount(1);
  }

  @Test
  void saysWhereParquetIsReadThatTheJarAloneDoesNot() {
    Ended score =
        PredictorProcess.run("", "score", SAMPLE, "src/test/resources/score/none.parquet");

    assertThat(score.exitCode()).isEqualTo(1);
    assertThat(score.err()).contains("predictor/score").hasLineCount(1);
  }

  @Test
  void endsWithoutAWordWhenNobodyReadsOn() throws Exception {
    Path rows = folder.resolve("rows.csv");
    Files.write(
        rows,
        ("MES,OPERA,TIPOVUELO\n" + "1,Iberia,I\n".repeat(100_000))
            .getBytes(StandardCharsets.UTF_8));

    Process score = score(rows.toString(), ProcessBuilder.Redirect.PIPE);
    assertThat(score.getInputStream().read()).isPositive();
    score.getInputStream().close();

    assertThat(score.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(score.exitValue()).isZero();
    assertThat(folder.resolve("err")).isEmptyFile();
  }

  /** As predictor/run starts it, after a build: with what reads Parquet beside the jar. */
  private Process score(String rows, ProcessBuilder.Redirect out) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                "target/predictor.jar" + File.pathSeparator + "target/parquet/*",
                "dev.flightdelay.predictor.Predictor",
                "score",
                SAMPLE,
                rows));
    return new ProcessBuilder(command)
        .redirectOutput(out)
        .redirectError(folder.resolve("err").toFile())
        .start();
  }
}
