package dev.flightdelay.predictor.dialect.oip;

/**
 * What parameters of a request, an input or an output say that makes a difference here.
 *
 * @param binarySize an input's {@code binary_data_size}; -1 where its data is JSON
 * @param binaryOutput whether a request or an output wants binary data; null where it does not say
 * @param base64 whether an input's strings are base64
 */
record Parameters(long binarySize, Boolean binaryOutput, boolean base64) {

  static final Parameters NONE = new Parameters(-1, null, false);

  /** What has parameters. */
  enum Owner {
    REQUEST,
    INPUT,
    OUTPUT
  }
}
