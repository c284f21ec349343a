package dev.flightdelay.predictor.dialect.oip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.flightdelay.predictor.dataplane.LinearModel;
import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Labels;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Triton's binary tensor data extension. */
class BinaryTensorsTest {

  private static final String PATH = "/v2/models/flights/infer";
  private static final RunningServer SUM = RunningServer.serving(Models.sumOfTwo());
  private static final RunningServer TOLERANT = RunningServer.serving(Models.sumOfTwoOrFewer());
  private static final RunningServer NAMED = RunningServer.serving(Models.named());
  private static final RunningServer TEXTS =
      RunningServer.serving(
          LinearModel.classifier(
              Features.unnamed(2),
              new Labels(Labels.Kind.TEXT, List.of("on time", "spät")),
              new double[] {1, 1},
              0));

  @AfterAll
  static void stop() {
    List.of(SUM, TOLERANT, NAMED, TEXTS).forEach(RunningServer::close);
  }

  @ParameterizedTest
  @CsvSource({
    "FP64, 000000000000f83f0000000000000440, 4.0",
    "FP32, 0000c03f00002040, 4.0",
    "FP16, 003e0041, 4.0",
    "INT64, feffffffffffffff0300000000000000, 1.0",
    "INT32, feffffff03000000, 1.0",
    "INT16, feff0300, 1.0",
    "INT8, fe03, 1.0",
    "UINT64, 00000000000000800000000000000000, 9.223372036854775807E18",
    "UINT32, feffffff03000000, 4.294967297E9",
    "UINT16, feff0300, 65537.0",
    "UINT8, fe03, 257.0",
    "BOOL, 0101, 2.0",
  })
  void takesNumbersOfEachDatatype(String datatype, String hex, double sum) {
    byte[] data = HexFormat.of().parseHex(hex);

    HttpResponse<byte[]> answer =
        post(SUM, request(input("x", "[1,2]", datatype, data.length), ""), data);

    assertThat(new String(answer.body(), UTF_8))
        .isEqualTo(
            "{\"model_name\":\"flights\",\"model_version\":\"v1\",\"outputs\":[{\"name\":"
                + "\"predict\",\"datatype\":\"FP64\",\"shape\":[1],\"data\":["
                + sum
                + "]}]}");
    assertThat(answer.headers().firstValue("Inference-Header-Content-Length")).isEmpty();
  }

