package dev.flightdelay.predictor.numpy;

import dev.flightdelay.predictor.pickle.FileSlice;

/**
 * A NumPy scalar, such as {@code numpy.float64(1.5)}.
 *
 * @param value Long, Double, Boolean or String
 */
public record NumpyScalar(Object value) implements Comparable<NumpyScalar> {

  /**
   * {@code numpy.core.multiarray.scalar(dtype, bytes)}.
   *
   * @throws IllegalArgumentException if the bytes are not one item of the dtype
   */
  static NumpyScalar of(Object[] arguments) {
    if (arguments.length != 2 || !(arguments[0] instanceof Dtype dtype)) {
      throw new IllegalArgumentException("a NumPy scalar takes a dtype and its bytes");
    }
    if (dtype.kind() == Dtype.Kind.OBJECT || dtype.kind() == Dtype.Kind.STRUCTURE) {
      throw new IllegalArgumentException("a NumPy scalar of dtype %s is not read".formatted(dtype));
    }
    FileSlice bytes = Items.raw(arguments[1]);
    if (bytes.length() != dtype.itemSize()) {
      throw new IllegalArgumentException(
          "a NumPy scalar of dtype %s has %d bytes".formatted(dtype, bytes.length()));
    }
    return new NumpyScalar(new Items(dtype, bytes).value(0));
  }

  /**
   * An order for Java's maps, which stay fast by it when all hashes of their keys are the same: by
   * type, and then by value.
   */
  @Override
  public int compareTo(NumpyScalar other) {
    return switch (value) {
      case Long number when other.value instanceof Long its -> number.compareTo(its);
      case Double number when other.value instanceof Double its -> number.compareTo(its);
      case Boolean flag when other.value instanceof Boolean its -> flag.compareTo(its);
      case String text when other.value instanceof String its -> text.compareTo(its);
      default -> value.getClass().getName().compareTo(other.value.getClass().getName());
    };
  }

  /** {@code value} itself, or what the NumPy scalar holds: the two mean the same in a model. */
  public static Object unwrap(Object value) {
    return value instanceof NumpyScalar scalar ? scalar.value() : value;
  }
}
