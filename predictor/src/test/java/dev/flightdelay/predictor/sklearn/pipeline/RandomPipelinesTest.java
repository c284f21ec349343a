package dev.flightdelay.predictor.sklearn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.reader.ServedCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pipelines that were drawn at random, of several releases: each row is answered as the library
 * answers it, and a row that the library does not take is refused. {@code random_pipelines.py}
 * draws more of them than are kept here.
 */
class RandomPipelinesTest {

  private static final Path FOLDER = Path.of("src/test/resources/random-pipelines");
  private static final String EXPECTED = ".expect.json";
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void hasSixtyOfFourReleases() throws IOException {
    List<String> names = cases().map(path -> path.getFileName().toString()).toList();

    assertThat(names).hasSize(60);
    assertThat(names.stream().map(name -> name.substring(0, name.indexOf('-'))).distinct())
        .hasSize(4);
  }

  @TestFactory
  Stream<DynamicTest> answersAsTheLibraryDoes() throws IOException {
    return cases()
        .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> answers(path)));
  }

  @TestFactory
  Stream<DynamicTest> refusesTheRowsThatTheLibraryRefuses() throws IOException {
    return cases()
        .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> refuses(path)));
  }

  private static void answers(Path expectation) throws IOException {
    new ServedCase(model(expectation), JSON.readTree(expectation)).assertHolds();
  }

  private static void refuses(Path expectation) throws IOException {
    for (JsonNode row : JSON.readTree(expectation).get("refused_rows")) {
      ObjectNode about = JSON.createObjectNode();
      about.putArray("rows").add(row);
      about.put("error", "");
      new ServedCase(model(expectation), about).assertHolds();
    }
  }

  private static Path model(Path expectation) {
    return Path.of(expectation.toString().replace(EXPECTED, ".pkl.gz"));
  }

  private static Stream<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(EXPECTED)).sorted().toList().stream();
    }
  }
}
