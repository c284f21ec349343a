package dev.flightdelay.predictor.sklearn.featureextraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code re.findall} gives is compared in TextParityTest; here, what is not read and why. */
class TokenPatternTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?i)late",
        "(?x)a b",
        "(?P<word>\\w+)",
        "(?=a)b",
        "(?<!a)b",
        "(?>a)b",
        "(?#note)b",
        "(\\w)\\1",
        "(\\w)(\\d)",
        "(?:a|b)+",
        "(a)*",
        "(a){2}",
        "((((a))))",
        "a++",
        "a*+",
        "^late$",
        "\\Alate\\Z",
        "a|b)",
        "(a",
        "[a",
        "[",
        "[]",
        "a{",
        "a{2,1}",
        "a{2000}",
        "*a",
        "a**",
        "\\",
        "\\u0041",
        "\\x41",
        "\\p{L}",
        "[[a]]",
        "[a&&b]",
        "[a--b]",
        "[+--]",
        "[\\w-z]",
        "\\b+"
      })
  void refusesWhatPythonAndJavaDoNotMeanAlike(String expression) {
    assertThatThrownBy(() -> TokenPattern.of(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(has|is longer|repeats) ?.*");
  }

  @Test
  void refusesAnExpressionLongerThanAnyonesOwn() {
    assertThatThrownBy(() -> TokenPattern.of("a".repeat(301)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(?u)\\b\\w\\w+\\b; a late x2 l\u00e0\u0301;late,x2,l\u00e0",
        "\\w+; a_b c\u0947d;a_b,c,d",
        "[]a]+; [a]b]a;a],]a",
        "[a\\-c]+; a-cb;a-c",
        "x{,2}y;xxxy;xxy",
        "[^\\Wab]+;a cd-be;cd,e",
        "\\w*?\\w*x\\w*\\w*\\w+;aaxaa x axa;aaxaa,axa",
        "(late)|fog;late fog;late,"
      })
  void findsWhatPythonFinds(String expression, String text, String tokens) {
    List<String> found = new ArrayList<>();

    TokenPattern.of(expression).forEach(text, found::add);

    assertThat(String.join(",", found)).isEqualTo(tokens);
  }

  @Test
  void takesALongTextInTime() {
    TokenPattern pattern = TokenPattern.of("\\b\\w[\\w'-]*\\w\\b");
    String text = "late-".repeat(1 << 20);

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> pattern.forEach(text, token -> assertThat(token).isNotNull()));
  }
}
