package dev.flightdelay.predictor.source.store;

import static dev.flightdelay.predictor.source.FetchSettingsFixture.settings;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.source.FetchedModel;
import dev.flightdelay.predictor.source.FileSourceTest;
import dev.flightdelay.predictor.source.ModelFetchException;
import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import dev.flightdelay.predictor.source.ModelFetcher;
import dev.flightdelay.predictor.source.ModelLocation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an emulator does not do: the clients of both vendors against a server that misbehaves. */
@Timeout(30)
class StoreFailureTest {

  private static final byte[] MODEL = new byte[2 << 20];

  static {
    new Random(5).nextBytes(MODEL);
  }

  private static final String SHA256 = FileSourceTest.sha256(MODEL);

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.start();
    Path credentials = Files.createDirectory(directory.resolve("credentials"));
    Files.writeString(credentials.resolve("access-key-id"), "a");
    Files.writeString(credentials.resolve("secret-access-key"), "b");
    Files.writeString(credentials.resolve("region"), "us-east-1");
    Files.writeString(credentials.resolve("endpoint"), uri());
    Files.createDirectory(directory.resolve("downloads"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs", "s3"})
  void triesAgainWhileTheStoreIsAwayAndAfterABodyBreaksOff(String scheme) {
    serve(
        exchange -> {
          switch (requests.get()) {
            case 1 -> answer(exchange, 503, "busy".getBytes(UTF_8));
            case 2 -> {
              exchange.sendResponseHeaders(200, MODEL.length);
              exchange.getResponseBody().write(MODEL, 0, MODEL.length / 2);
              exchange.close();
            }
            default -> answer(exchange, 200, MODEL);
          }
        });

    assertThat(fetch(scheme).bytes()).isEqualTo(MODEL);
    assertThat(requests).hasValue(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs", "s3"})
  void givesUpAtOnceWhenTheStoreAsksForMoreTimeThanThereIs(String scheme) {
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "3600");
          answer(exchange, 503, new byte[0]);
        });

    failure(Reason.UNREACHABLE, scheme);

    assertThat(requests).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({
    "gs, 404, NOT_FOUND",
    "s3, 404, NOT_FOUND",
    "gs, 401, FORBIDDEN",
    "s3, 401, FORBIDDEN",
    "gs, 403, FORBIDDEN",
    "s3, 403, FORBIDDEN",
    "gs, 400, UNEXPECTED_ANSWER",
    "s3, 400, UNEXPECTED_ANSWER",
    "gs, 302, UNEXPECTED_ANSWER",
    "s3, 301, UNEXPECTED_ANSWER",
    "s3, 307, UNEXPECTED_ANSWER",
  })
  void asksOnlyOnceAndTellsNothingOfTheAnswer(String scheme, int status, Reason reason) {
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("Location", uri() + "/elsewhere");
          String body =
              scheme.equals("s3")
                  ? "<Error><Code>Password</Code><Message>the password</Message></Error>"
                  : "{\"error\":{\"code\":%d,\"message\":\"the password\"}}".formatted(status);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          answer(exchange, status, body.getBytes(UTF_8));
        });

    ModelFetchException failure = failure(reason, scheme);

    StringWriter everything = new StringWriter();
    failure.printStackTrace(new PrintWriter(everything));
    assertThat(everything.toString()).doesNotContainIgnoringCase("password");
    assertThat(requests).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs", "s3"})
  void readsNoErrorWithoutEnd(String scheme) {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(403, 0);
          byte[] piece = new byte[1 << 20];
          Arrays.fill(piece, (byte) ' ');
          try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
              out.write(piece);
            }
          }
        });

    failure(Reason.FORBIDDEN, scheme);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs", "s3"})
  void holdsTheDeadlineAgainstAStoreThatDrips(String scheme) {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, MODEL.length);
          for (byte one : MODEL) {
            exchange.getResponseBody().write(one);
            exchange.getResponseBody().flush();
            pause();
          }
        });
    long start = System.nanoTime();

    failure(Reason.TIMED_OUT, scheme, "MODEL_DEADLINE", "3s");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(7));
    assertThat(directory.resolve("downloads")).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"gs, true", "gs, false", "s3, true", "s3, false"})
  void stopsReadingAtTheLimit(String scheme, boolean announced) {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, announced ? 1L << 40 : 0);
          while (true) {
            exchange.getResponseBody().write(MODEL);
          }
        });

    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(() -> fetch(scheme))
        .withMessageContaining("MODEL_MAX_BYTES")
        .satisfies(
            refusal ->
                assertThat(refusal.reason())
                    .isEqualTo(ModelRefusedException.Reason.BUDGET_EXCEEDED));
    assertThat(directory.resolve("downloads")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gs", "s3"})
  void takesTheBytesAsTheyAre(String scheme) {
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          answer(exchange, 200, MODEL);
        });

    assertThat(fetch(scheme).bytes()).isEqualTo(MODEL);
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(HttpHandler handler) {
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          handler.handle(exchange);
        });
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private FetchedModel fetch(String scheme, String... variables) {
    String[] all = Arrays.copyOf(variables, variables.length + 8);
    System.arraycopy(
        new String[] {
          "MODEL_ALLOWED_HOSTS",
          "127.0.0.1",
          "MODEL_MAX_BYTES",
          "3000000",
          "MODEL_CREDENTIALS_DIR",
          directory.resolve("credentials").toString(),
          "STORAGE_EMULATOR_HOST",
          uri()
        },
        0,
        all,
        variables.length,
        8);
    return new ModelFetcher(
            settings(directory.resolve("downloads"), all), state -> {}, Stores::open)
        .fetch(ModelLocation.file(scheme + "://models/m.pkl"), Optional.of(SHA256));
  }

  private ModelFetchException failure(Reason reason, String scheme, String... variables) {
    ModelFetchException failure =
        assertThatExceptionOfType(ModelFetchException.class)
            .isThrownBy(() -> fetch(scheme, variables))
            .actual();
    assertThat(failure.reason()).isEqualTo(reason);
    return failure;
  }
}
