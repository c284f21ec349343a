package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.dialect.Shown;

/** The Open Inference Protocol's datatypes that a row's numbers may have. */
enum TensorType {
  BOOL(0, 1),
  UINT8(0, 255),
  UINT16(0, 65_535),
  UINT32(0, 4_294_967_295.0),
  UINT64(0, 0x1p64),
  INT8(-128, 127),
  INT16(-32_768, 32_767),
  INT32(-2_147_483_648, 2_147_483_647),
  INT64(-0x1p63, 0x1p63),
  FP32(-Float.MAX_VALUE, Float.MAX_VALUE),
  FP64(-Double.MAX_VALUE, Double.MAX_VALUE),
  /** Strings: the texts of a column that takes them, or the categories of a one-hot group. */
  BYTES(0, 0);

  private final double least;
  private final double greatest;

  TensorType(double least, double greatest) {
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
            + Shown.text(name)
            + " is not taken; send FP64, FP32, INT8 to INT64, UINT8 to UINT64 or BOOL");
  }

  boolean isReal() {
    return this == FP32 || this == FP64;
  }

  /** Whether a number is one of this type's values. */
  boolean holds(double value) {
    return isReal()
        ? Math.abs(value) <= greatest
        : value == Math.rint(value) && value >= least && value <= greatest;
  }
}
