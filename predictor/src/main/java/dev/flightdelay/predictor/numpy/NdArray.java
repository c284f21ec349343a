package dev.flightdelay.predictor.numpy;

import dev.flightdelay.predictor.budget.ReadingBudget;
import dev.flightdelay.predictor.pickle.Buildable;
import dev.flightdelay.predictor.pickle.FileSlice;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.pickle.PickleObject;
import java.lang.ref.WeakReference;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A NumPy array as a pickle makes it: {@code _reconstruct(ndarray, (0,), b'b')}, then its state
 * {@code (1, shape, dtype, is_fortran, data)} by BUILD; or {@code _frombuffer(data, dtype, shape,
 * order)} in protocol 5. Whatever the order in the file, items are given in C order (row-major).
 */
public final class NdArray implements Buildable {

  private static final int MAX_DIMENSIONS = 64;

  /** An array without items has no bytes to show that its dimensions are honest. */
  private static final int MAX_EMPTY = 1 << 20;

  /** About what Java needs for a boxed number and a reference to it. */
  private static final int VALUE_BYTES = 24;

  private static final Set<GlobalName> RECONSTRUCT =
      Set.of(
          new GlobalName("numpy.core.multiarray", "_reconstruct"),
          new GlobalName("numpy._core.multiarray", "_reconstruct"));

  private static final GlobalName NDARRAY = new GlobalName("numpy", "ndarray");

  private int[] shape;
  private Dtype dtype;
  private FileSlice bytes;
  // A file may append to the list later, so that only as many of it are the array's as were then.
  private List<?> objects;
  private int size;
  // For each dimension, how far apart its items are in the file; null when that is C order.
  private int[] strides;
  // What sharedReals gave, while anybody has it.
  private WeakReference<double[]> shared = new WeakReference<>(null);

  private NdArray() {}

  /** {@code numpy.core.multiarray._reconstruct(subtype, (0,), b'b')}: an array without state. */
  static NdArray reconstruct(Object[] arguments) {
    if (arguments.length != 3 || !NDARRAY.equals(arguments[0])) {
      throw new IllegalArgumentException("_reconstruct makes a numpy.ndarray");
    }
    return new NdArray();
  }

  /** {@code numpy._core.numeric._frombuffer(buffer, dtype, shape, order[, axis_order])}. */
  static NdArray fromBuffer(Object[] arguments) {
    if (arguments.length < 4
        || arguments.length > 5
        || !(arguments[1] instanceof Dtype dtype)
        || !(arguments[3] instanceof String order)) {
      throw new IllegalArgumentException("_frombuffer takes a buffer, dtype, shape and order");
    }
    if (dtype.kind() == Dtype.Kind.OBJECT) {
      throw new IllegalArgumentException("objects do not come in a buffer");
    }
    NdArray array = new NdArray();
    int[] shape = shape(arguments[2]);
    boolean permuted = order.equals("K") && arguments.length == 5 && arguments[4] != null;
    if (!permuted && !order.equals("C") && !order.equals("F")) {
      throw new IllegalArgumentException("the order of an array's buffer is C, F or K");
    }
    array.fill(dtype, shape, order.equals("F"), arguments[0]);
    if (permuted) {
      array.transpose(arguments[4]);
    }
    return array;
  }

  /**
   * What a {@code joblib.numpy_pickle.NumpyArrayWrapper} stands for.
   *
   * @param state its {@code subclass}, {@code shape}, {@code order} and {@code dtype}
   * @param items the bytes in that order; for objects, the array that the pickle of them holds
   */
  static NdArray fromWrapper(Map<?, ?> state, Object items) {
    if (!NDARRAY.equals(state.get("subclass"))
        || !(state.get("dtype") instanceof Dtype dtype)
        || !(state.get("order") instanceof String order)
        || !order.equals("C") && !order.equals("F")) {
      throw new IllegalArgumentException(
          "an array of joblib is a numpy.ndarray with a shape, a dtype, and the order C or F");
    }
    int[] shape = shape(state.get("shape"));
    if (dtype.kind() == Dtype.Kind.OBJECT) {
      if (items instanceof NdArray objects
          && objects.objects != null
          && Arrays.equals(objects.shape, shape)) {
        return objects;
      }
      throw new IllegalArgumentException(
          "the pickle inside an array of joblib holds an array of objects of the same shape");
    }
    NdArray array = new NdArray();
    array.fill(dtype, shape, order.equals("F"), items);
    return array;
  }

