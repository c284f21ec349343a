package dev.flightdelay.operator.observe;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A pod of {@code src/test/resources/pods}. Its first line is a comment: what is said of it, or
 * "well"; after "passing: " what may end by itself, and after "warning: " what only an event says.
 */
record PodFixture(String name, String says, Pod pod) {

  private static final Path FOLDER = Path.of("src", "test", "resources", "pods");

  static List<PodFixture> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .sorted()
          .map(file -> of(file.getFileName().toString().replace(".yaml", "")))
          .toList();
    }
  }

  static PodFixture of(String name) {
    String text;
    try {
      text = Files.readString(FOLDER.resolve(name + ".yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String first = text.lines().findFirst().orElseThrow();
    return new PodFixture(
        name, first.substring("# ".length()), Serialization.unmarshal(text, Pod.class));
  }

  @Override
  public String toString() {
    return name;
  }
}
