package dev.flightdelay.predictor.sklearn.featureextraction;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code token_pattern}: what of a text is a token, by {@code re.findall}.
 *
 * <p>Python's expressions are written anew for Java, as far as both mean the same by them: letters,
 * classes, {@code \w \d \s \b} and their opposites, quantifiers, alternatives, and groups that are
 * not repeated, of which one may capture. What remains out is named in the refusal. So is what
 * could take Java for ever: repetition within repetition, and more than three without a bound.
 */
final class TokenPattern {

  private static final String DEFAULT = "(?u)\\b\\w\\w+\\b";
  private static final int LONGEST = 300;
  private static final int MOST_UNBOUNDED = 3;
  private static final int MOST_REPEATED = 1000;

  private static final String NOT_SPECIAL = "\"'!#%&,/:;<=>@_`~- ";
  private static final String SPECIAL = "\\.^$*+?{}[]|()";

  private final String source;
  private final StringBuilder java = new StringBuilder();
  private int at;
  private int unbounded;
  private int captures;
  private Pattern pattern;

  private TokenPattern(String source) {
    this.source = source;
  }

  /**
   * @throws IllegalArgumentException that says what of the expression is not read
   */
  static TokenPattern of(String expression) {
    TokenPattern tokens = new TokenPattern(expression);
    if (!expression.equals(DEFAULT)) {
      tokens.translate();
    }
    return tokens;
  }

