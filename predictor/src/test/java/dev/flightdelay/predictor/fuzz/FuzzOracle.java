package dev.flightdelay.predictor.fuzz;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What must hold for any bytes: they are refused with a reason, or are a model that answers rows,
 * and nothing else is thrown; within two seconds of CPU, and within whatever heap there is.
 */
final class FuzzOracle {

  private static final Duration MAX_DURATION = Duration.ofSeconds(2);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The list of estimators that are served is in some. */
  private static final int MAX_MESSAGE_LENGTH = 6000;

  /** What ModelReader says when the heap was full. */
  private static final String BEYOND_BUDGETS = "needs more memory than this process has (";

  private static final double[] VALUES = {1, -1, 1e6, 0.3, Double.NaN};

  /** Where a file is kept that the oracle fails for; nowhere if this is not set. */
  private static final String FINDINGS = System.getProperty("fuzz.findings");

  private FuzzOracle() {}

  /**
   * @throws AssertionError or whatever else was thrown, if the above does not hold
   */
  static void check(byte[] file) {
    try {
      long start = THREADS.getCurrentThreadCpuTime();
      readAndAsk(file);
      Duration took = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);
      if (took.compareTo(MAX_DURATION) > 0) {
        throw new AssertionError("took " + took.toMillis() + " ms");
      }
    } catch (RuntimeException | Error failed) {
      keep(file);
      throw failed;
    }
  }

  private static void readAndAsk(byte[] file) {
    Model model;
    try {
      model = ModelReader.read(file, "").model();
    } catch (ModelRefusedException refused) {
      String message = refused.getMessage();
      if (message.contains(BEYOND_BUDGETS)) {
        throw new AssertionError("no budget refused it before the heap was full", refused);
      }
      if (message.length() > MAX_MESSAGE_LENGTH
          || message.codePoints().anyMatch(FuzzOracle::misleads)) {
        throw new AssertionError("a refusal that a log cannot have: " + message, refused);
      }
      return;
    }
    for (double value : VALUES) {
      if (!Double.isNaN(value) || model.signature().acceptsMissing()) {
        ask(model, value);
      }
    }
  }

  /** What a log or a terminal would not show as it is. */
  private static boolean misleads(int letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static void ask(Model model, double value) {
    Rows sample = model.signature().features().sample();
    double[] values = sample.values().clone();
    Arrays.fill(values, value);
    try {
      model.score(new Rows(values, sample.texts(), 1, sample.width()), true, true);
    } catch (UnusableRowsException refused) {
      // Not every model takes every row.
    }
  }

  private static void keep(byte[] file) {
    if (FINDINGS == null) {
      return;
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(file);
      Path path = Path.of(FINDINGS, HexFormat.of().formatHex(hash, 0, 6) + ".pkl");
      Files.write(path, file);
      System.err.println("== The file that does it: " + path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
