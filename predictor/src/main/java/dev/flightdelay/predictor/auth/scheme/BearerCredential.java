package dev.flightdelay.predictor.auth.scheme;

import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;

/** A kind of what a bearer presents, of which there may be several. */
public interface BearerCredential extends AutoCloseable {

  /** What stands behind "Bearer", for a person. */
  String word();

  /**
   * The caller that the connection's last request came from too, or null.
   *
   * @param authorization the whole header
   * @param room that this thread may write to
   */
  default Caller again(String authorization, byte[] room, LastToken last) {
    return null;
  }

  /**
   * Who presents it. Called on event loops: it does not block.
   *
   * @param header in which it is from {@code from} to the end
   * @return null where it is none of this kind
   */
  Verdict check(CredentialHash hash, byte[] header, int from, LastToken last);

  /** What is answered where it is of no kind, and this is the last one that was asked. */
  Rejection unknown();

  /** Begins what goes on in the background; who must be asked and is away does not keep it. */
  default void start() {}

  @Override
  default void close() {}
}
