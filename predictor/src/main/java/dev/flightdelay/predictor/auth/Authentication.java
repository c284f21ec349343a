package dev.flightdelay.predictor.auth;

import dev.flightdelay.predictor.auth.apikey.ApiKeyFolder;
import dev.flightdelay.predictor.auth.apikey.ApiKeyHeader;
import dev.flightdelay.predictor.auth.apikey.ApiKeyReload;
import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import dev.flightdelay.predictor.auth.jwt.JwtAuthentication;
import dev.flightdelay.predictor.auth.ldap.Basic;
import dev.flightdelay.predictor.auth.scheme.AuthenticationException;
import dev.flightdelay.predictor.auth.scheme.CredentialHasher;
import dev.flightdelay.predictor.auth.scheme.LastToken;
import dev.flightdelay.predictor.auth.scheme.Scheme;
import dev.flightdelay.predictor.network.AllowedHosts;
import dev.flightdelay.predictor.network.GuardedNames;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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
    if (!settings.checked()) {
      return null;
    }
    Authentication authentication = new Authentication(schemes(settings, hosts, callers));
    for (Scheme scheme : authentication.schemes) {
      scheme.start();
    }
    return authentication;
  }

  /** In the order in which they are tried, and told to people. */
  private static List<Scheme> schemes(
      AuthenticationSettings settings, AllowedHosts hosts, Callers callers) {
    Clock clock = Clock.systemUTC();
    ApiKeyReload keys =
        settings
            .apiKeys()
            .map(folder -> new ApiKeyReload(new ApiKeyFolder(folder, callers)))
            .orElse(null);
    JwtAuthentication tokens =
        settings.jwt().map(jwt -> JwtAuthentication.of(jwt, hosts, callers, clock)).orElse(null);
    List<Scheme> schemes = new ArrayList<>();
    if (keys != null) {
      schemes.add(new ApiKeyHeader(keys));
    }
    if (keys != null || tokens != null) {
      schemes.add(new Bearer(keys, tokens));
    }
    settings
        .ldap()
        .ifPresent(ldap -> schemes.add(new Basic(ldap, new GuardedNames(hosts), callers, clock)));
    return schemes;
  }

  /**
   * Who presents these headers.
   *
   * @param authorization the header Authorization, or null
   * @param apiKey the header x-api-key, or null
   * @param hasher this thread's
   * @param last this connection's
   */
  public Verdict check(
      String authorization, String apiKey, CredentialHasher hasher, LastToken last) {
    for (Scheme scheme : schemes) {
      Verdict verdict = scheme.check(authorization, apiKey, hasher, last);
      if (verdict != null) {
        return verdict;
      }
    }
    return authorization == null && apiKey == null ? nothingPresented : otherScheme;
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
