package dev.flightdelay.predictor.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.PredictorProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What docs/coming-from.md shows is sent as it stands there, to a real predictor. */
class ComingFromIT {

  private static final Path PAGE = Path.of("../docs/coming-from.md");
  private static final Pattern COMMANDS = Pattern.compile("(?s)```sh\n(.*?)```");

  private static PredictorProcess predictor;

  @BeforeAll
  static void serve() {
    predictor = PredictorProcess.serving(Path.of("samples/flight-delay/flight-delay.pkl"));
  }

  @AfterAll
  static void stop() {
    if (predictor != null) {
      predictor.close();
    }
  }

  @Test
  void hasARequestForEachServer() throws IOException {
    assertThat(commands().keySet())
        .containsExactly("KServe", "Triton, MLServer", "MLflow", "SageMaker", "Vertex AI");
    assertThat(commands().values()).noneMatch(List::isEmpty);
    assertThat(Files.readString(PAGE)).contains("There is no gRPC");
  }

  @TestFactory
  Stream<DynamicTest> everyRequestIsAnswered() throws IOException {
    return commands().entrySet().stream()
        .flatMap(
            section ->
                section.getValue().stream()
                    .map(
                        command ->
                            DynamicTest.dynamicTest(
                                section.getKey() + ": " + command, () -> isAnswered(command))));
  }

  private static void isAnswered(String command) throws Exception {
    String here = command.replaceAll("http://(localhost|127\\.0\\.0\\.2):8080", predictor.url());
    assertThat(here).contains(predictor.url()).doesNotContain(":8080");

    Process shell =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", here)
            .redirectErrorStream(true)
            .start();
    String answer =
        new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

    assertThat(shell.waitFor()).as(answer).isZero();
    assertThat(answer)
        .matches(
            "\\{\"predictions\":\\[[01](,[01])*]}"
                + "|\\{\"predictions\":\\[\\[0\\.\\d+,0\\.\\d+]]}"
                + "|\\{\"model_name\":\"flight-delay\",.*\"shape\":\\[2],\"data\":\\[[01],[01]]}]}");
  }

  /** The commands of each section that has some. */
  private static Map<String, List<String>> commands() throws IOException {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    for (String section : Files.readString(PAGE).split("\n## ")) {
      if (section.startsWith("# ")) {
        continue;
      }
      commands.put(
          section.lines().findFirst().orElseThrow(),
          COMMANDS.matcher(section).results().map(found -> found.group(1)).toList());
    }
    return commands;
  }
}
