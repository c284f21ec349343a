package dev.flightdelay.predictor.dialect.oip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.flightdelay.predictor.PredictorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients that Triton, KServe, MLServer and MLflow publish, against a real predictor. */
class ClientsIT {

  private static PredictorProcess predictor;

  @TempDir Path folder;

  @BeforeAll
  static void serve() {
    assumeThat(Files.isExecutable(python()))
        .as("the clients are installed at %s: ./run-tests does it", python())
        .isTrue();
    predictor = PredictorProcess.serving(Path.of("samples/flight-delay/flight-delay.pkl"));
  }

  @AfterAll
  static void stop() {
    if (predictor != null) {
      predictor.close();
    }
  }

  @Test
  void tritonClientIsAnsweredAsJsonIs() throws Exception {
    assertThat(ask("triton"))
        .contains("triton, defaults: ", "triton, FP16: ", "triton, BYTES: ", "triton, aio: ")
        .contains("triton, binary True, gzip, gzip: ", "triton, binary False, deflate, deflate: ")
        .contains("triton, aio, gzip: ");
  }

  @Test
  void kserveClientIsAnsweredAsJsonIs() throws Exception {
    assertThat(ask("kserve"))
        .contains("kserve, v2, binary False, False: ", "kserve, v2, binary True, True: ")
        .contains("kserve, v1, instances: ", "kserve, v1, inputs: ");
  }

  @Test
  void kserveTransformerGoesBeforeThePredictor() throws Exception {
    assertThat(ask("transformer"))
        .contains("transformer, v1: ['late', 'on time']", "transformer, v2, JSON: ")
        .contains("transformer, v2, binary: ");
  }

  @Test
  void mlserversCommandLineIsAnsweredAsJsonIs() throws Exception {
    assertThat(ask("mlserver"))
        .contains("mlserver infer : ", "mlserver infer --batch-size 4 --binary-data: ");
  }

  @Test
  void mlflowsClientIsAnsweredAsJsonIs() throws Exception {
    assertThat(ask("mlflow"))
        .contains("mlflow, frame: ", "mlflow, array: ", "mlflow, predictions as a frame: ");
  }

  private String ask(String client) throws IOException, InterruptedException {
    Path said = folder.resolve(client);
    Process process =
        new ProcessBuilder(
                python().toString(), "src/test/python/clients.py", client, predictor.url())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    int exitCode = process.waitFor();
    String output = Files.readString(said);
    assertThat(exitCode).as(output).isZero();
    return output;
  }

  private static Path python() {
    Path cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .map(Path::of)
            .orElse(Path.of(System.getProperty("user.home"), ".cache"));
    return cache.resolve("flight-delay/clients/bin/python");
  }
}
