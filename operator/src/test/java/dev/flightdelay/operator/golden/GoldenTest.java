package dev.flightdelay.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What becomes of a model: a case is a folder, see {@link GoldenCase}. {@code mvn -pl operator test
 * -Dtest=GoldenTest -Dgolden.write} writes the expected files anew, to be read in the diff.
 */
class GoldenTest {

  @TestFactory
  Stream<DynamicTest> plansAndReportsAsInItsFolder() {
    return GoldenCase.all().stream()
        .map(golden -> dynamicTest(golden.name(), () -> compare(golden)));
  }

  private static void compare(GoldenCase golden) {
    if (System.getProperty("golden.write") != null) {
      golden.write();
    }
    Map<String, String> actual = new TreeMap<>(golden.actual());
    Map<String, String> expected = golden.expected();

    assertThat(golden.strangers()).as("files that nothing reads").isEmpty();
    actual.forEach(
        (file, text) -> assertThat(expected.getOrDefault(file, "")).as(file).isEqualTo(text));
    assertThat(actual.keySet()).as("files that nothing writes").containsAll(expected.keySet());
  }
}
