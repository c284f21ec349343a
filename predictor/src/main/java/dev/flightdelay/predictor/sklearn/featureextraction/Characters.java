package dev.flightdelay.predictor.sklearn.featureextraction;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/** What Python's {@code str} and {@code re} say of characters, where Java says otherwise. */
final class Characters {

  /** As the inside of a Java character class. */
  static final String WORD = "\\p{L}\\p{Nd}\\p{Nl}\\p{No}_";

  static final String DIGIT = "\\p{Nd}";
  static final String SPACE =
      "\\t-\\r\\x1c-\\x20\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}"
          + "\\x{205f}\\x{3000}";

  /** Of the classes 1 and 230: what stands in the wrong order before or after them is moved. */
  private static final String OVERLAY = "\u0334";

  private static final String ABOVE = "\u0301";

  private Characters() {}

  /** {@code \w}: letters, all that is numeric, and the underscore; no marks, as Java has them. */
  static boolean isWord(int character) {
    return switch (Character.getType(character)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER ->
          true;
      default -> character == '_';
    };
  }

  /** {@code \s} and {@code str.isspace}. */
  static boolean isSpace(int character) {
    return character >= '\t' && character <= '\r'
        || character >= 0x1c && character <= ' '
        || character == 0x85
        || character == 0xa0
        || character == 0x1680
        || character >= 0x2000 && character <= 0x200a
        || character == 0x2028
        || character == 0x2029
        || character == 0x202f
        || character == 0x205f
        || character == 0x3000;
  }

  /** {@code strip_accents_ascii}: decomposed (NFKD), and only what is ASCII of it. */
  static String asciiOnly(String text) {
    String decomposed = Normalizer.normalize(text, Form.NFKD);
    StringBuilder ascii = new StringBuilder(decomposed.length());
    for (int i = 0; i < decomposed.length(); i++) {
      if (decomposed.charAt(i) < 0x80) {
        ascii.append(decomposed.charAt(i));
      }
    }
    return ascii.toString();
  }

  /** {@code strip_accents_unicode}: decomposed (NFKD) without combining characters. */
  static String withoutAccents(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text;
    }
    String decomposed = Normalizer.normalize(text, Form.NFKD);
    StringBuilder kept = new StringBuilder(decomposed.length());
    decomposed
        .codePoints()
        .filter(character -> !isCombining(character))
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  /**
   * Whether the canonical combining class is not 0, which Java does not tell: but normalization
   * puts characters of such classes in order, and no others.
   */
  private static boolean isCombining(int character) {
    switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK -> {}
      default -> {
        return false;
      }
    }
    String mark = Character.toString(character);
    return !Normalizer.normalize(mark + OVERLAY, Form.NFD).startsWith(mark)
        || Normalizer.normalize(ABOVE + mark, Form.NFD).startsWith(mark);
  }
}
