package dev.flightdelay.predictor.source.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A store's emulator as its own process, on loopback; src/test/emulators/install builds them. */
public final class Emulator implements AutoCloseable {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final Process process;
  private final int port;

  private Emulator(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Skips the test, saying why, where the program is not installed. */
  static Path program(String name) {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path caches =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    Optional<Path> program =
        Stream.concat(
                Stream.of(caches.resolve("flight-delay/bin")),
                Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of))
            .map(directory -> directory.resolve(name))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), name + " is not installed; run src/test/emulators/install");
    return program.orElseThrow();
  }

  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Google's store in memory, with each directory in {@code data} as a bucket. */
  public static Emulator gcs(Path data, int port) throws IOException {
    return start(
        port,
        program("fake-gcs-server").toString(),
        "-scheme",
        "http",
        "-host",
        "127.0.0.1",
        "-port",
        "" + port,
        "-backend",
        "memory",
        "-log-level",
        "error",
        "-data",
        data.toString());
  }

  /** An S3 store that verifies signatures, with each directory in {@code data} as a bucket. */
  static Emulator s3(Path data, int port, String accessKeyId, String secret, String region)
      throws IOException {
    return start(
        port,
        program("versitygw").toString(),
        "--port",
        "127.0.0.1:" + port,
        "--access",
        accessKeyId,
        "--secret",
        secret,
        "--region",
        region,
        "--quiet",
        "posix",
        data.toString());
  }

  private static Emulator start(int port, String... command) throws IOException {
    Process process =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              assertThat(process.isAlive()).as("%s runs", command[0]).isTrue();
              return listens(port);
            });
    return new Emulator(process, port);
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(LOOPBACK, port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  public String uri() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
