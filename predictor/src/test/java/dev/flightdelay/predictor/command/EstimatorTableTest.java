package dev.flightdelay.predictor.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.reader.Library;
import dev.flightdelay.predictor.reader.ReadEstimator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the documentation says is read is read, of the releases that it says. */
class EstimatorTableTest {

  private static final Path DOCUMENTATION = Path.of("..", "docs", "models.md");
  private static final Path FILES = Path.of("src/test/resources/kinds/release-every-estimator");
  private static final Path ENVIRONMENTS = Path.of("src/test/python");

  @Test
  void isTheOneInTheDocumentation() throws IOException {
    var printed = new ByteArrayOutputStream();

    EstimatorTable.write(printed);

    assertThat(Files.readString(DOCUMENTATION))
        .as("docs/models.md: predictor/inspect --estimators")
        .contains("\n\n" + printed.toString(StandardCharsets.UTF_8) + "\n");
  }

  /** KindsTest asks each of these files. */
  @Test
  void namesReleasesOfScikitLearnOfWhichThereAreFiles() throws IOException {
    Set<String> files;
    try (Stream<Path> paths = Files.list(FILES)) {
      files =
          paths
              .map(path -> path.getFileName().toString())
              .filter(name -> !name.endsWith(".expect.json"))
              .map(name -> name.replaceFirst("\\.pkl(\\.gz)?$", ""))
              .collect(Collectors.toSet());
    }

    Set<String> wanted = new TreeSet<>();
    for (ReadEstimator estimator : ReadEstimator.all()) {
      if (estimator.library() == Library.SCIKIT_LEARN) {
        wanted.add(file(estimator.oldest(), estimator));
        wanted.add(file(Library.SCIKIT_LEARN.newest(), estimator));
      }
    }
    assertThat(wanted).hasSizeGreaterThan(200);
    wanted.removeAll(files);
    assertThat(wanted).as("files that lack").isEmpty();
  }

  private static String file(String release, ReadEstimator estimator) {
    return release + "-" + estimator.name().toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @EnumSource
  void namesReleasesThatFilesOfTheTestsAreMadeWith(Library library) throws IOException {
    Set<String> pinned;
    try (Stream<Path> paths = Files.walk(ENVIRONMENTS)) {
      pinned =
          paths
              .filter(path -> path.getFileName().toString().startsWith("requirements-"))
              .flatMap(EstimatorTableTest::lines)
              .map(line -> line.replace('_', '-').toLowerCase(Locale.ROOT).strip())
              .collect(Collectors.toSet());
    }

    assertThat(pinned).anyMatch(line -> isRelease(line, library, library.oldest()));
    assertThat(pinned).anyMatch(line -> isRelease(line, library, library.newest()));
  }

  private static boolean isRelease(String line, Library library, String release) {
    String start = library.title().replace('_', '-').toLowerCase(Locale.ROOT) + "==" + release;
    return line.equals(start) || line.startsWith(start + ".");
  }

  private static Stream<String> lines(Path path) {
    try {
      return Files.readAllLines(path).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
