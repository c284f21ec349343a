package dev.flightdelay.predictor.sklearn;

import dev.flightdelay.predictor.pickle.GlobalName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Python's dictionaries that are called to be made: each becomes a map in the file's order. */
final class OrderedDictionary {

  private OrderedDictionary() {}

  /** {@code OrderedDict()}, filled afterwards; or, as Python 2 has it, with a list of pairs. */
  static Map<Object, Object> of(Object[] arguments) {
    Map<Object, Object> dictionary = new LinkedHashMap<>();
    if (arguments.length == 0) {
      return dictionary;
    }
    if (arguments.length > 1 || !(arguments[0] instanceof List<?> pairs)) {
      throw new IllegalArgumentException("OrderedDict takes nothing, or a list of pairs");
    }
    for (Object pair : pairs) {
      dictionary.put(key(pair), value(pair));
    }
    if (dictionary.size() != pairs.size()) {
      throw new IllegalArgumentException("an OrderedDict has the same key twice");
    }
    return dictionary;
  }

  /** {@code defaultdict(type)}: what is not in it stays missing, as nothing here asks for it. */
  static Map<Object, Object> withDefault(Object[] arguments) {
    if (arguments.length > 1
        || arguments.length == 1 && arguments[0] != null && !(arguments[0] instanceof GlobalName)) {
      throw new IllegalArgumentException("defaultdict takes the type of its values");
    }
    return new LinkedHashMap<>();
  }

  private static String key(Object pair) {
    return items(pair)[0] instanceof String key ? key : fail();
  }

  private static Object value(Object pair) {
    return items(pair)[1];
  }

  private static Object[] items(Object pair) {
    Object[] items =
        switch (pair) {
          case Object[] tuple -> tuple;
          case List<?> list -> list.toArray();
          case null, default -> new Object[0];
        };
    if (items.length != 2) {
      fail();
    }
    return items;
  }

  private static String fail() {
    throw new IllegalArgumentException("an OrderedDict is made of pairs of a name and a value");
  }
}
