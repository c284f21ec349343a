package dev.flightdelay.predictor.pandas;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.pickle.PickleObject;
import java.util.List;

/**
 * A pandas Series: its {@code _mgr} is a SingleBlockManager, whose state begins with a list of the
 * index and a list of the values.
 *
 * @param index Long, Double, Boolean, String or null; NaN is missing
 * @param values as many, of the same kinds
 */
public record Series(Object[] index, Object[] values) {

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it is no Series, or one of
   *     values that are not read
   */
  public static Series read(Attributes attributes, Object value, String where) {
    if (value instanceof PickleObject series
        && series.type().name().equals("Series")
        && series.attributes().get("_mgr") instanceof PickleObject manager
        && manager.state() instanceof Object[] state
        && state.length >= 2
        && state[0] instanceof List<?> axes
        && axes.size() == 1
        && state[1] instanceof List<?> blocks
        && blocks.size() == 1) {
      NdArray array =
          blocks.getFirst() instanceof TextArray texts
              ? attributes.orInvalid(where, texts::array)
              : blocks.getFirst() instanceof NdArray numbers ? numbers : null;
      if (array != null && array.isBuilt() && array.dimensions() == 1) {
        Object[] values = attributes.orInvalid(where, array::values);
        Object[] index =
            attributes.orInvalid(where, () -> Index.names(axes.getFirst(), values.length));
        if (index != null) {
          return new Series(index, values);
        }
      }
    }
    throw attributes.invalid(Reason.STATE_INVALID, where + " is no Series that is read");
  }
}
