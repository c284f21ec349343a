package dev.flightdelay.predictor.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Requests that say they are longer than they are, or other than they are, or become a thousand
 * times as long: each is refused as the caller's mistake, soon, and nothing of it is kept.
 */
class HostileRequestsTest {

  private static final RunningServer SERVER = RunningServer.serving(Models.sumOfTwo());
  private static final int MOST = DataPlaneLimits.defaults().bodyBytes();

  /** Beside what the garbage collector has not found yet. */
  private static final long KEPT_BYTES = 64 << 20;

  private final Random random = new Random(20261130);

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @AfterEach
  void servesAsBeforeAndHoldsNothing() {
    await().until(() -> SERVER.registry().get("predictor.requests.in.flight").gauge().value() == 0);
    try (RawConnection client = SERVER.connect()) {
      assertThat(client.send(RawRequests.ROW).reply().body()).isEqualTo("{\"predicciones\":[3.0]}");
    }
  }

  @Test
  void refusesLengthsThatAreNoneOrTooLong() {
    List<String> lengths = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      lengths.add(String.valueOf(MOST + 1L + random.nextLong(Long.MAX_VALUE - MOST - 1)));
      lengths.add("-" + random.nextInt(1, Integer.MAX_VALUE));
      lengths.add(random.nextInt(1000) + "" + "+-,;.ex ".charAt(random.nextInt(8)) + "1");
    }
    lengths.addAll(
        List.of(
            "+15", "0x0f", "15, 15", "15,16", "1e1", "15.0", "", "\"15\"", "٣", "9".repeat(400)));
    lengths.add(String.valueOf(MOST + 1));
    lengths.add("18446744073709551631");

