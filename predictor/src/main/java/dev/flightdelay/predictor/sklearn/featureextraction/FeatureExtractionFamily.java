package dev.flightdelay.predictor.sklearn.featureextraction;

import dev.flightdelay.predictor.estimator.Family;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** scikit-learn's {@code feature_extraction}: of texts, and of dictionaries. */
public final class FeatureExtractionFamily {

  private static final String MODULE = "sklearn.feature_extraction.text";

  public static final Family FAMILY =
      Family.builder()
          .transformer(CountVectorizer::counts, "CountVectorizer", MODULE)
          .transformer(CountVectorizer::tfidf, "TfidfVectorizer", MODULE)
          .transformer(TfidfTransformer::read, "TfidfTransformer", MODULE)
          .transformer(HashingVectorizer::read, "HashingVectorizer", MODULE)
          .transformer(
              DictVectorizer::read,
              "DictVectorizer",
              "sklearn.feature_extraction._dict_vectorizer",
              "sklearn.feature_extraction.dict_vectorizer")
          .function(
              "the words that were dropped, in protocols 2 and 3",
              FeatureExtractionFamily::set,
              "set",
              "builtins",
              "__builtin__")
          .build();

  private FeatureExtractionFamily() {}

  /** {@code set([text, ..])}, in which None may be. */
  private static Set<String> set(Object[] arguments) {
    if (arguments.length == 1 && items(arguments[0]) instanceof Collection<?> items) {
      Set<String> texts = new LinkedHashSet<>();
      for (Object item : items) {
        if (item != null && !(item instanceof String)) {
          throw new IllegalArgumentException("a set is made of texts and None");
        }
        texts.add((String) item);
      }
      return texts;
    }
    throw new IllegalArgumentException("set takes a list of texts");
  }

  private static Object items(Object argument) {
    return argument instanceof Object[] tuple ? Arrays.asList(tuple) : argument;
  }
}
