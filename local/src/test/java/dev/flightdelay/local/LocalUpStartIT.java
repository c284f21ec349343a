package dev.flightdelay.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.local.api.Project;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalUpStartIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void servesTheSampleOnceAndLeavesNothing() {
    try (LocalUpProcess local = LocalUpProcess.start(folder, "--once")) {
      assertThat(local.awaitExit(LocalUpProcess.START_AT_MOST)).as(local.output()).isZero();
      assertThat(local.output())
          .containsPattern("v1 +Ready +2/2 +90%")
          .containsPattern("v2 +Ready +2/2 +10%")
          .contains("{\"predictions\":[");
      await().atMost(Duration.ofSeconds(5)).until(() -> local.children().isEmpty());
    }
  }

  @Test
  void answersOnlyCallersWithAKeyOfTheExample() throws Exception {
    Path examples = Project.ROOT.resolve("crds/examples");
    try (LocalUpProcess local =
        LocalUpProcess.start(
            folder,
            examples.resolve("flight-delay-models.yaml").toString(),
            examples.resolve("authentication.yaml").toString())) {
      local.awaitOutput(
          LocalUpProcess.START_AT_MOST,
          "v1 ",
          " -H 'x-api-key: replace-me-with-the-output-of-openssl-rand-hex-32' http://localhost:",
          "{\"predictions\":[");

      assertThat(status(local, null)).isEqualTo(401);
      assertThat(status(local, "replace-me-with-the-output-of-openssl-rand-hex-3")).isEqualTo(401);
      assertThat(status(local, "replace-me-with-the-output-of-openssl-rand-hex-32")).isEqualTo(200);
    }
  }

  private static int status(LocalUpProcess local, String key) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/v1/models/flight-delay:predict".formatted(local.port)))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"instances\":[{\"OPERA\":\"Grupo LATAM\",\"TIPOVUELO\":\"I\",\"MES\":12}]}"));
    if (key != null) {
      request.header("x-api-key", key);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void leavesNothingWhenItIsKilled() {
    try (LocalUpProcess local = LocalUpProcess.start(folder)) {
      local.awaitOutput(LocalUpProcess.START_AT_MOST, "Loading");

      local.kill();

      await().atMost(Duration.ofSeconds(40)).until(() -> local.children().isEmpty());
    }
  }

  @Test
  void endsWithTheReasonWhenAModelCannotBeServed() {
    SampleManifest manifest = new SampleManifest(folder).writeWithWrongThird(90, 10);
    try (LocalUpProcess local =
        LocalUpProcess.start(folder, "--once", manifest.file().toString())) {
      assertThat(local.awaitExit(LocalUpProcess.START_AT_MOST)).as(local.output()).isEqualTo(2);
      assertThat(local.output()).contains("flight-delay v3: ").contains("sha256");
    }
  }

  @Test
  void saysThatThePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        LocalUpProcess local = LocalUpProcess.start(folder, taken.getLocalPort())) {
      assertThat(local.awaitExit(SOON)).isEqualTo(1);
      assertThat(local.output())
          .contains("port " + taken.getLocalPort() + " of this machine is taken", "--port");
    }
  }

  @Test
  void saysThatThereIsNoSuchFileOrOption() {
    try (LocalUpProcess local = LocalUpProcess.start(folder, "absent.yaml")) {
      assertThat(local.awaitExit(SOON)).isEqualTo(1);
      assertThat(local.output()).contains("there is no file absent.yaml");
    }
    try (LocalUpProcess local = LocalUpProcess.start(folder, "--twice")) {
      assertThat(local.awaitExit(SOON)).isEqualTo(1);
      assertThat(local.output()).contains("there is no option --twice");
    }
  }

  @Test
  void saysWhereAFileIsNotValid() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("model.yaml"),
            SampleManifest.text(90, 10).replace("traffic: 90", "traffic: most"));
    try (LocalUpProcess local = LocalUpProcess.start(folder, file.toString())) {
      assertThat(local.awaitExit(SOON)).isEqualTo(1);
      assertThat(local.output())
          .contains(
              "is refused", "spec.versions[0].traffic", "must be of type integer: \"string\"");
    }
  }
}
