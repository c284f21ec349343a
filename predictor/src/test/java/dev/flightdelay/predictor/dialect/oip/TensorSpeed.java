package dev.flightdelay.predictor.dialect.oip;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flightdelay.predictor.dataplane.LinearModel;
import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.DialectSettings;
import dev.flightdelay.predictor.dialect.PredictRequest;
import dev.flightdelay.predictor.json.JsonWriter;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Scores;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** What rows as JSON and as binary tensors take of a core, without the network; run by hand. */
public final class TensorSpeed {

  private static final int WIDTH = 30;
  private static final int[] ROWS = {1, 10_000};
  private static final int ROUNDS = 6;
  private static final int NUMBERS_A_ROUND = 10_000_000;

  private final Model model;
  private final TensorDialect dialect;
  private final JsonWriter out = new JsonWriter();

  private TensorSpeed() {
    double[] weights = new double[WIDTH];
    Arrays.setAll(weights, i -> Math.sin(i) / 3);
    this.model =
        LinearModel.classifier(
            Features.unnamed(WIDTH),
            new Labels(Labels.Kind.INTEGER, List.of(0L, 1L)),
            weights,
            0.5);
    this.dialect = new TensorDialect(new DialectSettings("m", "v1", model.signature(), 10_000));
  }

  public static void main(String[] arguments) {
    TensorSpeed speed = new TensorSpeed();
    for (int rows : ROWS) {
      double[] numbers = new Random(1).doubles((long) rows * WIDTH).toArray();
      for (int round = 0; round < ROUNDS; round++) {
        speed.measure("JSON", rows, json(rows, numbers));
        speed.measure("binary", rows, binary(rows, numbers));
      }
    }
  }

  private void measure(String what, int rows, Body body) {
    int requests = NUMBERS_A_ROUND / (rows * WIDTH);
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < requests; i++) {
      answer(body);
    }
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    System.out.printf(
        "%d rows, %s of %d bytes: %.1f µs a request%n",
        rows, what, body.to(), nanos / 1e3 / requests);
  }

  private void answer(Body body) {
    PredictRequest question = dialect.read(body);
    int rows = question.rows().count();
    Scores scores =
        Scores.of(model.signature(), rows, question.probabilities(), question.decisions());
    model.score(question.rows(), 0, rows, scores);
    out.clear();
    question.answer().write(scores, out);
  }

  private static Body json(int rows, double[] numbers) {
    String data =
        Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(","));
    byte[] body = request(rows, "\"data\":[" + data + "]", false);
    return new Body(body, 0, body.length);
  }

  private static Body binary(int rows, double[] numbers) {
    int size = numbers.length * Double.BYTES;
    byte[] head = request(rows, "\"parameters\":{\"binary_data_size\":" + size + "}", true);
    ByteBuffer body =
        ByteBuffer.allocate(head.length + size).order(ByteOrder.LITTLE_ENDIAN).put(head);
    body.asDoubleBuffer().put(numbers);
    return new Body(body.array(), 0, body.capacity(), head.length, null);
  }

  private static byte[] request(int rows, String data, boolean binary) {
    return ("{\"inputs\":[{\"name\":\"x\",\"shape\":[%d,%d],\"datatype\":\"FP64\",%s}],"
            + "\"outputs\":[{\"name\":\"predict_proba\",\"parameters\":{\"binary_data\":%b}}]}")
        .formatted(rows, WIDTH, data, binary)
        .getBytes(UTF_8);
  }
}
