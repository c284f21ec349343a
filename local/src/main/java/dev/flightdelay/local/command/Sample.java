package dev.flightdelay.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sample: its manifest is the one of crds/examples, its pickles become the ConfigMap that the
 * manifest names.
 */
final class Sample {

  /** What the example's manifest names. */
  private static final String CONFIG_MAP = "flight-delay-models";

  private Sample() {}

  /** The files to apply: the pickles, then the model. */
  static List<Path> files(Project project, Path folder) {
    return List.of(pickles(project, folder.resolve("sample-pickles.yaml")), project.sampleModel());
  }

  /** One key for each pickle, named as its file: as kubectl create configmap --from-file does. */
  private static Path pickles(Project project, Path file) {
    try (Stream<Path> pickles = Files.list(project.samplePickles())) {
      StringBuilder map = new StringBuilder();
      map.append("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ")
          .append(CONFIG_MAP)
          .append("}\nbinaryData:\n");
      for (Path pickle :
          pickles.filter(path -> path.toString().endsWith(".pkl")).sorted().toList()) {
        map.append("  %s: %s%n".formatted(pickle.getFileName(), base64(pickle)));
      }
      return Files.writeString(file, map);
    } catch (IOException e) {
      throw new LocalException("the sample cannot be prepared: " + e.getMessage(), e);
    }
  }

  private static String base64(Path pickle) throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(pickle));
  }
}
