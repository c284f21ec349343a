package dev.flightdelay.local;

import dev.flightdelay.local.api.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The example of two versions with its pickles, in one file that tests write and change. */
final class SampleManifest {

  private static final String THIRD =
      """
        - name: v3
          model:
            uri: configmap://flight-delay-models/flight-delay.pkl
            sha256: %s
          traffic: 0
        expose:
      """
          .formatted("ab".repeat(32));

  private final Path file;

  SampleManifest(Path folder) {
    file = folder.resolve("models.yaml");
  }

  Path file() {
    return file;
  }

  SampleManifest write(int v1, int v2) {
    return write(text(v1, v2));
  }

  /** With a third version, whose sha256 is not that of its pickle. */
  SampleManifest writeWithWrongThird(int v1, int v2) {
    return write(text(v1, v2).replace("  expose:\n", THIRD));
  }

  SampleManifest write(String text) {
    try {
      // Renamed into place, as editors do, so that no half is read.
      Path fresh = Files.writeString(file.resolveSibling("models.yaml.new"), text);
      Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One pod a version: the machine may be a small one. */
  static String text(int v1, int v2) {
    try {
      Path samples = Project.ROOT.resolve("predictor/samples/flight-delay");
      String model = Files.readString(Project.ROOT.resolve("crds/examples/two-versions.yaml"));
      return """
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: flight-delay-models}
          binaryData:
            flight-delay.pkl: %s
            flight-delay-v2.pkl: %s
          ---
          """
              .formatted(
                  base64(samples.resolve("flight-delay.pkl")),
                  base64(samples.resolve("flight-delay-v2.pkl")))
          + model
              .replace("traffic: 90", "traffic: " + v1)
              .replace("traffic: 10", "traffic: " + v2)
              .stripTrailing()
          + "\n  drainSeconds: 2\n  autoscaling: {minReplicas: 1, maxReplicas: 3}\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String base64(Path pickle) throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(pickle));
  }
}
