package dev.flightdelay.predictor.sklearn.featureextraction;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** {@code stop_words}: the tokens that are no terms, and that leave no gap between two others. */
final class StopWords {

  private StopWords() {}

  /**
   * None, a list, or 'english'. That list is the library's and not in the file: it need not be
   * known where fitting has left its words out of the vocabulary, and single words are counted.
   *
   * @param single whether terms are single words
   */
  static Set<String> read(Attributes attributes, boolean single) {
    return switch (attributes.value("stop_words").orElse(null)) {
      case null -> Set.of();
      case String name when name.equals("english") -> english(attributes, single);
      case Collection<?> words -> words(attributes, words);
      case Object[] words -> words(attributes, Arrays.asList(words));
      default -> throw unread(attributes);
    };
  }

  private static Set<String> english(Attributes attributes, boolean single) {
    boolean learned = attributes.has("vocabulary_") && !attributes.flag("fixed_vocabulary_", false);
    if (!single || !learned) {
      throw attributes.invalid(
          Reason.UNSUPPORTED,
          "stop_words is 'english', a list that is not in the file, with ngram_range, a vocabulary or"
              + " hashing that need it; fit with stop_words=list(ENGLISH_STOP_WORDS)");
    }
    return Set.of();
  }

  private static Set<String> words(Attributes attributes, Collection<?> words) {
    Set<String> texts = new HashSet<>();
    for (Object word : words) {
      if (!(NumpyScalar.unwrap(word) instanceof String text)) {
        throw unread(attributes);
      }
      texts.add(text);
    }
    return texts;
  }

  private static RuntimeException unread(Attributes attributes) {
    return attributes.invalid(
        Reason.UNSUPPORTED, "stop_words is neither None, 'english' nor a list of words");
  }
}
