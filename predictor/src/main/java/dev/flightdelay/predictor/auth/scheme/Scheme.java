package dev.flightdelay.predictor.auth.scheme;

import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import java.util.Optional;

/** One way in which callers say who they are. */
public interface Scheme extends AutoCloseable {

  /** The header to send, for a person. */
  String accepted();

  /** The line of the header WWW-Authenticate that goes with a rejection, with CR LF; or empty. */
  String challenge(Rejection rejection);

  /**
   * Who presents these credentials. Called on event loops: it does not block, and keeps them no
   * longer than the call.
   *
   * @param hasher this thread's
   * @param last this connection's
   * @return null where nothing of this scheme is presented
   */
  Verdict check(Credentials credentials, CredentialHasher hasher, LastToken last);

  /** The header of its own that it looks at besides Authorization, in small letters; or empty. */
  default Optional<String> header() {
    return Optional.empty();
  }

  /** Begins what goes on in the background; who must be asked and is away does not keep it. */
  default void start() {}

  @Override
  default void close() {}
}
