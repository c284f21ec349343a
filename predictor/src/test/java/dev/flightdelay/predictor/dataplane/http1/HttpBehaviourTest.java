package dev.flightdelay.predictor.dataplane.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RawConnection;
import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBehaviourTest {

  private static final RunningServer SERVER = RunningServer.serving(Models.sumOfTwo());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void answersPipelinedRequestsInOrderAlsoAroundLongBatches() {
    try (RawConnection client = SERVER.connect()) {
      String batch = "{\"data\":[" + "[1,1],".repeat(4999) + "[1,1]]}";
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        requests.append(post("/api", "{\"array\":[" + i + ",0]}"));
        if (i % 10 == 5) {
          requests.append(post("/predict", batch));
          // Few bytes, but more rows than the event loop scores itself.
          requests.append(post("/predict", "{\"data\":[" + "[1,1],".repeat(99) + "[1,1]]}"));
        }
      }

      client.send(requests.toString());

      for (int i = 0; i < 50; i++) {
        assertThat(client.reply().body()).isEqualTo("{\"predicciones\":[" + i + ".0]}");
        if (i % 10 == 5) {
          assertThat(client.reply().body())
              .isEqualTo("{\"predictions\":[" + "2.0,".repeat(4999) + "2.0]}");
          assertThat(client.reply().body())
              .isEqualTo("{\"predictions\":[" + "2.0,".repeat(99) + "2.0]}");
        }
      }
    }
  }

  @Test
  void readsRequestThatArrivesByteByByte() {
    try (RawConnection client = SERVER.connect()) {
      String request = post("/api", "{\"array\":[1,2]}");
      for (int round = 0; round < 2; round++) {
        request.chars().forEach(c -> client.send(String.valueOf((char) c)));

        assertThat(client.reply().body()).isEqualTo("{\"predicciones\":[3.0]}");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void readsChunkedBodies(int size) {
    try (RawConnection client = SERVER.connect()) {
      String body = "{\"array\":[1,2]}";
      StringBuilder chunks = new StringBuilder();
      for (int at = 0; at < body.length(); at += size) {
        String chunk = body.substring(at, Math.min(at + size, body.length()));
        chunks.append(Integer.toHexString(chunk.length())).append(";a=b\r\n");
        chunks.append(chunk).append("\r\n");
      }

      client.send(
          "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
              + chunks
              + "0\r\nTrailer: x\r\n\r\n"
              + get("/livez"));

      assertThat(client.reply().body()).isEqualTo("{\"predicciones\":[3.0]}");
      assertThat(client.reply().body()).isEqualTo("{\"live\":true}");
    }
  }

  @Test
  void saysContinueBeforeTheBodyIsSent() {
    try (RawConnection client = SERVER.connect()) {
      client.send(
          "POST /api HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 15\r\n\r\n");

      assertThat(client.reply().status()).isEqualTo(100);
      client.send("{\"array\":[1,2]}");
      assertThat(client.reply().body()).isEqualTo("{\"predicciones\":[3.0]}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api, 100-continue, 16777217, 413",
    "/api, a-miracle, 2, 417",
    "/nothing, 100-continue, 2, 404",
    "/livez, 100-continue, 2, 405"
  })
  void refusesBeforeTheBodyWhatItWouldRefuseAfterIt(
      String path, String expectation, long length, int status) {
    try (RawConnection client = SERVER.connect()) {
      client.send(
          "POST %s HTTP/1.1\r\nHost: a\r\nExpect: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(path, expectation, length));

      RawConnection.Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.header("Connection")).isEqualTo("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/livez",
        "/readyz",
        "/v2",
        "/v2/health/live",
        "/v2/health/ready",
        "/v2/models/flights",
        "/v2/models/flights/ready",
        "/v1/models",
        "/v1/models/flights",
        "/openapi.json",
        "/docs"
      })
  void answersHeadAsGetWithoutItsBody(String path) {
    try (RawConnection client = SERVER.connect()) {
      client.send(get(path) + get(path).replace("GET", "HEAD") + get("/livez"));

      RawConnection.Reply get = client.reply();
      RawConnection.Reply head = client.replyWithoutBody();
      assertThat(get.status()).isEqualTo(200);
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
      assertThat(client.reply().body()).isEqualTo("{\"live\":true}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api, 'POST, OPTIONS'",
    "HEAD, /api, 'POST, OPTIONS'",
    "DELETE, /, 'GET, HEAD, POST, OPTIONS'",
    "POST, /livez, 'GET, HEAD, OPTIONS'",
    "TRACE, /livez, 'GET, HEAD, OPTIONS'",
    "PATCH, /v2/models/flights/infer, 'POST, OPTIONS'",
    "GETS, /livez, 'GET, HEAD, OPTIONS'"
  })
  void namesTheMethodsThatPathAnswers(String method, String path, String allowed) {
    try (RawConnection client = SERVER.connect()) {
      client.send(method + " " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");

      RawConnection.Reply reply =
          method.equals("HEAD") ? client.replyWithoutBody() : client.reply();
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.header("Allow")).isEqualTo(allowed);
      assertThat(reply.header("x-model-version")).isEqualTo("v1");
      client.send(get("/livez"));
      assertThat(client.reply().status()).isEqualTo(200);
    }
  }

  /** RFC 9110, section 9.3.7. */
  @ParameterizedTest
  @CsvSource({
    "/api, 'POST, OPTIONS'",
    "/, 'GET, HEAD, POST, OPTIONS'",
    "*, 'GET, HEAD, POST, OPTIONS'",
    "http://a, 'GET, HEAD, POST, OPTIONS'",
    "http://a/livez, 'GET, HEAD, OPTIONS'"
  })
  void saysWhatMayBeAsked(String target, String allowed) {
    try (RawConnection client = SERVER.connect()) {
      client.send("OPTIONS " + target + " HTTP/1.1\r\nHost: a\r\n\r\n" + get("/livez"));

      RawConnection.Reply reply = client.replyWithoutBody();
      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.header("Allow")).isEqualTo(allowed);
      assertThat(reply.header("Content-Length")).isNull();
      assertThat(client.reply().body()).isEqualTo("{\"live\":true}");
    }
  }

  @Test
  void saysThatThereIsNothingToAskAtPathThatIsNotThere() {
    try (RawConnection client = SERVER.connect()) {
      client.send("OPTIONS /nothing HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(client.reply().status()).isEqualTo(404);
    }
  }

  /** RFC 9112, section 3.2.2. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a/livez",
        "HTTP://a.example:8080/livez?x=1",
        "https://[::1]:80/%6Civez",
        "http://a/livez/"
      })
  void takesTargetsThatProxiesAreSent(String target) {
    try (RawConnection client = SERVER.connect()) {
      client.send("GET " + target + " HTTP/1.1\r\nHost: other\r\n\r\n");

      assertThat(client.reply().body()).isEqualTo("{\"live\":true}");
    }
    try (RawConnection client = SERVER.connect()) {
      client.send("GET http://a HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(client.reply().body()).isEqualTo("<form>");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api | application/json | {\"error\":\"there is no body; send",
        "/api | | {\"error\":\"there is no body; send",
        "/predict | application/json | {\"error\":\"there is no body; send",
        "/v2/models/flights/infer | application/json | {\"error\":\"there is no body; send",
        "/v2/models/flights/infer | application/octet-stream | {\"error\":\"there is no body; send",
        "/invocations | text/csv | {\"error_code\":\"BAD_REQUEST\",\"message\":\"there is no body; send",
        "/ | application/x-www-form-urlencoded | {\"error_message\":\"there is no body; send"
      })
  void saysThatThereIsNoBody(String path, String type, String start) {
    String contentType = type == null ? "" : "Content-Type: " + type + "\r\n";
    try (RawConnection client = SERVER.connect()) {
      client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\n" + contentType + "\r\n");
      client.send(
          "POST "
              + path
              + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
              + contentType
              + "\r\n0\r\n\r\n");

      for (int i = 0; i < 2; i++) {
        RawConnection.Reply reply = client.reply();
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).startsWith(start);
      }
    }
  }

  @Test
  void saysOfEveryAnswerThatItIsWhatItsTypeSays() {
    try (RawConnection client = SERVER.connect()) {
      client.send(post("/api", "{\"array\":[1,2]}") + post("/api", "{") + get("/docs"));

      for (int i = 0; i < 3; i++) {
        assertThat(client.reply().header("X-Content-Type-Options")).isEqualTo("nosniff");
      }
    }
  }

  @Test
  void keepsConnectionAfterRefusingShortBody() {
    try (RawConnection client = SERVER.connect()) {
      client.send(post("/nothing", "{}") + post("/api", "{") + get("/livez"));

      assertThat(client.reply().status()).isEqualTo(404);
      assertThat(client.reply().status()).isEqualTo(400);
      assertThat(client.reply().status()).isEqualTo(200);
    }
  }

  @Test
  void closesWhenAskedAndKeepsOldConnectionsOnlyWhenAsked() {
    try (RawConnection client = SERVER.connect()) {
      client.send("GET /livez HTTP/1.1\r\nHost: a\r\nConnection: foo, Close\r\n\r\n");
      assertThat(client.reply().header("Connection")).isEqualTo("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
    try (RawConnection client = SERVER.connect()) {
      client.send("GET /livez HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
      assertThat(client.reply().header("Connection")).isEqualTo("keep-alive");
      client.send("GET /livez HTTP/1.0\r\n\r\n");
      assertThat(client.reply().header("Connection")).isEqualTo("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @RepeatedTest(30)
  void answersClientThatSaysItSendsNoMore() {
    try (RawConnection client = SERVER.connect()) {
      client.send(post("/predict", "{\"data\":[[1,1]]}") + get("/livez")).shutOutput();

      assertThat(client.reply().body()).isEqualTo("{\"predictions\":[2.0]}");
      assertThat(client.reply().body()).isEqualTo("{\"live\":true}");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void takesTrailersAndDropsThem() {
    try (RawConnection client = SERVER.connect()) {
      client.send(
          "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "f\r\n{\"array\":[1,2]}\r\n0\r\nX-Checksum: 1\r\nContent-Length: 9\r\n\r\n"
              + get("/livez"));

      assertThat(client.reply().body()).isEqualTo("{\"predicciones\":[3.0]}");
      assertThat(client.reply().body()).isEqualTo("{\"live\":true}");
    }
  }

  @Test
  void takesBodyUpToTheLimitAndNotOneByteMore() {
    int limit = DataPlaneLimits.defaults().bodyBytes();
    String row = "{\"array\":[1,2]";
    String most = row + " ".repeat(limit - row.length() - 1) + "}";
    try (RawConnection client = SERVER.connect()) {
      client.send(post("/api", most));
      assertThat(client.reply().body()).isEqualTo("{\"predicciones\":[3.0]}");
    }
    try (RawConnection client = SERVER.connect()) {
      client.send("POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: " + (limit + 1) + "\r\n\r\n");
      assertThat(client.reply().status()).isEqualTo(413);
    }
    try (RawConnection client = SERVER.connect()) {
      client.send(
          "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
              + Integer.toHexString(limit)
              + "\r\n"
              + most
              + "\r\n1\r\n ");
      assertThat(client.reply().status()).isEqualTo(413);
    }
    try (RawConnection client = SERVER.connect()) {
      client.send(
          "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
              + Integer.toHexString(limit)
              + "\r\n"
              + most
              + "\r\n0\r\n\r\n");
      assertThat(client.reply().status()).isEqualTo(200);
    }
  }

  @Test
  void boundsRequestLineAndHeaders() {
    String line = "GET /livez?" + "a".repeat(4096 - 11 - 11) + " HTTP/1.1\r\n";
    try (RawConnection client = SERVER.connect()) {
      client.send(line + "Host: a\r\n\r\n");
      assertThat(client.reply().status()).isEqualTo(200);
      client.send(line.replace("?", "?a") + "Host: a\r\n\r\n");
      assertThat(client.reply().status()).isEqualTo(414);
    }
    String head = "GET /livez HTTP/1.1\r\nHost: a\r\nX: ";
    try (RawConnection client = SERVER.connect()) {
      client.send(head + "a".repeat(8192 - head.length() - 4) + "\r\n\r\n");
      assertThat(client.reply().status()).isEqualTo(200);
      client.send(head + "a".repeat(8192 - head.length() - 3) + "\r\n\r\n");
      assertThat(client.reply().status()).isEqualTo(431);
    }
    try (RawConnection client = SERVER.connect()) {
      client.send("GET /livez HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(100) + "\r\n");
      assertThat(client.reply().status()).isEqualTo(431);
    }
  }

  @Test
  void refusesOtherTypesCodingsAndBinaryData() {
    try (RawConnection client = SERVER.connect()) {
      String start = "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n";
      client.send(start + "Content-Type: text/html\r\n\r\n{}");
      assertThat(client.reply().status()).isEqualTo(415);
      client.send(start + "Content-Type: text/plain\r\n\r\n[]");
      assertThat(client.reply().status()).isEqualTo(415);
      client.send(start + "Content-Encoding: br\r\n\r\n{}");
      assertThat(client.reply().status()).isEqualTo(415);
      client.send(start + "Inference-Header-Content-Length: 2\r\n\r\n{}");
      assertThat(client.reply().status()).isEqualTo(400);
      for (String type : List.of("text/plain; charset=utf-8", "application/octet-stream")) {
        client.send(start + "Content-Type: " + type + "\r\n\r\n{}");
        assertThat(client.reply().body()).contains("the body has no");
      }
      client.send(start + "Content-Type: application/vnd.a+json\r\n\r\n{}");
      assertThat(client.reply().body()).contains("the body has no");
    }
  }

  /**
   * Not refused by Netty, and harmless where requests end here and are not forwarded: a header
   * folded over lines, white space before a chunk's size, zeros before it.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /livez\r\n\r\n",
        "GET  /livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /livez HTTP/1.1 \r\nHost: a\r\n\r\n",
        "GET /livez http/1.1\r\nHost: a\r\n\r\n",
        "G@T /livez HTTP/1.1\r\nHost: a\r\n\r\n",
        " GET /livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /li\u0001vez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /livez#a HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET ftp://a/livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a/livez HTTP/1.1\r\n\r\n",
        "GET http:///livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://me@a/livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a/li\\vez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /livez HTTP/1.1\nHost: a\n\n",
        "GET /livez HTTP/1.1\r\nHost: a\n\r\n",
        "GET /livez HTTP/1.1\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: a/b@c\r\n\r\n",
        "GET /livez HTTP/1.1\r\n Host: a\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: a\r\nX\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: a\r\nX\u00e9: b\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: a\r\nX: b\u0000c\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: a\r\nX: b\rY: c\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        "POST /api HTTP/1.0\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{}",
        "GET\t/livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key1: a\r\nSec-WebSocket-Key2: b\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 2, 2\r\n\r\n{}",
        "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: +2\r\n\r\n{}",
        "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: -2\r\n\r\n{}",
        "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 0x2\r\n\r\n{}",
        "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n{}",
        "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n",
        "POST /api HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}X\r\n0\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2;a\nb\r\n{}\r\n0\r\n\r\n",
        "POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
      })
  void refusesWhatTwoServersCouldReadDifferently(String request) {
    try (RawConnection client = SERVER.connect()) {
      client.send(request + get("/livez"));

      RawConnection.Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).startsWith("{\"error\":\"").endsWith("\"}");
      assertThat(reply.header("Connection")).isEqualTo("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"HTTP/2.0, 505", "HTTP/1.2, 505", "HTTP/0.9, 505"})
  void speaksNoOtherVersion(String version, int status) {
    try (RawConnection client = SERVER.connect()) {
      client.send("GET /livez " + version + "\r\nHost: a\r\n\r\n");

      assertThat(client.reply().status()).isEqualTo(status);
    }
  }

  @Test
  void survivesAnyBytes() {
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < 200; i++) {
      try (RawConnection client = SERVER.connect()) {
        StringBuilder request = new StringBuilder(post("/api", "{\"array\":[1,2]}"));
        for (int k = random.nextInt(4); k >= 0; k--) {
          request.setCharAt(random.nextInt(request.length()), (char) random.nextInt(256));
        }
        client.send(request.toString()).shutOutput();
        client.isClosedByServer();
      }
    }
    try (RawConnection client = SERVER.connect()) {
      client.send(get("/livez"));
      assertThat(client.reply().status()).isEqualTo(200);
    }
  }

  @Test
  void findsPathsWithQueryAndEscapes() {
    try (RawConnection client = SERVER.connect()) {
      client.send(get("/livez?x=1") + get("/%6Civez") + get("/livez/") + get("/v2/"));
      client.send(get("//livez") + get("/livez//"));

      for (int i = 0; i < 4; i++) {
        assertThat(client.reply().status()).isEqualTo(200);
      }
      assertThat(client.reply().status()).isEqualTo(404);
      assertThat(client.reply().status()).isEqualTo(404);
    }
  }

  @Test
  void answersOthersWhileLongBatchesAreScored() throws InterruptedException {
    String batch = post("/predict", "{\"data\":[" + "[0.123456789,1],".repeat(9999) + "[1,1]]}");
    List<Thread> batches = new ArrayList<>();
    IntStream.range(0, 4)
        .forEach(
            i ->
                batches.add(
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              try (RawConnection client = SERVER.connect()) {
                                for (int k = 0; k < 10; k++) {
                                  assertThat(client.send(batch).reply().status()).isEqualTo(200);
                                }
                              }
                            })));

    try (RawConnection client = SERVER.connect()) {
      for (int i = 0; i < 500; i++) {
        client.send(post("/api", "{\"array\":[1," + i + "]}"));
        assertThat(client.reply().body()).isEqualTo("{\"predicciones\":[" + (1 + i) + ".0]}");
      }
    }
    for (Thread thread : batches) {
      thread.join();
    }
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  private static String post(String path, String body) {
    return "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, body.length(), body);
  }
}