  /** Gives each token of a text in turn. */
  void forEach(String text, Consumer<String> token) {
    if (pattern == null) {
      words(text, token);
      return;
    }
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      String found = matcher.group(captures);
      token.accept(found == null ? "" : found);
    }
  }

  /** The default: runs of two and more word characters. */
  private static void words(String text, Consumer<String> token) {
    int start = 0;
    int length = 0;
    for (int i = 0; i <= text.length(); ) {
      int character = i < text.length() ? text.codePointAt(i) : -1;
      if (character >= 0 && Characters.isWord(character)) {
        if (length++ == 0) {
          start = i;
        }
      } else {
        if (length > 1) {
          token.accept(text.substring(start, i));
        }
        length = 0;
      }
      i += character < 0 ? 1 : Character.charCount(character);
    }
  }

  private void translate() {
    if (source.length() > LONGEST) {
      throw new IllegalArgumentException("is longer than %d letters".formatted(LONGEST));
    }
    if (source.startsWith("(?u)")) {
      at = 4;
    }
    alternatives(0);
    if (at < source.length()) {
      throw unread(")");
    }
    if (captures > 1) {
      throw new IllegalArgumentException("has more than one capturing group");
    }
    pattern = Pattern.compile(java.toString());
  }

  private void alternatives(int depth) {
    while (at < source.length() && source.charAt(at) != ')') {
      if (source.charAt(at) == '|') {
        at++;
        java.append('|');
      } else if (source.charAt(at) == '(') {
        group(depth);
      } else {
        atom();
      }
    }
  }

  private void group(int depth) {
    if (depth == 2) {
      throw new IllegalArgumentException("has groups in groups in groups");
    }
    at++;
    if (source.startsWith("?:", at)) {
      at += 2;
      java.append("(?:");
    } else if (source.startsWith("?", at)) {
      throw unread("(?");
    } else {
      captures++;
      java.append('(');
    }
    alternatives(depth + 1);
    if (at == source.length()) {
      throw new IllegalArgumentException("has a group without an end");
    }
    at++;
    java.append(')');
    if (at < source.length() && source.charAt(at) == '?') {
      at++;
      java.append('?');
    }
    if (at < source.length() && "*+?{".indexOf(source.charAt(at)) >= 0) {
      throw new IllegalArgumentException("repeats a group");
    }
  }

  private void atom() {
    char c = source.charAt(at);
    if (source.startsWith("\\b", at) || source.startsWith("\\B", at)) {
      boundary(source.charAt(at + 1) == 'b');
      return;
    }
    switch (c) {
      case '[' -> characterClass();
      case '\\' -> {
        java.append('[');
        escape();
        java.append(']');
      }
      case '.' -> {
        // All but the line feed: Java without (?d) would leave out five more.
        java.append("[^\\n]");
        at++;
      }
      case '^', '$', '*', '+', '?', '{', '}', ']' -> throw unread(String.valueOf(c));
      default -> literal();
    }
    quantifier();
  }

  private void boundary(boolean is) {
    at += 2;
    String word = "[" + Characters.WORD + "]";
    String edge = "(?:(?<=%s)(?!%s)|(?<!%s)(?=%s))".replace("%s", word);
    java.append(is ? edge : "(?!" + edge + ")");
  }

  private void literal() {
    int character = source.codePointAt(at);
    at += Character.charCount(character);
    java.append("\\x{").append(Integer.toHexString(character)).append('}');
  }

  /** What a backslash and a letter mean, as the inside of a class. */
  private void escape() {
    if (at + 1 == source.length()) {
      throw unread("\\");
    }
    char c = source.charAt(at + 1);
    switch (c) {
      case 'w' -> java.append(Characters.WORD);
      case 'd' -> java.append(Characters.DIGIT);
      case 's' -> java.append(Characters.SPACE);
      case 'W' -> java.append("[^").append(Characters.WORD).append(']');
      case 'D' -> java.append("[^").append(Characters.DIGIT).append(']');
      case 'S' -> java.append("[^").append(Characters.SPACE).append(']');
      case 't' -> java.append("\\t");
      case 'n' -> java.append("\\n");
      case 'r' -> java.append("\\r");
      default -> {
        if (SPECIAL.indexOf(c) < 0 && NOT_SPECIAL.indexOf(c) < 0) {
          throw unread("\\" + c);
        }
        java.append("\\x{").append(Integer.toHexString(c)).append('}');
      }
    }
    at += 2;
  }

  private void characterClass() {
    at++;
    java.append('[');
    if (at < source.length() && source.charAt(at) == '^') {
      at++;
      java.append('^');
    }
    boolean negated = java.charAt(java.length() - 1) == '^';
    int first = at;
    while (true) {
      if (at == source.length()) {
        throw new IllegalArgumentException("has a class without an end");
      }
      char c = source.charAt(at);
      if (c == ']' && at > first) {
        break;
      }
      if (c == '[' || "&~|-".indexOf(c) >= 0 && source.startsWith("" + c + c, at)) {
        throw unread(String.valueOf(c));
      }
      if (c == '\\') {
        if (negated && at + 1 < source.length() && "WDS".indexOf(source.charAt(at + 1)) >= 0) {
          negatedUnion();
          return;
        }
        escape();
      } else if (c == '-') {
        boolean range = at > first && at + 1 < source.length() && source.charAt(at + 1) != ']';
        java.append(range && isRange(first) ? "-" : "\\x{2d}");
        at++;
      } else {
        literal();
      }
    }
    at++;
    java.append(']');
  }

  /** Whether the hyphen here stands between two letters. */
  private boolean isRange(int first) {
    boolean afterLetter = at - 1 >= first && !(at - 2 >= first && source.charAt(at - 2) == '\\');
    if (!afterLetter || source.charAt(at + 1) == '\\') {
      throw unread("a range with a backslash");
    }
    return true;
  }

  /** {@code [^\W\d]}: Java's rules for opposites in opposites are other than Python's. */
  private void negatedUnion() {
    int open = java.lastIndexOf("[^");
    StringBuilder parts = new StringBuilder();
    int end = source.indexOf(']', at);
    String inside = end < 0 ? "" : source.substring(source.lastIndexOf('^', at) + 1, end);
    if (!inside.matches("(\\\\[wWdDsS]|_)+")) {
      throw unread("[^.." + source.charAt(at) + source.charAt(at + 1) + "..]");
    }
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i) == '\\' ? inside.charAt(++i) : '_';
      parts.append(
          switch (c) {
            case 'w' -> "(?![" + Characters.WORD + "])";
            case 'W' -> "(?=[" + Characters.WORD + "])";
            case 'd' -> "(?![" + Characters.DIGIT + "])";
            case 'D' -> "(?=[" + Characters.DIGIT + "])";
            case 's' -> "(?![" + Characters.SPACE + "])";
            case 'S' -> "(?=[" + Characters.SPACE + "])";
            default -> "(?!_)";
          });
    }
    java.setLength(open);
    java.append("(?:").append(parts).append("[\\x{0}-\\x{10ffff}])");
    at = end + 1;
  }

  private void quantifier() {
    if (at == source.length()) {
      return;
    }
    char c = source.charAt(at);
    switch (c) {
      case '*', '+' -> {
        unbounded();
        java.append(c);
        at++;
      }
      case '?' -> {
        java.append(c);
        at++;
      }
      case '{' -> counted();
      default -> {
        return;
      }
    }
    if (at < source.length() && source.charAt(at) == '?') {
      java.append('?');
      at++;
    } else if (at < source.length() && source.charAt(at) == '+') {
      throw unread(c + "+");
    }
  }

  private void counted() {
    Matcher counts =
        Pattern.compile("\\{(\\d{0,4})(,?)(\\d{0,4})\\}")
            .matcher(source)
            .region(at, source.length());
    if (!counts.lookingAt() || counts.group(1).isEmpty() && counts.group(3).isEmpty()) {
      throw unread("{");
    }
    int least = counts.group(1).isEmpty() ? 0 : Integer.parseInt(counts.group(1));
    int most = counts.group(3).isEmpty() ? least : Integer.parseInt(counts.group(3));
    if (Math.max(least, most) > MOST_REPEATED || most < least) {
      throw unread(counts.group());
    }
    java.append('{').append(least);
    if (!counts.group(2).isEmpty()) {
      java.append(',');
      if (counts.group(3).isEmpty()) {
        unbounded();
      } else {
        java.append(most);
      }
    }
    java.append('}');
    at = counts.end();
  }

  private void unbounded() {
    if (++unbounded > MOST_UNBOUNDED) {
      throw new IllegalArgumentException(
          "has more than %d repetitions without a bound".formatted(MOST_UNBOUNDED));
    }
  }

  private static IllegalArgumentException unread(String what) {
    return new IllegalArgumentException("has '%s', which is not read there".formatted(what));
  }
}
