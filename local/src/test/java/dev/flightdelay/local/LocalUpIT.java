package dev.flightdelay.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flightdelay.local.api.Kubectl;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One story with the real operator and real predictors: what a person sees of ./local-up. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalUpIT {

  private static final String BODY =
      "{\"instances\":[{\"OPERA\":\"Grupo LATAM\",\"TIPOVUELO\":\"I\",\"MES\":12}]}";
  private static final Duration CHANGE_AT_MOST = Duration.ofSeconds(60);

  @TempDir static Path folder;

  private static SampleManifest manifest;
  private static LocalUpProcess local;
  private static final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() {
    manifest = new SampleManifest(folder).write(90, 10);
    local = LocalUpProcess.start(folder, manifest.file().toString());
  }

  @AfterAll
  static void stop() {
    local.close();
  }

  @Test
  @Order(1)
  void makesBothVersionsReadyAndShowsAPrediction() {
    local.awaitOutput(
        LocalUpProcess.START_AT_MOST,
        "Model flight-delay answers:",
        "curl http://localhost:"
            + local.port
            + "/v1/models/flight-delay:predict -d '{\"instances\":",
        "{\"predictions\":[");

    assertThat(local.output())
        .containsPattern("v1 +Ready +1/1 +90%")
        .containsPattern("v2 +Ready +1/1 +10%")
        .contains("kubeconfig", "Not shown here: CEL rules");
    assertThat(predict(Map.of("x-model-version", "v2")).headers().firstValue("x-model-version"))
        .contains("v2");
  }

  @Test
  @Order(2)
  void splitsAThousandPredictionsNinetyToTen() {
    Map<String, Integer> byVersion = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      HttpResponse<String> answer = predict(Map.of());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      byVersion.merge(
          answer.headers().firstValue("x-model-version").orElseThrow(), 1, Integer::sum);
    }

    assertThat(byVersion.get("v1")).isCloseTo(900, within(30));
    assertThat(byVersion.get("v2")).isCloseTo(100, within(30));
  }

  @Test
  @Order(3)
  void losesNoRequestWhileTheFileMovesAllTrafficToTheSecondVersion() throws Exception {
    assumeTrue(isInstalled("wrk"), "wrk is not installed (apt-get install wrk)");
    Path script =
        Files.writeString(
            folder.resolve("predict.lua"), "wrk.method = 'POST'\nwrk.body = '" + BODY + "'\n");
    Process wrk =
        new ProcessBuilder(
                "wrk", "-t1", "-c8", "-d20s", "--timeout", "10s", "-s", script.toString(), url())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("wrk.out").toFile())
            .start();

    manifest.write(0, 100);
    await()
        .atMost(CHANGE_AT_MOST)
        .untilAsserted(
            () ->
                assertThat(predict(Map.of()).headers().firstValue("x-model-version"))
                    .contains("v2"));
    local.awaitOutput(CHANGE_AT_MOST, "Applied again, because it changed.");
    wrk.waitFor();

    String result = Files.readString(folder.resolve("wrk.out"));
    Matcher requests = Pattern.compile("(\\d+) requests in").matcher(result);
    assertThat(requests.find()).as(result).isTrue();
    assertThat(Integer.parseInt(requests.group(1))).isGreaterThan(1000);
    assertThat(result).doesNotContain("Non-2xx").doesNotContain("Socket errors");
  }

  @Test
  @Order(4)
  void keepsServingWhatItServesWhenTheFileIsNoLongerValid() {
    manifest.write(SampleManifest.text(0, 100).replace("traffic: 100", "traffic: 1000"));
    local.awaitOutput(
        CHANGE_AT_MOST,
        "Not applied; what was applied before goes on",
        "spec.versions[1].traffic: Invalid value: 1000");

    manifest.write("just: [text");
    local.awaitOutput(CHANGE_AT_MOST, "is not a Kubernetes YAML file");

    assertThat(predict(Map.of()).statusCode()).isEqualTo(200);
  }

  @Test
  @Order(5)
  void saysWhyAVersionCannotBeServedWhileTheOthersServe() {
    manifest.writeWithWrongThird(0, 100);

    local.awaitOutput(CHANGE_AT_MOST, "flight-delay v3: ");
    assertThat(local.output()).containsPattern("v3 +Failed +0/1 +0%").contains("sha256");
    assertThat(predict(Map.of()).statusCode()).isEqualTo(200);

    Kubectl kubectl = new Kubectl(local.server(), folder);
    assertThat(kubectl.run("get", "fdm", "flight-delay", "-o", "yaml").ok().output())
        .contains("phase: Failed", "sha256");
    assertThat(kubectl.run("get", "pods").ok().output()).contains("CrashLoopBackOff");
    assertThat(kubectl.run("describe", "fdm", "flight-delay").ok().output()).contains("v3");
  }

  @Test
  @Order(6)
  void startsAPodAgainThatSomebodyDeletes() {
    Kubectl kubectl = new Kubectl(local.server(), folder);
    String selector = "-lapp.kubernetes.io/version=v2";
    int pods = names(kubectl, selector).size();
    String deleted = names(kubectl, selector).getFirst();

    kubectl.run("delete", deleted).ok();

    await()
        .atMost(CHANGE_AT_MOST)
        .untilAsserted(
            () -> {
              assertThat(names(kubectl, selector)).doesNotContain(deleted).hasSize(pods);
              assertThat(predict(Map.of("x-model-version", "v2")).statusCode()).isEqualTo(200);
            });
  }

  private static List<String> names(Kubectl kubectl, String selector) {
    return kubectl.run("get", "pods", selector, "-o", "name").ok().output().lines().toList();
  }

  @Test
  @Order(7)
  void stopsEverythingWithinSeconds() {
    assertThat(local.children()).hasSizeGreaterThanOrEqualTo(3);
    String before = local.output();

    local.interrupt();

    assertThat(local.awaitExit(Duration.ofSeconds(15))).isZero();
    assertThat(local.output()).isEqualTo(before);
    await().atMost(Duration.ofSeconds(5)).until(() -> local.children().isEmpty());
  }

  private static String url() {
    return "http://127.0.0.1:" + local.port + "/v1/models/flight-delay:predict";
  }

  private static HttpResponse<String> predict(Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url()))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(BODY));
    headers.forEach(request::header);
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static boolean isInstalled(String command) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, command)));
  }
}
