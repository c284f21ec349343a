package dev.flightdelay.predictor.dataplane;

import static dev.flightdelay.predictor.dataplane.RawRequests.BATCH;
import static dev.flightdelay.predictor.dataplane.RawRequests.ROW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Deadlines, limits, draining, and the time before there is a model. */
class LimitsTest {

  private static final String HEALTH = "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n";

  @Test
  void saysWhyThereIsNoModelYet() {
    AtomicReference<String> reason = new AtomicReference<>("downloading the model");
    try (RunningServer server = RunningServer.waiting(DataPlaneLimits.defaults(), reason::get)) {
      assertThat(server.get("/livez").statusCode()).isEqualTo(200);
      assertThat(server.get("/v2/health/live").statusCode()).isEqualTo(200);
      assertThat(server.get("/readyz").statusCode()).isEqualTo(503);
      assertThat(server.get("/readyz").body())
          .isEqualTo("{\"ready\":false,\"reason\":\"downloading the model\"}");
      reason.set("downloading the model: attempt 3, the store answered 503");
      assertThat(server.get("/v2/health/ready").body()).contains("attempt 3");
      var prediction = server.post("/api", RunningServer.JSON, "{}");
      assertThat(prediction.statusCode()).isEqualTo(503);
      assertThat(prediction.headers().firstValue("retry-after")).hasValue("1");
      assertThat(prediction.headers().firstValue("x-model-version")).isEmpty();
      assertThat(prediction.body())
          .isEqualTo(
              "{\"error\":\"the model is not there yet: downloading the model: attempt 3, the"
                  + " store answered 503\"}");
      assertThat(server.post("/", RunningServer.FORM, "x=[1]").body())
          .startsWith("{\"error_message\":");

      server.serve(Models.sumOfTwo());

      assertThat(server.get("/readyz").body()).isEqualTo("{\"ready\":true}");
      assertThat(server.post("/api", RunningServer.JSON, "{\"array\":[1,2]}").body())
          .isEqualTo("{\"predicciones\":[3.0]}");
    }
  }

