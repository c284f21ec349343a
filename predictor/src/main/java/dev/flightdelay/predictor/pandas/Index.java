package dev.flightdelay.predictor.pandas;

import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.pickle.GlobalName;
import java.util.Map;

/**
 * The names of rows or columns: {@code _new_Index(Index, {'data': array, 'name': None})}, or of a
 * RangeIndex {@code {'start': 0, 'stop': 3, 'step': 1, 'name': None}}.
 */
final class Index {

  private Index() {}

  /** An index of other things than names, as a frame beside a model has: nothing looks at it. */
  private record Unread() {}

  /** The names' array, or a {@link Range}: nothing else of an Index matters here. */
  static Object of(Object[] arguments) {
    if (arguments.length == 2
        && arguments[0] instanceof GlobalName type
        && type.module().startsWith("pandas")
        && type.name().endsWith("Index")
        && arguments[1] instanceof Map<?, ?> state) {
      if (state.get("start") instanceof Long start
          && state.get("stop") instanceof Long stop
          && state.get("step") instanceof Long step) {
        return new Range(start, stop, step);
      }
      if (state.get("data") instanceof NdArray names) {
        return names;
      }
      if (state.get("data") instanceof TextArray texts) {
        return texts.array();
      }
      return new Unread();
    }
    throw new IllegalArgumentException("_new_Index makes an Index of an array");
  }

  /** The names that such an index has, if these are {@code count}; else null. */
  static Object[] names(Object index, int count) {
    Object[] names =
        switch (index) {
          case NdArray array when array.isBuilt() && array.dimensions() == 1 -> array.values();
          case Range range -> range.names(count);
          case null, default -> null;
        };
    return names != null && names.length == count ? names : null;
  }

  /** {@code RangeIndex}: its names are only made once it is known how many there should be. */
  record Range(long start, long stop, long step) {

    Object[] names(int count) {
      if (step == 0 || count > 0 && (double) start + (double) step * count > Long.MAX_VALUE) {
        return null;
      }
      Object[] names = new Object[count];
      for (int i = 0; i < count; i++) {
        names[i] = start + i * step;
      }
      boolean ends = step > 0 ? start + count * step >= stop : start + count * step <= stop;
      return ends ? names : null;
    }
  }
}
