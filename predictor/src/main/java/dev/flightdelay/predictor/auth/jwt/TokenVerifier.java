package dev.flightdelay.predictor.auth.jwt;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.auth.caller.Mechanism;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;

/** Whether a token is one of the issuer's, for us, now, and of somebody who may call. */
final class TokenVerifier {

  private static final Mechanism MECHANISM = new Mechanism("jwt");

  static final Duration SKEW = Duration.ofSeconds(60);

  /** A verdict and the token's own end. */
  record Outcome(Verdict verdict, long expiresMillis, boolean unknownKey) {

    static Outcome refused(String why) {
      return new Outcome(Rejection.invalidToken(why), Long.MAX_VALUE, false);
    }
  }

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
  private static final Set<JOSEObjectType> TYPES =
      Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));
  private static final int MAX_KEY_ID_LENGTH = 256;

  private final JwtSettings settings;
  private final Callers callers;
  private final Claims claims;

  TokenVerifier(JwtSettings settings, Callers callers, Clock clock) {
    this.settings = settings;
    this.callers = callers;
    this.claims = new Claims(settings, clock);
  }

  Outcome verify(String token, IssuerKeys keys) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWSHeader header = jwt.getHeader();
      String wrong = wrong(header);
      if (wrong != null) {
        return Outcome.refused(wrong);
      }
      if (!keys.knows(header.getKeyID())) {
        return new Outcome(
            Rejection.invalidToken("its key (kid) is none of the issuer's"), Long.MAX_VALUE, true);
      }
      if (!keys.verify(header, jwt.getSigningInput(), jwt.getSignature())) {
        return Outcome.refused("its signature is not the issuer's");
      }
      return verify(jwt.getJWTClaimsSet());
    } catch (ParseException | IllegalArgumentException malformed) {
      return Outcome.refused("it is no signed JSON Web Token");
    }
  }

  private static String wrong(JWSHeader header) {
    if (!ALGORITHMS.contains(header.getAlgorithm())) {
      return "it is signed by another algorithm than RS256 and ES256";
    }
    if (header.getType() != null && !TYPES.contains(header.getType())) {
      return "its type (typ) is neither JWT nor at+jwt";
    }
    if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
      return "it asks for an extension (crit, b64) that is not known here";
    }
    if (header.getJWK() != null || header.getJWKURL() != null || header.getX509CertURL() != null) {
      return "it brings a key of its own (jwk, jku or x5u)";
    }
    String id = header.getKeyID();
    if (id == null || id.isEmpty() || id.length() > MAX_KEY_ID_LENGTH) {
      return "it does not name its key (kid)";
    }
    return null;
  }

  private Outcome verify(JWTClaimsSet token) {
    try {
      claims.verify(token, null);
    } catch (ExpiredJWTException expired) {
      return Outcome.refused("it has expired");
    } catch (BadJWTException bad) {
      return Outcome.refused("its issuer, audience or times are not those asked for here");
    }
    String subject = subject(token);
    if (subject == null) {
      return Outcome.refused("it names no caller (sub, client_id or azp)");
    }
    long expires = token.getExpirationTime().getTime() + SKEW.toMillis();
    boolean allowed =
        settings.allowed().stream().allMatch(claim -> claim.allows(token.getClaim(claim.claim())));
    return new Outcome(
        allowed ? callers.of(MECHANISM, subject, subject) : Rejection.NOT_ALLOWED, expires, false);
  }

  /** Of a person or of a program: not every issuer gives programs a subject. */
  private static String subject(JWTClaimsSet token) {
    for (String claim : new String[] {"sub", "client_id", "azp"}) {
      if (token.getClaim(claim) instanceof String name && !name.isBlank()) {
        return name;
      }
    }
    return null;
  }

  /** The library's checks, by this clock. */
  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {

    private final Clock clock;

    Claims(JwtSettings settings, Clock clock) {
      super(
          new HashSet<>(settings.audiences()),
          new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
          Set.of("exp"),
          Set.of());
      this.clock = clock;
      setMaxClockSkew((int) SKEW.toSeconds());
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }
}
