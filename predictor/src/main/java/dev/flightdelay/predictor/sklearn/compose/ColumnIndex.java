package dev.flightdelay.predictor.sklearn.compose;

import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.pickle.GlobalName;
import java.util.Map;

/** A pandas Index of column names: {@code _new_Index(Index, {'data': array, 'name': None})}. */
final class ColumnIndex {

  private static final GlobalName INDEX = new GlobalName("pandas.core.indexes.base", "Index");

  private ColumnIndex() {}

  /** The names' array: nothing else of an Index matters here. */
  static Object of(Object[] arguments) {
    if (arguments.length == 2
        && INDEX.equals(arguments[0])
        && arguments[1] instanceof Map<?, ?> state
        && state.get("data") instanceof NdArray names) {
      return names;
    }
    throw new IllegalArgumentException("_new_Index makes an Index of an array");
  }
}
