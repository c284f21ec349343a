package dev.flightdelay.predictor.pandas;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.pickle.PickleObject;
import dev.flightdelay.predictor.sklearn.compose.Slice;
import java.util.Arrays;
import java.util.List;

/**
 * A pandas DataFrame of numbers: its {@code _mgr} is a BlockManager of blocks, each an array of
 * some of the columns, and of the names of columns and rows.
 *
 * @param columns their names
 * @param index the rows' names
 * @param values (rows * columns), row-major; NaN is missing
 */
public record DataFrame(Object[] columns, Object[] index, double[] values) {

  private static final int MAX_COLUMNS = 1_000_000;

  /** {@code _unpickle_block(values, placement, dimensions)}. */
  record Block(Object values, Object placement) {

    static Block of(Object[] arguments) {
      if (arguments.length == 3 && Long.valueOf(2).equals(arguments[2])) {
        return new Block(arguments[0], arguments[1]);
      }
      throw new IllegalArgumentException("a block of a data frame has two dimensions");
    }
  }

  /** {@code BlockManager(blocks, axes)}. */
  record Manager(Object[] blocks, List<?> axes) {

    static Manager of(Object[] arguments) {
      if (arguments.length == 2
          && arguments[0] instanceof Object[] blocks
          && arguments[1] instanceof List<?> axes) {
        return new Manager(blocks, axes);
      }
      throw new IllegalArgumentException("a BlockManager is made of blocks and axes");
    }
  }

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it is no DataFrame, or one of
   *     other values than numbers
   */
  public static DataFrame read(Attributes attributes, Object value, String where) {
    if (value instanceof PickleObject frame
        && frame.type().name().equals("DataFrame")
        && frame.attributes().get("_mgr") instanceof Manager manager
        && manager.axes().size() == 2) {
      return attributes.orInvalid(where, () -> read(manager));
    }
    throw attributes.invalid(Reason.STATE_INVALID, where + " is no DataFrame that is read");
  }

  private static DataFrame read(Manager manager) {
    int width = 0;
    int height = 0;
    for (Object item : manager.blocks()) {
      if (!(item instanceof Block block)
          || !(block.values() instanceof NdArray array)
          || !array.isBuilt()
          || array.dimensions() != 2) {
        throw new IllegalArgumentException("a data frame of other values than numbers");
      }
      width = Math.addExact(width, array.shape()[0]);
      height = array.shape()[1];
    }
    Object[] columns = width > MAX_COLUMNS ? null : Index.names(manager.axes().getFirst(), width);
    Object[] index = Index.names(manager.axes().getLast(), height);
    if (columns == null || index == null) {
      throw new IllegalArgumentException("a data frame whose axes and blocks disagree");
    }
    double[] values = new double[Math.multiplyExact(width, height)];
    boolean[] filled = new boolean[width];
    for (Object item : manager.blocks()) {
      fill((Block) item, height, filled, values);
    }
    return new DataFrame(columns, index, values);
  }

  private static void fill(Block block, int height, boolean[] filled, double[] values) {
    NdArray array = (NdArray) block.values();
    if (array.shape()[1] != height) {
      throw new IllegalArgumentException("a data frame whose blocks have different heights");
    }
    double[] numbers = array.reals();
    int[] places = places(block.placement(), array.shape()[0]);
    for (int i = 0; i < places.length; i++) {
      int place = places[i];
      if (place < 0 || place >= filled.length || filled[place]) {
        throw new IllegalArgumentException("a data frame with two blocks for a column");
      }
      filled[place] = true;
      for (int row = 0; row < height; row++) {
        values[row * filled.length + place] = numbers[i * height + row];
      }
    }
  }

  /** Which columns a block's rows are. */
  private static int[] places(Object placement, int count) {
    int[] places =
        switch (placement) {
          case Slice(Long start, Long _, Long step) -> {
            int[] each = new int[count];
            Arrays.setAll(
                each,
                i -> Math.toIntExact(Math.addExact(start, Math.multiplyExact(step, (long) i))));
            yield each;
          }
          case NdArray array when array.isBuilt() && array.dimensions() == 1 -> {
            double[] numbers = array.reals();
            int[] each = new int[numbers.length];
            Arrays.setAll(each, i -> (int) numbers[i]);
            yield each;
          }
          case null, default -> new int[0];
        };
    if (places.length != count) {
      throw new IllegalArgumentException("a data frame's block that is for no columns");
    }
    return places;
  }
}
