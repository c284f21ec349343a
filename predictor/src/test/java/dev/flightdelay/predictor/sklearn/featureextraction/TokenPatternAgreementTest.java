package dev.flightdelay.predictor.sklearn.featureextraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Random patterns and texts: the automaton finds what those do that go back when they fail. */
class TokenPatternAgreementTest {

  private static final Path CASES = Path.of("src/test/resources/token-patterns.csv.gz");
  private static final int MIN_CASES = 4000;
  private static final int RANDOM_CASES = 20_000;

  private static final String[] ATOMS = {
    "a", "b", "-", " ", "\\w", "\\W", "\\d", "\\s", "\\S", ".", "[ab]", "[^a]", "[\\w-]", "\\b",
    "\\B"
  };
  private static final String[] COUNTS = {
    "", "", "", "*", "+", "?", "{2}", "{1,}", "{0,3}", "*?", "+?", "??", "{1,3}?"
  };

  /** {@code make_token_patterns.py} asked Python. */
  @Test
  void findsWhatPythonFinds() throws IOException {
    JsonMapper json = new JsonMapper();
    int cases = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(CASES)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split("\t");
        String pattern = json.readTree(parts[0]).asString();
        String text = json.readTree(parts[1]).asString();
        List<String> tokens = new ArrayList<>();
        for (JsonNode token : json.readTree(parts[2])) {
          tokens.add(token.asString());
        }

        assertThat(found(pattern, text)).as("%s in '%s'", pattern, text).isEqualTo(tokens);
        cases++;
      }
    }
    assertThat(cases).isGreaterThanOrEqualTo(MIN_CASES);
  }

  @Test
  void findsWhatJavaFindsWhereNoMatchIsEmpty() {
    Random dice = new Random(20261130);
    for (int i = 0; i < RANDOM_CASES; i++) {
      // A letter first: of empty matches the two languages take different ones.
      String pattern = one(dice, "ab") + alternatives(dice, 0);
      String text = text(dice);
      List<String> tokens = new ArrayList<>();
      Matcher matcher = Pattern.compile(pattern).matcher(text);
      while (matcher.find()) {
        tokens.add(matcher.group());
      }

      assertThat(found(pattern, text)).as("%s in '%s'", pattern, text).isEqualTo(tokens);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ya?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?b; y",
        "\\w+@\\w+; w",
        "\\w*\\w*\\w*\\w*=; w",
        "a.*b|a; a",
        "(?:a{0,200}a{0,200})?x; a",
        "[^x]*x?[^x]*y; a-"
      })
  void takesTimeLinearInTheText(String expression, String repeated) {
    TokenPattern pattern = TokenPattern.of(expression);
    String text = repeated + repeated.substring(repeated.length() - 1).repeat(200_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> pattern.forEach(text, token -> assertThat(token).isNotNull()));
  }

  private static List<String> found(String pattern, String text) {
    List<String> found = new ArrayList<>();
    TokenPattern.of(pattern).forEach(text, found::add);
    return found;
  }

  private static String alternatives(Random dice, int depth) {
    StringBuilder made = new StringBuilder(sequence(dice, depth));
    boolean inGroup = depth > 0;
    while (inGroup && dice.nextInt(3) == 0) {
      made.append('|').append(sequence(dice, depth));
    }
    return made.toString();
  }

  private static String sequence(Random dice, int depth) {
    StringBuilder made = new StringBuilder();
    for (int parts = dice.nextInt(4); parts > 0; parts--) {
      if (depth < 2 && dice.nextInt(4) == 0) {
        made.append("(?:").append(alternatives(dice, depth + 1)).append(')');
        made.append(dice.nextBoolean() ? "?" : "");
      } else {
        String atom = ATOMS[dice.nextInt(ATOMS.length)];
        made.append(atom).append(atom.matches("\\\\[bB]") ? "" : COUNTS[dice.nextInt(13)]);
      }
    }
    return made.toString();
  }

  private static String one(Random dice, String of) {
    return String.valueOf(of.charAt(dice.nextInt(of.length())));
  }

  private static String text(Random dice) {
    StringBuilder text = new StringBuilder();
    for (int letters = dice.nextInt(25); letters > 0; letters--) {
      text.append(one(dice, "aaab- 1_\t\n"));
    }
    return text.toString();
  }
}
