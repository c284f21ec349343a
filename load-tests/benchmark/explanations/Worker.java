import com.sun.management.OperatingSystemMXBean;
import dev.flightdelay.predictor.model.Explainer;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The predictor's own classes, explaining rows with one model as a process that is asked for work by
 * lines: see main.py. Started as {@code java -cp predictor.jar Worker.java MODEL.pkl ROWS.f64 WIDTH}.
 */
final class Worker {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Explainer explainer;
  private final Rows rows;

  private Worker(Explainer explainer, Rows rows) {
    this.explainer = explainer;
    this.rows = rows;
  }

  public static void main(String[] arguments) throws IOException {
    Model model = ModelReader.read(Files.readAllBytes(Path.of(arguments[0])), "").model();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(arguments[1])));
    double[] values = new double[bytes.capacity() / Double.BYTES];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    int width = Integer.parseInt(arguments[2]);
    Rows rows = new Rows(values, values.length / width, width);
    System.out.println("{\"ready\": true}");
    new Worker((Explainer) model.explanations(), rows)
        .work(new BufferedReader(new InputStreamReader(System.in)));
  }

  private void work(BufferedReader commands) throws IOException {
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] command = line.split(" ", 2);
      switch (command[0]) {
        case "answers" -> answers(Path.of(command[1]));
        case "batch" -> repeat(Double.parseDouble(command[1]), rows.count());
        case "single" -> repeat(Double.parseDouble(command[1]), 1);
        default -> throw new IllegalArgumentException(line);
      }
    }
  }

  /** The contributions to the last output. */
  private void answers(Path file) throws IOException {
    double[] all = explained(0, rows.count());
    int outputs = explainer.outputs();
    ByteBuffer bytes =
        ByteBuffer.allocate(all.length / outputs * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = outputs - 1; i < all.length; i += outputs) {
      bytes.putDouble(all[i]);
    }
    Files.write(file, bytes.array());
    System.out.println("{\"done\": true}");
  }

  private double[] explained(int from, int to) {
    double[] into = new double[(to - from) * rows.width() * explainer.outputs()];
    explainer.explain(rows, from, to, into);
    return into;
  }

  /** Microseconds of the process's CPU time for a row: the compiler's and the collector's too. */
  private void repeat(double seconds, int atOnce) {
    long done = 0;
    int from = 0;
    long began = SYSTEM.getProcessCpuTime();
    while (done == 0 || SYSTEM.getProcessCpuTime() - began < seconds * 1e9) {
      explained(from, from + atOnce);
      from = (from + atOnce) % (rows.count() - atOnce + 1);
      done += atOnce;
    }
    System.out.printf(
        Locale.ROOT, "{\"us\": %.3f}%n", (SYSTEM.getProcessCpuTime() - began) / 1e3 / done);
  }
}
