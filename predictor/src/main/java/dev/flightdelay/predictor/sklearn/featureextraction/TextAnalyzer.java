package dev.flightdelay.predictor.sklearn.featureextraction;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * From a text to its terms: {@code build_analyzer} in scikit-learn's {@code
 * feature_extraction/text.py}. Letters are code points, as in Python.
 */
final class TextAnalyzer {

  private enum Unit {
    WORD,
    CHARACTER,
    CHARACTER_IN_WORD
  }

  private static final int MAX_NGRAM = 32;

  /** To change a letter's case, and to take its accents off. */
  private static final int PREPARE_OPERATIONS = 64;

  /** To make a text of a term and look it up or hash it, beside its letters. */
  private static final int TERM_OPERATIONS = 64;

  private final UnaryOperator<String> preprocessor;
  private final Unit unit;
  private final TokenPattern tokens;
  private final Set<String> stopWords;
  private final int least;
  private final int most;

  private TextAnalyzer(
      UnaryOperator<String> preprocessor,
      Unit unit,
      TokenPattern tokens,
      Set<String> stopWords,
      int least,
      int most) {
    this.preprocessor = preprocessor;
    this.unit = unit;
    this.tokens = tokens;
    this.stopWords = stopWords;
    this.least = least;
    this.most = most;
  }

  /**
   * Reads the parameters that every vectorizer has.
   *
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if one of them is a function or
   *     means what Java does not do
   */
  static TextAnalyzer read(Attributes attributes) {
    for (String function : List.of("preprocessor", "tokenizer")) {
      if (attributes.has(function)) {
        throw attributes.invalid(
            Reason.UNSUPPORTED,
            "%s is a function, and none of a file's functions is executed; leave it None"
                .formatted(function));
      }
    }
    if (!attributes.text("input").orElse("content").equals("content")) {
      throw attributes.invalid(
          Reason.UNSUPPORTED, "input is not 'content': no files are read but the model's");
    }
    Unit unit =
        switch (attributes.text("analyzer").orElse("a function")) {
          case "word" -> Unit.WORD;
          case "char" -> Unit.CHARACTER;
          case "char_wb" -> Unit.CHARACTER_IN_WORD;
          default ->
              throw attributes.invalid(
                  Reason.UNSUPPORTED, "analyzer is none of 'word', 'char' and 'char_wb'");
        };
    int[] range = range(attributes);
    boolean words = unit == Unit.WORD;
    return new TextAnalyzer(
        preprocessor(attributes),
        unit,
        words ? tokens(attributes) : null,
        words ? StopWords.read(attributes) : Set.of(),
        range[0],
        range[1]);
  }

  private static UnaryOperator<String> preprocessor(Attributes attributes) {
    UnaryOperator<String> lower =
        attributes.flag("lowercase", true)
            ? text -> text.toLowerCase(Locale.ROOT)
            : UnaryOperator.identity();
    if (!attributes.has("strip_accents")) {
      return lower;
    }
    UnaryOperator<String> accents =
        switch (attributes.text("strip_accents").orElse("a function")) {
          case "ascii" -> Characters::asciiOnly;
          case "unicode" -> Characters::withoutAccents;
          default ->
              throw attributes.invalid(
                  Reason.UNSUPPORTED, "strip_accents is none of None, 'ascii' and 'unicode'");
        };
    return text -> accents.apply(lower.apply(text));
  }

