package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.Quoted;
import dev.flightdelay.predictor.dialect.RefusedRequestException;

/** The Open Inference Protocol's datatypes that a tensor may have here. */
enum TensorType {
  BOOL(1, 0, 1),
  UINT8(1, 0, 255),
  UINT16(2, 0, 65_535),
  UINT32(4, 0, 4_294_967_295.0),
  UINT64(8, 0, 0x1p64),
  INT8(1, -128, 127),
  INT16(2, -32_768, 32_767),
  INT32(4, -2_147_483_648, 2_147_483_647),
  INT64(8, -0x1p63, 0x1p63),
  /** What is less than halfway from its greatest value to the next is rounded down. */
  FP16(2, -65_520 + 1e-9, 65_520 - 1e-9),
  FP32(4, -Float.MAX_VALUE, Float.MAX_VALUE),
  FP64(8, -Double.MAX_VALUE, Double.MAX_VALUE),
  /** Strings: the texts of a column that takes them, or the categories of a one-hot group. */
  BYTES(0, 0, 0);

  private final int bytes;
  private final double least;
  private final double greatest;

  TensorType(int bytes, double least, double greatest) {
    this.bytes = bytes;
    this.least = least;
    this.greatest = greatest;
  }

  static TensorType named(String name) {
    for (TensorType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new RefusedRequestException(
        400,
        "the datatype "
            + Quoted.text(name)
            + " is not taken; send FP64, FP32, FP16, INT8 to INT64, UINT8 to UINT64, BOOL or"
            + " BYTES");
  }

  /** How many bytes a value has in binary; 0 where it says so itself. */
  int bytes() {
    return bytes;
  }

  boolean isReal() {
    return this == FP16 || this == FP32 || this == FP64;
  }

  /** Whether it has fewer numbers than a double between those that it holds. */
  boolean isRounded() {
    return this == FP16 || this == FP32;
  }

  /** Whether a number is one of this type's values, as far as a double can tell. */
  boolean holds(double value) {
    return isReal()
        ? Math.abs(value) <= greatest
        : value == Math.rint(value) && value >= least && value <= greatest;
  }

  /** The value of this type that is nearest to a number that it holds. */
  double nearest(double number) {
    return switch (this) {
      case FP16 -> Float.float16ToFloat(Float.floatToFloat16((float) number));
      case FP32 -> (float) number;
      case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP64, BYTES -> number;
    };
  }
}
