package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flightdelay.operator.observe.ServedAnswer;
import dev.flightdelay.operator.observe.ServedAnswer.Served;
import dev.flightdelay.operator.observe.ServedAnswer.Unreachable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelInfoClientTest {

  private static final String GOOD =
      """
      {"sha256": "1a", "estimator": "Tree", "features": 37, "classes": [0, "late"], "more": {}}""";

  private interface Answer {
    void give(HttpExchange exchange) throws IOException;
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
    http.shutdownNow();
  }

  private ServedAnswer ask(Answer answer) {
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          answer.give(exchange);
        });
    return new ModelInfoClient(http, Duration.ofMillis(1), Duration.ofMillis(700))
        .ask(
            URI.create(
                "http://127.0.0.1:%d/actuator/info".formatted(server.getAddress().getPort())));
  }

  private static Answer text(int status, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    };
  }

  private static void assertUnreachable(ServedAnswer answer, String why) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Unreachable.class,
            unreachable ->
                assertThat(unreachable.why())
                    .contains("/actuator/info")
                    .contains(why)
                    .contains("NetworkPolicies")
                    .hasSizeLessThan(400));
  }

  @Test
  void readsWhatAPodServes() {
    assertThat(ask(text(200, GOOD))).isEqualTo(new Served("1a", "Tree", 37, List.of("0", "late")));
    assertThat(asked).hasValue(1);
  }

  @Test
  void readsARegressorWithoutClasses() {
    assertThat(ask(text(200, "{\"sha256\": \"1a\", \"estimator\": \"Line\"}")))
        .isEqualTo(new Served("1a", "Line", 0, List.of()));
  }

  @Test
  void asksAgainIfThePodIsNotThereYet() {
    ServedAnswer answer = ask(exchange -> text(asked.get() < 3 ? 503 : 200, GOOD).give(exchange));

    assertThat(answer).isInstanceOf(Served.class);
    assertThat(asked).hasValue(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"sha256\": \"1a\"}",
        "{\"sha256\": {\"a\": 1}, \"estimator\": \"Tree\"}",
        "{\"sha256\": \"1a\", \"estimator\": \"Tree\", \"features\": \"many\"}",
        "{\"sha256\": \"1a\", \"estimator\": \"Tree\", \"classes\": {}}",
        "<html>not JSON</html>",
        "a: &a [*a]"
      })
  void doesNotTakeWhatIsNoAnswer(String body) {
    assertUnreachable(ask(text(200, body)), "");
    assertThat(asked).hasValue(3);
  }

  @Test
  void doesNotReadWithoutAnEnd() {
    ServedAnswer answer =
        ask(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              try (OutputStream body = exchange.getResponseBody()) {
                byte[] chunk = "[".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
                for (int i = 0; i < 64; i++) {
                  body.write(chunk);
                }
              }
            });

    assertUnreachable(answer, "");
  }

  @Test
  void doesNotReadTooDeep() {
    assertUnreachable(ask(text(200, "[".repeat(100_000))), "");
  }

  @Test
  void doesNotWaitForAnAnswerThatDoesNotCome() {
    assertUnreachable(ask(_ -> await()), "no whole answer");
  }

  @Test
  void doesNotWaitForABodyThatDoesNotEnd() {
    ServedAnswer answer =
        ask(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write('{');
              exchange.getResponseBody().flush();
              await();
            });

    assertUnreachable(answer, "no whole answer");
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void followsNoRedirect() {
    ServedAnswer answer =
        ask(
            exchange -> {
              exchange.getResponseHeaders().add("Location", "http://169.254.169.254/");
              exchange.sendResponseHeaders(302, -1);
              exchange.close();
            });

    assertUnreachable(answer, "it answers 302");
  }

  @Test
  void saysWhatAnErrorWas() {
    assertUnreachable(ask(text(500, "a stack trace with secrets")), "it answers 500");
  }

  @Test
  void shortensWhatAPodSaysAtLength() {
    String body =
        "{\"sha256\": \"%s\", \"estimator\": \"%s\", \"classes\": [%s\"\"]}"
            .formatted(
                "1".repeat(500), "e".repeat(5000), ("\"" + "c".repeat(500) + "\",").repeat(300));

    assertThat(ask(text(200, body)))
        .isInstanceOfSatisfying(
            Served.class,
            served -> {
              assertThat(served.sha256()).hasSize(64);
              assertThat(served.estimator()).hasSize(200);
              assertThat(served.classes())
                  .hasSize(100)
                  .allSatisfy(label -> assertThat(label).hasSize(100));
            });
  }

  @Test
  void saysThatNobodyListens() {
    int port = server.getAddress().getPort();
    server.stop(0);

    assertUnreachable(
        new ModelInfoClient(http, Duration.ofMillis(1), Duration.ofMillis(700))
            .ask(URI.create("http://127.0.0.1:%d/actuator/info".formatted(port))),
        "");
  }
}
