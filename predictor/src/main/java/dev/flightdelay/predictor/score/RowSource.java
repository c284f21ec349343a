package dev.flightdelay.predictor.score;

import java.io.IOException;

/** Rows of a file, in its order. */
public interface RowSource extends AutoCloseable {

  /**
   * The next rows; none at the end.
   *
   * @throws dev.flightdelay.predictor.model.UnusableRowsException if one is none of the model's:
   *     the message says where it is and what is wrong
   */
  RowBatch next() throws IOException;

  @Override
  void close() throws IOException;
}
