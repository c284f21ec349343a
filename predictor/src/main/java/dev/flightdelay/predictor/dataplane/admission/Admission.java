package dev.flightdelay.predictor.dataplane.admission;

import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.auth.caller.Verdict;
import dev.flightdelay.predictor.auth.scheme.CredentialHasher;
import dev.flightdelay.predictor.auth.scheme.Credentials;
import dev.flightdelay.predictor.auth.scheme.LastToken;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;

/** Says who the requests of one connection are from. */
public final class Admission {

  private final Gate gate;
  private final Credentials credentials;
  private final LastToken lastToken = new LastToken();

  /** Where callers are not checked: who the last request was from, once it was asked for. */
  private Caller address;

  /** What made it that. */
  private String forwarded;

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

  /** Whether it makes a difference for whom a request says that it was passed on. */
  public boolean readsForwarded() {
    return gate.authentication() == null && !gate.proxies().isNone();
  }

  /**
   * Who the request is from whose credentials were put there.
   *
   * @param hasher this thread's
   * @param remote the connection's other end
   * @param forwardedFor the request's X-Forwarded-For; null where it has none
   */
  public Verdict check(CredentialHasher hasher, SocketAddress remote, String forwardedFor) {
    return gate.authentication() == null
        ? address(remote, forwardedFor)
        : gate.check(credentials, hasher, lastToken);
  }

  /** Whose address the request is from, where callers are not checked. */
  public Caller address(SocketAddress remote, String forwardedFor) {
    if (address == null || !Objects.equals(forwarded, forwardedFor)) {
      InetAddress peer = ((InetSocketAddress) remote).getAddress();
      address = gate.callers().at(gate.proxies().client(peer, forwardedFor));
      forwarded = forwardedFor;
    }
    return address;
  }
}