  @Test
  void answersInBinaryWhereAskedFor() {
    byte[] rows = doubles(1, 2, -3, -4);
    String outputs =
        ",\"parameters\":{\"binary_data_output\":true},\"outputs\":[{\"name\":\"predict\"},"
            + "{\"name\":\"decision_function\",\"parameters\":{\"binary_data\":false}},"
            + "{\"name\":\"predict_proba\",\"parameters\":{\"binary_data\":true}}]";

    HttpResponse<byte[]> answer =
        post(TEXTS, request(input("x", "[2,2]", "FP64", rows.length), outputs), rows);

    String json =
        "{\"model_name\":\"flights\",\"model_version\":\"v1\",\"outputs\":[{\"name\":\"predict\","
            + "\"datatype\":\"BYTES\",\"shape\":[2],\"parameters\":{\"binary_data_size\":20}},"
            + "{\"name\":\"decision_function\",\"datatype\":\"FP64\",\"shape\":[2],"
            + "\"data\":[3.0,-7.0]},{\"name\":\"predict_proba\",\"datatype\":\"FP64\","
            + "\"shape\":[2,2],\"parameters\":{\"binary_data_size\":32}}]}";
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    assertThat(answer.headers().firstValue("Inference-Header-Content-Length"))
        .hasValue(String.valueOf(json.length()));
    assertThat(new String(answer.body(), 0, json.length(), UTF_8)).isEqualTo(json);
    ByteBuffer data =
        ByteBuffer.wrap(answer.body(), json.length(), answer.body().length - json.length())
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(text(data)).isEqualTo("spät");
    assertThat(text(data)).isEqualTo("on time");
    double late = 1 / (1 + Math.exp(-3));
    assertThat(data.getDouble()).isCloseTo(1 - late, offset(1e-12));
    assertThat(data.getDouble()).isCloseTo(late, offset(1e-12));
    data.getDouble();
    data.getDouble();
    assertThat(data.remaining()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, application/octet-stream, 200",
    "application/octet-stream, application/json, 200",
    "application/json, application/json, 400",
    "application/octet-stream, text/csv, 400",
  })
  void takesBothTypesThatKServesTransformersSay(String first, String second, int status) {
    byte[] data = doubles(1, 2);
    String json = request(input("x", "[1,2]", "FP64", data.length), "");
    ByteBuffer body = ByteBuffer.allocate(json.length() + data.length);
    body.put(json.getBytes(UTF_8)).put(data);

    HttpResponse<String> answer =
        SUM.send(
            HttpRequest.newBuilder(SUM.uri(PATH))
                .header("Inference-Header-Content-Length", String.valueOf(json.length()))
                .header("Content-Type", first)
                .header("Content-Type", second)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.array()))
                .build());

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(status == 200 ? "[3.0]" : "two Content-Type headers");
  }

  @Test
  void answersJsonRequestInBinary() {
    HttpResponse<String> answer =
        SUM.post(
            PATH,
            RunningServer.JSON,
            "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[0,0]}],"
                + "\"parameters\":{\"binary_data_output\":true}}");

    assertThat(answer.headers().firstValue("Inference-Header-Content-Length")).isPresent();
    assertThat(answer.body()).endsWith("{\"binary_data_size\":8}}]}\0\0\0\0\0\0\0\0");
  }

  @Test
  void takesTensorForEachFeatureOrGroupBesideJson() {
    byte[] opera = texts("Grupo LATAM", "Sky Airline");
    byte[] distance = doubles(1.5, 2.5);
    String inputs =
        input("OPERA", "[2]", "BYTES", opera.length)
            + ",{\"name\":\"MES\",\"shape\":[2],\"datatype\":\"INT64\",\"data\":[7,8]},"
            + "{\"name\":\"TIPOVUELO\",\"shape\":[2,1],\"datatype\":\"BYTES\",\"data\":"
            + "[\"I\",\"N\"]},"
            + input("DISTANCE", "[2,1]", "FP64", distance.length);
    byte[] data = new byte[opera.length + distance.length];
    System.arraycopy(opera, 0, data, 0, opera.length);
    System.arraycopy(distance, 0, data, opera.length, distance.length);

    assertThat(new String(post(NAMED, request(inputs, ""), data).body(), UTF_8))
        .contains("\"data\":[1,0]");
  }

  @Test
  void takesNanAsMissing() {
    byte[] row = doubles(1, Double.NaN);
    String request = request(input("x", "[1,2]", "FP64", 16), "");

    assertThat(new String(post(TOLERANT, request, row).body(), UTF_8)).contains("\"data\":[1.0]");
    assertThat(new String(post(SUM, request, row).body(), UTF_8))
        .contains("row 0, feature 1 is null, and this model takes no missing values");
    assertThat(new String(post(TOLERANT, request, doubles(1, 1 / 0.0)).body(), UTF_8))
        .contains("input 'x', row 0, value 1 is infinite");
  }

  @Test
  void takesLongBodiesThatWorkersScore() {
    double[] numbers = new double[2 * 10_000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    byte[] rows = doubles(numbers);

    HttpResponse<byte[]> answer =
        post(
            SUM,
            request(
                input("x", "[10000,2]", "FP64", rows.length),
                ",\"parameters\":{\"binary_data_output\":true}"),
            rows);

    ByteBuffer last =
        ByteBuffer.wrap(answer.body(), answer.body().length - 8, 8).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(last.getDouble()).isEqualTo(19_998.0 + 19_999.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1,2]|FP64|8|8|input 'x' has the shape [1,2], which is 16 bytes of FP64, but its binary_data_size is 8",
        "[1,2]|FP64|16|15|input 'x' has the binary_data_size 16, but only 15 bytes are left in the body",
        "[1,2]|FP64|16|17|the body has 1 bytes behind the data of its inputs",
        "[1,2]|BYTES|7|7|input 'x' has the shape [1,2], which is 8 bytes or more of BYTES, but its binary_data_size is 7",
        "[1,2]|BYTES|9|9|input 'x' has 1 bytes behind its last string",
        "[1,2]|FP64|1.5|16|a binary_data_size must be a number of bytes",
        "[1,2]|FP64|-1|16|a binary_data_size must be a number of bytes",
        "[1,2]|FP64|1e99|16|a binary_data_size must be a number of bytes",
        "[0,2]|FP64|0|0|there are no rows in the request; send at least one",
      })
  void refusesSizesThatDoNotFit(
      String shape, String datatype, String size, int sent, String message) {
    String json =
        request(input("x", shape, datatype, 0).replace("_size\":0", "_size\":" + size), "");

    HttpResponse<byte[]> answer = post(SUM, json, new byte[sent]);

    assertThat(new String(answer.body(), UTF_8)).isEqualTo("{\"error\":\"" + message + "\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"3", "16777216", "999999999"})
  void refusesHeaderThatIsLongerThanTheBody(long jsonLength) {
    HttpResponse<byte[]> answer = SUM.postBinary(PATH, jsonLength, new byte[] {'{', '}'});

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new String(answer.body(), UTF_8)).contains("but the body has 2 bytes");
  }

  @Test
  void refusesHostileLengthsAndShapesWithinBoundedMemory() {
    List<byte[]> bodies = new ArrayList<>();
    List<Integer> jsonLengths = new ArrayList<>();
    Random random = new Random(7);
    String[] sizes = {"0", "1", "4", "16", "2147483647", "2147483648", "4294967296", "1e18"};
    String[] shapes = {
      "[1,2]", "[1000000000,1000000000]", "[1000000000]", "[2147483647,2]", "[10000,20000]", "[9]"
    };
    TensorType[] types = TensorType.values();
    for (int i = 0; i < 400; i++) {
      String shape = shapes[random.nextInt(shapes.length)];
      TensorType type = types[random.nextInt(types.length)];
      String size = sizes[random.nextInt(sizes.length)];
      byte[] data = new byte[random.nextInt(40)];
      random.nextBytes(data);
      if (shape.equals("[1,2]") && size.equals(String.valueOf(2 * type.bytes()))) {
        continue;
      }
      String json =
          request(input("x", shape, type.name(), 0).replace("_size\":0", "_size\":" + size), "");
      byte[] body = (json + "\0".repeat(data.length)).getBytes(UTF_8);
      System.arraycopy(data, 0, body, json.length(), data.length);
      bodies.add(body);
      jsonLengths.add(i % 9 == 0 ? random.nextInt(2 * body.length) : json.length());
    }
    assertThat(bodies).hasSizeGreaterThan(300);

    long before = allocated();
    for (int i = 0; i < bodies.size(); i++) {
      HttpResponse<byte[]> answer = SUM.postBinary(PATH, jsonLengths.get(i), bodies.get(i));

      assertThat(answer.statusCode())
          .as("%s %d", new String(bodies.get(i), UTF_8), jsonLengths.get(i))
          .isIn(400, 413);
    }
    // The client's own part is most of it; one array of what was claimed would be a gigabyte.
    assertThat(allocated() - before).isLessThan(bodies.size() * 400_000L);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getTotalThreadAllocatedBytes();
  }

  private static HttpResponse<byte[]> post(RunningServer server, String json, byte[] data) {
    byte[] head = json.getBytes(UTF_8);
    byte[] body = new byte[head.length + data.length];
    System.arraycopy(head, 0, body, 0, head.length);
    System.arraycopy(data, 0, body, head.length, data.length);
    return server.postBinary(PATH, head.length, body);
  }

  private static String request(String inputs, String rest) {
    return "{\"inputs\":[" + inputs + "]" + rest + "}";
  }

  private static String input(String name, String shape, String datatype, int size) {
    return "{\"name\":\"%s\",\"shape\":%s,\"datatype\":\"%s\",\"parameters\":{\"binary_data_size\":%d}}"
        .formatted(name, shape, datatype, size);
  }

  private static byte[] doubles(double... numbers) {
    ByteBuffer data = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asDoubleBuffer().put(numbers);
    return data.array();
  }

  private static byte[] texts(String... texts) {
    ByteBuffer data = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
    for (String text : texts) {
      byte[] utf8 = text.getBytes(UTF_8);
      data.putInt(utf8.length).put(utf8);
    }
    byte[] bytes = new byte[data.position()];
    data.flip().get(bytes);
    return bytes;
  }

  private static String text(ByteBuffer data) {
    byte[] utf8 = new byte[data.getInt()];
    data.get(utf8);
    return new String(utf8, UTF_8);
  }
}
