package dev.flightdelay.predictor.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.flightdelay.predictor.PredictorProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar as a process: what it prints, how it ends, and its two planes. */
class ServeIT {

  private static final Path SAMPLE = Path.of("samples/flight-delay/flight-delay.pkl");
  private static final String SHA256 =
      "818a8c85a890bcf651fe5a13f9d004a7f0c4b9f9741631e93568978baea4c3a6";
  private static final String ROW = "{\"OPERA\":\"Grupo LATAM\",\"TIPOVUELO\":\"I\",\"MES\":12}";

  @TempDir Path folder;

  @Test
  void saysInOneLineWhatItServes() {
    try (PredictorProcess predictor =
        PredictorProcess.serving(SAMPLE, "--model-sha256=" + SHA256, "--model-version=v7")) {

      assertThat(predictor.out().lines().filter(line -> line.startsWith("serving ")))
          .singleElement()
          .asString()
          .contains(
              "flight-delay v7: LogisticRegression (scikit-learn 1.9.1), 37 features, classes 0 1",
              "sha256 " + SHA256 + ",",
              "on http://127.0.0.1:" + predictor.port() + "/,");
    }
  }

  @Test
  void servesTheFileBehindItsCommandAndSaysWhereToClick() {
    try (PredictorProcess predictor =
        PredictorProcess.start(
            Map.of("ADDRESS", "0.0.0.0"), "serve", "--model-version", "v8", SAMPLE.toString())) {
      predictor.awaitReady();

      assertThat(predictor.out())
          .contains("flight-delay v8: ", "on http://localhost:" + predictor.port() + "/,");
    }
  }

  @Test
  void answersWithItsVersionAndHashOnEveryResponse() {
    try (PredictorProcess predictor = PredictorProcess.serving(SAMPLE)) {
      var prediction =
          predictor.post(
              "/v1/models/flight-delay:predict",
              "application/json",
              "{\"instances\":[" + ROW + "]}");
      var wrong = predictor.post("/v1/models/flight-delay:predict", "application/json", "{");

      assertThat(prediction.body()).matches("\\{\"predictions\":\\[[01]]}");
      for (var response : List.of(prediction, wrong, predictor.get("/nothing"))) {
        assertThat(response.headers().firstValue("x-model-version")).hasValue("v1");
        assertThat(response.headers().firstValue("x-model-sha256")).hasValue(SHA256);
      }
    }
  }

