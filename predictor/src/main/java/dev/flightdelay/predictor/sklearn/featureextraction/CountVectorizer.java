package dev.flightdelay.predictor.sklearn.featureextraction;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.SparseRows;
import dev.flightdelay.predictor.model.Transformer;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * CountVectorizer, how often each term of its vocabulary is in a text; and TfidfVectorizer, which
 * weighs these counts.
 */
final class CountVectorizer implements TextVectorizer.Terms {

  /** A sample of so many terms is one that a person can read. */
  private static final int SAMPLE_TERMS = 3;

  private static final int MAX_SAMPLE_TERM_LENGTH = 40;

  private final Map<String, Integer> vocabulary;
  private final boolean binary;
  private final Optional<TermWeights> weights;

  private CountVectorizer(
      Map<String, Integer> vocabulary, boolean binary, Optional<TermWeights> weights) {
    this.vocabulary = vocabulary;
    this.binary = binary;
    this.weights = weights;
  }

  static Transformer counts(Attributes attributes) {
    return read(attributes, Optional.empty());
  }

  /** Reads a vectorizer with its own TfidfTransformer, {@code _tfidf}. */
  static Transformer tfidf(Attributes attributes) {
    return read(attributes, Optional.of(TermWeights.read(attributes.object("_tfidf"))));
  }

  private static Transformer read(Attributes attributes, Optional<TermWeights> weights) {
    Map<String, Integer> vocabulary = vocabulary(attributes);
    weights
        .filter(w -> w.idf() != null && w.idf().length != vocabulary.size())
        .ifPresent(
            w -> {
              throw attributes.invalid(
                  Reason.MODEL_INVALID,
                  "idf_ has %d numbers for %d terms".formatted(w.idf().length, vocabulary.size()));
            });
    return TextVectorizer.of(
        vocabulary.size(),
        TextAnalyzer.read(attributes),
        new CountVectorizer(vocabulary, attributes.flag("binary", false), weights),
        sample(vocabulary));
  }

  /** {@code vocabulary_}; where it was given and not fitted, {@code vocabulary}. */
  private static Map<String, Integer> vocabulary(Attributes attributes) {
    Object fitted =
        attributes.value("vocabulary_").or(() -> attributes.value("vocabulary")).orElse(null);
    Map<String, Integer> columns = new HashMap<>();
    switch (fitted) {
      case Map<?, ?> map -> {
        boolean[] taken = new boolean[map.size()];
        map.forEach(
            (term, column) -> {
              int position = position(attributes, column, taken);
              taken[position] = true;
              columns.put(term(attributes, term), position);
            });
      }
      case List<?> terms -> {
        for (Object term : terms) {
          columns.put(term(attributes, term), columns.size());
        }
        if (columns.size() != terms.size()) {
          throw invalid(attributes);
        }
      }
      case null, default -> throw invalid(attributes);
    }
    if (columns.isEmpty() || columns.size() > TextVectorizer.MAX_WIDTH) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "its vocabulary has %d terms".formatted(columns.size()));
    }
    return columns;
  }

  private static String term(Attributes attributes, Object term) {
    if (NumpyScalar.unwrap(term) instanceof String text) {
      return text;
    }
    throw invalid(attributes);
  }

  private static int position(Attributes attributes, Object column, boolean[] taken) {
    if (NumpyScalar.unwrap(column) instanceof Long position
        && position >= 0
        && position < taken.length
        && !taken[position.intValue()]) {
      return position.intValue();
    }
    throw invalid(attributes);
  }

  private static RuntimeException invalid(Attributes attributes) {
    return attributes.invalid(
        Reason.MODEL_INVALID,
        "vocabulary_ does not give each of its terms a column of its own: fit it before pickling");
  }

  private static String sample(Map<String, Integer> vocabulary) {
    TreeMap<Integer, String> byColumn = new TreeMap<>();
    vocabulary.forEach(
        (term, column) -> {
          if (term.length() <= MAX_SAMPLE_TERM_LENGTH) {
            byColumn.put(column, term);
          }
        });
    return byColumn.values().stream().limit(SAMPLE_TERMS).collect(Collectors.joining(" "));
  }

  @Override
  public int place(String term) {
    Integer column = vocabulary.get(term);
    return column == null ? -1 : 2 * column;
  }

  @Override
  public SparseRows weighted(SparseRows counts) {
    SparseRows taken = binary ? TermWeights.binary(counts) : counts;
    return weights.isPresent() ? weights.get().apply(taken) : taken;
  }
}