  /**
   * {@code dill._dill._create_array(_reconstruct, (ndarray, (0,), b'b'), state, None)}: what {@link
   * #reconstruct} and {@link #build} do apart.
   */
  static NdArray ofDill(Object[] arguments) {
    if (arguments.length < 3
        || arguments.length > 4
        || !(arguments[0] instanceof GlobalName function)
        || !RECONSTRUCT.contains(function)
        || !(arguments[1] instanceof Object[] made)
        || arguments.length == 4 && arguments[3] != null) {
      throw new IllegalArgumentException(
          "_create_array takes _reconstruct, its arguments and the state of an array");
    }
    NdArray array = reconstruct(made);
    array.build(arguments[2]);
    return array;
  }

  @Override
  public void build(Object state) {
    if (dtype != null) {
      throw new IllegalArgumentException("an array is given a state twice");
    }
    if (!(state instanceof Object[] items)
        || items.length != 5
        || !(items[0] instanceof Number version)
        || version.longValue() != 1
        || !(items[2] instanceof Dtype itemType)) {
      throw new IllegalArgumentException(
          "the state of an array is (1, shape, dtype, is_fortran, data)");
    }
    boolean fortran =
        switch (items[3]) {
          case Boolean flag -> flag;
          case Number flag -> flag.longValue() != 0;
          case null, default ->
              throw new IllegalArgumentException("an array's is_fortran is a boolean");
        };
    fill(itemType, shape(items[1]), fortran, items[4]);
  }

  private void fill(Dtype itemType, int[] newShape, boolean fortran, Object data) {
    long items = 1;
    for (int dimension : newShape) {
      items *= dimension;
      if (items > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("an array of that shape is larger than any file");
      }
    }
    if (items == 0) {
      requireSmall(newShape);
    }
    if (itemType.kind() == Dtype.Kind.OBJECT) {
      if (!(data instanceof List<?> list) || list.size() != items) {
        throw new IllegalArgumentException("an array of objects comes with a list of them");
      }
      list.forEach(NdArray::requirePlain);
      objects = list;
    } else {
      if (itemType.kind() == Dtype.Kind.STRUCTURE && itemType.columns().isEmpty()) {
        throw new IllegalArgumentException("an array's dtype has no columns");
      }
      FileSlice raw = Items.raw(data);
      if (raw.length() != items * itemType.itemSize() || itemType.itemSize() == 0 && items > 0) {
        throw new IllegalArgumentException(
            "an array of shape %s and dtype %s has %d bytes"
                .formatted(Arrays.toString(newShape), itemType, raw.length()));
      }
      bytes = raw;
    }
    size = (int) items;
    shape = newShape;
    if (fortran && newShape.length > 1) {
      strides = new int[newShape.length];
      int stride = 1;
      for (int d = 0; d < newShape.length; d++) {
        strides[d] = stride;
        stride *= newShape[d];
      }
    }
    dtype = itemType;
  }

  private static void requireSmall(int[] emptyShape) {
    long others = 1;
    for (int dimension : emptyShape) {
      others *= Math.max(1, dimension);
      if (others > MAX_EMPTY) {
        throw new IllegalArgumentException(
            "an array without items has the shape %s".formatted(Arrays.toString(emptyShape)));
      }
    }
  }

