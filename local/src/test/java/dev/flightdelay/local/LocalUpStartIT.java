package dev.flightdelay.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
