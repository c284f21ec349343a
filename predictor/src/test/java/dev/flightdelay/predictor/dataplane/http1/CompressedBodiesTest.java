package dev.flightdelay.predictor.dataplane.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RawConnection;
import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed bodies, good and hostile. */
class CompressedBodiesTest {

  private static final RunningServer SERVER = RunningServer.serving(Models.sumOfTwo());
  private static final byte[] ROW = ascii("{\"array\":[1,2]}");
  private static final String THREE = "{\"predicciones\":[3.0]}";

  /** What may come out of a body. */
  private static final int LIMIT = DataPlaneLimits.defaults().bodyBytes();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void readsGzipAndDeflate() {
    try (RawConnection client = SERVER.connect()) {
      assertThat(post(client, "gzip", gzip(ROW)).body()).isEqualTo(THREE);
      assertThat(post(client, "X-GZip", gzip(ROW)).body()).isEqualTo(THREE);
      assertThat(post(client, "deflate", zlib(ROW)).body()).isEqualTo(THREE);
      assertThat(post(client, "identity", ROW).body()).isEqualTo(THREE);
    }
  }

  /** On the event loop, on a worker because of what comes out, and because of what goes in. */
  @ParameterizedTest
  @ValueSource(ints = {10, 16_000, 17_000, 300_000})
  void readsBodiesOfEveryLengthAndTheRequestsBehindThem(int spaces) {
    Random random = new Random(1);
    StringBuilder noise = new StringBuilder();
    for (int i = 0; i < spaces; i++) {
      noise.append(random.nextBoolean() ? ' ' : random.nextBoolean() ? '\n' : '\t');
    }
    try (RawConnection client = SERVER.connect()) {
      for (String coding : List.of("gzip", "deflate")) {
        byte[] plain = ascii("{\"array\":[1," + noise + "2]}");
        byte[] sent = coding.equals("gzip") ? gzip(plain) : zlib(plain);
        client.send(request(coding, sent) + request("gzip", gzip(ROW)));

        assertThat(client.reply().body()).isEqualTo(THREE);
        assertThat(client.reply().body()).isEqualTo(THREE);
      }
    }
  }

