package dev.flightdelay.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * The sample: its manifest is the one of crds/examples, its pickles become the ConfigMap that the
 * manifest names.
 */
final class Sample {

  /** As the example's first lines tell to make it with kubectl. */
  private static final String CONFIG_MAP = "flight-delay-pickles";

  private Sample() {}

  /** The files to apply: the pickles, then the model. */
  static List<Path> files(Project project, Path folder) {
    return List.of(pickles(project, folder.resolve("sample-pickles.yaml")), project.sampleModel());
  }

  private static Path pickles(Project project, Path file) {
    try {
      return Files.writeString(
          file,
          """
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: %s}
          binaryData:
            v1.pkl: %s
            v2.pkl: %s
          """
              .formatted(
                  CONFIG_MAP,
                  base64(project.samplePickles().resolve("flight-delay.pkl")),
                  base64(project.samplePickles().resolve("flight-delay-v2.pkl"))));
    } catch (IOException e) {
      throw new LocalException("the sample cannot be prepared: " + e.getMessage(), e);
    }
  }

  private static String base64(Path pickle) throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(pickle));
  }
}
