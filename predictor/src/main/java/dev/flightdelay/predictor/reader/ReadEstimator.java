package dev.flightdelay.predictor.reader;

import dev.flightdelay.predictor.estimator.Family;
import dev.flightdelay.predictor.pickle.GlobalName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An estimator that is read, as a person looks for it.
 *
 * @param oldest the oldest release of its library that it is read of, as major and minor
 * @param predicts whether it predicts
 * @param transforms whether it is a step before an estimator
 */
public record ReadEstimator(
    Library library, String name, String oldest, boolean predicts, boolean transforms) {

  /** All of them, by library and then by name. */
  public static List<ReadEstimator> all() {
    Map<String, ReadEstimator> all = new TreeMap<>();
    for (Family family : Estimators.families()) {
      Stream.concat(family.models().keySet().stream(), family.transformers().keySet().stream())
          // What begins so is only ever inside another.
          .filter(type -> !type.name().startsWith("_"))
          .map(type -> of(type, family))
          .forEach(read -> all.merge(read.library() + read.name(), read, ReadEstimator::together));
    }
    List<ReadEstimator> sorted = new ArrayList<>(all.values());
    sorted.sort(Comparator.comparing(ReadEstimator::library).thenComparing(ReadEstimator::name));
    return List.copyOf(sorted);
  }

  private static ReadEstimator of(GlobalName type, Family family) {
    Library library = Library.of(type);
    return new ReadEstimator(
        library,
        type.name(),
        family.since().getOrDefault(type.name(), library.oldest()),
        family.models().containsKey(type),
        family.transformers().containsKey(type));
  }

  private static ReadEstimator together(ReadEstimator one, ReadEstimator other) {
    return new ReadEstimator(
        one.library,
        one.name,
        one.oldest,
        one.predicts || other.predicts,
        one.transforms || other.transforms);
  }
}
