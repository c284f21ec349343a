package dev.flightdelay.predictor.sklearn.featureextraction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code token_pattern}: what of a text is a token, by {@code re.findall}.
 *
 * <p>Of Python's expressions these are read: letters, classes, {@code \w \d \s \b} and their
 * opposites, quantifiers, alternatives, and groups that are not repeated, of which one may capture.
 * What remains out is named in the refusal.
 */
final class TokenPattern {

  private static final String DEFAULT = "(?u)\\b\\w\\w+\\b";
  private static final int MAX_LENGTH = 300;
  private static final int MAX_REPEATED = 1000;
  private static final int NO_END = -1;

  private static final String NOT_SPECIAL = "\"'!#%&,/:;<=>@_`~- ";
  private static final String SPECIAL = "\\.^$*+?{}[]|()";

  /** What a pattern is made of. */
  private sealed interface Part {

    /** One after the other. */
    record Sequence(List<Part> parts) implements Part {}

    /** The first that leads to an end. */
    record Alternatives(List<Part> parts) implements Part {}

    /** What is the token instead of the whole. */
    record Captured(Part part) implements Part {}

    /** Once, or not at all. */
    record Optionally(Part part) implements Part {}

    record Boundary(boolean is) implements Part {}

    /**
     * @param most how many characters at most; {@link #NO_END} where that is any number
     */
    record Repeated(CharacterSet set, int least, int most, boolean greedy) implements Part {}
  }

  private final String source;
  private int at;
  private int captures;
  // Null for the default.
  private TokenAutomaton automaton;

  private TokenPattern(String source) {
    this.source = source;
  }

  /**
   * @throws IllegalArgumentException that says what of the expression is not read
   */
  static TokenPattern of(String expression) {
    TokenPattern tokens = new TokenPattern(expression);
    if (!expression.equals(DEFAULT)) {
      tokens.automaton = tokens.compile();
    }
    return tokens;
  }

  /** Whether it is the one that nearly everybody has. */
  boolean isDefault() {
    return automaton == null;
  }

  /** The operations for each letter of a text: twice, from either end. */
  long operationsPerLetter() {
    return isDefault() ? 2 : 4L * automaton.states();
  }

