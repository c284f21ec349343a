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

/** The clients that Triton and KServe publish, against a real predictor. */
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
        .contains("triton, defaults: ", "triton, FP16: ", "triton, BYTES: ", "triton, aio: ");
  }

  @Test
  void kserveClientIsAnsweredAsJsonIs() throws Exception {
    assertThat(ask("kserve"))
        .contains("kserve, v2, binary False, False: ", "kserve, v2, binary True, True: ")
        .contains("kserve, v1, instances: ", "kserve, v1, inputs: ");
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
