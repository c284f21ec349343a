package dev.flightdelay.local.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's folder, in which the module's tests run one folder below. */
public final class Project {

  public static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private Project() {}

  static InputStream read(Path file) {
    try {
      return Files.newInputStream(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
