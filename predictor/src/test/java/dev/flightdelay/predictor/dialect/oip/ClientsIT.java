package dev.flightdelay.predictor.dialect.oip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.PredictorProcess;
import dev.flightdelay.predictor.PythonClients;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The clients that Triton and KServe publish, and one that a generator makes of the OpenAPI
 * document, against a real predictor.
 */
class ClientsIT {

  private static PredictorProcess predictor;

  @BeforeAll
  static void serve() {
    PythonClients.assume();
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

  @Test
  void clientThatIsMadeOfTheDocumentIsAnsweredAsJsonIs() throws Exception {
    assertThat(ask("generated"))
        .contains("generated, infer: ", "generated, infer by name: ", "generated, instances: ");
  }

  private static String ask(String client) throws IOException, InterruptedException {
    return PythonClients.run("clients.py", client, predictor.url());
  }
}
