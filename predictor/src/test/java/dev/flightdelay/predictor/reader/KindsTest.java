package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * At least two files of each kind of model that {@code kinds.txt} lists, written by the library
 * itself: {@code score} and the server answer as it does. A new file beside its {@code
 * .expect.json} is found without being listed anywhere.
 */
class KindsTest {

  private static final Path FOLDER = Path.of("src/test/resources/kinds");
  private static final int MIN_OF_EACH = 2;
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void hasTwoFilesOfEveryKindAndNoneOfAnother() throws IOException {
    Map<String, Integer> files = new TreeMap<>();
    for (String kind : kinds()) {
      files.put(kind, Files.isDirectory(FOLDER.resolve(kind)) ? cases(kind).size() : 0);
    }

    assertThat(files.entrySet().stream().filter(kind -> kind.getValue() < MIN_OF_EACH))
        .as("kinds with fewer than %d files", MIN_OF_EACH)
        .isEmpty();
    try (Stream<Path> folders = Files.list(FOLDER).filter(Files::isDirectory)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .as("folders without a line")
          .allSatisfy(folder -> assertThat(files).containsKey(folder));
    }
  }

  @TestFactory
  Stream<DynamicContainer> answersAsTheLibraryDoes() throws IOException {
    return kinds().stream()
        .filter(kind -> Files.isDirectory(FOLDER.resolve(kind)))
        .map(kind -> DynamicContainer.dynamicContainer(kind, tests(kind)));
  }

  private static Stream<DynamicTest> tests(String kind) {
    return cases(kind).entrySet().stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.getKey(),
                    () ->
                        new ServedCase(file(one.getValue()), about(one.getValue())).assertHolds()));
  }

  private static List<String> kinds() throws IOException {
    return Files.readAllLines(FOLDER.resolve("kinds.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf(": ")))
        .toList();
  }

  /** What is expected of each file of the kind, by the case's name. */
  private static Map<String, Path> cases(String kind) {
    Map<String, Path> cases = new TreeMap<>();
    try (Stream<Path> paths = Files.list(FOLDER.resolve(kind))) {
      paths
          .filter(path -> path.toString().matches(".*\\.expect\\.json(\\.gz)?"))
          .forEach(path -> cases.put(name(path), path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }

  private static String name(Path expectation) {
    return expectation.getFileName().toString().replaceFirst("\\.expect\\.json(\\.gz)?$", "");
  }

  /** The one file of the case's name that is no expectation. */
  private static Path file(Path expectation) throws IOException {
    try (Stream<Path> paths = Files.list(expectation.getParent())) {
      List<Path> files =
          paths
              .filter(path -> path.getFileName().toString().startsWith(name(expectation) + "."))
              .filter(path -> !path.toString().contains(".expect.json"))
              .toList();
      assertThat(files).as("the model file of %s", expectation).hasSize(1);
      return files.getFirst();
    }
  }

  private static JsonNode about(Path expectation) throws IOException {
    try (InputStream file = Files.newInputStream(expectation);
        InputStream json =
            expectation.toString().endsWith(".gz") ? new GZIPInputStream(file) : file) {
      return JSON.readTree(json);
    }
  }
}