  @Test
  void endsSlowHeadersAndBodiesByTheirTotalTime() {
    Duration total = Duration.ofMillis(400);
    DataPlaneLimits limits = ShortLimits.times(total, total, Duration.ofSeconds(9), total);
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo(), limits);
        RawConnection headers = server.connect();
        RawConnection body = server.connect();
        RawConnection chunked = server.connect();
        RawConnection good = server.connect()) {
      headers.send("GET /livez HTTP/1.1\r\n");
      body.send("POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n{");
      chunked.send("POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      long enough = System.nanoTime() + total.toNanos() * 3 / 2;
      for (int i = 0; System.nanoTime() < enough; i++) {
        headers.send("X");
        body.send(" ");
        chunked.send(i % 2 == 0 ? "1\r\n" : " \r\n");
        await().pollDelay(Duration.ofMillis(20)).until(() -> true);
      }

      for (RawConnection slow : List.of(headers, body, chunked)) {
        RawConnection.Reply reply = slow.reply();
        assertThat(reply.status()).isEqualTo(408);
        assertThat(reply.header("Connection")).isEqualTo("close");
        assertThat(slow.isClosedByServer()).isTrue();
      }
      assertThat(good.send(HEALTH).reply().status()).isEqualTo(200);
    }
  }

  @Test
  void closesIdleConnections() {
    Duration idle = Duration.ofMillis(200);
    DataPlaneLimits limits =
        ShortLimits.times(Duration.ofSeconds(5), Duration.ofSeconds(5), idle, idle);
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo(), limits);
        RawConnection used = server.connect();
        RawConnection unused = server.connect()) {
      assertThat(used.send(HEALTH).reply().status()).isEqualTo(200);

      assertThat(used.isClosedByServer()).isTrue();
      assertThat(unused.isClosedByServer()).isTrue();
    }
  }

  @Test
  void closesConnectionsSoonerThatNeverAsked() {
    DataPlaneLimits limits = ShortLimits.idle(Duration.ofMillis(200), Duration.ofSeconds(60));
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo(), limits);
        RawConnection used = server.connect();
        RawConnection unused = server.connect()) {
      assertThat(used.send(HEALTH).reply().status()).isEqualTo(200);

      assertThat(unused.isClosedByServer()).isTrue();
      await().during(Duration.ofMillis(600)).until(() -> server.connections() == 1);
      assertThat(used.send(HEALTH).reply().status()).isEqualTo(200);
    }
  }

  @Test
  void keepsIdleConnectionsLongerThanLoadBalancersDo() {
    DataPlaneLimits limits = DataPlaneLimits.defaults();

    assertThat(limits.idleTime()).isGreaterThan(Duration.ofSeconds(600));
    assertThat(limits.unusedTime()).isEqualTo(Duration.ofSeconds(75));
    assertThat(
            DataPlaneLimits.of(9, 9, 1, Duration.ofSeconds(10), Duration.ofSeconds(60))
                .unusedTime())
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void closesTheLongestIdleWhereConnectionsBecomeMany() {
    DataPlaneLimits limits = counts(10, 1024, 1);
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo(), limits)) {
      List<RawConnection> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(server.connect());
        assertThat(clients.get(i).send(HEALTH).reply().status()).isEqualTo(200);
      }
      // Busy for long, and used again: neither is the longest idle.
      clients.get(0).send(ROW.substring(0, 60));
      await().pollDelay(Duration.ofMillis(1200)).until(() -> true);
      assertThat(clients.get(1).send(HEALTH).reply().status()).isEqualTo(200);
      assertThat(server.connections()).isEqualTo(8);

      for (int i = 8; i < 12; i++) {
        clients.add(server.connect());
        assertThat(clients.get(i).send(HEALTH).reply().status()).isEqualTo(200);
      }

      for (int i = 2; i < 6; i++) {
        assertThat(clients.get(i).isClosedByServer()).isTrue();
      }
      clients.get(0).send(ROW.substring(60));
      for (int i : new int[] {1, 6, 7, 8, 9, 10, 11}) {
        clients.get(i).send(HEALTH);
      }
      for (int i : new int[] {0, 1, 6, 7, 8, 9, 10, 11}) {
        assertThat(clients.get(i).reply().status()).isEqualTo(200);
      }
      clients.forEach(RawConnection::close);
    }
  }

  @Test
  void closesIdleConnectionsAtOnceWhenDraining() throws InterruptedException {
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo());
        RawConnection idle = server.connect()) {
      assertThat(idle.send(HEALTH).reply().status()).isEqualTo(200);
      await().pollDelay(Duration.ofMillis(1100)).until(() -> true);

      assertThat(server.plane().drain(Duration.ofMillis(300))).isTrue();

      assertThat(idle.isClosedByServer()).isTrue();
    }
  }

  @Test
  void answersGoodClientsWhileHundredsAreSlow() {
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo())) {
      List<RawConnection> slow = new ArrayList<>();
      try {
        for (int i = 0; i < 200; i++) {
          slow.add(server.connect().send("POST /api HTTP/1.1\r\nHost: a\r\nX"));
          slow.add(
              server
                  .connect()
                  .send("POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 16777216\r\n\r\n{"));
        }
        long worst = 0;
        try (RawConnection good = server.connect()) {
          for (int i = 0; i < 1000; i++) {
            if (i % 10 == 0) {
              slow.get(i / 10 * 4 % slow.size()).send("X");
            }
            long start = System.nanoTime();
            assertThat(good.send(ROW).reply().status()).isEqualTo(200);
            worst = Math.max(worst, System.nanoTime() - start);
          }
        }
        // Generous, because tests share their machine: what must not happen is waiting for others.
        assertThat(Duration.ofNanos(worst)).isLessThan(Duration.ofSeconds(2));
      } finally {
        slow.forEach(RawConnection::close);
      }
    }
  }

  @Test
  void answersConnectionsAboveTheLimitThatThereAreTooMany() {
    DataPlaneLimits limits = counts(2, 1024, 2);
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo(), limits);
        RawConnection first = server.connect()) {
      assertThat(first.send(HEALTH).reply().status()).isEqualTo(200);
      try (RawConnection second = server.connect()) {
        assertThat(second.send(HEALTH).reply().status()).isEqualTo(200);
        try (RawConnection third = server.connect()) {
          RawConnection.Reply reply = third.reply();
          assertThat(reply.status()).isEqualTo(503);
          assertThat(reply.header("Retry-After")).isEqualTo("1");
          assertThat(reply.header("Connection")).isEqualTo("close");
          assertThat(third.isClosedByServer()).isTrue();
        }
        assertThat(second.send(HEALTH).reply().status()).isEqualTo(200);
      }
      await()
          .untilAsserted(
              () -> {
                try (RawConnection again = server.connect()) {
                  assertThat(again.send(HEALTH).reply().status()).isEqualTo(200);
                }
              });
    }
  }

  @Test
  void answersRequestsAboveTheLimitThatThereAreTooMany() {
    SlowModel model = new SlowModel();
    DataPlaneLimits limits = counts(20_000, 1, 2);
    try (RunningServer server = RunningServer.serving(model, limits);
        RawConnection first = server.connect();
        RawConnection second = server.connect()) {
      first.send(BATCH);
      await().until(() -> inFlight(server) == 1);

      RawConnection.Reply refused = second.send(ROW).reply();

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.body()).contains("more than 1 requests are in flight");
      assertThat(second.send(HEALTH).reply().status()).isEqualTo(200);
      model.go.countDown();
      assertThat(first.reply().status()).isEqualTo(200);
      assertThat(second.send(ROW).reply().status()).isEqualTo(200);
      assertThat(inFlight(server)).isZero();
    }
  }

  @Test
  void letsSlowSendersTakeNobodysPlace() {
    DataPlaneLimits limits = counts(20_000, 1, 2);
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo(), limits);
        RawConnection slow = server.connect();
        RawConnection good = server.connect()) {
      slow.send(HEALTH + ROW.substring(0, ROW.length() - 1));
      assertThat(slow.reply().status()).isEqualTo(200);

      assertThat(good.send(ROW).reply().status()).isEqualTo(200);
      assertThat(slow.send("}").reply().status()).isEqualTo(200);
    }
  }

  @Test
  void refusesLongBodiesAboveWhatAllConnectionsMayHoldButTakesShortOnes() {
    DataPlaneLimits limits = ShortLimits.bufferedBodyBytes(64 << 10);
    String start = "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n";
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo(), limits);
        RawConnection holder = server.connect();
        RawConnection other = server.connect();
        RawConnection good = server.connect()) {
      holder.send(start + " ".repeat(60_000));
      await()
          .untilAsserted(
              () -> {
                try (RawConnection refused = server.connect()) {
                  refused.send(start + " ".repeat(60_000));
                  RawConnection.Reply reply = refused.reply();
                  assertThat(reply.status()).isEqualTo(503);
                  assertThat(reply.header("Retry-After")).isEqualTo("1");
                }
              });

      other.send(ROW.substring(0, ROW.length() - 1)).send("}");
      assertThat(other.reply().status()).isEqualTo(200);
      assertThat(good.send(ROW).reply().status()).isEqualTo(200);
    }
  }

  @Test
  void scoresSlowModelsAsideEvenForSingleRows() {
    AtomicReference<String> thread = new AtomicReference<>();
    Model slow =
        new Model() {
          @Override
          public Signature signature() {
            return Models.sumOfTwo().signature();
          }

          @Override
          public void score(Rows rows, int from, int to, Scores scores) {
            thread.set(Thread.currentThread().getName());
            long end = System.nanoTime() + 8_000_000;
            while (System.nanoTime() < end) {
              Thread.onSpinWait();
            }
          }
        };
    try (RunningServer server = RunningServer.serving(slow);
        RawConnection client = server.connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.send(ROW).reply().status()).isEqualTo(200);
      }

      assertThat(thread.get()).startsWith("long-batches");
    }
  }

  @Test
  void drainsWithoutLosingRequests() throws InterruptedException {
    SlowModel model = new SlowModel();
    try (RunningServer server = RunningServer.serving(model);
        RawConnection idle = server.connect();
        RawConnection busy = server.connect();
        RawConnection sending = server.connect()) {
      assertThat(idle.send(HEALTH).reply().status()).isEqualTo(200);
      busy.send(BATCH);
      sending.send(HEALTH + ROW.substring(0, 60));
      assertThat(sending.reply().status()).isEqualTo(200);
      await().until(() -> inFlight(server) == 1);
      AtomicReference<Boolean> drained = new AtomicReference<>();
      Thread draining =
          Thread.ofPlatform()
              .start(() -> drained.set(server.plane().drain(Duration.ofSeconds(20))));

      assertThat(idle.isClosedByServer()).isTrue();
      model.go.countDown();
      RawConnection.Reply answer = busy.reply();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Connection")).isEqualTo("close");
      assertThat(busy.isClosedByServer()).isTrue();
      sending.send(ROW.substring(60));
      assertThat(sending.reply().status()).isEqualTo(200);
      List.of(busy, sending, idle).forEach(RawConnection::close);
      draining.join();
      assertThat(drained).hasValue(true);
    }
  }

  @Test
  void losesNoRequestOfBusyClientsWhileDraining() throws InterruptedException {
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo())) {
      AtomicInteger answered = new AtomicInteger();
      AtomicInteger toldToGo = new AtomicInteger();
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        RawConnection client = server.connect();
        clients.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      try (client) {
                        RawConnection.Reply reply;
                        do {
                          reply = client.send(ROW).reply();
                          answered.incrementAndGet();
                        } while (reply.header("Connection") == null);
                        toldToGo.incrementAndGet();
                      }
                    }));
      }
      await().until(() -> answered.get() > 1000);

      assertThat(server.plane().drain(Duration.ofSeconds(20))).isTrue();

      for (Thread client : clients) {
        client.join();
      }
      assertThat(toldToGo).hasValue(8);
    }
  }

  @Test
  void drainsForBoundedTime() {
    SlowModel model = new SlowModel();
    try (RunningServer server = RunningServer.serving(model);
        RawConnection busy = server.connect()) {
      busy.send(BATCH);
      await().until(() -> inFlight(server) == 1);

      assertThat(server.plane().drain(Duration.ofMillis(100))).isFalse();
      assertThat(busy.isClosedByServer()).isTrue();
      model.go.countDown();
    }
  }

  @Test
  void readsNothingMoreFromClientThatDoesNotReadItsAnswers() {
    Duration write = Duration.ofMillis(500);
    DataPlaneLimits limits =
        ShortLimits.times(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(60), write);
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo(), limits);
        RawConnection deaf = server.connect()) {
      Thread sender =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 100_000; i++) {
                        deaf.send(ROW.repeat(100));
                      }
                    } catch (java.io.UncheckedIOException closed) {
                      // What the server is expected to do.
                    }
                  });

      await().atMost(Duration.ofSeconds(20)).until(() -> !sender.isAlive());
    }
  }

  @Test
  void namesNoInternalsWhenTheModelFails() {
    Model broken =
        new Model() {
          @Override
          public Signature signature() {
            return Models.sumOfTwo().signature();
          }

          @Override
          public void score(Rows rows, int from, int to, Scores scores) {
            throw new IllegalStateException("secret internals");
          }
        };
    try (RunningServer server = RunningServer.serving(broken)) {
      var answer = server.post("/api", RunningServer.JSON, "{\"array\":[1,2]}");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body())
          .isEqualTo("{\"error\":\"the prediction failed; the server's log says why\"}");
    }
  }

  private static DataPlaneLimits counts(int connections, int inFlight, int eventLoops) {
    return DataPlaneLimits.of(
        connections,
        inFlight,
        eventLoops,
        DataPlaneLimits.DEFAULT_IDLE_TIME,
        DataPlaneLimits.DEFAULT_PREDICTION_TIME);
  }

  private static double inFlight(RunningServer server) {
    return server.registry().get("predictor.requests.in.flight").gauge().value();
  }

  /** Takes its time with batches, until it is let go. */
  private static final class SlowModel implements Model {

    private final CountDownLatch go = new CountDownLatch(1);

    @Override
    public Signature signature() {
      return Signature.of("LinearRegression", "scikit-learn", Optional.empty(), Features.unnamed(2))
          .build();
    }

    @Override
    public void score(Rows rows, int from, int to, Scores scores) {
      if (rows.count() > 1) {
        try {
          go.await();
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
