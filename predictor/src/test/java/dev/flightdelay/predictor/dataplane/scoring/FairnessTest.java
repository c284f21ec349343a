package dev.flightdelay.predictor.dataplane.scoring;

import static dev.flightdelay.predictor.dataplane.RawRequests.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.predictor.auth.caller.CallerLimits;
import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.dataplane.RawConnection;
import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.dataplane.ShortLimits;
import dev.flightdelay.predictor.dataplane.SlowRows;
import dev.flightdelay.predictor.dataplane.admission.CrossOrigin;
import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dataplane.admission.Gate;
import dev.flightdelay.predictor.network.TrustedProxies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What one caller asks takes nothing from the others but their share. */
class FairnessTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final TrustedProxies LOOPBACK = TrustedProxies.parse("127.0.0.0/8", "proxies");

  @Test
  void callersThatAskForMuchAndGoAwayLeaveOthersTheirTime() {
    int tries = 50;
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> hogs = new ArrayList<>();
    try (RunningServer server = serving(SlowRows.taking(5), limits(1024, 2), unlimited())) {
      for (int i = 0; i < 40; i++) {
        String much = batch(400, from("198.51.100." + (1 + i % 2)));
        hogs.add(Thread.ofVirtual().start(() -> askAndGoAway(server, much, over)));
      }
      List<Long> millis = new ArrayList<>();
      try (RawConnection third = server.connect()) {
        for (int i = 0; i < tries; i++) {
          long start = System.nanoTime();
          assertThat(third.send(batch(100, from("203.0.113.1"))).reply().status()).isEqualTo(200);
          millis.add((System.nanoTime() - start) / 1_000_000);
        }
      } finally {
        over.set(true);
      }

      // Half a second is what its rows take alone, and tests share their machine: what must not
      // happen is waiting for all that the others ask, which is tens of seconds.
      millis.sort(null);
      assertThat(millis.get(tries / 2)).isLessThan(2_000);
      assertThat(millis.getLast()).isLessThan(8_000);
    }
  }

  private static void askAndGoAway(RunningServer server, String request, AtomicBoolean over) {
    for (int i = 0; !over.get(); i++) {
      try (RawConnection client = server.connect()) {
        client.send(request);
        // Some go at once, some when they are being answered.
        Thread.sleep(i % 3 * 100);
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException closed) {
        // The server has stopped.
      }
    }
  }

  @Test
  void whoIsAloneIsServedInOrder() {
    SlowRows model = SlowRows.taking(10);
    try (RunningServer server = serving(model, limits(1024, 1), unlimited());
        RawConnection first = server.connect();
        RawConnection second = server.connect()) {
      first.send(batch(40, ""));
      await().until(() -> model.rows() > 0);
      second.send(batch(2, ""));

      assertThat(second.reply().status()).isEqualTo(200);
      assertThat(first.isSilent()).isFalse();
    }
  }

  @Test
  void whoAsksLittleNeedNotWaitForWhoAsksMuch() {
    SlowRows model = SlowRows.taking(10);
    try (RunningServer server = serving(model, limits(1024, 1), unlimited());
        RawConnection much = server.connect();
        RawConnection little = server.connect()) {
      much.send(batch(200, from("198.51.100.1")));
      await().until(() -> model.rows() > 0);
      little.send(batch(2, from("203.0.113.1")));

      assertThat(little.reply().status()).isEqualTo(200);
      assertThat(much.isSilent()).isTrue();
      assertThat(much.reply().status()).isEqualTo(200);
    }
  }

  @Test
  void whoHasMostWaitingMakesRoomWhereThereIsNone() {
    SlowRows model = SlowRows.held();
    try (RunningServer server = serving(model, limits(4, 1), unlimited())) {
      List<RawConnection> greedy = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        greedy.add(server.connect().send(batch(10, from("198.51.100.1"))));
        int inFlight = i;
        await().until(() -> inFlight(server) == inFlight);
      }
      try (RawConnection other = server.connect();
          RawConnection another = server.connect()) {
        other.send(batch(2, from("203.0.113.1")));

        RawConnection.Reply displaced = greedy.getLast().reply();

        assertThat(displaced.status()).isEqualTo(429);
        assertThat(displaced.header("Retry-After")).isEqualTo("1");
        assertThat(displaced.body()).contains("more requests waiting here than its share");
        // Who is greedy has no room, though there is somebody with less.
        assertThat(greedy.getLast().send(batch(10, from("198.51.100.1"))).reply().status())
            .isEqualTo(429);
        // Of two that have one waiting each nobody makes room for the other.
        another.send(batch(2, from("203.0.113.2")));
        assertThat(greedy.get(2).reply().status()).isEqualTo(429);
        assertThat(inFlight(server)).isEqualTo(4);
        model.let(1000);
        assertThat(other.reply().status()).isEqualTo(200);
        assertThat(another.reply().status()).isEqualTo(200);
        assertThat(greedy.get(0).reply().status()).isEqualTo(200);
        assertThat(greedy.get(1).reply().status()).isEqualTo(200);
        assertThat(outcome(server, "5xx")).isZero();
        assertThat(inFlight(server)).isZero();
      }
      greedy.forEach(RawConnection::close);
    }
  }

  @Test
  void countsRowsWhereverTheyAreScored() {
    CallerLimits rows = new CallerLimits(OptionalInt.empty(), OptionalInt.of(10), LOOPBACK);
    try (RunningServer server = serving(SlowRows.taking(0), limits(1024, 1), rows);
        RawConnection client = server.connect()) {
      for (int many : new int[] {60, 500}) {
        String request = batch(many, from("203.0.113." + many));
        assertThat(client.send(request).reply().status()).isEqualTo(200);

        RawConnection.Reply refused = client.send(request).reply();

        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After")))
            .isBetween(many / 10 - 2, many / 10);
        assertThat(refused.body())
            .isEqualTo(
                "{\"error\":\"a caller may have 10 rows a second scored here; try again later\"}");
      }
      assertThat(client.send(batch(60, from("203.0.113.1"))).reply().status()).isEqualTo(200);
      assertThat(inFlight(server)).isZero();
    }
  }

  private static RunningServer serving(SlowRows model, DataPlaneLimits limits, CallerLimits each) {
    return RunningServer.serving(
        model,
        SlowRows.TWO_AT_A_TIME,
        limits,
        new Gate(null, new Callers(each), each.proxies(), CrossOrigin.NONE));
  }

  private static CallerLimits unlimited() {
    return new CallerLimits(OptionalInt.empty(), OptionalInt.empty(), LOOPBACK);
  }

  private static DataPlaneLimits limits(int inFlight, int workers) {
    return ShortLimits.predictions(inFlight, workers, LONG);
  }

  private static String from(String address) {
    return "X-Forwarded-For: " + address + "\r\n";
  }

  private static double inFlight(RunningServer server) {
    return server.registry().get("predictor.requests.in.flight").gauge().value();
  }

  private static long outcome(RunningServer server, String outcome) {
    return server.registry().find("predictor.requests").tag("outcome", outcome).timers().stream()
        .mapToLong(timer -> timer.count())
        .sum();
  }
}