  @Test
  void countsOnTheControlPlaneWhatTheDataPlaneAnswered() {
    try (PredictorProcess predictor = PredictorProcess.serving(SAMPLE)) {
      predictor.awaitManagement();
      for (int i = 0; i < 3; i++) {
        predictor.post(
            "/v1/models/flight-delay:predict",
            "application/json",
            "{\"instances\":[" + ROW + "," + ROW + "]}");
      }

      String metrics = predictor.management("/actuator/prometheus").body();

      assertThat(metrics)
          .contains("predictor_rows_total 6")
          .containsPattern("predictor_requests_seconds_count\\{[^}]*outcome=\"[^\"]+\"[^}]*} 3")
          .containsPattern("predictor_requests_seconds_bucket\\{[^}]*le=\"0.005\"[^}]*}")
          .containsPattern("predictor_requests_seconds_bucket\\{[^}]*le=\"0.25\"[^}]*}")
          .contains("predictor_requests_in_flight")
          .containsPattern("predictor_predictions_total\\{class=\"[01]\"")
          .containsPattern("predictor_score_bucket\\{")
          .containsPattern("predictor_model_info\\{[^}]*estimator=\"LogisticRegression\"");
      assertThat(predictor.management("/actuator/info").body())
          .contains(
              "\"estimator\":\"LogisticRegression\"",
              "\"features\":37",
              "\"classes\":[0,1]",
              "\"sha256\":\"" + SHA256 + "\"");
      assertThat(predictor.management("/actuator/env").statusCode()).isEqualTo(404);
      assertThat(predictor.get("/actuator/info").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void endsWithCodeTwoAndOneSentenceWhereTheFileIsNotTheOneAskedFor() {
    String other = "0".repeat(64);
    try (PredictorProcess predictor =
        PredictorProcess.start(Map.of("MODEL_SHA256", other), "--model=" + SAMPLE)) {

      assertThat(predictor.awaitExit()).isEqualTo(2);
      assertThat(lastLine(predictor.err())).startsWith("CHECKSUM_MISMATCH").contains(SHA256, other);
    }
  }

  @Test
  void endsWithCodeTwoAndTheReasonForAHostileFile() throws IOException {
    Path hostile =
        Files.writeString(
            folder.resolve("hostile.pkl"),
            "cposix\nsystem\n(S'touch " + folder.resolve("pwned") + "'\ntR.",
            StandardCharsets.US_ASCII);
    try (PredictorProcess predictor =
        PredictorProcess.start(Map.of("MODEL_URI", hostile.toString()))) {

      assertThat(predictor.awaitExit()).isEqualTo(2);
      assertThat(lastLine(predictor.err()))
          .startsWith("GLOBAL_NOT_ALLOWED at byte 0")
          .contains("posix.system", "not executed");
      assertThat(folder.resolve("pwned")).doesNotExist();
    }
  }

  @Test
  void endsWithCodeTwoWhereThereIsNoFile() {
    try (PredictorProcess predictor =
        PredictorProcess.start(Map.of("MODEL_URI", "file:/nowhere/model.pkl"))) {

      assertThat(predictor.awaitExit()).isEqualTo(2);
      assertThat(lastLine(predictor.err())).startsWith("NOT_FOUND").contains("/nowhere/model.pkl");
    }
  }

  @Test
  void endsWithCodeOneAndNamesTheSettingThatCannotBeUsed() {
    try (PredictorProcess predictor =
        PredictorProcess.start(Map.of("MODEL_MAX_BYTES", "much"), "--model=" + SAMPLE)) {

      assertThat(predictor.awaitExit()).isEqualTo(1);
      assertThat(lastLine(predictor.err())).contains("MODEL_MAX_BYTES", "much", "64Mi");
    }
  }

  @Test
  void endsWithCodeOneWhereThePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        PredictorProcess predictor =
            PredictorProcess.start(
                Map.of("PORT", String.valueOf(taken.getLocalPort())), "--model=" + SAMPLE)) {

      assertThat(predictor.awaitExit()).isEqualTo(1);
      assertThat(lastLine(predictor.err())).contains(String.valueOf(taken.getLocalPort()), "PORT");
    }
  }

  @Test
  void endsWithCodeOneWhereTheManagementPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        PredictorProcess predictor =
            PredictorProcess.start(
                Map.of("MANAGEMENT_PORT", String.valueOf(taken.getLocalPort())),
                "--model=" + SAMPLE)) {

      assertThat(predictor.awaitExit()).isEqualTo(1);
      assertThat(lastLine(predictor.err()))
          .contains(String.valueOf(taken.getLocalPort()), "MANAGEMENT_PORT");
    }
  }

  @Test
  void saysWhyItIsNotReadyWhileTheStoreIsAwayAndServesOnceItIsBack() throws IOException {
    AtomicBoolean away = new AtomicBoolean(true);
    HttpServer store = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    byte[] model = Files.readAllBytes(SAMPLE);
    store.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(away.get() ? 503 : 200, away.get() ? -1 : model.length);
          if (!away.get()) {
            exchange.getResponseBody().write(model);
          }
          exchange.close();
        });
    store.start();
    String uri = "http://127.0.0.1:" + store.getAddress().getPort() + "/flight-delay.pkl";
    try (PredictorProcess predictor =
        PredictorProcess.start(
            Map.of("MODEL_SHA256", SHA256, "MODEL_ALLOWED_HOSTS", "127.0.0.1"),
            "--model=" + uri,
            "--model-download-dir=" + folder)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(predictor.get("/readyz").body())
                      .contains("\"ready\":false", uri, "attempt 2", "503"));
      assertThat(predictor.get("/readyz").statusCode()).isEqualTo(503);
      assertThat(predictor.get("/livez").statusCode()).isEqualTo(200);
      assertThat(predictor.post("/api", "application/json", "{}").statusCode()).isEqualTo(503);

      away.set(false);

      predictor.awaitReady();
      assertThat(predictor.get("/v1/models").body()).isEqualTo("{\"models\":[\"flight-delay\"]}");
    } finally {
      store.stop(0);
    }
  }

  @Test
  void stopsOnSigtermWithinMoments() {
    try (PredictorProcess predictor = PredictorProcess.serving(SAMPLE)) {
      predictor.awaitManagement();

      predictor.terminate();

      assertThat(predictor.awaitExit()).isEqualTo(143);
    }
  }

  private static String lastLine(String text) {
    return text.lines().toList().getLast();
  }
}
