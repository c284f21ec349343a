package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a model answered, beside what its library answers. */
final class Answers {

  /** What the library calls by another name. */
  private static final Map<String, String> OUTPUTS =
      Map.of(
          "booster_predict", "predict",
          "booster_margin", "decision_function",
          "booster_raw_score", "decision_function");

  private Answers() {}

  /**
   * Every output that the library gives is answered, with the same shape and values.
   *
   * @param answered by the outputs' names
   * @param tolerance of numbers, relative to those above 1
   */
  static void assertSame(JsonNode answered, JsonNode expected, double tolerance) {
    assertThat(List.copyOf(expected.propertyNames())).isNotEmpty();
    for (String output : expected.propertyNames()) {
      JsonNode given = answered.get(OUTPUTS.getOrDefault(output, output));
      assertThat(given).as("%s, of %s", output, answered.propertyNames()).isNotNull();
      assertSame(output, given, expected.get(output), tolerance);
    }
  }

  /** The same shape and values. */
  static void assertSame(String what, JsonNode given, JsonNode wanted, double tolerance) {
    switch (wanted.getNodeType()) {
      case ARRAY -> {
        assertThat(given.isArray()).as(what + " is an array").isTrue();
        assertThat(given.size()).as("values of " + what).isEqualTo(wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
          assertSame(what + "[" + i + "]", given.get(i), wanted.get(i), tolerance);
        }
      }
      case NUMBER -> assertNumber(what, given, wanted, tolerance);
      default -> assertThat(given).as(what).isEqualTo(wanted);
    }
  }

  private static void assertNumber(String what, JsonNode given, JsonNode wanted, double tolerance) {
    assertThat(given.isNumber()).as("%s is %s, not %s", what, given, wanted).isTrue();
    if (wanted.isIntegralNumber() && given.isIntegralNumber()) {
      // Labels can be above 2^53.
      assertThat(given.asLong()).as(what).isEqualTo(wanted.asLong());
    } else {
      double number = wanted.asDouble();
      assertThat(given.asDouble())
          .as(what)
          .isCloseTo(number, within(tolerance * Math.max(1, Math.abs(number))));
    }
  }
}
