package dev.flightdelay.predictor.sklearn.featureextraction;

import java.util.Arrays;

/**
 * The characters that one place of a pattern takes: letters, ranges, and what {@code \w \d \s} and
 * their opposites mean to Python; or all others.
 */
final class CharacterSet {

  /** All but the line feed. */
  static final CharacterSet ANY_BUT_LINE_FEED = new Builder().add('\n').build(true);

  private static final int TABLE = 128;

  private final boolean negated;
  // Pairs of a first and a last character.
  private final int[] ranges;
  // Of w, W, d, D, s and S those that are in it.
  private final String kinds;
  // Of the first characters, which nearly all texts are made of, whether they are in it.
  private final boolean[] table = new boolean[TABLE];

  private CharacterSet(boolean negated, int[] ranges, String kinds) {
    this.negated = negated;
    this.ranges = ranges;
    this.kinds = kinds;
    for (int character = 0; character < TABLE; character++) {
      table[character] = find(character);
    }
  }

  boolean contains(int character) {
    return character < TABLE ? table[character] : find(character);
  }

  private boolean find(int character) {
    for (int i = 0; i < ranges.length; i += 2) {
      if (character >= ranges[i] && character <= ranges[i + 1]) {
        return !negated;
      }
    }
    for (int i = 0; i < kinds.length(); i++) {
      if (isOf(kinds.charAt(i), character)) {
        return !negated;
      }
    }
    return negated;
  }

  private static boolean isOf(char kind, int character) {
    return switch (kind) {
      case 'w' -> Characters.isWord(character);
      case 'W' -> !Characters.isWord(character);
      case 'd' -> Character.getType(character) == Character.DECIMAL_DIGIT_NUMBER;
      case 'D' -> Character.getType(character) != Character.DECIMAL_DIGIT_NUMBER;
      case 's' -> Characters.isSpace(character);
      default -> !Characters.isSpace(character);
    };
  }

  /** Collects what is in a set. */
  static final class Builder {

    private int[] ranges = new int[4];
    private int count;
    private final StringBuilder kinds = new StringBuilder();

    Builder add(int character) {
      return addRange(character, character);
    }

    Builder addRange(int first, int last) {
      if (count == ranges.length) {
        ranges = Arrays.copyOf(ranges, 2 * count);
      }
      ranges[count++] = first;
      ranges[count++] = last;
      return this;
    }

    /**
     * @param kind one of w, W, d, D, s and S
     */
    Builder addKind(char kind) {
      kinds.append(kind);
      return this;
    }

    /**
     * @param negated whether all others are meant
     */
    CharacterSet build(boolean negated) {
      return new CharacterSet(negated, Arrays.copyOf(ranges, count), kinds.toString());
    }
  }
}
