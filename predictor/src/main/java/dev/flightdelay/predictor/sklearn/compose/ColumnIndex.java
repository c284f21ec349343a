package dev.flightdelay.predictor.sklearn.compose;

import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.pickle.GlobalName;
import java.util.Map;
import java.util.Set;

/** A pandas Index of column names: {@code _new_Index(Index, {'data': array, 'name': None})}. */
final class ColumnIndex {

  /** Its module before pandas 3, and since. */
  private static final Set<GlobalName> INDEX =
      Set.of(
          new GlobalName("pandas.core.indexes.base", "Index"), new GlobalName("pandas", "Index"));

  private ColumnIndex() {}

  /** An index of other things than names, which nothing looks at. */
  private record Unread() {}

  /** The names' array: nothing else of an Index matters here. */
  static Object of(Object[] arguments) {
    if (arguments.length == 2
        && arguments[0] instanceof GlobalName index
        && INDEX.contains(index)
        && arguments[1] instanceof Map<?, ?> state
        && state.get("data") instanceof NdArray names) {
      return names;
    }
    if (arguments.length == 2
        && arguments[0] instanceof GlobalName type
        && (type.module() + ".").startsWith("pandas.")
        && arguments[1] instanceof Map<?, ?>) {
      return new Unread();
    }
    throw new IllegalArgumentException("_new_Index makes an Index of an array");
  }
}
