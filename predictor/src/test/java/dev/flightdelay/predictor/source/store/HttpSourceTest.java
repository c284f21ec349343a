package dev.flightdelay.predictor.source.store;

import static dev.flightdelay.predictor.source.FetchSettingsFixture.settings;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.source.FetchSettings;
import dev.flightdelay.predictor.source.FetchState;
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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpSourceTest {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final byte[] MODEL = new byte[3 << 20];

  static {
    new Random(1).nextBytes(MODEL);
  }

  private static final String SHA256 = FileSourceTest.sha256(MODEL);

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger requests = new AtomicInteger();
  private final List<FetchState> states = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void fetchesAModelAndKeepsItForTheNextStart() {
    serve(exchange -> answer(exchange, 200, MODEL));

    FetchedModel first = fetch();
    server.stop(0);
    FetchedModel second = fetch();

    assertThat(first.bytes()).isEqualTo(MODEL);
    assertThat(first.sha256()).isEqualTo(SHA256);
    assertThat(first.verified()).isTrue();
    assertThat(second.bytes()).isEqualTo(MODEL);
    assertThat(requests).hasValue(1);
    assertThat(files()).containsExactly(SHA256 + ".model");
  }

  @Test
  void fetchesAgainWhatWasChangedMeanwhile() throws IOException {
    serve(exchange -> answer(exchange, 200, MODEL));
    Files.write(directory.resolve(SHA256 + ".model"), new byte[] {1, 2, 3});

    assertThat(fetch().bytes()).isEqualTo(MODEL);
  }

  @Test
  void fetchesNothingWithoutAHash() {
    serve(exchange -> answer(exchange, 200, MODEL));

    for (Optional<String> none : List.of(Optional.<String>empty(), Optional.of(" "))) {
      assertThatExceptionOfType(ModelFetchException.class)
          .isThrownBy(() -> fetcher(allowed()).fetch(ModelLocation.file(uri("/m.pkl")), none))
          .withMessageContaining("MODEL_SHA256")
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_SETTINGS));
    }
    assertThat(requests).hasValue(0);
  }

  @Test
  void refusesOtherBytesThanAskedForAndLeavesNothing() {
    serve(exchange -> answer(exchange, 200, "other".getBytes(UTF_8)));

    assertThat(refusal(allowed()).reason())
        .isEqualTo(ModelRefusedException.Reason.CHECKSUM_MISMATCH);
    assertThat(refusal(allowed()))
        .hasMessageContaining(SHA256)
        .hasMessageContaining(FileSourceTest.sha256("other".getBytes(UTF_8)));
    assertThat(files()).isEmpty();
    assertThat(requests).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesWhatIsLargerThanTheLimit(boolean announced) {
    AtomicReference<IOException> interrupted = new AtomicReference<>();
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, announced ? 1L << 40 : 0);
          try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 100; i++) {
              out.write(MODEL);
            }
          } catch (IOException e) {
            interrupted.set(e);
          }
        });

    ModelRefusedException refusal = refusal(allowed("MODEL_MAX_BYTES", "4000000"));

    assertThat(refusal.reason()).isEqualTo(ModelRefusedException.Reason.BUDGET_EXCEEDED);
    assertThat(refusal).hasMessageContaining("MODEL_MAX_BYTES allows 4000000");
    assertThat(files()).isEmpty();
    await().untilAtomic(interrupted, value -> assertThat(value).isNotNull());
  }

  @Test
  void takesWhatIsExactlyAsLargeAsTheLimit() {
    serve(exchange -> answer(exchange, 200, MODEL));

    assertThat(fetch("MODEL_MAX_BYTES", "" + MODEL.length).size()).isEqualTo(MODEL.length);
  }

  @Test
  void triesAgainWhileTheStoreIsAwayAndSaysSo() {
    serve(exchange -> answer(exchange, requests.get() < 3 ? 503 : 200, MODEL));

    assertThat(fetch().bytes()).isEqualTo(MODEL);
    assertThat(requests).hasValue(3);
    assertThat(states.getLast())
        .isEqualTo(
            new FetchState(
                uri("/m.pkl"),
                3,
                MODEL.length,
                OptionalLong.of(MODEL.length),
                Optional.of("it answered 503")));
    assertThat(states.getLast().sentence())
        .isEqualTo(
            "fetching "
                + uri("/m.pkl")
                + ", attempt 3, 3145728 of 3145728 bytes; the last attempt failed: it answered 503");
    assertThat(states).anyMatch(state -> state.attempt() == 1 && state.lastFailure().isPresent());
  }

  @Test
  void leavesTheStoreAloneForAsLongAsItAsks() {
    List<Long> times = new ArrayList<>();
    serve(
        exchange -> {
          times.add(System.nanoTime());
          exchange.getResponseHeaders().set("Retry-After", "2");
          answer(exchange, requests.get() < 2 ? 429 : 200, MODEL);
        });

    fetch();

    assertThat(Duration.ofNanos(times.get(1) - times.get(0))).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void givesUpAtOnceWhenTheStoreAsksForMoreTimeThanThereIs() {
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "3600");
          answer(exchange, 503, MODEL);
        });

    assertThat(failure(Reason.UNREACHABLE, allowed())).hasMessageContaining("it answered 503");
    assertThat(requests).hasValue(1);
  }

  @Test
  void givesUpAtTheDeadlineSayingWhatToDo() {
    serve(exchange -> answer(exchange, 500, MODEL));

    ModelFetchException failure = failure(Reason.UNREACHABLE, allowed("MODEL_DEADLINE", "2s"));

    assertThat(failure)
        .hasMessageContaining("within 2.0 s")
        .hasMessageContaining("raise MODEL_DEADLINE");
    assertThat(requests.get()).isBetween(2, 5);
  }

  @Test
  void waitsForAStoreThatIsNotThereYet() throws Exception {
    int port = server.getAddress().getPort();
    server.stop(0);
    threads.submit(
        () -> {
          await().until(() -> states.stream().anyMatch(state -> state.lastFailure().isPresent()));
          server = HttpServer.create(new InetSocketAddress(LOOPBACK, port), 0);
          server.createContext("/", exchange -> answer(exchange, 200, MODEL));
          server.start();
          return null;
        });

    FetchedModel model =
        fetcher(allowed())
            .fetch(ModelLocation.file("http://127.0.0.1:" + port + "/m.pkl"), Optional.of(SHA256));

    assertThat(model.bytes()).isEqualTo(MODEL);
    assertThat(states.getLast().lastFailure()).contains("nothing answers at its host and port");
  }

  @ParameterizedTest
  @CsvSource({
    "404, NOT_FOUND",
    "410, NOT_FOUND",
    "401, FORBIDDEN",
    "403, FORBIDDEN",
    "400, UNEXPECTED_ANSWER",
    "204, UNEXPECTED_ANSWER",
    "206, UNEXPECTED_ANSWER",
    "304, UNEXPECTED_ANSWER",
    "300, UNEXPECTED_ANSWER"
  })
  void asksOnlyOnceWhereAskingAgainDoesNotHelp(int status, Reason reason) {
    serve(
        exchange -> {
          exchange.getResponseHeaders().set("X-Internal", "the secret");
          boolean bodiless = status == 204 || status == 304;
          exchange.sendResponseHeaders(status, bodiless ? -1 : 0);
          try (OutputStream out = exchange.getResponseBody()) {
            if (!bodiless) {
              out.write("the secret".getBytes(UTF_8));
            }
          }
        });

    ModelFetchException failure = failure(reason, allowed());

    assertThat(failure).hasMessageContaining("the store answered " + status);
    StringWriter everything = new StringWriter();
    failure.printStackTrace(new PrintWriter(everything));
    assertThat(everything.toString()).doesNotContain("the secret");
    assertThat(requests).hasValue(1);
  }

  @Test
  void triesAgainWhereABodyBreaksOff() throws IOException {
    byte[] half = Arrays.copyOf(MODEL, MODEL.length / 2);
    try (RawServer raw = new RawServer()) {
      raw.answer(
          socket -> {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + MODEL.length + "\r\n\r\n", half);
            socket.setSoLinger(true, 0);
          });
      raw.answer(socket -> write(socket, "HTTP/1.1 200 OK\r\n\r\n", MODEL));

      assertThat(fetchFrom(raw).bytes()).isEqualTo(MODEL);
    }
    assertThat(states.getLast().attempt()).isEqualTo(2);
    assertThat(states.getLast().lastFailure()).contains("the connection broke");
    assertThat(files()).containsExactly(SHA256 + ".model");
  }

  @Test
  void believesNoLengthThatIsNotTrue() throws IOException {
    try (RawServer raw = new RawServer()) {
      raw.answer(
          socket ->
              write(
                  socket,
                  "HTTP/1.1 200 OK\r\nContent-Length: " + (MODEL.length + 5) + "\r\n\r\n",
                  MODEL));
      raw.answer(socket -> write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", MODEL));

      assertThatExceptionOfType(ModelRefusedException.class)
          .isThrownBy(() -> fetchFrom(raw))
          .withMessageContaining(FileSourceTest.sha256(Arrays.copyOf(MODEL, 5)));
    }
    assertThat(states.getLast().attempt()).isEqualTo(2);
  }

  @Test
  void readsNoHeadersWithoutEnd() throws IOException {
    try (RawServer raw = new RawServer()) {
      for (int i = 0; i < 5; i++) {
        raw.answer(
            socket -> {
              write(socket, "HTTP/1.1 200 OK\r\nX: ", new byte[0]);
              for (int piece = 0; piece < 1000; piece++) {
                write(socket, "x".repeat(1 << 20), new byte[0]);
              }
            });
      }
      failure(Reason.UNREACHABLE, raw.uri(), allowed("MODEL_DEADLINE", "2s"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\n\r\n"})
  void holdsTheDeadlineAgainstAStoreThatDrips(String beginning) throws IOException {
    try (RawServer raw = new RawServer()) {
      raw.answer(
          socket -> {
            write(socket, beginning, new byte[0]);
            for (int i = 0; i < 1000 && !beginning.isEmpty(); i++) {
              write(socket, "x", new byte[0]);
              Thread.sleep(20);
            }
            Thread.sleep(20_000);
          });
      long start = System.nanoTime();

      ModelFetchException failure =
          failure(Reason.TIMED_OUT, raw.uri(), allowed("MODEL_DEADLINE", "1s"));

      assertThat(failure).hasMessageContaining("raise MODEL_DEADLINE");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      assertThat(files()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/m.pkl",
        "http://localhost:%d/m.pkl",
        "http://localhost.:%d/m.pkl",
        "http://[::1]:%d/m.pkl",
        "http://[::ffff:127.0.0.1]:%d/m.pkl",
        "http://[0:0:0:0:0:ffff:7f00:1]:%d/m.pkl",
        "http://0.0.0.0:%d/m.pkl",
        "https://127.0.0.1:%d/m.pkl"
      })
  void connectsToNoInternalAddressThatIsNotListed(String uri) {
    serve(exchange -> answer(exchange, 200, MODEL));

    ModelFetchException failure =
        failure(
            Reason.ADDRESS_REFUSED,
            uri.formatted(server.getAddress().getPort()),
            settings(directory));

    assertThat(failure).hasMessageContaining("MODEL_ALLOWED_HOSTS");
    assertThat(requests).hasValue(0);
    assertThat(files()).isEmpty();
  }

  @Test
  void fetchesFromAListedIpv6Address() throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("::1");
    assumeTrue(NetworkInterface.getByInetAddress(loopback) != null, "this machine has no ::1");
    server.stop(0);
    server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.start();
    List<String> hosts = new ArrayList<>();
    serve(
        exchange -> {
          hosts.add(exchange.getRequestHeaders().getFirst("Host"));
          answer(exchange, 200, MODEL);
        });
    int port = server.getAddress().getPort();

    FetchedModel model =
        fetcher(settings(directory, "MODEL_ALLOWED_HOSTS", "[::1]:" + port))
            .fetch(ModelLocation.file("http://[::1]:" + port + "/m.pkl"), Optional.of(SHA256));

    assertThat(model.bytes()).isEqualTo(MODEL);
    assertThat(hosts).containsExactly("[::1]:" + port);
  }

  @Test
  void usesNoProxy() {
    serve(exchange -> answer(exchange, 200, MODEL));
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", "1");
    try {
      assertThat(fetch().bytes()).isEqualTo(MODEL);
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.proxyPort");
    }
  }

  @Test
  void takesTheBytesAsTheyAre() {
    serve(
        exchange -> {
          assertThat(exchange.getRequestHeaders()).doesNotContainKey("Accept-encoding");
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          answer(exchange, 200, MODEL);
        });

    assertThat(fetch().bytes()).isEqualTo(MODEL);
  }

  @Test
  void followsRedirects() {
    serve(
        exchange -> {
          switch (exchange.getRequestURI().toString()) {
            case "/m.pkl" -> redirect(exchange, 302, "/relative/");
            case "/relative/" -> redirect(exchange, 307, "next?x=1");
            case "/relative/next?x=1" -> redirect(exchange, 301, uri("/last"));
            default -> answer(exchange, 200, MODEL);
          }
        });

    assertThat(fetch().bytes()).isEqualTo(MODEL);
    assertThat(requests).hasValue(4);
  }

  @Test
  void followsNoRedirectForEver() {
    serve(exchange -> redirect(exchange, 302, "/m.pkl"));

    assertThat(failure(Reason.REDIRECT_REFUSED, allowed()))
        .hasMessageContaining("more than 5 times");
    assertThat(requests).hasValue(6);
  }

  @ParameterizedTest
  @CsvSource({
    "http://169.254.169.254/computeMetadata/v1/, ADDRESS_REFUSED",
    "http://10.0.0.1/m.pkl, ADDRESS_REFUSED",
    "//[::1]:%d/m.pkl, ADDRESS_REFUSED",
    "http://2130706433:%d/m.pkl, REDIRECT_REFUSED",
    "http://user@127.0.0.1:%d/m.pkl, REDIRECT_REFUSED",
    "file:/etc/passwd, REDIRECT_REFUSED",
    "ftp://example.com/m.pkl, REDIRECT_REFUSED",
    "gopher:x, REDIRECT_REFUSED",
    "/a/%%2e%%2e/b, REDIRECT_REFUSED",
    "../b, REDIRECT_REFUSED",
    "a b, REDIRECT_REFUSED",
  })
  void followsNoRedirectToWhatItWouldNotFetch(String location, Reason reason) {
    serve(exchange -> redirect(exchange, 302, location.formatted(server.getAddress().getPort())));

    failure(reason, allowed());

    assertThat(requests).hasValue(1);
  }

  @Test
  void sendsTheHeaderToItsOwnHostOnly() throws IOException {
    List<String> seen = new ArrayList<>();
    serve(
        exchange -> {
          seen.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          switch (exchange.getRequestURI().toString()) {
            case "/m.pkl" -> redirect(exchange, 302, "/same");
            case "/same" ->
                redirect(
                    exchange, 302, "http://localhost:" + server.getAddress().getPort() + "/other");
            case "/other" -> redirect(exchange, 302, uri("/back"));
            default -> answer(exchange, 200, MODEL);
          }
        });
    Path credentials = Files.createDirectory(directory.resolve("credentials"));
    Files.writeString(credentials.resolve("header"), "Authorization: Bearer x\n");
    Files.writeString(credentials.resolve("hosts"), "127.0.0.1");

    fetcher(
            settings(
                directory,
                "MODEL_ALLOWED_HOSTS",
                "127.0.0.1,localhost",
                "MODEL_CREDENTIALS_DIR",
                credentials.toString()))
        .fetch(ModelLocation.file(uri("/m.pkl")), Optional.of(SHA256));

    assertThat(seen)
        .containsExactly("/m.pkl Bearer x", "/same Bearer x", "/other null", "/back null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3cret", "Authorization: s3cret\nHost: b", "Bad Name: s3cret", ": s3cret"})
  void refusesAHeaderThatIsNone(String line) throws IOException {
    serve(exchange -> answer(exchange, 200, MODEL));
    Path credentials = Files.createDirectory(directory.resolve("credentials"));
    Files.writeString(credentials.resolve("header"), line);
    Files.writeString(credentials.resolve("hosts"), "127.0.0.1");

    ModelFetchException failure =
        failure(Reason.INVALID_SETTINGS, allowed("MODEL_CREDENTIALS_DIR", credentials.toString()));

    assertThat(failure).hasMessageNotContaining("s3cret");
    assertThat(requests).hasValue(0);
  }

  @Test
  void saysThatTheDirectoryCannotBeWritten() {
    serve(exchange -> answer(exchange, 200, MODEL));

    FetchSettings nowhere =
        settings(directory.resolve("absent"), "MODEL_ALLOWED_HOSTS", "127.0.0.1");

    assertThat(failure(Reason.NOT_WRITABLE, nowhere)).hasMessageContaining("absent");
    assertThat(requests).hasValue(0);
  }

  @Test
  void stopsWhenItsThreadIsInterrupted() throws Exception {
    serve(exchange -> answer(exchange, 503, MODEL));
    AtomicReference<RuntimeException> thrown = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    fetch();
                  } catch (RuntimeException e) {
                    thrown.set(e);
                  }
                });
    await().until(() -> requests.get() > 0);

    thread.interrupt();
    thread.join();

    assertThat(((ModelFetchException) thrown.get()).reason()).isEqualTo(Reason.INTERRUPTED);
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
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static void redirect(HttpExchange exchange, int status, String location)
      throws IOException {
    exchange.getResponseHeaders().set("Location", location);
    answer(exchange, status, "moved".getBytes(UTF_8));
  }

  private String uri(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private FetchSettings allowed(String... variables) {
    String[] all = Arrays.copyOf(variables, variables.length + 2);
    all[variables.length] = "MODEL_ALLOWED_HOSTS";
    all[variables.length + 1] = "127.0.0.1";
    return settings(directory, all);
  }

  private ModelFetcher fetcher(FetchSettings settings) {
    return new ModelFetcher(
        settings,
        state -> {
          synchronized (states) {
            states.add(state);
          }
        },
        Stores::open);
  }

  private FetchedModel fetch(String... variables) {
    return fetcher(allowed(variables))
        .fetch(ModelLocation.file(uri("/m.pkl")), Optional.of(SHA256));
  }

  private FetchedModel fetchFrom(RawServer raw) {
    return fetcher(allowed()).fetch(ModelLocation.file(raw.uri()), Optional.of(SHA256));
  }

  private ModelRefusedException refusal(FetchSettings settings) {
    return assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(
            () -> fetcher(settings).fetch(ModelLocation.file(uri("/m.pkl")), Optional.of(SHA256)))
        .actual();
  }

  private ModelFetchException failure(Reason reason, FetchSettings settings) {
    return failure(reason, uri("/m.pkl"), settings);
  }

  private ModelFetchException failure(Reason reason, String uri, FetchSettings settings) {
    ModelFetchException failure =
        assertThatExceptionOfType(ModelFetchException.class)
            .isThrownBy(() -> fetcher(settings).fetch(ModelLocation.file(uri), Optional.of(SHA256)))
            .actual();
    assertThat(failure.reason()).isEqualTo(reason);
    return failure;
  }

  private List<String> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Socket socket, String head, byte[] body) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(ISO_8859_1));
    out.write(body);
    out.flush();
  }

  /** A server that answers each connection as it is told, in order, right or wrong. */
  private final class RawServer implements AutoCloseable {

    @FunctionalInterface
    interface Answer {
      void to(Socket socket) throws Exception;
    }

    private final ServerSocket socket = new ServerSocket(0, 50, LOOPBACK);
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

    RawServer() throws IOException {
      threads.submit(
          () -> {
            while (true) {
              Socket connection = socket.accept();
              threads.submit(
                  () -> {
                    try (connection) {
                      connection.getInputStream().read(new byte[8192]);
                      answers.take().to(connection);
                    }
                    return null;
                  });
            }
          });
    }

    void answer(Answer answer) {
      answers.add(answer);
    }

    String uri() {
      return "http://127.0.0.1:" + socket.getLocalPort() + "/m.pkl";
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
