package dev.flightdelay.predictor.pickle;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What may be a dictionary's key: names and numbers, each once. */
final class DictionaryKey {

  /**
   * The keys of one class order themselves, so that Java's maps stay fast when all their hashes are
   * the same; of several classes they do not.
   */
  private static final int MAX_MIXED = 100;

  private DictionaryKey() {}

  /**
   * Checks a key before it is put.
   *
   * @param offset where in the file it is put
   * @throws ModelRefusedException if it is no key, or there already: Python keeps the last of two
   *     values, and the reader of a model must not have to know
   */
  static void check(Map<Object, Object> map, Object key, long offset) {
    switch (key) {
      case null -> {}
      case String _, Boolean _, Number _ -> {}
      case Object[] _,
          byte[] _,
          FileSlice _,
          List<?> _,
          Set<?> _,
          Map<?, ?> _,
          Buildable _,
          GlobalName _ ->
          throw new ModelRefusedException(
              Reason.STATE_INVALID,
              offset,
              "a dictionary's key is neither a name nor a number; save the estimator again");
      default -> {}
    }
    if (map.containsKey(key) || containsTwin(map, key)) {
      throw new ModelRefusedException(
          Reason.STATE_INVALID,
          offset,
          "a dictionary has the same key twice; save the estimator again");
    }
    if (map.size() >= MAX_MIXED && !isOfOneClass(map, key)) {
      throw new ModelRefusedException(
          Reason.BUDGET_EXCEEDED,
          offset,
          "a dictionary has more than %d keys of several types; no model does"
              .formatted(MAX_MIXED));
    }
  }

  /** Whether the map has an equal of another type: Python's 1, 1.0 and True are one key. */
  private static boolean containsTwin(Map<Object, Object> map, Object key) {
    return switch (key) {
      case Boolean bit -> containsNumber(map, bit ? 1 : 0);
      case Long number ->
          map.containsKey((double) number)
              || (number == 0 || number == 1) && map.containsKey(number == 1);
      case Double number ->
          number == Math.rint(number)
              && Math.abs(number) < 0x1p53
              && (containsNumber(map, number.longValue())
                  || (number == 0 || number == 1) && map.containsKey(number == 1));
      case null, default -> false;
    };
  }

  private static boolean containsNumber(Map<Object, Object> map, long number) {
    return map.containsKey(number) || map.containsKey((double) number);
  }

  /** Looks at all keys when the map has just so many, and after that only at the new one. */
  private static boolean isOfOneClass(Map<Object, Object> map, Object key) {
    if (!(key instanceof Comparable<?>)) {
      return false;
    }
    if (map.size() == MAX_MIXED) {
      return map.keySet().stream().allMatch(other -> isOfClass(other, key));
    }
    return isOfClass(map.keySet().iterator().next(), key);
  }

  private static boolean isOfClass(Object other, Object key) {
    return other != null && other.getClass() == key.getClass();
  }
}
