package dev.flightdelay.predictor.auth.scheme;

import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;

/** One way in which callers say who they are. */
public interface Scheme extends AutoCloseable {

  /** The header to send, for a person. */
  String accepted();

  /** The line of the header WWW-Authenticate that goes with a rejection, with CR LF; or empty. */
  String challenge(Rejection rejection);

  /**
   * Who presents these headers. Called on event loops: it does not block.
   *
   * @param authorization the header Authorization, or null
   * @param apiKey the header x-api-key, or null
   * @param hasher this thread's
   * @param last this connection's
   * @return null where nothing of this scheme is presented
   */
  Verdict check(String authorization, String apiKey, CredentialHasher hasher, LastToken last);

  /** Begins what goes on in the background; who must be asked and is away does not keep it. */
  default void start() {}

  @Override
  default void close() {}
}