  @Test
  void readsSeveralMembersAndHeadersWithEveryField() {
    try (RawConnection client = SERVER.connect()) {
      byte[] first = gzip(Arrays.copyOf(ROW, 7));
      byte[] second = gzip(Arrays.copyOfRange(ROW, 7, ROW.length));
      assertThat(post(client, "gzip", join(first, second)).body()).isEqualTo(THREE);

      byte[] header = join(bytes(31, 139, 8, 30, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9), ascii("a\0b\0"));
      CRC32 crc = new CRC32();
      crc.update(header);
      byte[] check = bytes((int) crc.getValue() & 0xff, (int) crc.getValue() >> 8 & 0xff);
      byte[] rest = Arrays.copyOfRange(gzip(ROW), 10, gzip(ROW).length);
      assertThat(post(client, "gzip", join(header, check, rest)).body()).isEqualTo(THREE);

      check[0] ^= 1;
      RawConnection.Reply reply = post(client, "gzip", join(header, check, rest));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).contains("the checksum of its gzip header");
    }
  }

  @Test
  void boundsWhatComesOutToTheByte() {
    try (RawConnection client = SERVER.connect()) {
      byte[] longest = new byte[LIMIT];
      Arrays.fill(longest, (byte) ' ');
      System.arraycopy(ROW, 0, longest, 0, ROW.length);
      assertThat(post(client, "gzip", gzip(longest)).body()).isEqualTo(THREE);

      RawConnection.Reply reply = post(client, "gzip", gzip(join(longest, ascii(" "))));
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.body()).contains("when it is decompressed");
      assertThat(post(client, "gzip", gzip(ROW)).body()).isEqualTo(THREE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"br", "zstd", "compress", "gzip, gzip", "gzip,", "deflate, gzip", "gzip;q=1", "*"})
  void refusesOtherCodingsAndSaysWhichItTakes(String coding) {
    try (RawConnection client = SERVER.connect()) {
      RawConnection.Reply reply = post(client, coding, gzip(ROW));

      assertThat(reply.status()).isEqualTo(415);
      assertThat(reply.header("Accept-Encoding")).isEqualTo("gzip, deflate");
      assertThat(post(client, "gzip", gzip(ROW)).body()).isEqualTo(THREE);
    }
  }

  @Test
  void refusesTwoHeadersAsItRefusesTwoCodings() {
    try (RawConnection client = SERVER.connect()) {
      String twice = request("gzip\r\nContent-Encoding: gzip", gzip(gzip(ROW)));

      assertThat(client.send(twice).reply().status()).isEqualTo(415);
    }
  }

  @Test
  void saysWhatIsWrongWithDamagedBodies() {
    byte[] whole = gzip(ROW);
    byte[] checksum = whole.clone();
    checksum[whole.length - 8] ^= 1;
    byte[] length = whole.clone();
    length[whole.length - 4] ^= 1;
    byte[] dictionary = bytes(0x78, 0xbb, 0, 0, 0, 1, 0);
    try (RawConnection client = SERVER.connect()) {
      damaged(client, "gzip", checksum, "its checksum (CRC-32) is another");
      damaged(client, "gzip", length, "it says another length than it has");
      damaged(client, "gzip", join(whole, bytes(0)), "1 more bytes follow its end");
      damaged(client, "gzip", join(whole, bytes(31, 139)), "it ends before it should");
      damaged(client, "gzip", new byte[0], "it ends before it should");
      damaged(client, "gzip", ROW, "it does not begin as gzip does");
      damaged(client, "deflate", ROW, "it is no valid deflate data");
      damaged(client, "deflate", join(zlib(ROW), ROW), "15 more bytes follow its end");
      damaged(client, "deflate", dictionary, "it needs a dictionary");
    }
  }

  @Test
  void refusesHundredsOfHostileBodiesAndHoldsNothingOfThem() {
    List<byte[]> hostile = hostile();
    assertThat(hostile).hasSizeGreaterThan(300);
    try (RawConnection client = SERVER.connect()) {
      for (String coding : List.of("gzip", "deflate")) {
        for (byte[] body : hostile) {
          assertThat(post(client, coding, body).status()).isIn(400, 413);
        }
      }
      assertThat(post(client, "gzip", gzip(ROW)).body()).isEqualTo(THREE);
    }
    await().until(() -> SERVER.registry().get("predictor.requests.in.flight").gauge().value() == 0);
  }

  /** Up to 400 MiB of zeros in half a megabyte: never more is unfolded than a body may have. */
  @Test
  void unfoldsNoneOfAHundredBombsFurtherThanTheLimit() {
    Random random = new Random(7);
    byte[] member = gzip(new byte[1 << 20]);
    byte[] block = zeros(1 << 20);
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      int mebibytes = 17 + random.nextInt(384);
      byte[] front = new byte[random.nextInt(20_000)];
      random.nextBytes(front);
      byte[] bomb =
          i % 2 == 0
              ? join(
                  gzip(front), join(Collections.nCopies(mebibytes, member).toArray(byte[][]::new)))
              : join(
                  bytes(0x78, 0x9c),
                  join(Collections.nCopies(mebibytes, block).toArray(byte[][]::new)));
      requests.add(request(i % 2 == 0 ? "gzip" : "deflate", bomb));
    }

    long before = allocated();
    try (RawConnection client = SERVER.connect()) {
      for (String bomb : requests) {
        assertThat(client.send(bomb).reply().status()).isEqualTo(413);
      }
      assertThat(post(client, "gzip", gzip(ROW)).body()).isEqualTo(THREE);
    }
    // A buffer grows by doubling, and the compressed body is copied here too.
    assertThat(allocated() - before).isLessThan(requests.size() * 4L * LIMIT);
    await().until(() -> SERVER.registry().get("predictor.requests.in.flight").gauge().value() == 0);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getTotalThreadAllocatedBytes();
  }

  /** A piece of raw deflate data that may come any number of times. */
  private static byte[] zeros(int count) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      byte[] piece = new byte[64 << 10];
      deflater.setInput(new byte[count]);
      int length = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH);
      return Arrays.copyOf(piece, length);
    } finally {
      deflater.end();
    }
  }

  /** Bombs, bombs in bombs, truncated, with a byte changed, noise, and of many members. */
  private static List<byte[]> hostile() {
    Random random = new Random(20261130);
    List<byte[]> hostile = new ArrayList<>();
    byte[] bomb = new byte[LIMIT + 1];
    for (byte[] one : List.of(gzip(bomb), zlib(bomb))) {
      hostile.add(one);
      hostile.add(gzip(one));
      hostile.add(zlib(zlib(one)));
      hostile.add(join(one, one));
      hostile.add(Arrays.copyOf(one, one.length / 2));
    }
    byte[] member = gzip(new byte[1 << 20]);
    hostile.add(join(Collections.nCopies(17, member).toArray(byte[][]::new)));
    hostile.add(join(Collections.nCopies(20_000, gzip(new byte[0])).toArray(byte[][]::new)));
    // Blocks of nothing, which are long and give nothing.
    byte[] nothing =
        join(Collections.nCopies(50_000, bytes(0, 0, 0, 255, 255)).toArray(byte[][]::new));
    hostile.add(join(Arrays.copyOf(gzip(ROW), 10), nothing));
    hostile.add(join(bytes(0x78, 0x9c), nothing));
    for (byte[] whole : List.of(gzip(ROW), zlib(ROW))) {
      for (int length = 0; length < whole.length; length++) {
        hostile.add(Arrays.copyOf(whole, length));
      }
      // Not in the time and system of gzip's header, which mean nothing; and all bits of a byte,
      // because those behind the last block mean nothing either.
      for (int at = 10; at < whole.length; at++) {
        byte[] changed = whole.clone();
        changed[at] ^= (byte) 0xff;
        hostile.add(changed);
      }
      for (int i = 0; i < 100; i++) {
        byte[] noise = new byte[1 + random.nextInt(40_000)];
        random.nextBytes(noise);
        System.arraycopy(whole, 0, noise, 0, Math.min(random.nextInt(14), noise.length));
        hostile.add(noise);
      }
    }
    return hostile;
  }

  private static void damaged(RawConnection client, String coding, byte[] body, String why) {
    RawConnection.Reply reply = post(client, coding, body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("is damaged: " + why);
  }

  private static RawConnection.Reply post(RawConnection client, String coding, byte[] body) {
    return client.send(request(coding, body)).reply();
  }

  private static String request(String coding, byte[] body) {
    return "POST /api HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Encoding: "
        + coding
        + "\r\nContent-Length: "
        + body.length
        + "\r\n\r\n"
        + new String(body, StandardCharsets.ISO_8859_1);
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return out.toByteArray();
  }

  private static byte[] zlib(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zlib = new DeflaterOutputStream(out)) {
      zlib.write(plain);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
