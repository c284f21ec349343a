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
 * The clients that Triton, KServe, MLServer and MLflow publish, and one that a generator makes of
 * the OpenAPI document, against a real predictor.
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
  void clientThatIsMadeOfTheDocumentIsAnsweredAsJsonIs() throws Exception {
    assertThat(ask("generated"))
        .contains("generated, infer: ", "generated, infer by name: ", "generated, instances: ");
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

  private static String ask(String client) throws IOException, InterruptedException {
    return PythonClients.run("clients.py", client, predictor.url());
  }
}