    for (String length : lengths) {
      try (RawConnection client = SERVER.connect()) {
        int status =
            client
                .send(
                    "POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: "
                        + length
                        + "\r\n\r\n{\"array\":[1,2]}")
                .reply()
                .status();

        assertThat(status).as(length).isIn(400, 413);
        assertThat(client.isClosedByServer()).as(length).isTrue();
      }
    }
  }

  @Test
  void refusesChunksThatAreNoneOrTooLong() {
    List<String> chunks = new ArrayList<>(List.of("g", "-1", "0x1", "1 1", "ffffffffffffffff", ""));
    for (int i = 0; i < 100; i++) {
      chunks.add(Long.toHexString(MOST + 1L + random.nextInt(1 << 28)));
      chunks.add(random.nextInt(100) + "" + "ghxyz!\"#".charAt(random.nextInt(8)));
    }

    int answered = 0;
    for (String size : chunks) {
      try (RawConnection client = SERVER.connect()) {
        client.send("POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        try {
          client.send(size + "\r\n").send(" ".repeat(64 << 10));
          // A length alone is no mistake yet: what comes must be more than may come.
          for (int sent = 0; sent < MOST && client.isSilent(); sent += 64 << 10) {
            client.send(" ".repeat(64 << 10));
          }
        } catch (UncheckedIOException closed) {
          // The answer is there before.
        }
        int status = client.statusIfAny();
        assertThat(status).as(size).isIn(400, 413, 0);
        answered += status == 0 ? 0 : 1;
      }
    }
    // Who goes on sending may lose the answer to a reset; most do not.
    assertThat(answered).isGreaterThan(chunks.size() / 2);
  }

  @Test
  void refusesShapesThatTheModelDoesNotHave() {
    List<String> shapes = new ArrayList<>();
    for (int width = 0; width < 120; width++) {
      if (width != 2) {
        shapes.add("{\"data\":[[" + String.join(",", Collections.nCopies(width, "1")) + "]]}");
      }
    }
    for (int i = 1; i <= 60; i++) {
      String row = "[1,2],".repeat(i);
      shapes.add("{\"data\":[" + row + "[1]]}");
      shapes.add("{\"data\":[" + row + "[1,2,3]]}");
      shapes.add("{\"data\":[" + row + "1]}");
      shapes.add("{\"data\":[" + row + "[[1,2]]]}");
      shapes.add("{\"data\":" + "[".repeat(i + 2) + "1,2" + "]".repeat(i + 2) + "}");
    }
    shapes.add("{\"data\":" + "[".repeat(1_000_000));
    shapes.add("{\"data\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
    shapes.add("{\"data\":[" + "[1,2],".repeat(10_000) + "[1,2]]}");
    shapes.add("{\"data\":[]}");
    shapes.add("{\"data\":{}}");
    shapes.add("[]");
    shapes.add("");

    long before = heap();
    try (RawConnection client = SERVER.connect()) {
      for (String body : shapes) {
        assertThat(post(client, "/predict", "", body.getBytes(StandardCharsets.UTF_8)).status())
            .as(body.substring(0, Math.min(80, body.length())))
            .isIn(400, 413);
      }
    }
    assertThat(heap() - before).isLessThan(KEPT_BYTES);
  }

  @Test
  void refusesTensorsWhoseShapeIsNotTheirData() {
    List<String> shapes = new ArrayList<>(List.of("[]", "[2]", "[1,2,1]", "[[1,2]]", "[1.5,2]"));
    for (int i = 0; i < 60; i++) {
      shapes.add("[" + (2 + random.nextInt(1 << 30)) + ",2]");
      shapes.add("[1," + (3 + random.nextInt(1 << 30)) + "]");
      shapes.add("[-" + (1 + random.nextInt(100)) + ",2]");
      shapes.add("[" + Long.MAX_VALUE + "," + random.nextLong(1L << 40) + "]");
      // Whose product is 2 again, where it is kept in 32 or 64 bits.
      shapes.add("[" + ((1L << 31 + i % 8) + 1) + ",2]");
    }
    try (RawConnection client = SERVER.connect()) {
      for (String shape : shapes) {
        String body =
            "{\"inputs\":[{\"name\":\"x\",\"shape\":%s,\"datatype\":\"FP64\",\"data\":[1,2]}]}"
                .formatted(shape);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(post(client, "/v2/models/flights/infer", "", bytes).status())
            .as(shape)
            .isIn(400, 413);
      }
    }
  }

  @Test
  void refusesHundredsOfBombsAtOnceInBoundedMemory() {
    List<byte[]> bombs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      // Of what compresses to a thousandth, and becomes up to sixteen times what a body may be.
      byte fill = (byte) " [1,{\"".charAt(i % 6);
      bombs.add(gzip(fill, MOST + 1 + random.nextInt(MOST) * (i % 16)));
      bombs.add(zlib(fill, MOST + 1 + random.nextInt(MOST) * (i % 16)));
    }
    long before = heap();
    long start = System.nanoTime();

    List<RawConnection> clients = new ArrayList<>();
    for (int i = 0; i < bombs.size(); i++) {
      String coding = "Content-Encoding: " + (i % 2 == 0 ? "gzip" : "deflate") + "\r\n";
      clients.add(SERVER.connect().send(request("/predict", coding, bombs.get(i))));
    }
    List<Integer> statuses = clients.stream().map(client -> client.reply().status()).toList();
    clients.forEach(RawConnection::close);

    // Busy is an answer too: not all of so many are looked at.
    assertThat(statuses).allSatisfy(status -> assertThat(status).isIn(413, 429, 503));
    assertThat(statuses).contains(413);
    assertThat(heap() - before).isLessThan(KEPT_BYTES);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static RawConnection.Reply post(
      RawConnection client, String path, String headers, byte[] body) {
    return client.send(request(path, headers, body)).reply();
  }

  private static String request(String path, String headers, byte[] body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + headers
        + "Content-Length: "
        + body.length
        + "\r\n\r\n"
        + new String(body, StandardCharsets.ISO_8859_1);
  }

  private static byte[] gzip(byte fill, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      fill(gzip, fill, length);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return out.toByteArray();
  }

  private static byte[] zlib(byte fill, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zlib = new DeflaterOutputStream(out, new Deflater(1))) {
      fill(zlib, fill, length);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return out.toByteArray();
  }

  private static void fill(OutputStream out, byte fill, int length) throws IOException {
    byte[] piece = new byte[64 << 10];
    java.util.Arrays.fill(piece, fill);
    for (int left = length; left > 0; left -= piece.length) {
      out.write(piece, 0, Math.min(left, piece.length));
    }
  }
}
