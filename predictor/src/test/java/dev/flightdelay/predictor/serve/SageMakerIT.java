package dev.flightdelay.predictor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.PredictorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A predictor that is started and asked as SageMaker does it: no settings, the word serve. */
class SageMakerIT {

  private static final Path SAMPLE = Path.of("samples/flight-delay/flight-delay.pkl");
  private static final String ROW = "{\"OPERA\":\"Grupo LATAM\",\"TIPOVUELO\":\"I\",\"MES\":12}";

  @TempDir Path folder;

  @Test
  void servesTheModelInTheFolder() throws IOException {
    Files.copy(SAMPLE, folder.resolve("model.pkl"));
    Files.createFile(folder.resolve("MLmodel"));

    try (PredictorProcess predictor =
        PredictorProcess.start(Map.of("MODEL_FOLDER", folder.toString()), "serve")) {
      predictor.awaitReady();
      var answer =
          predictor.post(
              "/invocations", "application/json", "{\"dataframe_records\":[" + ROW + "]}");

      assertThat(predictor.get("/ping").statusCode()).isEqualTo(200);
      assertThat(answer.body()).matches("\\{\"predictions\":\\[[01]]}");
      assertThat(predictor.out()).contains("(not checked: MODEL_SHA256 is not set)");
    }
  }

  @Test
  void endsWhereThereAreTwoModels() throws IOException {
    Files.copy(SAMPLE, folder.resolve("a.pkl"));
    Files.copy(SAMPLE, folder.resolve("b.pkl"));

    PredictorProcess.Ended ended = PredictorProcess.run("", "serve", "--model-folder=" + folder);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("has 2 model files in it").contains("There is: a.pkl, b.pkl");
  }
}
