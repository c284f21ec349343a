package dev.flightdelay.predictor.sklearn.featureextraction;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NumpyScalar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** {@code stop_words}: the tokens that are no terms, and that leave no gap between two others. */
final class StopWords {

  /**
   * The 318 words of {@code sklearn.feature_extraction.text.ENGLISH_STOP_WORDS}, which no file
   * holds and no version changed: the list of the Glasgow Information Retrieval Group.
   */
  private static final String ENGLISH = "english-stop-words.txt";

  private StopWords() {}

  /** None, a list, or 'english'. */
  static Set<String> read(Attributes attributes) {
    return switch (attributes.value("stop_words").orElse(null)) {
      case null -> Set.of();
      case String name when name.equals("english") -> english();
      case Collection<?> words -> words(attributes, words);
      case Object[] words -> words(attributes, Arrays.asList(words));
      default -> throw unread(attributes);
    };
  }

  private static Set<String> english() {
    try (InputStream file = StopWords.class.getResourceAsStream(ENGLISH)) {
      return Set.copyOf(new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
