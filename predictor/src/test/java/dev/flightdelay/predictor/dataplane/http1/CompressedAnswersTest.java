package dev.flightdelay.predictor.dataplane.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RunningServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers compressed as Accept-Encoding says. */
class CompressedAnswersTest {

  private static final RunningServer SERVER = RunningServer.serving(Models.sumOfTwo());
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @AfterAll
  static void stop() {
    CLIENT.close();
    SERVER.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | GZIP",
        "GZip, deflate, br | GZIP",
        "x-gzip | GZIP",
        "* | GZIP",
        "gzip;q=0.001 | GZIP",
        "identity;q=0.5, gzip;q=0.5 | GZIP",
        "identity;q=1, gzip;q=0.5 | IDENTITY",
        "gzip;q=0 | IDENTITY",
        "gzip;q=0, * | IDENTITY",
        "br, zstd | IDENTITY",
        "'' | IDENTITY",
        "gzip;level=9 | IDENTITY",
        "gzip;q=2 | IDENTITY",
        "*;q=0 | IDENTITY",
        "identity;q=0 | IDENTITY",
        "gzip, identity;q=0 | GZIP_ONLY",
        "gzip , *;q=0 | GZIP_ONLY",
        "*, identity; q=0.0 | GZIP_ONLY"
      })
  void readsWhatClientsTake(String header, AcceptedCodings accepted) {
    assertThat(AcceptedCodings.of(header)).isEqualTo(accepted);
    assertThat(AcceptedCodings.of(null)).isEqualTo(AcceptedCodings.IDENTITY);
  }

  /** Short, on the event loop, and on a worker. */
  @ParameterizedTest
  @CsvSource({"1, false", "60, false", "64, false", "300, true", "9000, true"})
  void compressesLongAnswers(int rows, boolean isLong) throws Exception {
    String body = "{\"data\":[" + "[1,1],".repeat(rows - 1) + "[1,1]]}";
    String expected = "{\"predictions\":[" + "2.0,".repeat(rows - 1) + "2.0]}";

    HttpResponse<byte[]> plain = post(body, "br");
    HttpResponse<byte[]> gzip = post(body, "gzip, deflate");
    HttpResponse<byte[]> only = post(body, "gzip, identity;q=0");

    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(new String(plain.body(), StandardCharsets.UTF_8)).isEqualTo(expected);
    assertThat(plain.headers().firstValue("Vary").isPresent()).isEqualTo(isLong);
    assertThat(gzip.headers().firstValue("Content-Encoding").isPresent()).isEqualTo(isLong);
    assertThat(text(gzip)).isEqualTo(expected);
    assertThat(only.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(only.headers().firstValue("Vary")).hasValue("Accept-Encoding");
    assertThat(text(only)).isEqualTo(expected);
  }

  @Test
  void compressesAnswersOnTheEventLoop() throws Exception {
    // Of so few rows that they are scored there.
    String row = "[0.1,0.2]";
    String body = "{\"data\":[" + (row + ",").repeat(59) + row + "]}";

    HttpResponse<byte[]> reply = post(body, "gzip;q=0.5");

    assertThat(reply.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(text(reply)).isEqualTo(text(post(body, "identity"))).contains("0.30000000000000004");
  }

  @Test
  void compressesPagesAndRefusals() throws Exception {
    HttpResponse<byte[]> page = get("/", "identity;q=0, gzip");
    assertThat(text(page)).isEqualTo("<form>");
    assertThat(page.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(get("/", "gzip").headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(text(get("/nothing", "gzip, *;q=0"))).contains("there is nothing at this path");
    assertThat(text(post("{}", "gzip, *;q=0"))).contains("error");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1024, 16384, 100_000, 3_000_000})
  void packsWhatCannotBecomeShorter(int length) throws Exception {
    byte[] noise = new byte[length + 5];
    new Random(7).nextBytes(noise);

    byte[] packed = AnswerCompression.gzip(noise, length);

    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOf(noise, length));
    }
  }

  private static HttpResponse<byte[]> post(String body, String accepted) throws Exception {
    return send(request("/predict", accepted).POST(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<byte[]> get(String path, String accepted) throws Exception {
    return send(request(path, accepted).GET());
  }

  private static HttpRequest.Builder request(String path, String accepted) {
    return HttpRequest.newBuilder(SERVER.uri(path))
        .header("Content-Type", "application/json")
        .header("Accept-Encoding", accepted);
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> reply) throws IOException {
    if (reply.headers().firstValue("Content-Encoding").isEmpty()) {
      return new String(reply.body(), StandardCharsets.UTF_8);
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
