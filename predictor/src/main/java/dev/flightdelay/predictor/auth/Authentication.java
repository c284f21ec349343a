package dev.flightdelay.predictor.auth;

import dev.flightdelay.predictor.auth.apikey.ApiKeyHeader;
import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import dev.flightdelay.predictor.auth.scheme.AuthenticationException;
import dev.flightdelay.predictor.auth.scheme.AuthorizationHeader;
import dev.flightdelay.predictor.auth.scheme.Bearer;
import dev.flightdelay.predictor.auth.scheme.CredentialHasher;
import dev.flightdelay.predictor.auth.scheme.Credentials;
import dev.flightdelay.predictor.auth.scheme.LastToken;
import dev.flightdelay.predictor.auth.scheme.Scheme;
import dev.flightdelay.predictor.auth.scheme.SchemeContext;
import dev.flightdelay.predictor.network.AllowedHosts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says who a request is from: the first scheme that finds something of its own in the request's
 * headers decides. What is presented is hashed once, and looked up by that hash in memory; only
 * what is not known there takes longer.
 *
 * <p>{@link #check} may be called on event loops: it does not block.
 */
public final class Authentication implements AutoCloseable {

  private final Scheme[] schemes;
  private final Rejection nothingPresented;
  private final Rejection otherScheme;

  private Authentication(List<Scheme> schemes) {
    String accepted = schemes.stream().map(Scheme::accepted).collect(Collectors.joining(", or "));
    this.schemes = schemes.toArray(Scheme[]::new);
    this.nothingPresented =
        new Rejection(401, "", "who calls must say so: send the header " + accepted);
    this.otherScheme =
        new Rejection(401, "", "callers are not recognised by that: send the header " + accepted);
  }

  /**
   * Begins to check callers; an issuer or a directory that is away does not keep it from that.
   *
   * @param hosts the exceptions to the refusal of internal addresses
   * @return null where callers are not to be checked
   * @throws AuthenticationException if what was set cannot be used
   */
  public static Authentication of(
      AuthenticationSettings settings, AllowedHosts hosts, Callers callers) {
    if (settings.schemes().isEmpty()) {
      return null;
    }
    SchemeContext context = new SchemeContext(hosts, callers, Clock.systemUTC());
    List<Scheme> schemes = new ArrayList<>();
    settings.schemes().forEach(scheme -> schemes.addAll(scheme.schemes(context)));
    Authentication authentication = new Authentication(Bearer.joined(schemes));
    for (Scheme scheme : authentication.schemes) {
      scheme.start();
    }
    return authentication;
  }

  /**
   * The headers that say who calls, in small letters. Authorization and x-api-key do whatever is
   * set, so that nobody is let in by one of them who presents somebody else's with the other.
   */
  public List<String> headers() {
    return Stream.concat(
            Stream.of(AuthorizationHeader.NAME, ApiKeyHeader.NAME),
            Stream.of(schemes).flatMap(scheme -> scheme.header().stream()))
        .distinct()
        .toList();
  }

  /**
   * Who presents these credentials.
   *
   * @param hasher this thread's
   * @param last this connection's
   */
  public Verdict check(Credentials credentials, CredentialHasher hasher, LastToken last) {
    for (Scheme scheme : schemes) {
      Verdict verdict = scheme.check(credentials, hasher, last);
      if (verdict != null) {
        return verdict;
      }
    }
    return credentials.count() == 0 ? nothingPresented : otherScheme;
  }

  /** The lines of the header WWW-Authenticate that go with a rejection, each with CR LF. */
  public String challenges(Rejection rejection) {
    StringBuilder lines = new StringBuilder();
    for (Scheme scheme : schemes) {
      lines.append(scheme.challenge(rejection));
    }
    return lines.toString();
  }

  @Override
  public void close() {
    for (Scheme scheme : schemes) {
      scheme.close();
    }
  }
}
