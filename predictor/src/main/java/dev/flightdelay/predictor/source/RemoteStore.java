package dev.flightdelay.predictor.source;

import java.io.Closeable;
import java.io.IOException;

/** Something that has the model and is asked for it over the network. */
public interface RemoteStore extends Closeable {

  /**
   * One attempt: asks for the object and gives its bytes to the download, without retrying.
   *
   * @throws StoreAwayException if the store says, or may be thought to say, that it is away
   * @throws IOException if the network does
   * @throws ModelFetchException if asking again would not help
   */
  void send(Download download) throws IOException;

  /** Ends an attempt that is under way, from another thread: its sockets are closed. */
  @Override
  void close();
}
