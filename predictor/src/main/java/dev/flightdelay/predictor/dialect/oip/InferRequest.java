package dev.flightdelay.predictor.dialect.oip;

import java.util.List;

/**
 * An inference request, whatever it was read from.
 *
 * @param id what the answer repeats; null where there is none
 * @param inputs one tensor or more
 * @param outputs what is asked for; one or more
 */
record InferRequest(String id, List<Tensor> inputs, List<Output> outputs) {

  /**
   * An output that is asked for.
   *
   * @param binary whether its data is to be binary
   */
  record Output(OutputTensor tensor, boolean binary) {}

  /** Whether an output that a method gives is asked for. */
  boolean asks(OutputTensor.Method method) {
    for (Output output : outputs) {
      if (output.tensor().method() == method) {
        return true;
      }
    }
    return false;
  }
}
