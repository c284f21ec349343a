package dev.flightdelay.predictor;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files that lie beside a checkout and are not part of it. */
public final class SharedMaterial {

  private SharedMaterial() {}

  /** The path of such a file or folder; the test is skipped, and says so, where it is not there. */
  public static Path path(String name) {
    Path path = Path.of("..", "..", "shared", name).toAbsolutePath().normalize();
    assumeThat(Files.exists(path)).as("%s lies beside the checkout", path).isTrue();
    return path;
  }
}
