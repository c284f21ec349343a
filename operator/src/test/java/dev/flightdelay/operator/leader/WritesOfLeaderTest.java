package dev.flightdelay.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritesOfLeaderTest {

  private static final LeaseTimes TIMES =
      new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

  /** What the API server has received as a whole: method, path and query, body. */
  private final List<String> received = new CopyOnWriteArrayList<>();

  private final AtomicLong clock = new AtomicLong();
  private final Leadership leadership = Leadership.elected(TIMES, clock::get);
  private final WritesOfLeader client = new WritesOfLeader(HttpClient.newHttpClient(), leadership);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes());
          received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://localhost:" + server.getAddress().getPort() + path));
  }

  private HttpResponse<Void> send(HttpRequest request) {
    return client.sendAsync(request, BodyHandlers.discarding()).join();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void sendsNoWriteOfWhoDoesNotLead(String method) {
    HttpRequest write = to("/apis").method(method, BodyPublishers.ofString("{}")).build();

    assertThatThrownBy(() -> send(write)).hasCauseInstanceOf(NotLeading.class);

    assertThat(received).isEmpty();
  }

  @Test
  void readsAndAsksForItsRightsOfWhoeverItIs() {
    send(to("/apis").GET().build());
    send(to("/apis/selfsubjectaccessreviews").POST(BodyPublishers.ofString("{}")).build());

    assertThat(received).containsExactly("GET /apis ", "POST /apis/selfsubjectaccessreviews {}");
  }

  @Test
  void boundsAWriteByWhatIsLeftOfTheLease() {
    leadership.renewed(0);
    clock.set(Duration.ofSeconds(9).toNanos());

    send(to("/a?force=true").method("PATCH", BodyPublishers.ofString("{}")).build());
    send(
        to("/b")
            .timeout(Duration.ofSeconds(1))
            .method("PATCH", BodyPublishers.ofString("{}"))
            .build());

    assertThat(received)
        .containsExactly("PATCH /a?force=true&timeout=6000ms {}", "PATCH /b?timeout=1000ms {}");
  }

  @Test
  void leavesEverythingToTheOnlyReplica() {
    try (HttpClient undisputed =
        new WritesOfLeader(HttpClient.newHttpClient(), Leadership.undisputed(TIMES))) {
      undisputed
          .sendAsync(
              to("/a").method("PATCH", BodyPublishers.ofString("{}")).build(),
              BodyHandlers.discarding())
          .join();
    }

    assertThat(received).containsExactly("PATCH /a {}");
  }

  @Test
  void sendsNoBodyOnceTheLeaseHasRunOutMeanwhile() {
    leadership.renewed(0);
    BodyPublisher slow = afterwards(Duration.ofSeconds(10), BodyPublishers.ofString("{}"));

    assertThatThrownBy(() -> send(to("/a").method("PATCH", slow).build()))
        .hasStackTraceContaining(NotLeading.class.getName());

    assertThat(received).isEmpty();
  }

  @Test
  void cutsALongBodyWhenTheLeaseRunsOut() {
    leadership.renewed(0);
    String text = "x".repeat(100_000);
    BodyPublisher body = BodyPublishers.ofString(text);
    BodyPublisher slow =
        BodyPublishers.fromPublisher(
            (Subscriber<? super ByteBuffer> subscriber) ->
                body.subscribe(new PassingTime(subscriber, Duration.ofSeconds(3))),
            text.length());

    assertThatThrownBy(() -> send(to("/a").method("PATCH", slow).build()))
        .hasStackTraceContaining(NotLeading.class.getName());

    assertThat(received).isEmpty();
  }

  /** A body that the connection asks for so late. */
  private BodyPublisher afterwards(Duration time, BodyPublisher body) {
    return BodyPublishers.fromPublisher(
        subscriber -> {
          clock.addAndGet(time.toNanos());
          body.subscribe(subscriber);
        },
        body.contentLength());
  }

  private final class PassingTime implements Subscriber<ByteBuffer> {

    private final Subscriber<? super ByteBuffer> subscriber;
    private final Duration each;

    private PassingTime(Subscriber<? super ByteBuffer> subscriber, Duration each) {
      this.subscriber = subscriber;
      this.each = each;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer piece) {
      clock.addAndGet(each.toNanos());
      subscriber.onNext(piece);
    }

    @Override
    public void onError(Throwable error) {
      subscriber.onError(error);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }
}
