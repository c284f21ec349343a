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
import java.util.stream.Collectors;

/** {@code stop_words}: the tokens that are no terms, and that leave no gap between two others. */
final class StopWords {

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

  /**
   * The list that scikit-learn has from the Glasgow Information Retrieval Group
   * (ir.dcs.gla.ac.uk/resources/linguistic_utils/stop_words), the same from 0.19 to 1.9.
   */
  private static Set<String> english() {
    try (InputStream list = StopWords.class.getResourceAsStream(ENGLISH)) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
