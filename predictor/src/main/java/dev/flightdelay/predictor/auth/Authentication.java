package dev.flightdelay.predictor.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.flightdelay.predictor.network.AllowedHosts;
import dev.flightdelay.predictor.network.GuardedDocument;
import dev.flightdelay.predictor.network.GuardedNames;
import dev.flightdelay.predictor.network.InvalidAddressException;
import java.time.Clock;
import java.util.StringJoiner;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who a request is from, by an API key, a token or a password. What is presented is hashed
 * once, and looked up by that hash in memory; only what is not known there takes longer.
 *
 * <p>{@link #check} may be called on event loops: it does not block.
 */
public final class Authentication implements AutoCloseable {

  /** Loads a logging library when there is something to log, not before the first answer. */
  private static final class Reports {
    private static final Logger log = LoggerFactory.getLogger(Authentication.class);
  }

  /** How soon a changed Secret counts, after the kubelet has written it. */
  private static final long LOOK_SECONDS = 2;

  private static final int LARGEST_JWK_SET = 256 << 10;

  private final ApiKeyReload apiKeys;
  private final JwtAuthentication jwt;
  private final LdapAuthentication ldap;
  private final Refusal nothingPresented;
  private final Refusal otherScheme;
  private ScheduledExecutorService watch;

  private Authentication(ApiKeyReload apiKeys, JwtAuthentication jwt, LdapAuthentication ldap) {
    this.apiKeys = apiKeys;
    this.jwt = jwt;
    this.ldap = ldap;
    this.nothingPresented =
        new Refusal(401, "", "who calls must say so: send the header " + accepted());
    this.otherScheme =
        new Refusal(401, "", "callers are not recognised by that: send the header " + accepted());
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
    Clock clock = Clock.systemUTC();
    Authentication authentication =
        new Authentication(
            settings
                .apiKeys()
                .map(folder -> new ApiKeyReload(new ApiKeyFolder(folder, callers)))
                .orElse(null),
            settings.jwt().map(jwt -> tokens(jwt, hosts, callers, clock)).orElse(null),
            settings.ldap().map(ldap -> passwords(ldap, hosts, callers, clock)).orElse(null));
    authentication.start();
    return authentication;
  }

  private static JwtAuthentication tokens(
      JwtSettings settings, AllowedHosts hosts, Callers callers, Clock clock) {
    GuardedDocument jwkSet = jwkSet(settings, hosts);
    return new JwtAuthentication(
        settings, new KeySource(jwkSet::fetch, clock::millis), callers, clock);
  }

  private static GuardedDocument jwkSet(JwtSettings settings, AllowedHosts hosts) {
    try {
      return new GuardedDocument(settings.jwksUri(), "JWT_JWKS_URI", hosts, LARGEST_JWK_SET);
    } catch (InvalidAddressException e) {
      throw new AuthenticationException(e.getMessage(), e);
    }
  }

  private static LdapAuthentication passwords(
      LdapSettings settings, AllowedHosts hosts, Callers callers, Clock clock) {
    return new LdapAuthentication(
        new BindName(settings.bindDn()),
        new LdapDirectory(settings, new GuardedNames(hosts)),
        callers,
        clock);
  }

  private void start() {
    if (jwt != null) {
      jwt.start();
    }
    if (apiKeys != null) {
      watch =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("api-keys").factory());
      watch.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void look() {
    try {
      apiKeys.look();
    } catch (RuntimeException failed) {
      // Looking must not end by it.
      Reports.log.atError().setCause(failed).log("the API keys could not be looked at");
    }
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
    if (apiKey != null) {
      if (apiKeys == null) {
        return otherScheme;
      }
      byte[] bytes = apiKey.getBytes(ISO_8859_1);
      Caller caller = apiKeys.keys().find(hasher.hash(bytes, 0, bytes.length));
      return caller == null ? Refusal.UNKNOWN_KEY : caller;
    }
    if (authorization == null) {
      return nothingPresented;
    }
    if ((apiKeys != null || jwt != null) && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return bearer(authorization, hasher, last);
    }
    if (ldap != null && authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      byte[] bytes = authorization.getBytes(ISO_8859_1);
      int from = behind(bytes, 6);
      return ldap.check(hasher.hash(bytes, from, bytes.length), bytes, from, bytes.length);
    }
    return otherScheme;
  }

  private Verdict bearer(String authorization, CredentialHasher hasher, LastToken last) {
    Caller same = jwt == null ? null : jwt.again(authorization, hasher.room, last);
    if (same != null) {
      return same;
    }
    byte[] bytes = authorization.getBytes(ISO_8859_1);
    int from = behind(bytes, 7);
    CredentialHash hash = hasher.hash(bytes, from, bytes.length);
    if (apiKeys != null) {
      Caller caller = apiKeys.keys().find(hash);
      if (caller != null) {
        return caller;
      }
    }
    return jwt == null ? Refusal.UNKNOWN_KEY : jwt.check(hash, bytes, from, last);
  }

  private static int behind(byte[] bytes, int at) {
    int from = at;
    while (from < bytes.length && bytes[from] == ' ') {
      from++;
    }
    return from;
  }

  /** The lines of the header WWW-Authenticate that go with a refusal, each with CR LF. */
  public String challenges(Refusal refusal) {
    StringBuilder lines = new StringBuilder();
    if (apiKeys != null || jwt != null) {
      lines.append("WWW-Authenticate: Bearer realm=\"predictions\"");
      if (!refusal.reason().isEmpty()) {
        lines.append(", error=\"").append(refusal.reason()).append('"');
      }
      lines.append("\r\n");
    }
    if (ldap != null) {
      lines.append("WWW-Authenticate: Basic realm=\"predictions\", charset=\"UTF-8\"\r\n");
    }
    return lines.toString();
  }

  private String accepted() {
    StringJoiner headers = new StringJoiner(", or ");
    if (apiKeys != null) {
      headers.add("x-api-key: KEY");
    }
    if (apiKeys != null || jwt != null) {
      headers.add(
          "Authorization: Bearer "
              + (apiKeys == null ? "TOKEN" : jwt == null ? "KEY" : "KEY-OR-TOKEN"));
    }
    if (ldap != null) {
      headers.add("Authorization: Basic base64(USER:PASSWORD)");
    }
    return headers.toString();
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.shutdownNow();
    }
    if (jwt != null) {
      jwt.close();
    }
    if (ldap != null) {
      ldap.close();
    }
  }
}