  private static void requirePlain(Object item) {
    switch (item) {
      case null -> {}
      case String text -> {}
      case Boolean flag -> {}
      case Number number -> {}
      case NumpyScalar scalar -> {}
      // Gradient boosting keeps its trees in an array.
      case PickleObject object -> {}
      // Bins that differ in their number keep their edges in arrays of numbers, and those no more.
      case NdArray array when array.isBuilt() && array.objects == null -> {}
      default ->
          throw new IllegalArgumentException(
              "an array of objects holds only texts, numbers, booleans, None, estimators and arrays"
                  + " of numbers");
    }
  }

  private void transpose(Object axisOrder) {
    int[] axes = shape(axisOrder);
    if (axes.length != shape.length) {
      throw new IllegalArgumentException("an array's axes are a permutation of its dimensions");
    }
    int[] cStrides = new int[shape.length];
    int stride = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      cStrides[d] = stride;
      stride *= shape[d];
    }
    int[] newShape = new int[shape.length];
    int[] newStrides = new int[shape.length];
    boolean[] seen = new boolean[shape.length];
    for (int d = 0; d < axes.length; d++) {
      int axis = axes[d];
      if (axis >= shape.length || seen[axis]) {
        throw new IllegalArgumentException("an array's axes are a permutation of its dimensions");
      }
      seen[axis] = true;
      newShape[d] = shape[axis];
      newStrides[d] = cStrides[axis];
    }
    shape = newShape;
    strides = newStrides;
  }

  private static int[] shape(Object value) {
    Object[] dimensions =
        switch (value) {
          case Object[] tuple -> tuple;
          case Number single -> new Object[] {single};
          case null, default ->
              throw new IllegalArgumentException("an array's shape is a tuple of integers");
        };
    if (dimensions.length > MAX_DIMENSIONS) {
      throw new IllegalArgumentException("an array has at most 64 dimensions");
    }
    int[] shape = new int[dimensions.length];
    for (int d = 0; d < shape.length; d++) {
      Object dimension = NumpyScalar.unwrap(dimensions[d]);
      if (!(dimension instanceof Number number)
          || dimension instanceof Double
          || dimension instanceof BigInteger
          || number.longValue() < 0
          || number.longValue() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "an array's dimensions are integers from 0 to 2147483647");
      }
      shape[d] = (int) number.longValue();
    }
    return shape;
  }

  /** Whether BUILD gave it a state; an array without is never used. */
  public boolean isBuilt() {
    return dtype != null;
  }

  public int[] shape() {
    return shape.clone();
  }

  public int dimensions() {
    return shape.length;
  }

  public int size() {
    return size;
  }

  public Dtype dtype() {
    return dtype;
  }

  /**
   * The items as numbers, in C order.
   *
   * @throws IllegalArgumentException if they are not numbers
   */
  public double[] reals() {
    ReadingBudget.countNumbers(size());
    ReadingBudget.take((long) Double.BYTES * size());
    double[] numbers = new double[size()];
    int[] order = order();
    requireNumbers(dtype);
    Items items = new Items(dtype, bytes);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = items.real(order == null ? i : order[i]);
    }
    return numbers;
  }

  /**
   * The same, made once for all who have it at the same time: not to be changed. The models of one
   * file may have their fitted rows in common.
   *
   * @throws IllegalArgumentException if they are not numbers
   */
  public double[] sharedReals() {
    double[] numbers = shared.get();
    if (numbers == null) {
      numbers = reals();
      shared = new WeakReference<>(numbers);
    } else {
      ReadingBudget.countNumbers(size());
    }
    return numbers;
  }

  /**
   * The objects of an array of them, in C order.
   *
   * @throws IllegalArgumentException if the items are no objects
   */
  public Object[] objects() {
    if (objects == null) {
      throw new IllegalArgumentException("an array of " + dtype + " where objects are needed");
    }
    ReadingBudget.take((long) Long.BYTES * size());
    Object[] items = new Object[size()];
    int[] order = order();
    for (int i = 0; i < items.length; i++) {
      items[i] = objects.get(order == null ? i : order[i]);
    }
    return items;
  }

  /** Whether this is an array of a structured dtype with such a column. */
  public boolean hasColumn(String name) {
    return dtype.columns().containsKey(name);
  }

  /**
   * A column of an array of one dimension and a structured dtype.
   *
   * @throws IllegalArgumentException if there is no such column of numbers
   */
  public double[] reals(String column) {
    Items items = column(column);
    ReadingBudget.countNumbers(size());
    ReadingBudget.take((long) Double.BYTES * size());
    double[] numbers = new double[size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = items.real(i);
    }
    return numbers;
  }

  /**
   * A column of whole numbers of an array of one dimension and a structured dtype.
   *
   * @throws IllegalArgumentException if there is no such column, or if a number is not an int
   */
  public int[] integers(String column) {
    Items items = column(column);
    if (dtype.columns().get(column).dtype().kind() == Dtype.Kind.FLOAT) {
      throw new IllegalArgumentException("the column '%s' has fractions".formatted(column));
    }
    ReadingBudget.countNumbers(size());
    ReadingBudget.take((long) Integer.BYTES * size());
    int[] numbers = new int[size()];
    for (int i = 0; i < numbers.length; i++) {
      long number = items.integer(i);
      if (number != (int) number) {
        throw new IllegalArgumentException("the column '%s' holds %d".formatted(column, number));
      }
      numbers[i] = (int) number;
    }
    return numbers;
  }

  private Items column(String name) {
    Dtype.Column column = dtype.columns().get(name);
    if (column == null || shape.length != 1) {
      throw new IllegalArgumentException("there is no column '%s'".formatted(name));
    }
    requireNumbers(column.dtype());
    return new Items(column.dtype(), bytes, column.offset(), dtype.itemSize());
  }

  private static void requireNumbers(Dtype type) {
    switch (type.kind()) {
      case BOOLEAN, SIGNED, UNSIGNED, FLOAT -> {}
      case UNICODE, BYTES ->
          throw new IllegalArgumentException("an array of texts where numbers are needed");
      case OBJECT, STRUCTURE, TIME, SPAN ->
          throw new IllegalArgumentException("an array of no numbers where these are needed");
    }
  }

  /**
   * The items in C order as Long, Double, Boolean, String or null.
   *
   * @throws IllegalArgumentException if a text holds something that is not a character, or if an
   *     item is no value
   */
  public Object[] values() {
    ReadingBudget.take((long) VALUE_BYTES * size());
    Object[] values = new Object[size()];
    int[] order = order();
    Items items = objects != null ? null : new Items(dtype, bytes);
    for (int i = 0; i < values.length; i++) {
      int at = order == null ? i : order[i];
      values[i] = objects != null ? plain(objects.get(at)) : items.value(at);
    }
    return values;
  }

  private static Object plain(Object item) {
    if (item instanceof PickleObject || item instanceof NdArray) {
      throw new IllegalArgumentException(
          "an array of estimators or arrays where values are needed");
    }
    Object value = NumpyScalar.unwrap(item);
    return value instanceof Integer number ? Long.valueOf(number) : value;
  }

  /** For each item in C order its position in the file; null where that is the same. */
  private int[] order() {
    if (strides == null) {
      return null;
    }
    ReadingBudget.take((long) Integer.BYTES * size());
    int[] order = new int[size()];
    int[] index = new int[shape.length];
    int position = 0;
    for (int i = 0; i < order.length; i++) {
      order[i] = position;
      for (int d = shape.length - 1; d >= 0; d--) {
        position += strides[d];
        if (++index[d] < shape[d]) {
          break;
        }
        position -= strides[d] * shape[d];
        index[d] = 0;
      }
    }
    return order;
  }
}
