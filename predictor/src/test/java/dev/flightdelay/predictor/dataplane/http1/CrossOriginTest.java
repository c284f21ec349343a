package dev.flightdelay.predictor.dataplane.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.auth.caller.CallerLimits;
import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RawConnection;
import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.dataplane.admission.Gate;
import dev.flightdelay.predictor.network.TrustedProxies;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers ask and are told for pages of other origins (CORS). */
class CrossOriginTest {

  private static final String PAGE = "https://flights.example";

  @Test
  void letsListedPagesReadAnswers() {
    try (RunningServer server = serving(PAGE, "http://localhost:3000");
        RawConnection client = server.connect()) {
      client.send(post(PAGE, "{\"array\":[1,2]}"));
      RawConnection.Reply answer = client.reply();
      client.send(post("http://localhost:3000", "{"));
      RawConnection.Reply refusal = client.reply();

      assertThat(answer.body()).isEqualTo("{\"predicciones\":[3.0]}");
      assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
      assertThat(answer.header("Access-Control-Expose-Headers")).contains("x-model-version");
      assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
      assertThat(answer.header("Vary")).isEqualTo("Origin");
      assertThat(refusal.status()).isEqualTo(400);
      assertThat(refusal.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
    }
  }

  @Test
  void tellsBrowsersBeforehandWhatPagesMaySend() {
    try (RunningServer server = serving(PAGE);
        RawConnection client = server.connect()) {
      client.send(
          "OPTIONS /v2/models/flights/infer HTTP/1.1\r\nHost: a\r\nOrigin: "
              + PAGE
              + "\r\nAccess-Control-Request-Method: POST\r\n"
              + "Access-Control-Request-Headers: content-type\r\n\r\n");

      RawConnection.Reply reply = client.replyWithoutBody();
      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
      assertThat(reply.header("Access-Control-Allow-Methods")).contains("POST");
      assertThat(reply.header("Access-Control-Allow-Headers"))
          .contains("content-type", "inference-header-content-length");
      assertThat(reply.header("Access-Control-Max-Age")).isEqualTo("7200");
      assertThat(reply.header("Vary")).isEqualTo("Origin");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://other.example",
        "null",
        "https://flights.example:8443",
        "http://flights.example"
      })
  void letsNoOtherPageRead(String other) {
    try (RunningServer server = serving(PAGE);
        RawConnection client = server.connect()) {
      client.send(post(other, "{\"array\":[1,2]}"));

      RawConnection.Reply answer = client.reply();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
      // A cache must not give it to the page that may.
      assertThat(answer.header("Vary")).isEqualTo("Origin");
    }
  }

  @Test
  void letsEveryPageReadWhereAllAreListed() {
    try (RunningServer server = serving("*");
        RawConnection client = server.connect()) {
      client.send(post("https://any.example", "{\"array\":[1,2]}"));

      RawConnection.Reply answer = client.reply();
      assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
      assertThat(answer.header("Vary")).isNull();
    }
  }

  @Test
  void saysNothingWhereNoPageIsListed() {
    try (RunningServer server = RunningServer.serving(Models.sumOfTwo());
        RawConnection client = server.connect()) {
      client.send(post(PAGE, "{\"array\":[1,2]}"));

      RawConnection.Reply answer = client.reply();
      assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
      assertThat(answer.header("Vary")).isNull();
    }
  }

  private static RunningServer serving(String... origins) {
    Gate gate =
        Gate.of(null, new Callers(CallerLimits.NONE), TrustedProxies.NONE, List.of(origins));
    return RunningServer.serving(Models.sumOfTwo(), gate);
  }

  private static String post(String origin, String body) {
    return "POST /api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nOrigin: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(origin, body.length(), body);
  }
}
