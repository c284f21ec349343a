package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Arrays are read where they lie in the file; a model that is ready must not hold on to it. */
class ReleasedFileTest {

  private static final Path RESOURCES = Path.of("src/test/resources");

  @Test
  void letsGoOfTheFileOfEveryModel() throws IOException {
    List<Model> models = new ArrayList<>();
    Map<Path, WeakReference<byte[]>> files = new LinkedHashMap<>();
    for (Path path : pickles()) {
      byte[] file = Files.readAllBytes(path);
      try {
        models.add(ModelReader.read(file, "").model());
        files.put(path, new WeakReference<>(file));
      } catch (ModelRefusedException refused) {
        // Some are there for that.
      }
    }
    assertThat(files).hasSizeGreaterThan(100);

    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(files).allSatisfy((path, file) -> assertThat(file.get()).isNull());
            });
    Reference.reachabilityFence(models);
  }

  /** Some of each family: every fourth. */
  private static List<Path> pickles() throws IOException {
    try (Stream<Path> files = Files.walk(RESOURCES)) {
      List<Path> all =
          files
              .filter(file -> file.toString().contains("parity"))
              .filter(file -> file.toString().endsWith(".pkl"))
              .sorted()
              .toList();
      return IntStream.range(0, all.size()).filter(i -> i % 4 == 0).mapToObj(all::get).toList();
    }
  }
}
