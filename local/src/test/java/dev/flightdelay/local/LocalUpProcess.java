package dev.flightdelay.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.local.api.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** ./local-up in a process of its own, without the build before it. */
final class LocalUpProcess implements AutoCloseable {

  /** The machine may be a busy one. */
  static final Duration START_AT_MOST = Duration.ofMinutes(3);

  private static final Duration ANSWER_AT_MOST = Duration.ofSeconds(20);

  final int port;
  final Path state;
  private final Path output;
  private final Process process;

  private LocalUpProcess(int port, Path state, Path output, Process process) {
    this.port = port;
    this.state = state;
    this.output = output;
    this.process = process;
  }

  static LocalUpProcess start(Path folder, String... arguments) {
    return start(folder, freePort(), arguments);
  }

  static LocalUpProcess start(Path folder, int port, String... arguments) {
    for (String module : List.of("predictor", "operator", "local")) {
      assertThat(Project.ROOT.resolve(module + "/target/" + module + ".jar")).exists();
    }
    Path state = folder.resolve("state");
    Path output = folder.resolve("local-up.out");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlocal.root=" + Project.ROOT,
                "-jar",
                Project.ROOT.resolve("local/target/local.jar").toString(),
                "--port",
                String.valueOf(port),
                "--state",
                state.toString()));
    command.addAll(List.of(arguments));
    try {
      return new LocalUpProcess(
          port,
          state,
          output,
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitOutput(Duration atMost, String... texts) {
    await()
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(output()).contains(texts));
  }

  int awaitExit(Duration atMost) {
    try {
      assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)).as(output()).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What is answered at a host that only this machine knows: head and body as they are sent. */
  String get(String host, String path) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) ANSWER_AT_MOST.toMillis());
      String request =
          "GET %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n".formatted(path, host, port);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String server() {
    try {
      return Files.readAllLines(state.resolve("kubeconfig")).stream()
          .filter(line -> line.contains("server:"))
          .map(line -> line.replaceFirst(".*\"(http[^\"]*)\".*", "$1"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a terminal does at Ctrl-C; where the tests run in the background, so that what they start
   * ignores that, what ends a job there.
   */
  void interrupt() {
    signal(ignoresInterrupts() ? "TERM" : "INT");
  }

  void terminate() {
    signal("TERM");
  }

  private boolean ignoresInterrupts() {
    try (Stream<String> status =
        Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
      // A bit for each signal, from 1 on; SIGINT is 2.
      return status
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
          .anyMatch(signals -> (signals & 0b10) != 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void kill() {
    signal("KILL");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The processes that belong to it: the operator and the predictors name its folder. */
  List<ProcessHandle> children() {
    return ProcessHandle.allProcesses()
        .filter(handle -> handle.pid() != process.pid())
        .filter(handle -> environment(handle.pid()).contains(state.toString()))
        .toList();
  }

  /** Its command line and environment, as far as they may be read. */
  private static String environment(long pid) {
    StringBuilder text = new StringBuilder();
    for (String file : List.of("cmdline", "environ")) {
      try {
        text.append(
            Files.readString(
                Path.of("/proc", String.valueOf(pid), file),
                java.nio.charset.StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        // It ended meanwhile, or is somebody else's.
        continue;
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      interrupt();
      try {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