  /** Gives each token of a text in turn. */
  void forEach(String text, Consumer<String> token) {
    if (isDefault()) {
      words(text, token);
    } else {
      automaton.forEach(text, token);
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

  private TokenAutomaton compile() {
    if (source.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("is longer than %d letters".formatted(MAX_LENGTH));
    }
    if (source.startsWith("(?u)")) {
      at = 4;
    }
    Part whole = alternatives(0);
    if (at < source.length()) {
      throw unread(")");
    }
    if (captures > 1) {
      throw new IllegalArgumentException("has more than one capturing group");
    }
    TokenAutomaton.Builder states = new TokenAutomaton.Builder();
    Part token = captures == 0 ? new Part.Captured(whole) : whole;
    return states.build(compile(token, states, states.accept()));
  }

  /** Makes the states of a part; gives the first of them. */
  private static int compile(Part part, TokenAutomaton.Builder states, int then) {
    return switch (part) {
      case Part.Sequence sequence -> {
        int next = then;
        for (Part one : sequence.parts().reversed()) {
          next = compile(one, states, next);
        }
        yield next;
      }
      case Part.Alternatives alternatives -> {
        Deque<Integer> starts = new ArrayDeque<>();
        for (Part one : alternatives.parts()) {
          starts.push(compile(one, states, then));
        }
        int first = starts.pop();
        while (!starts.isEmpty()) {
          first = states.choice(starts.pop(), first);
        }
        yield first;
      }
      case Part.Captured captured ->
          states.begin(compile(captured.part(), states, states.end(then)));
      case Part.Optionally optionally ->
          states.choice(compile(optionally.part(), states, then), then);
      case Part.Boundary boundary -> states.boundary(boundary.is(), then);
      case Part.Repeated repeated -> compile(repeated, states, then);
    };
  }

  private static int compile(Part.Repeated repeated, TokenAutomaton.Builder states, int then) {
    CharacterSet set = repeated.set();
    int next = then;
    if (repeated.most() == NO_END) {
      next = states.any(set, repeated.greedy(), then);
    } else {
      for (int more = repeated.least(); more < repeated.most(); more++) {
        int once = states.take(set, next);
        next = repeated.greedy() ? states.choice(once, then) : states.choice(then, once);
      }
    }
    for (int i = 0; i < repeated.least(); i++) {
      next = states.take(set, next);
    }
    return next;
  }

  private Part alternatives(int depth) {
    List<Part> alternatives = new ArrayList<>();
    List<Part> sequence = new ArrayList<>();
    while (at < source.length() && source.charAt(at) != ')') {
      if (source.charAt(at) == '|') {
        at++;
        alternatives.add(new Part.Sequence(sequence));
        sequence = new ArrayList<>();
      } else if (source.charAt(at) == '(') {
        sequence.add(group(depth));
      } else {
        sequence.add(atom());
      }
    }
    alternatives.add(new Part.Sequence(sequence));
    return alternatives.size() == 1 ? alternatives.getFirst() : new Part.Alternatives(alternatives);
  }

  private Part group(int depth) {
    if (depth == 2) {
      throw new IllegalArgumentException("has groups in groups in groups");
    }
    at++;
    boolean captured = !source.startsWith("?", at);
    if (captured) {
      captures++;
    } else if (source.startsWith("?:", at)) {
      at += 2;
    } else {
      throw unread("(?");
    }
    Part inner = alternatives(depth + 1);
    if (at == source.length()) {
      throw new IllegalArgumentException("has a group without an end");
    }
    at++;
    Part group = captured ? new Part.Captured(inner) : inner;
    if (at < source.length() && source.charAt(at) == '?') {
      at++;
      group = new Part.Optionally(group);
    }
    if (at < source.length() && "*+?{".indexOf(source.charAt(at)) >= 0) {
      throw new IllegalArgumentException("repeats a group");
    }
    return group;
  }

  private Part atom() {
    if (source.startsWith("\\b", at) || source.startsWith("\\B", at)) {
      at += 2;
      return new Part.Boundary(source.charAt(at - 1) == 'b');
    }
    char c = source.charAt(at);
    CharacterSet set =
        switch (c) {
          case '[' -> characterClass();
          case '\\' -> {
            CharacterSet.Builder one = new CharacterSet.Builder();
            escape(one);
            yield one.build(false);
          }
          case '.' -> {
            at++;
            yield CharacterSet.ANY_BUT_LINE_FEED;
          }
          case '^', '$', '*', '+', '?', '{', '}', ']' -> throw unread(String.valueOf(c));
          default -> new CharacterSet.Builder().add(letter()).build(false);
        };
    return quantified(set);
  }

  private int letter() {
    int character = source.codePointAt(at);
    at += Character.charCount(character);
    return character;
  }

  /** What a backslash and a letter mean, alone or in a class. */
  private void escape(CharacterSet.Builder set) {
    if (at + 1 == source.length()) {
      throw unread("\\");
    }
    char c = source.charAt(at + 1);
    switch (c) {
      case 'w', 'd', 's', 'W', 'D', 'S' -> set.addKind(c);
      case 't' -> set.add('\t');
      case 'n' -> set.add('\n');
      case 'r' -> set.add('\r');
      default -> {
        if (SPECIAL.indexOf(c) < 0 && NOT_SPECIAL.indexOf(c) < 0) {
          throw unread("\\" + c);
        }
        set.add(c);
      }
    }
    at += 2;
  }

  private CharacterSet characterClass() {
    at++;
    boolean negated = at < source.length() && source.charAt(at) == '^';
    if (negated) {
      at++;
    }
    CharacterSet.Builder set = new CharacterSet.Builder();
    int first = at;
    while (true) {
      if (at == source.length()) {
        throw new IllegalArgumentException("has a class without an end");
      }
      char c = source.charAt(at);
      if (c == ']' && at > first) {
        at++;
        return set.build(negated);
      }
      if (c == '[' || "&~|-".indexOf(c) >= 0 && source.startsWith("" + c + c, at)) {
        throw unread(String.valueOf(c));
      }
      if (c == '\\') {
        escape(set);
        if (isBeforeRange()) {
          throw unread("a range with a backslash");
        }
        continue;
      }
      int letter = letter();
      if (isBeforeRange()) {
        if (source.startsWith("--", at)) {
          // Python warns that this will mean something else.
          throw unread("--");
        }
        at++;
        set.addRange(letter, last(letter));
      } else {
        set.add(letter);
      }
    }
  }

  /** Whether a hyphen follows that stands between two letters. */
  private boolean isBeforeRange() {
    return source.startsWith("-", at) && at + 1 < source.length() && source.charAt(at + 1) != ']';
  }

  private int last(int from) {
    if (source.charAt(at) == '\\') {
      throw unread("a range with a backslash");
    }
    int last = letter();
    if (last < from) {
      throw unread("a range that ends before it begins");
    }
    return last;
  }

  private Part quantified(CharacterSet set) {
    if (at == source.length()) {
      return new Part.Repeated(set, 1, 1, true);
    }
    char c = source.charAt(at);
    int least = 1;
    int most = 1;
    switch (c) {
      case '*', '+', '?' -> {
        at++;
        least = c == '+' ? 1 : 0;
        most = c == '?' ? 1 : NO_END;
      }
      case '{' -> {
        Matcher counts = counts();
        least = counts.group(1).isEmpty() ? 0 : Integer.parseInt(counts.group(1));
        most = counts.group(3).isEmpty() ? NO_END : Integer.parseInt(counts.group(3));
        if (counts.group(2).isEmpty()) {
          most = least;
        }
        if (Math.max(least, most) > MAX_REPEATED || most != NO_END && most < least) {
          throw unread(counts.group());
        }
      }
      default -> {
        return new Part.Repeated(set, 1, 1, true);
      }
    }
    boolean greedy = true;
    if (at < source.length() && source.charAt(at) == '?') {
      greedy = false;
      at++;
    } else if (at < source.length() && source.charAt(at) == '+') {
      throw unread(c + "+");
    }
    if (at < source.length() && "*+?{".indexOf(source.charAt(at)) >= 0) {
      throw unread(String.valueOf(source.charAt(at)));
    }
    return new Part.Repeated(set, least, most, greedy);
  }

  private Matcher counts() {
    Matcher counts =
        Pattern.compile("\\{(\\d{0,4})(,?)(\\d{0,4})\\}")
            .matcher(source)
            .region(at, source.length());
    if (!counts.lookingAt() || counts.group(1).isEmpty() && counts.group(3).isEmpty()) {
      throw unread("{");
    }
    at = counts.end();
    return counts;
  }

  private static IllegalArgumentException unread(String what) {
    return new IllegalArgumentException("has '%s', which is not read there".formatted(what));
  }
}
