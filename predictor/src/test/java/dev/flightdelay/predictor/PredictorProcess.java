package dev.flightdelay.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A real predictor: the built jar in a process of its own, on ports of 127.0.0.1 that were free.
 */
public final class PredictorProcess implements AutoCloseable {

  private static final Path JAR = Path.of("target", "predictor.jar");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final Path out;
  private final Path err;
  private final int port;
  private final int managementPort;

  private PredictorProcess(Process process, Path out, Path err, int port, int managementPort) {
    this.process = process;
    this.out = out;
    this.err = err;
    this.port = port;
    this.managementPort = managementPort;
  }

  /** Starts to serve; returns at once. */
  public static PredictorProcess start(Map<String, String> environment, String... arguments) {
    return start(List.of("-Xmx128m"), environment, arguments);
  }

  /** The same with other options of Java. */
  public static PredictorProcess startAs(List<String> javaOptions, String... arguments) {
    return start(javaOptions, Map.of(), arguments);
  }

  private static PredictorProcess start(
      List<String> javaOptions, Map<String, String> environment, String... arguments) {
    // A platform's own variable says where it asks.
    String platforms = environment.get("AIP_HTTP_PORT");
    int port = platforms == null ? freePort() : Integer.parseInt(platforms);
    int managementPort = freePort();
    try {
      Path out = Files.createTempFile("predictor", ".out");
      Path err = Files.createTempFile("predictor", ".err");
      ProcessBuilder builder = new ProcessBuilder(command(javaOptions, arguments));
      builder.environment().put("ADDRESS", "127.0.0.1");
      if (platforms == null) {
        builder.environment().put("PORT", String.valueOf(port));
      }
      builder.environment().put("MANAGEMENT_PORT", String.valueOf(managementPort));
      builder.environment().putAll(environment);
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      return new PredictorProcess(builder.start(), out, err, port, managementPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serves that file with that environment, and waits until it is ready. */
  public static PredictorProcess serving(Path model, Map<String, String> environment) {
    PredictorProcess predictor = start(environment, "--model=" + model);
    predictor.awaitReady();
    return predictor;
  }

  /** Serves that file, and waits until it is ready. */
  public static PredictorProcess serving(Path model, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--model=" + model));
    all.addAll(List.of(arguments));
    PredictorProcess predictor = start(Map.of(), all.toArray(String[]::new));
    predictor.awaitReady();
    return predictor;
  }

  /** What a command that ends printed. */
  public record Ended(int exitCode, String out, String err) {}

  /** Runs a command that answers and ends. */
  public static Ended run(String input, String... arguments) {
    try {
      Path in = Files.writeString(Files.createTempFile("predictor", ".in"), input);
      Path out = Files.createTempFile("predictor", ".out");
      Path err = Files.createTempFile("predictor", ".err");
      Process process =
          new ProcessBuilder(command(List.of("-Xmx128m"), arguments))
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
      return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> command(List<String> javaOptions, String... arguments) {
    assertThat(JAR).as("mvn package makes it").exists();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.add("-jar");
    command.add(JAR.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until /readyz says that the model is served. */
  public void awaitReady() {
    Awaitility.await("ready: " + err())
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(
            () -> {
              assertThat(process.isAlive()).isTrue();
              return get("/readyz").statusCode() == 200;
            });
  }

  /** Waits until /livez answers, with or without a model. */
  public void awaitLive() {
    Awaitility.await("live: " + err())
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(() -> get("/livez").statusCode() == 200);
  }

  /** Whether it serves the model, once it does or has ended. */
  public boolean becomesReady() {
    Awaitility.await("ready or ended: " + err())
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !process.isAlive() || isReady());
    return process.isAlive();
  }

  private boolean isReady() {
    try {
      return get("/readyz").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** The time of the processor that it has taken. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** The most memory that it has had at a time. */
  public long peakKibibytes() {
    return read(Path.of("/proc/%d/status".formatted(process.pid())))
        .lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until the control plane answers. */
  public void awaitManagement() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptions()
        .until(() -> management("/actuator/info").statusCode() == 200);
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url() + path)).build());
  }

  public HttpResponse<String> post(String path, String contentType, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  public HttpResponse<String> management(String path) {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)).build());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The exit code, once it has ended. */
  public int awaitExit() {
    try {
      assertThat(process.waitFor(40, TimeUnit.SECONDS)).as("it ends: " + err()).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public String out() {
    return read(out);
  }

  public String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit();
  }
}
