package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.model.ModelRefusedException;

/** The limit on a model's size, one sentence wherever it is found exceeded. */
record ModelSize(long maxBytes) {

  /**
   * @param source how a sentence names it
   * @param bytes as announced, or as many as have come
   */
  void check(String source, long bytes) {
    if (bytes > maxBytes) {
      throw new ModelRefusedException(
          ModelRefusedException.Reason.BUDGET_EXCEEDED,
          source
              + " has "
              + bytes
              + " bytes or more, and MODEL_MAX_BYTES allows "
              + maxBytes
              + "; raise it, with the memory, if the model is as large as that");
    }
  }
}
