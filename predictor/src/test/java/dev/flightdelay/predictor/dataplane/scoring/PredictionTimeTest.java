package dev.flightdelay.predictor.dataplane.scoring;

import static dev.flightdelay.predictor.dataplane.RawRequests.ROW;
import static dev.flightdelay.predictor.dataplane.RawRequests.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.predictor.dataplane.RawConnection;
import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.dataplane.ShortLimits;
import dev.flightdelay.predictor.dataplane.SlowRows;
import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dataplane.admission.Gate;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not wanted any more is not done: what is late, and what nobody waits for. */
class PredictionTimeTest {

  private static final String TEN_ROWS = batch(10, "");

  /** But long enough for a busy machine to begin. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void answersTheLateThatTheirPredictionWasBegunOrWasNot() {
    SlowRows model = SlowRows.held();
    try (RunningServer server = serving(model, SHORT);
        RawConnection begun = server.connect();
        RawConnection waiting = server.connect()) {
      begun.send(TEN_ROWS);
      await().until(() -> model.rows() == 2);
      waiting.send(TEN_ROWS);

      RawConnection.Reply refused = waiting.reply();

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.body()).contains("could not be begun within the 2 s");
      assertThat(begun.isSilent()).isTrue();
      model.let(1);
      RawConnection.Reply ended = begun.reply();
      assertThat(ended.status()).isEqualTo(504);
      assertThat(ended.header("Connection")).isNull();
      assertThat(ended.body())
          .isEqualTo(
              "{\"error\":\"the prediction took longer than the 2 s that it may take; send fewer"
                  + " rows at a time\"}");
      assertThat(model.rows()).isEqualTo(2);
      assertThat(failures(server)).isEqualTo(2);
    }
  }

  @Test
  void goesOnWithTheNextRequestOfTheConnection() {
    SlowRows model = SlowRows.held();
    try (RunningServer server = serving(model, SHORT);
        RawConnection client = server.connect()) {
      client.send(TEN_ROWS + "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n");
      await().until(() -> model.rows() == 2);
      await().pollDelay(SHORT.plusMillis(50)).until(() -> true);
      model.let(100);

      assertThat(client.reply().status()).isEqualTo(504);
      assertThat(client.reply().status()).isEqualTo(200);
      assertThat(client.send(ROW).reply().status()).isEqualTo(200);
    }
  }

  static Stream<Named<Consumer<RawConnection>>> waysToGo() {
    return Stream.of(
        Named.of("closes", RawConnection::close),
        Named.of("sends no more", RawConnection::shutOutput),
        Named.of("sent more, and closes", client -> client.send(ROW).close()),
        Named.of("sent more, and sends no more", client -> client.send(ROW).shutOutput()));
  }

  @ParameterizedTest
  @MethodSource("waysToGo")
  void dropsWhatRunsAndWhatWaitsWhenItsClientIsGone(Consumer<RawConnection> go) {
    SlowRows model = SlowRows.held();
    try (RunningServer server = serving(model, LONG);
        RawConnection running = server.connect();
        RawConnection waiting = server.connect();
        RawConnection stays = server.connect()) {
      running.send(TEN_ROWS);
      await().until(() -> model.rows() == 2);
      waiting.send(TEN_ROWS);
      await().until(() -> inFlight(server) == 2);
      stays.send(batch(4, ""));
      await().until(() -> inFlight(server) == 3);

      go.accept(running);
      go.accept(waiting);
      await().until(() -> inFlight(server) == 1);
      model.let(100);

      assertThat(stays.reply().body()).isEqualTo("{\"predictions\":[2.0,2.0,2.0,2.0]}");
      // Of the first only the block that was being scored, of the second nothing.
      assertThat(model.rows()).isEqualTo(2 + 4);
    }
  }

  private static RunningServer serving(SlowRows model, Duration most) {
    DataPlaneLimits oneWorker = ShortLimits.predictions(1024, 1, most);
    return RunningServer.serving(model, SlowRows.TWO_AT_A_TIME, oneWorker, Gate.OPEN);
  }

  private static double inFlight(RunningServer server) {
    return server.registry().get("predictor.requests.in.flight").gauge().value();
  }

  private static long failures(RunningServer server) {
    return server.registry().get("predictor.requests").tag("outcome", "5xx").timer().count();
  }
}
