package dev.flightdelay.predictor.sklearn.featureextraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.reader.EstimatorPickle;
import dev.flightdelay.predictor.reader.EstimatorPickle.Array;
import dev.flightdelay.predictor.reader.ModelReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Vectorizers and sparse matrices that no fit makes. */
class TextRefusalTest {

  private static final String TEXT = "sklearn.feature_extraction.text";

  @Test
  void readsWhatTheOthersAreChangesOf() {
    assertThat(ModelReader.read(pipeline(counts()).bytes(), "").model().signature().estimator())
        .isEqualTo("Pipeline");
    assertThat(ModelReader.read(svc(rows()).bytes(), "").model().signature().estimator())
        .isEqualTo("SVC");
  }

  @Test
  void refusesAVocabularyThatIsNone() {
    for (Object vocabulary :
        new Object[] {
          Map.of(),
          Map.of("late", 0, "fog", 0),
          Map.of("late", 0, "fog", 2),
          Map.of("late", -1, "fog", 0),
          Map.of("late", 0.5, "fog", 1),
          Map.of(1, 0, 2, 1),
          List.of("late", "late"),
          "late"
        }) {
      assertRefused(
          pipeline(counts().with("vocabulary_", vocabulary)), Reason.MODEL_INVALID, "vocabulary");
    }
    assertRefused(pipeline(counts().without("vocabulary_")), Reason.MODEL_INVALID, "vocabulary");
  }

  @Test
  void refusesParametersThatAreFunctionsOrUnknown() {
    Array callable = Array.of(1);
    Map.of(
            "analyzer", callable,
            "tokenizer", callable,
            "preprocessor", callable,
            "strip_accents", callable,
            "stop_words", callable,
            "input", "filename")
        .forEach(
            (name, value) ->
                assertRefused(pipeline(counts().with(name, value)), Reason.UNSUPPORTED, name));
    assertRefused(
        pipeline(counts().with("ngram_range", new Object[] {1, 33})),
        Reason.UNSUPPORTED,
        "ngram_range");
    assertRefused(
        pipeline(counts().with("ngram_range", new Object[] {2, 1})),
        Reason.STATE_INVALID,
        "ngram_range");
    assertRefused(
        pipeline(counts().with("token_pattern", "(\\w+)+x")), Reason.UNSUPPORTED, "token_pattern");
  }

  @Test
  void refusesMoreHashedColumnsThanArePlaced() {
    for (long columns : new long[] {(1L << 22) + 1, Long.MAX_VALUE}) {
      assertRefused(pipeline(hashing().with("n_features", columns)), Reason.UNSUPPORTED, "columns");
    }
    assertRefused(pipeline(hashing().with("n_features", 0)), Reason.MODEL_INVALID, "n_features");
  }

  @Test
  void refusesWeightsForOtherTerms() {
    EstimatorPickle weights =
        EstimatorPickle.of(TEXT, "TfidfTransformer")
            .with("norm", "l2")
            .with("idf_", Array.of(new long[] {3}, 1, 1, 1));
    EstimatorPickle tfidf = EstimatorPickle.of(TEXT, "TfidfVectorizer");
    counted(tfidf).with("_tfidf", weights);

    assertRefused(pipeline(tfidf), Reason.MODEL_INVALID, "idf_ has 3 numbers for 2 terms");
  }

  @Test
  void refusesSparseRowsWhosePartsDisagree() {
    for (EstimatorPickle damaged :
        List.of(
            rows().with("indptr", Array.of(0, 1)),
            rows().with("indptr", Array.of(0, 2, 1)),
            rows().with("indptr", Array.of(1, 1, 2)),
            rows().with("indptr", Array.of(0, 1, 3)),
            rows().with("indices", Array.of(0, 2)),
            rows().with("indices", Array.of(0, -1)),
            rows().with("indices", Array.of(0)),
            rows().with("data", Array.of(new long[] {1}, 1)),
            rows().with("data", Array.of(new long[] {2}, 1, Double.NaN)),
            rows().with("_shape", new Object[] {Integer.MAX_VALUE, 2}),
            rows().with("_shape", new Object[] {2, -2}),
            rows().with("_shape", new Object[] {2}))) {
      assertRefused(svc(damaged), Reason.MODEL_INVALID, "");
    }
    assertRefused(
        svc(rows().with("_shape", new Object[] {2, Integer.MAX_VALUE})),
        Reason.UNSUPPORTED,
        "columns");
  }

  @Test
  void refusesSparseCoefficientsOfOtherVectors() {
    assertRefused(
        svc(rows()).with("_dual_coef_", rows()), Reason.MODEL_INVALID, "_dual_coef_ has the shape");
  }

  @Test
  void namesASparseMatrixWhereNoneIsRead() {
    assertRefused(
        EstimatorPickle.of("sklearn.naive_bayes", "MultinomialNB")
            .with("classes_", Array.of(0, 1))
            .with("feature_log_prob_", rows())
            .with("class_log_prior_", Array.of(new long[] {2}, -0.7, -0.7)),
        Reason.UNSUPPORTED,
        "sparse");
  }

  private static void assertRefused(EstimatorPickle pickle, Reason reason, String words) {
    var refusal =
        catchThrowableOfType(
            ModelRefusedException.class, () -> ModelReader.read(pickle.bytes(), ""));

    assertThat(refusal).isNotNull().hasMessageContaining(words);
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
  }

  private static EstimatorPickle pipeline(EstimatorPickle vectorizer) {
    return EstimatorPickle.of("sklearn.pipeline", "Pipeline")
        .with(
            "steps",
            List.of(
                new Object[] {"text", vectorizer},
                new Object[] {"model", EstimatorPickle.logisticRegression()}));
  }

  private static EstimatorPickle counts() {
    return counted(EstimatorPickle.of(TEXT, "CountVectorizer"));
  }

  private static EstimatorPickle counted(EstimatorPickle vectorizer) {
    return analyzed(vectorizer).with("vocabulary_", Map.of("late", 0, "fog", 1));
  }

  private static EstimatorPickle hashing() {
    return analyzed(EstimatorPickle.of(TEXT, "HashingVectorizer")).with("n_features", 2);
  }

  private static EstimatorPickle analyzed(EstimatorPickle vectorizer) {
    return vectorizer
        .with("analyzer", "word")
        .with("token_pattern", "(?u)\\b\\w\\w+\\b")
        .with("ngram_range", new Object[] {1, 1});
  }

  private static EstimatorPickle svc(EstimatorPickle vectors) {
    return EstimatorPickle.of("sklearn.svm._classes", "SVC")
        .with("classes_", Array.of(0, 1))
        .with("kernel", "rbf")
        .with("_sparse", true)
        .with("_gamma", 0.5)
        .with("coef0", 0.0)
        .with("degree", 3)
        .with("support_vectors_", vectors)
        .with("_n_support", Array.of(1, 1))
        .with("_dual_coef_", Array.of(new long[] {1, 2}, 1, -1))
        .with("_intercept_", Array.of(new long[] {1}, 0.25));
  }

  /** Two rows of two columns, with one cell each. */
  private static EstimatorPickle rows() {
    return EstimatorPickle.of("scipy.sparse._csr", "csr_matrix")
        .with("_shape", new Object[] {2, 2})
        .with("indptr", Array.of(0, 1, 2))
        .with("indices", Array.of(0, 1))
        .with("data", Array.of(new long[] {2}, 1, -1));
  }
}