  private static TokenPattern tokens(Attributes attributes) {
    String expression =
        attributes
            .text("token_pattern")
            .orElseThrow(
                () -> attributes.invalid(Reason.STATE_INVALID, "token_pattern is not a text"));
    try {
      return TokenPattern.of(expression);
    } catch (IllegalArgumentException unread) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "its token_pattern %s; fit it with a simpler one, such as the default"
              .formatted(unread.getMessage()));
    }
  }

  private static int[] range(Attributes attributes) {
    List<Object> range = attributes.list("ngram_range");
    if (range.size() == 2
        && NumpyScalar.unwrap(range.get(0)) instanceof Long least
        && NumpyScalar.unwrap(range.get(1)) instanceof Long most
        && least >= 1
        && least <= most) {
      if (most <= MAX_NGRAM) {
        return new int[] {least.intValue(), most.intValue()};
      }
      throw attributes.invalid(
          Reason.UNSUPPORTED, "ngram_range goes beyond %d".formatted(MAX_NGRAM));
    }
    throw attributes.invalid(Reason.STATE_INVALID, "ngram_range is no range of two numbers");
  }

  /**
   * What a text's letters cost. Each may begin a term of each length, but for words, of which the
   * default pattern takes those of two letters and more; characters in words have spaces added.
   */
  RowCost cost() {
    long terms = 0;
    for (int n = least; n <= most; n++) {
      terms += TERM_OPERATIONS + n;
    }
    return switch (unit) {
      case WORD ->
          new RowCost(
              0, PREPARE_OPERATIONS + tokens.operationsPerLetter() + terms, 0, tokens.isDefault());
      case CHARACTER -> new RowCost(0, PREPARE_OPERATIONS + terms, 0, true);
      case CHARACTER_IN_WORD -> new RowCost(0, PREPARE_OPERATIONS + 2 * terms, 0, true);
    };
  }

  /** Gives each term of a text, as often as it occurs. */
  void forEach(String text, Consumer<String> term) {
    String prepared = preprocessor.apply(text);
    switch (unit) {
      case WORD -> words(prepared, term);
      case CHARACTER -> characters(withSingleSpaces(prepared), term);
      case CHARACTER_IN_WORD -> charactersInWords(prepared, term);
    }
  }

  private void words(String text, Consumer<String> term) {
    if (most == 1) {
      tokens.forEach(
          text,
          token -> {
            if (!stopWords.contains(token)) {
              term.accept(token);
            }
          });
      return;
    }
    List<String> words = new ArrayList<>();
    tokens.forEach(
        text,
        token -> {
          if (!stopWords.contains(token)) {
            words.add(token);
          }
        });
    for (int n = least; n <= Math.min(most, words.size()); n++) {
      for (int i = 0; i + n <= words.size(); i++) {
        term.accept(n == 1 ? words.get(i) : String.join(" ", words.subList(i, i + n)));
      }
    }
  }

  private void characters(String text, Consumer<String> term) {
    int[] letters = text.codePoints().toArray();
    for (int n = least; n <= Math.min(most, letters.length); n++) {
      for (int i = 0; i + n <= letters.length; i++) {
        term.accept(new String(letters, i, n));
      }
    }
  }

  /** Of each word with a space on either side; one that is shorter than n counts once. */
  private void charactersInWords(String text, Consumer<String> term) {
    int[] letters = text.codePoints().toArray();
    for (int start = 0; start < letters.length; ) {
      if (Characters.isSpace(letters[start])) {
        start++;
        continue;
      }
      int end = start;
      while (end < letters.length && !Characters.isSpace(letters[end])) {
        end++;
      }
      inWord(padded(letters, start, end), term);
      start = end;
    }
  }

  private static int[] padded(int[] letters, int start, int end) {
    int[] word = new int[end - start + 2];
    word[0] = ' ';
    System.arraycopy(letters, start, word, 1, end - start);
    word[word.length - 1] = ' ';
    return word;
  }

  private void inWord(int[] word, Consumer<String> term) {
    for (int n = least; n <= most; n++) {
      if (n >= word.length) {
        term.accept(new String(word, 0, word.length));
        return;
      }
      for (int i = 0; i + n <= word.length; i++) {
        term.accept(new String(word, i, n));
      }
    }
  }

  /** {@code re.sub(r"\s\s+", " ", text)}. */
  private static String withSingleSpaces(String text) {
    StringBuilder single = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int end = i;
      while (end < text.length() && Characters.isSpace(text.charAt(end))) {
        end++;
      }
      if (end - i > 1) {
        single.append(' ');
        i = end;
      } else {
        single.append(text.charAt(i++));
      }
    }
    return single.toString();
  }
}
