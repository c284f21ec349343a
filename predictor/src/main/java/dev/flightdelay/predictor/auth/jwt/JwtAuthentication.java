package dev.flightdelay.predictor.auth.jwt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import dev.flightdelay.predictor.auth.scheme.AuthenticationException;
import dev.flightdelay.predictor.auth.scheme.BearerCredential;
import dev.flightdelay.predictor.auth.scheme.CredentialHash;
import dev.flightdelay.predictor.auth.scheme.LastToken;
import dev.flightdelay.predictor.auth.scheme.RecentVerdicts;
import dev.flightdelay.predictor.auth.scheme.SchemeContext;
import dev.flightdelay.predictor.auth.scheme.VerificationQueue;
import dev.flightdelay.predictor.network.AllowedHosts;
import dev.flightdelay.predictor.network.GuardedDocument;
import dev.flightdelay.predictor.network.InvalidAddressException;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers with a token of an issuer: known ones at once, others on threads of their own. */
final class JwtAuthentication implements BearerCredential {

  /** A longer one is not looked at; a request's head has hardly more room anyway. */
  static final int MAX_TOKEN_LENGTH = 8 << 10;

  private static final int MAX_JWK_SET_BYTES = 256 << 10;

  static final long KNOWN_MILLIS = 60_000;
  static final long REFUSED_MILLIS = 10_000;
  static final long UNKNOWN_KEY_MILLIS = 1_000;
  private static final int MAX_KNOWN = 10_000;
  private static final int MAX_REFUSED = 2_000;
  private static final int QUEUE = 512;
  private static final int MAX_WAITING_FOR_KEYS = 256;

  private static final Rejection NO_TOKEN =
      Rejection.invalidToken("it is neither a known API key nor a signed JSON Web Token");
  private static final Rejection NO_KEYS =
      Rejection.unavailable(
          "the token's issuer does not answer, so it cannot be checked; try again");

  /**
   * What was found out by one set of keys: other keys, nothing known. Refused ones have their own
   * place, so that nobody can drive good ones out by presenting bad ones.
   */
  private record Generation(IssuerKeys keys, RecentVerdicts known, RecentVerdicts refused) {}

  private final TokenVerifier verifier;
  private final KeySource source;
  private final Clock clock;
  private final VerificationQueue queue;
  private final AtomicInteger waitingForKeys = new AtomicInteger();
  private volatile Generation generation;

  JwtAuthentication(JwtSettings settings, KeySource source, Callers callers, Clock clock) {
    this.verifier = new TokenVerifier(settings, callers, clock);
    this.source = source;
    this.clock = clock;
    this.queue =
        new VerificationQueue(
            "token-verification", Math.max(1, Runtime.getRuntime().availableProcessors()), QUEUE);
    this.generation = fresh(null);
  }

  /**
   * @throws AuthenticationException if the issuer's keys are at no address that may be asked
   */
  static JwtAuthentication of(JwtSettings settings, SchemeContext context) {
    GuardedDocument jwkSet = jwkSet(settings, context.hosts());
    Clock clock = context.clock();
    return new JwtAuthentication(
        settings, new KeySource(jwkSet::fetch, clock::millis), context.callers(), clock);
  }

  private static GuardedDocument jwkSet(JwtSettings settings, AllowedHosts hosts) {
    try {
      return new GuardedDocument(settings.jwksUri(), "JWT_JWKS_URI", hosts, MAX_JWK_SET_BYTES);
    } catch (InvalidAddressException e) {
      throw new AuthenticationException(e.getMessage(), e);
    }
  }

  @Override
  public String word() {
    return "TOKEN";
  }

  @Override
  public Rejection unknown() {
    return NO_TOKEN;
  }

  @Override
  public void start() {
    source.start();
  }

  @Override
  public Caller again(String header, byte[] room, LastToken last) {
    return last.again(header, room, source.keys(), clock.millis());
  }

  @Override
  public Verdict check(CredentialHash hash, byte[] header, int from, LastToken last) {
    Generation now = generation();
    if (now.known().get(hash) instanceof Caller known) {
      last.remember(header, known, now.keys(), now.known().until(hash));
      return known;
    }
    Verdict refused = now.refused().get(hash);
    if (refused != null) {
      return refused;
    }
    if (!looksLikeToken(header, from, header.length)) {
      return null;
    }
    String token = new String(header, from, header.length - from, ISO_8859_1);
    return queue.submit(hash, () -> verify(hash, token));
  }

  /** Three parts of base64url: most of what is presented in vain is seen here. */
  private static boolean looksLikeToken(byte[] bytes, int from, int to) {
    if (to - from > MAX_TOKEN_LENGTH) {
      return false;
    }
    int dots = 0;
    for (int i = from; i < to; i++) {
      byte c = bytes[i];
      if (c == '.') {
        dots++;
      } else if (!(c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || c >= '0' && c <= '9'
          || c == '-'
          || c == '_')) {
        return false;
      }
    }
    return dots == 2;
  }

  private CompletionStage<Verdict> verify(CredentialHash hash, String token) {
    Generation now = generation();
    if (now.keys() != null) {
      TokenVerifier.Outcome outcome = verifier.verify(token, now.keys());
      if (!outcome.unknownKey()) {
        return completedFuture(remember(now, hash, outcome));
      }
    }
    if (waitingForKeys.incrementAndGet() > MAX_WAITING_FOR_KEYS) {
      waitingForKeys.decrementAndGet();
      return completedFuture(Rejection.BUSY);
    }
    return source
        .refreshed()
        .thenApply(
            keys -> {
              waitingForKeys.decrementAndGet();
              Generation then = generation();
              return then.keys() == null
                  ? NO_KEYS
                  : remember(then, hash, verifier.verify(token, then.keys()));
            });
  }

  private Verdict remember(Generation now, CredentialHash hash, TokenVerifier.Outcome outcome) {
    long time = clock.millis();
    if (outcome.verdict() instanceof Caller) {
      now.known()
          .put(hash, outcome.verdict(), Math.min(outcome.expiresMillis(), time + KNOWN_MILLIS));
    } else {
      long pause = outcome.unknownKey() ? UNKNOWN_KEY_MILLIS : REFUSED_MILLIS;
      now.refused().put(hash, outcome.verdict(), time + pause);
    }
    return outcome.verdict();
  }

  private Generation generation() {
    Generation now = generation;
    IssuerKeys keys = source.keys();
    if (now.keys() == keys) {
      return now;
    }
    synchronized (this) {
      if (generation.keys() != keys) {
        generation = fresh(keys);
      }
      return generation;
    }
  }

  private Generation fresh(IssuerKeys keys) {
    return new Generation(
        keys,
        new RecentVerdicts(MAX_KNOWN, clock::millis),
        new RecentVerdicts(MAX_REFUSED, clock::millis));
  }

  @Override
  public void close() {
    queue.close();
    source.close();
  }
}
