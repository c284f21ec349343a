package dev.flightdelay.predictor.sklearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.reader.ExpectedScores;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The main estimators as scikit-learn 1.3, 1.4, 1.5, 1.6, 1.7 and 1.8 pickled them. */
class ReleasesParityTest {

  private static final Path FOLDER = Path.of("src/test/resources/parity-releases");
  private static final double TOLERANCE = 1e-9;

  @Test
  void hasTheMainEstimatorsOfEachRelease() throws IOException {
    assertThat(cases().stream().collect(Collectors.groupingBy(one -> one.substring(0, 3))))
        .containsOnlyKeys("1.3", "1.4", "1.5", "1.6", "1.7", "1.8")
        .allSatisfy((release, names) -> assertThat(names).as(release).hasSizeGreaterThan(40));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsThatReleaseDid(String name) throws IOException {
    byte[] pickle = Files.readAllBytes(FOLDER.resolve(name + ".pkl"));
    JsonNode about = new JsonMapper().readTree(FOLDER.resolve(name + ".json"));
    String entry = about.has("entry") ? about.get("entry").asString() : "";
    if (about.has("refused")) {
      assertRefused(pickle, about.get("refused"));
      return;
    }

    Model model = ModelReader.read(pickle, entry).model();

    ExpectedScores.assertSame(model, about.get("inputs"), about.get("expected"), TOLERANCE);
  }

  /** A container with no estimator or several, where none is named: the refusal lists them. */
  private static void assertRefused(byte[] pickle, JsonNode named) {
    var refusal =
        catchThrowableOfType(ModelRefusedException.class, () -> ModelReader.read(pickle, ""));

    assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
    named.forEach(part -> assertThat(refusal).hasMessageContaining(part.asString()));
  }

  static List<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".pkl"))
          .map(file -> file.replace(".pkl", ""))
          .sorted()
          .toList();
    }
  }
}
