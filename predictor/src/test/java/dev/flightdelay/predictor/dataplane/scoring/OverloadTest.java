package dev.flightdelay.predictor.dataplane.scoring;

import static dev.flightdelay.predictor.dataplane.RawRequests.BATCH;
import static dev.flightdelay.predictor.dataplane.RawRequests.ROW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RawConnection;
import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * More is asked than can be answered in time: what is refused, when, and what is answered still.
 */
class OverloadTest {

  private static final DataPlaneLimits ONE_THREAD =
      DataPlaneLimits.of(
          20_000,
          1024,
          1,
          DataPlaneLimits.DEFAULT_IDLE_TIME,
          DataPlaneLimits.DEFAULT_PREDICTION_TIME);

  private final List<RawConnection> clients = new ArrayList<>();

  @AfterEach
  void hangUp() {
    clients.forEach(RawConnection::close);
  }

  @Test
  void answersWhatItCanInTimeAndRefusesTheRestAtOnce() {
    try (RunningServer server = RunningServer.serving(taking(Duration.ofMillis(20)), ONE_THREAD)) {
      connect(server, 300);
      learn(ROW, 32);

      Outcome outcome = askAllAtOnce(ROW);

      // Six seconds of scoring, of which one may be waited for; a busy machine manages less in it.
      assertThat(outcome.answered()).isBetween(16, 100);
      assertThat(outcome.refused()).isEqualTo(300 - outcome.answered());
      assertThat(outcome.lastRefusal()).isLessThan(outcome.lastAnswer());
      assertThat(clients.getFirst().send(ROW).reply().status()).isEqualTo(200);
    }
  }

  @Test
  void letsAFewLongBatchesWaitHoweverLongThatTakes() {
    try (RunningServer server = RunningServer.serving(taking(Duration.ofMillis(150)), ONE_THREAD)) {
      connect(server, 16);
      learn(BATCH, 16);

      Outcome outcome = askAllAtOnce(BATCH);

      assertThat(outcome.answered()).isEqualTo(16);
      assertThat(outcome.refused()).isZero();
    }
  }

  @Test
  void answersShortRequestsWhileLongBatchesAreRefused() {
    Model slowBatches =
        scoring(rows -> spin(rows.count() > 1 ? Duration.ofMillis(8) : Duration.ZERO));
    try (RunningServer server = RunningServer.serving(slowBatches, ONE_THREAD);
        RawConnection single = server.connect()) {
      connect(server, 300);
      assertThat(single.send(ROW).reply().status()).isEqualTo(200);
      learn(BATCH, 32);
      clients.forEach(client -> client.send(BATCH));

      assertThat(single.send(ROW).reply().status()).isEqualTo(200);

      assertThat(replies().refused()).isPositive();
    }
  }

  /** What came back, and when the last of each kind did, in nanoseconds. */
  private record Outcome(int answered, int refused, long lastAnswer, long lastRefusal) {}

  private void connect(RunningServer server, int count) {
    for (int i = 0; i < count; i++) {
      clients.add(server.connect());
    }
  }

  /** Until the server knows how long it takes; its first requests are slower. */
  private void learn(String request, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(clients.getFirst().send(request).reply().status()).isEqualTo(200);
    }
  }

  private Outcome askAllAtOnce(String request) {
    clients.forEach(client -> client.send(request));
    return replies();
  }

  private Outcome replies() {
    int answered = 0;
    int refused = 0;
    long lastAnswer = 0;
    long lastRefusal = 0;
    // Those who were refused have come last: their replies are there first.
    for (RawConnection client : clients.reversed()) {
      RawConnection.Reply reply = client.reply();
      if (reply.status() == 200) {
        answered++;
        lastAnswer = System.nanoTime();
      } else {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.header("Connection")).isNull();
        assertThat(reply.body()).contains("more is asked than this server can answer in time");
        refused++;
        lastRefusal = System.nanoTime();
      }
    }
    return new Outcome(answered, refused, lastAnswer, lastRefusal);
  }

  private static Model taking(Duration time) {
    return scoring(rows -> spin(time));
  }

  private interface Scoring {
    void score(Rows rows);
  }

  private static Model scoring(Scoring scoring) {
    return new Model() {
      @Override
      public Signature signature() {
        return Models.sumOfTwo().signature();
      }

      @Override
      public void score(Rows rows, int from, int to, Scores scores) {
        scoring.score(rows);
      }
    };
  }

  private static void spin(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
