package dev.flightdelay.predictor.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.predictor.PredictorProcess;
import dev.flightdelay.predictor.source.store.Emulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A predictor that is started and asked as Vertex AI does it: by what AIP_* say, and no more. */
class VertexIT {

  private static final Path SAMPLE = Path.of("samples/flight-delay/flight-delay.pkl");
  private static final String PREDICT = "/v1/endpoints/12/deployedModels/34:predict";
  private static final String HEALTH = "/v1/endpoints/12/deployedModels/34";
  private static final String REQUEST =
      """
      {"instances":[{"OPERA":"Grupo LATAM","TIPOVUELO":"I","MES":12}],"parameters":{"a":1}}""";

  @TempDir Path data;

  @Test
  void servesTheModelInItsStoragesFolderAtItsRoutes() throws IOException {
    Path folder = Files.createDirectories(data.resolve("models/flights"));
    Files.copy(SAMPLE, folder.resolve("model.pkl"));
    Files.createFile(folder.resolve("MLmodel"));
    Files.createDirectory(folder.resolve("code"));
    Files.copy(SAMPLE, folder.resolve("code/other.pkl"));

    try (Emulator store = Emulator.gcs(data, Emulator.freePort());
        PredictorProcess predictor = start(store, "gs://models/flights")) {
      predictor.awaitReady();

      assertThat(predictor.get(HEALTH).statusCode()).isEqualTo(200);
      assertThat(predictor.post(PREDICT, "application/json", REQUEST).body())
          .matches("\\{\"predictions\":\\[[01]]}");
      assertThat(predictor.out())
          .contains("serving flights v1")
          .contains("(not checked: MODEL_SHA256 is not set)");
      assertThat(predictor.out() + predictor.err())
          .contains("model found in its folder object=\"gs://models/flights/model.pkl\"");
    }
  }

  @Test
  void servesTheModelInAFolderOfTheContainer() throws IOException {
    Files.copy(SAMPLE, data.resolve("model.pkl"));

    try (PredictorProcess predictor =
        PredictorProcess.start(environment(data.toString(), Emulator.freePort()))) {
      predictor.awaitReady();

      assertThat(predictor.get(HEALTH).body()).isEqualTo("{\"ready\":true}");
      assertThat(predictor.out()).contains("(not checked: MODEL_SHA256 is not set)");
    }
  }

  @Test
  void saysAtItsHealthRouteWhyThereIsNoModelYet() throws IOException {
    int nobody = Emulator.freePort();
    Map<String, String> environment = environment("gs://models/flights", Emulator.freePort());
    environment.put("STORAGE_EMULATOR_HOST", "http://127.0.0.1:" + nobody);
    environment.put("MODEL_ALLOWED_HOSTS", "127.0.0.1");

    try (PredictorProcess predictor = PredictorProcess.start(environment)) {
      predictor.awaitLive();

      assertThat(predictor.get(HEALTH).statusCode()).isEqualTo(503);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> predictor.get(HEALTH).body().contains("gs://models/flights/"));
      assertThat(predictor.post(PREDICT, "application/json", REQUEST).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void endsWhereTheFolderHasTwoModels() throws IOException {
    Path folder = Files.createDirectories(data.resolve("models/flights"));
    Files.copy(SAMPLE, folder.resolve("a.pkl"));
    Files.copy(SAMPLE, folder.resolve("b.pkl"));

    try (Emulator store = Emulator.gcs(data, Emulator.freePort());
        PredictorProcess predictor = start(store, "gs://models/flights/")) {

      assertThat(predictor.awaitExit()).isEqualTo(2);
      assertThat(predictor.err())
          .contains("gs://models/flights/ has 2 model files in it")
          .contains("There is: a.pkl, b.pkl");
    }
  }

  private static PredictorProcess start(Emulator store, String folder) {
    Map<String, String> environment = environment(folder, Emulator.freePort());
    environment.put("STORAGE_EMULATOR_HOST", store.uri());
    environment.put("MODEL_ALLOWED_HOSTS", "127.0.0.1");
    return PredictorProcess.start(environment);
  }

  private static Map<String, String> environment(String storage, int port) {
    return new HashMap<>(
        Map.of(
            "AIP_STORAGE_URI", storage,
            "AIP_HTTP_PORT", "" + port,
            "AIP_PREDICT_ROUTE", PREDICT,
            "AIP_HEALTH_ROUTE", HEALTH));
  }
}
