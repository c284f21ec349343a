package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.PredictorProcess;
import dev.flightdelay.predictor.SharedMaterial;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small files that cost much, served as a pod of 512 MiB serves them: each is refused with exit
 * code 2 and a reason, or its dearest rows are answered soon, and whoever asks whether the process
 * lives is answered meanwhile.
 */
class HostileCostIT {

  /** What a pod of 512 MiB gives Java, and how it ends: see images/runtime. */
  private static final List<String> AS_IN_A_POD =
      List.of(
          "-Xmx307m",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError");

  private static final long POD_KIBIBYTES = 512 << 10;

  /** Of the processor: others may have it. */
  private static final Duration MAX_DURATION = Duration.ofSeconds(2);

  /** Long enough for a machine that does other things, and far less than an answer that hangs. */
  private static final Duration ALIVE = Duration.ofSeconds(5);

  private static final String REASONS =
      Arrays.stream(Reason.values()).map(Reason::name).collect(Collectors.joining("|"));

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> costsLittleOrIsRefused() throws IOException {
    return Stream.concat(shared(), relatives());
  }

  private Stream<DynamicTest> shared() throws IOException {
    // A test of its own, which is skipped and says so where the files are not there.
    Path files = Path.of("..", "..", "shared", "cases", "hostile");
    if (!Files.exists(files)) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "the files beside the checkout", () -> SharedMaterial.path("cases/hostile")));
    }
    try (Stream<Path> listed = Files.list(files)) {
      return listed.sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(), () -> assertCostsLittleOrIsRefused(file)));
    }
  }

  /** The largest of each attack. */
  private Stream<DynamicTest> relatives() throws IOException {
    return HostileFile.all().stream()
        .filter(file -> file.attack().startsWith("costs/"))
        .collect(Collectors.toMap(HostileFile::attack, f -> f, (_, last) -> last, TreeMap::new))
        .values()
        .stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.name(),
                    () -> {
                      Path path = folder.resolve(file.name().replace('/', '-'));
                      assertCostsLittleOrIsRefused(Files.write(path, file.bytes()));
                    }));
  }

  private static void assertCostsLittleOrIsRefused(Path file) throws Exception {
    try (PredictorProcess predictor =
        PredictorProcess.startAs(
            AS_IN_A_POD, "--model=" + file.toAbsolutePath(), "--model-name=m")) {
      if (!predictor.becomesReady()) {
        assertThat(predictor.awaitExit()).as(predictor.err()).isEqualTo(2);
        assertThat(predictor.err().lines().toList().getLast())
            .matches("(" + REASONS + ")( at byte \\d+)?: .+");
        return;
      }
      // Its start beside the first rows is none of what they cost.
      predictor.awaitManagement();
      for (String rows : dearRows(predictor)) {
        assertAnswersSoon(predictor, rows);
      }
      assertThat(predictor.peakKibibytes()).isLessThan(POD_KIBIBYTES);
    }
  }

  /** Long texts that nearly match, and rows in which everything is missing or next to nothing. */
  private static List<String> dearRows(PredictorProcess predictor) {
    String metadata = predictor.get("/v2/models/m").body();
    if (metadata.contains("BYTES")) {
      return Stream.of("a".repeat(60), "w".repeat(8190), "a b-".repeat(2000), "y".repeat(400))
          .map(text -> "[[\"" + text + "\"]]")
          .toList();
    }
    int width = width(metadata);
    return List.of(row(width, "null"), row(width, "0"), row(width, "1e300"));
  }

  private static int width(String metadata) {
    return Integer.parseInt(metadata.replaceAll("(?s).*?\"shape\":\\[-1,(\\d+)].*", "$1"));
  }

  private static String row(int width, String first) {
    return IntStream.range(0, width)
        .mapToObj(i -> i == 0 ? first : "0.5")
        .collect(Collectors.joining(",", "[[", "]]"));
  }

  private static void assertAnswersSoon(PredictorProcess predictor, String rows) throws Exception {
    Duration before = predictor.cpuTime();
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(
            () ->
                predictor.post(
                    "/v1/models/m:predict", "application/json", "{\"instances\":" + rows + "}"));
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              long asked = System.nanoTime();
              assertThat(predictor.get("/livez").statusCode()).isEqualTo(200);
              assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(ALIVE);
              return answer.isDone();
            });

    assertThat(answer.get().statusCode()).as(answer.get().body()).isIn(200, 400);
    assertThat(predictor.cpuTime().minus(before)).isLessThan(MAX_DURATION);
  }
}
