package dev.flightdelay.operator.cluster;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The operator as it is shipped: the built jar in a process of its own, which can be killed,
 * stopped, suspended and started again. What it logs at WARN is kept, what it logs at ERROR fails
 * the test.
 */
public final class OperatorProcess implements AutoCloseable {
  static final Path JAR = Path.of("target", "operator.jar");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** ERROR as a level, or the first line of a stack trace. */
  private static final Pattern TROUBLE =
      Pattern.compile("\\bERROR\\b|^(Caused by: )?[a-z]+(\\.[A-Za-z0-9_$]+)+(Exception|Error)\\b");

  /** So many tell where something was thrown. */
  private static final int FRAMES = 8;

  private final List<String> options;
  private final Map<String, String> environment;
  private final Path log;
  private final int managementPort;
  private final List<Pattern> expected = new ArrayList<>();
  private Process process;

  /**
   * Does not start it yet.
   *
   * @param config whom it is to the API server, and where that is
   * @param settings the operator's, as environment variables
   * @param heap its limit, such as 256m
   */
  public OperatorProcess(Config config, Map<String, String> settings, String heap) {
    assertThat(JAR).as("mvn package makes it").exists();
    managementPort = ApiServer.freePort();
    try {
      Path kubeconfig = Files.createTempFile(Path.of("target"), "operator", ".kubeconfig");
      Files.writeString(kubeconfig, kubeconfig(config));
      log = Files.createTempFile(Path.of("target"), "operator", ".log");
      environment = new HashMap<>(settings);
      environment.put("KUBECONFIG", kubeconfig.toString());
      environment.put("SERVER_PORT", "" + managementPort);
      environment.put("SERVER_ADDRESS", "127.0.0.1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    options =
        List.of(
            "-Xmx" + heap,
            // As in the image.
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            // It lives for seconds here: what peak speed costs at the start is not earned back.
            "-XX:TieredStopAtLevel=1");
  }

  private static String kubeconfig(Config config) {
    return """
        apiVersion: v1
        kind: Config
        current-context: operator
        contexts: [{name: operator, context: {cluster: cluster, user: operator, namespace: %s}}]
        clusters: [{name: cluster, cluster: {server: "%s"}}]
        users: [{name: operator, user: {token: %s}}]
        """
        .formatted(config.getNamespace(), config.getMasterUrl(), config.getOauthToken());
  }

  /** Starts it, or starts it again; returns at once. */
  public void start() {
    startWith(StartCache.options());
  }

  /** The same, with further options of its JVM. */
  void startWith(List<String> further) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(further);
    command.addAll(List.of("-jar", JAR.toString()));
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      process =
          builder
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      // A run of tests that is cut off leaves nothing behind.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it says that it is ready. */
  public void awaitReady() {
    Awaitility.await("the operator is ready")
        .atMost(Duration.ofSeconds(120))
        .ignoreExceptions()
        .failFast("the operator ended", () -> !process.isAlive())
        .until(() -> get("/actuator/health/readiness").startsWith("200"));
  }

  /** A GET on its management port: the status, a space, and the body. */
  public String get(String path) throws IOException, InterruptedException {
    var answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                .timeout(Duration.ofSeconds(5))
                .build(),
            BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  /** SIGKILL: it has no chance to finish anything. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM, and waits until it has ended. */
  public void terminate() {
    process.destroy();
    awaitEnd();
  }

  public void suspend() {
    signal("STOP");
  }

  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
      assertThat(kill.waitFor()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitEnd() {
    awaitEnd(Duration.ofSeconds(120));
  }

  /** Waits until it has ended by itself, and says with which code. */
  public int awaitEnd(Duration atMost) {
    try {
      assertThat(process.waitFor(atMost.toMillis(), MILLISECONDS))
          .as("it ends within " + atMost)
          .isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** For how long it has had a core to itself since it was started. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** The memory that the process holds, in bytes. */
  public long residentBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is in use of its heap once all that can be collected is, in bytes. */
  public long liveHeapBytes() throws IOException, InterruptedException {
    Process collection =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                "" + process.pid(),
                "GC.run")
            .redirectErrorStream(true)
            .start();
    String answer = new String(collection.getInputStream().readAllBytes());
    assertThat(collection.waitFor()).as(answer).isZero();
    return get("/actuator/prometheus")
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** From now on a line of the log may match this, though it is of an error. */
  public void expect(String pattern) {
    expected.add(Pattern.compile(pattern));
  }

  /** Everything that it has logged, over all its starts. */
  public List<String> log() {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines that should not be there. */
  public List<String> troubles() {
    return log().stream()
        .filter(line -> TROUBLE.matcher(line).find())
        .filter(line -> expected.stream().noneMatch(pattern -> pattern.matcher(line).find()))
        .toList();
  }

  /** The stacks in its log: what was thrown, and the first frames of each. */
  public List<String> stacks() {
    List<String> lines = log();
    List<String> stacks = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (isFrame(lines.get(i)) && !isFrame(lines.get(i - 1))) {
        stacks.add(
            String.join(
                "\n", lines.subList(Math.max(0, i - 2), Math.min(lines.size(), i + FRAMES))));
      }
    }
    return stacks;
  }

  private static boolean isFrame(String line) {
    return line.startsWith("\tat ");
  }

  /** Ends it, and looks through its log. */
  @Override
  public void close() {
    if (isAlive()) {
      kill();
    }
    assertThat(troubles()).as("errors in " + log).isEmpty();
  }
}
