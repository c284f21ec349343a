package dev.flightdelay.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.local.api.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The story of {@code ./local-up my-delays.joblib}, beside the example with a host of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalUpModelIT {

  private static final Duration CHANGE_AT_MOST = Duration.ofSeconds(60);
  private static final String GONE = "my-delays.joblib is not there any more";

  private static final Path SAMPLES = Project.ROOT.resolve("predictor/samples/flight-delay");
  private static final Path EXAMPLES = Project.ROOT.resolve("crds/examples");

  @TempDir static Path folder;

  private static Path model;
  private static LocalUpProcess local;

  @BeforeAll
  static void start() throws IOException {
    model = folder.resolve("my-delays.joblib");
    Files.copy(SAMPLES.resolve("flight-delay.pkl"), model);
    local =
        LocalUpProcess.start(
            folder,
            model.toString(),
            EXAMPLES.resolve("flight-delay-models.yaml").toString(),
            EXAMPLES.resolve("tls.yaml").toString());
  }

  @AfterAll
  static void stop() {
    local.close();
  }

  @Test
  @Order(1)
  void saysWhatIsWaitedForBeforeAnythingAnswers() {
    local.awaitOutput(LocalUpProcess.START_AT_MOST, "Ctrl-C stops it all");

    assertThat(local.get("localhost", "/v1/models/my-delays"))
        .startsWith("HTTP/1.1 503 ")
        .containsIgnoringCase("retry-after: 1")
        .contains("the model my-delays does not answer yet: v1 is ");
    assertThat(local.get("my-delays.localhost", "/")).startsWith("HTTP/1.1 503 ");
    assertThat(local.get("localhost", "/"))
        .startsWith("HTTP/1.1 404 ")
        .contains("my-delays.localhost");
  }

  @Test
  @Order(2)
  void servesAFileByItsName() {
    local.awaitOutput(
        LocalUpProcess.START_AT_MOST,
        "my-delays: http://my-delays.localhost:%d/".formatted(local.port),
        "Model my-delays answers:");

    assertThat(local.output())
        .containsPattern(
            "my-delays +v1 +Ready +1/1 +100%% +http://my-delays.localhost:%d/"
                .formatted(local.port));
    assertThat(local.get("my-delays.localhost", "/"))
        .startsWith("HTTP/1.1 200 ")
        .contains("<title>");
    assertThat(local.get("localhost", "/v1/models/my-delays")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  @Order(3)
  void asksAModelWithAHostOfItsOwnThere() {
    local.awaitOutput(
        LocalUpProcess.START_AT_MOST,
        "Model flight-delay answers:",
        "curl -H 'Host: flight-delay.example.com' http://localhost:" + local.port);

    assertThat(local.get("flight-delay.example.com", "/v1/models/flight-delay"))
        .startsWith("HTTP/1.1 200 ");
    assertThat(local.get("flight-delay.localhost", "/")).startsWith("HTTP/1.1 200 ");
    assertThat(local.get("localhost", "/v1/models/flight-delay")).startsWith("HTTP/1.1 404 ");
  }

  @Test
  @Order(4)
  void makesAVersionOfAFileThatChanges() throws IOException {
    Files.copy(SAMPLES.resolve("flight-delay-v2.pkl"), model, StandardCopyOption.REPLACE_EXISTING);

    await()
        .atMost(CHANGE_AT_MOST)
        .untilAsserted(
            () ->
                assertThat(local.get("my-delays.localhost", "/v1/models/my-delays"))
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("x-model-version: v2"));
    local.awaitOutput(CHANGE_AT_MOST, "Applied again, because it changed.");
  }

  @Test
  @Order(5)
  void saysOnceThatAFileIsGoneAndServesOn() throws IOException {
    Files.delete(model);

    local.awaitOutput(CHANGE_AT_MOST, GONE);
    await()
        .during(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(local.output()).containsOnlyOnce(GONE));
    assertThat(local.get("my-delays.localhost", "/")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  @Order(6)
  void endsWellAndWithoutAWordWhenItIsTerminated() {
    String before = local.output();

    local.terminate();

    assertThat(local.awaitExit(Duration.ofSeconds(15))).isZero();
    assertThat(local.output()).isEqualTo(before);
    await().atMost(Duration.ofSeconds(5)).until(() -> local.children().isEmpty());
  }
}
