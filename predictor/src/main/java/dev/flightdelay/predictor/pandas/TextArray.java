package dev.flightdelay.predictor.pandas;

import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.pickle.Buildable;
import dev.flightdelay.predictor.pickle.GlobalName;

/**
 * A StringArray as a pickle makes it: {@code __pyx_unpickle_NDArrayBacked(StringArray, checksum,
 * None)}, then its state {@code (dtype, array, ..)} by BUILD. pandas 3 keeps texts in it.
 */
final class TextArray implements Buildable {

  private NdArray array;

  private TextArray() {}

  /** The array; of other things than texts one that nothing looks at. */
  static Object of(Object[] arguments) {
    if (arguments.length == 3
        && arguments[0] instanceof GlobalName type
        && (type.module() + ".").startsWith("pandas.")) {
      if (!type.name().startsWith("StringArray")) {
        return new UnreadArray();
      }
      if (arguments[2] == null) {
        return new TextArray();
      }
    }
    throw new IllegalArgumentException(
        "an array that pandas extends is made of its class, a checksum and None");
  }

  @Override
  public void build(Object state) {
    if (array != null) {
      throw new IllegalArgumentException("an array of texts is given a state twice");
    }
    if (state instanceof Object[] items
        && items.length >= 2
        && items.length <= 3
        && items[1] instanceof NdArray texts) {
      array = texts;
      return;
    }
    throw new IllegalArgumentException("the state of an array of texts is its dtype and an array");
  }

  /**
   * @throws IllegalArgumentException if it was given no state
   */
  NdArray array() {
    if (array == null) {
      throw new IllegalArgumentException("an array of texts without its state");
    }
    return array;
  }
}
