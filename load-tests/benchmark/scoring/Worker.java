import com.sun.management.OperatingSystemMXBean;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
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
 * The predictor's own classes with one model, as a process that is asked for work by lines: see
 * worker.py. Started as {@code java -cp predictor.jar Worker.java MODEL DIRECTORY}.
 */
final class Worker {

  private static final int WIDTH = 30;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Model model;
  private final double[] values;
  private final Rows rows;

  private Worker(Model model, double[] values) {
    this.model = model;
    this.values = values;
    this.rows = new Rows(values, values.length / WIDTH, WIDTH);
  }

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[1]);
    Path file = directory.resolve(arguments[0] + ".pkl");
    Model model = ModelReader.read(Files.readAllBytes(file), "").model();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("rows.f64")));
    double[] values = new double[bytes.capacity() / Double.BYTES];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    System.out.println("{\"ready\": true}");
    new Worker(model, values).work(new BufferedReader(new InputStreamReader(System.in)));
  }

  private void work(BufferedReader commands) throws IOException {
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] command = line.split(" ", 2);
      switch (command[0]) {
        case "answers" -> answers(Path.of(command[1]));
        case "batch" -> batch(Double.parseDouble(command[1]));
        case "single" -> single(Double.parseDouble(command[1]));
        default -> throw new IllegalArgumentException(line);
      }
    }
  }

  private void answers(Path file) throws IOException {
    double[] probabilities = model.score(rows, true, false).probabilities();
    ByteBuffer bytes =
        ByteBuffer.allocate(rows.count() * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows.count(); row++) {
      bytes.putDouble(probabilities[2 * row + 1]);
    }
    Files.write(file, bytes.array());
    System.out.println("{\"rows\": " + rows.count() + "}");
  }

  private void batch(double seconds) {
    long done = 0;
    long cpu = SYSTEM.getProcessCpuTime();
    long wall = System.nanoTime();
    // It counts in steps of 10 ms, and all threads: the compiler's and the collector's too.
    while (SYSTEM.getProcessCpuTime() - cpu < seconds * 1e9) {
      require(model.score(rows, true, false));
      done++;
    }
    say(System.nanoTime() - wall, SYSTEM.getProcessCpuTime() - cpu, done);
  }

  /** One row at a time as it comes from a request: into arrays of its own. */
  private void single(double seconds) {
    double[] one = new double[WIDTH];
    Rows row = new Rows(one, 1, WIDTH);
    long done = 0;
    long cpu = SYSTEM.getProcessCpuTime();
    long wall = System.nanoTime();
    while (done % 100 != 0 || SYSTEM.getProcessCpuTime() - cpu < seconds * 1e9) {
      System.arraycopy(values, (int) (done % 1000) * WIDTH, one, 0, WIDTH);
      require(model.score(row, true, false));
      done++;
    }
    say(System.nanoTime() - wall, SYSTEM.getProcessCpuTime() - cpu, done);
  }

  private static void require(Scores scores) {
    if (scores.labels()[0] < 0) {
      throw new IllegalStateException("a label below 0");
    }
  }

  private static void say(long wall, long cpu, long times) {
    System.out.printf(
        Locale.ROOT, "{\"wall\": %.12f, \"cpu\": %.12f}%n", wall / 1e9 / times, cpu / 1e9 / times);
  }
}
