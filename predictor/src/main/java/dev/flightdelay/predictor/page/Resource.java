package dev.flightdelay.predictor.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A file on the class path. */
final class Resource {

  private Resource() {}

  /**
   * @param name the name of a file beside this class, or a path from the root
   * @throws IllegalStateException if it is not there: the jar is not whole
   */
  static byte[] bytes(String name) {
    try (InputStream file = Resource.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same in UTF-8. */
  static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }
}
