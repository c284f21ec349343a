package dev.flightdelay.predictor.dataplane.admission;

import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.auth.caller.Verdict;
import dev.flightdelay.predictor.auth.scheme.CredentialHasher;
import dev.flightdelay.predictor.auth.scheme.Credentials;
import dev.flightdelay.predictor.auth.scheme.LastToken;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Says who the requests of one connection are from. */
public final class Admission {

  private final Gate gate;
  private final Credentials credentials;
  private final LastToken lastToken = new LastToken();

  /** Where callers are not checked: who the connection is from, once it was asked for. */
  private Caller address;

  public Admission(Gate gate) {
    this.gate = gate;
    this.credentials = gate.credentials();
  }

  /** Whether callers make no difference: then nothing is asked of a request. */
  public boolean open() {
    return gate.open();
  }

  /** Where the connection's protocol puts what a request says of who calls. */
  public Credentials credentials() {
    return credentials;
  }

  /**
   * Who the request is from whose credentials were put there.
   *
   * @param hasher this thread's
   * @param remote the connection's other end
   */
  public Verdict check(CredentialHasher hasher, SocketAddress remote) {
    if (gate.authentication() != null) {
      return gate.check(credentials, hasher, lastToken);
    }
    if (address == null) {
      address = gate.callers().at(((InetSocketAddress) remote).getAddress());
    }
    return address;
  }
}
