package dev.flightdelay.predictor.dialect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The file {@code <name>.operation.json} beside a dialect's class. */
final class OperationText {

  private OperationText() {}

  /**
   * @throws IllegalStateException if it is not there: the jar is not whole
   */
  static String beside(Class<?> dialect, String name) {
    String resource = name + ".operation.json";
    try (InputStream file = dialect.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
