package dev.flightdelay.predictor.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.auth.caller.CallerLimits;
import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenVerifierTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final RSAKey RSA = Issuer.rsa("a");
  private static final ECKey EC = Issuer.ec("b");

  private final TokenVerifier verifier =
      new TokenVerifier(
          new JwtSettings(
              Issuer.NAME,
              "https://issuer.example.com/keys",
              List.of(Issuer.AUDIENCE),
              AllowedClaim.parse(
                  "[{\"claim\":\"scope\",\"values\":[\"predict\"]},"
                      + "{\"claim\":\"level\",\"values\":[\"2\",\"3\"]}]")),
          new Callers(CallerLimits.NONE),
          Clock.fixed(NOW, ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource({
    "-61, 0, it has expired",
    "-60, 0, it has expired",
    "-59, 0, ",
    "1, 0, ",
    "300, 59, ",
    "300, 61, 'its issuer, audience or times'"
  })
  void allowsForClocksThatDifferByAMinute(int end, int beginning, String refused) throws Exception {
    Verdict verdict =
        verify(
            claims()
                .expirationTime(Date.from(NOW.plusSeconds(end)))
                .notBeforeTime(Date.from(NOW.plusSeconds(beginning))));

    if (refused == null) {
      assertThat(verdict).isInstanceOf(Caller.class);
    } else {
      assertThat(((Rejection) verdict).message()).contains(refused);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "predict, 2, true",
    "read predict write, 3, true",
    "read, 2, false",
    "predictor, 2, false",
    "predict, 4, false"
  })
  void wantsEveryAllowedClaim(String scope, int level, boolean allowed) throws Exception {
    Verdict verdict = verify(claims().claim("scope", scope).claim("level", level));

    if (allowed) {
      assertThat(((Caller) verdict).name()).isEqualTo("timetable");
    } else {
      assertThat(verdict).isEqualTo(Rejection.NOT_ALLOWED);
    }
  }

  @Test
  void saysThatAKeyIsNotKnown() throws Exception {
    TokenVerifier.Outcome outcome =
        verifier.verify(Issuer.token(Issuer.rsa("other"), claims()), keys());

    assertThat(outcome.unknownKey()).isTrue();
  }

  @Test
  void takesNoKeyThatIsForSomethingElse() {
    RSAKey encrypts = new RSAKey.Builder(RSA).keyUse(KeyUse.ENCRYPTION).build();
    RSAKey other = new RSAKey.Builder(RSA).algorithm(JWSAlgorithm.PS256).build();
    RSAKey nameless = new RSAKey.Builder(RSA).keyID(null).build();

    assertThatExceptionOfType(ParseException.class)
        .isThrownBy(
            () -> IssuerKeys.parse(new JWKSet(List.of(encrypts, other, nameless)).toString(true)))
        .withMessageContaining("no RSA key of 2048 bits");
  }

  private Verdict verify(JWTClaimsSet.Builder claims) throws Exception {
    return verifier.verify(Issuer.token(EC, claims), keys()).verdict();
  }

  private static IssuerKeys keys() throws ParseException {
    return IssuerKeys.parse(new JWKSet(List.of(RSA, EC)).toString(true));
  }

  private static JWTClaimsSet.Builder claims() {
    return Issuer.claims()
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(300)))
        .claim("scope", "predict")
        .claim("level", 2);
  }
}
