package dev.flightdelay.predictor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** What fuzzing found once is never found again: its files are refused, or are sound models. */
@Tag("small-heap")
class FuzzFindingsTest {

  private static final Path FINDINGS = Path.of("src/test/resources/fuzz-findings");

  @TestFactory
  Stream<DynamicTest> holdsForWhatWasFoundBefore() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(FINDINGS)) {
      files = found.sorted().toList();
    }
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> FuzzOracle.check(Files.readAllBytes(file))));
  }
}
