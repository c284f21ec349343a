package dev.flightdelay.predictor.auth.jwt;

import static dev.flightdelay.predictor.auth.Prediction.ask;
import static dev.flightdelay.predictor.auth.Prediction.bearer;
import static dev.flightdelay.predictor.auth.jwt.Issuer.claims;
import static dev.flightdelay.predictor.auth.jwt.Issuer.token;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import dev.flightdelay.predictor.PredictorProcess;
import dev.flightdelay.predictor.auth.Prediction;
import dev.flightdelay.predictor.dataplane.RawConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A real predictor that knows callers by tokens of a real issuer, and some by API keys. */
class TokensIT {

  private static final String KEY = "7c".repeat(32);
  private static final RSAKey RSA = Issuer.rsa("rsa-1");
  private static final ECKey EC = Issuer.ec("ec-1");

  /** Made by somebody else, under the issuer's key id. */
  private static final RSAKey OTHER_RSA = Issuer.rsa("rsa-1");

  private static final ECKey OTHER_EC = Issuer.ec("ec-1");

  @TempDir static Path keys;
  private static Issuer issuer;
  private static Issuer attacker;
  private static PredictorProcess predictor;

  @BeforeAll
  static void start() throws Exception {
    Files.writeString(keys.resolve("planning"), KEY);
    issuer = new Issuer(RSA.toPublicJWK(), EC.toPublicJWK());
    attacker = new Issuer(OTHER_RSA.toPublicJWK());
    predictor = serving(issuer, Map.of("API_KEYS_DIR", keys.toString()));
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable each : new AutoCloseable[] {predictor, issuer, attacker}) {
      try {
        if (each != null) {
          each.close();
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  private static PredictorProcess serving(Issuer issuer, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(issuer.environment());
    environment.putAll(more);
    return PredictorProcess.serving(Prediction.MODEL, environment);
  }

  static Stream<Arguments> good() {
    return Stream.of(
        Arguments.of("RS256", token(RSA)),
        Arguments.of("ES256", token(EC)),
        Arguments.of(
            "one of several audiences",
            token(RSA, claims().audience(List.of("x", Issuer.AUDIENCE)))),
        Arguments.of(
            "an access token's type",
            token(EC, claims(), header -> header.type(new JOSEObjectType("at+jwt")))),
        Arguments.of("just expired, within the skew", token(RSA, claims().expirationTime(in(-30)))),
        Arguments.of(
            "valid in a moment, within the skew", token(EC, claims().notBeforeTime(in(30)))),
        Arguments.of("a group that is a text", token(EC, claims().claim("groups", "operations"))),
        Arguments.of(
            "a program without a subject",
            token(EC, claims().subject(null).claim("client_id", "nightly"))),
        Arguments.of("an API key beside tokens", KEY));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("good")
  void letsIn(String name, String token) {
    // Twice: first seen, and known.
    assertThat(ask(predictor, bearer(token)).body()).contains("\"predictions\":[");
    assertThat(ask(predictor, bearer(token)).status()).isEqualTo(200);
  }

  static Stream<Arguments> attacks() throws Exception {
    String good = token(RSA);
    String[] parts = good.split("\\.");
    String ecGood = token(EC);
    String[] ecParts = ecGood.split("\\.");
    String claims = claims().build().toString();
    // spotless:off
    return Stream.of(
        attack("alg none without a signature", 401, unsigned("{\"alg\":\"none\"}", claims) + "."),
        attack("alg none with a kid", 401, unsigned("{\"alg\":\"none\",\"kid\":\"rsa-1\"}", claims) + "."),
        attack("alg None in capitals", 401, unsigned("{\"alg\":\"NONE\",\"kid\":\"rsa-1\"}", claims) + "."),
        attack("alg none with a good signature", 401, unsigned("{\"alg\":\"none\",\"kid\":\"rsa-1\"}", claims) + "." + parts[2]),
        attack("no alg", 401, unsigned("{\"kid\":\"rsa-1\"}", claims) + "." + parts[2]),
        attack("HS256 with the public key in DER", 401, hmac(RSA.toRSAPublicKey().getEncoded())),
        attack("HS256 with the public key in PEM", 401, hmac(pem(RSA))),
        attack("HS256 with the modulus", 401, hmac(RSA.getModulus().decode())),
        attack("HS256 with the published key set", 401, hmac(RSA.toPublicJWK().toJSONString().getBytes(UTF_8))),
        attack("HS256 with an empty-looking key", 401, hmac(new byte[32])),
        attack("RS384", 401, rsa(JWSAlgorithm.RS384)),
        attack("RS512", 401, rsa(JWSAlgorithm.RS512)),
        attack("PS256", 401, rsa(JWSAlgorithm.PS256)),
        attack("ES256 with the RSA key's id", 401, token(EC, claims(), header -> header.keyID("rsa-1"))),
        attack("RS256 with the EC key's id", 401, token(RSA, claims(), header -> header.keyID("ec-1"))),
        attack("another's RSA key under the id", 401, token(OTHER_RSA)),
        attack("another's EC key under the id", 401, token(OTHER_EC)),
        attack("no kid", 401, token(RSA, claims(), header -> header.keyID(null))),
        attack("an empty kid", 401, token(RSA, claims(), header -> header.keyID(""))),
        attack("an unknown kid", 401, token(RSA, claims(), header -> header.keyID("rsa-2"))),
        attack("a kid that is a path", 401, token(OTHER_RSA, claims(), header -> header.keyID("../../../../dev/null"))),
        attack("a kid that is an address", 401, token(OTHER_RSA, claims(), header -> header.keyID(attacker.keysUri()))),
        attack("a kid that is SQL", 401, token(OTHER_RSA, claims(), header -> header.keyID("x' UNION SELECT 'key'--"))),
        attack("a kid that is a command", 401, token(OTHER_RSA, claims(), header -> header.keyID("$(id)|id"))),
        attack("a long kid", 401, token(OTHER_RSA, claims(), header -> header.keyID("k".repeat(3000)))),
        attack("kid twice, the good one first", 401, signed("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"kid\":\"x\"}", claims, OTHER_RSA)),
        attack("kid twice, the good one last", 401, signed("{\"alg\":\"RS256\",\"kid\":\"x\",\"kid\":\"rsa-1\"}", claims, OTHER_RSA)),
        attack("alg twice", 401, signed("{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"rsa-1\"}", claims, OTHER_RSA)),
        attack("a kid that is a number", 401, signed("{\"alg\":\"RS256\",\"kid\":1}", claims, OTHER_RSA)),
        attack("its own key as jwk", 401, token(OTHER_RSA, claims(), header -> header.jwk(OTHER_RSA.toPublicJWK()))),
        attack("a good token with a jwk", 401, token(RSA, claims(), header -> header.jwk(OTHER_RSA.toPublicJWK()))),
        attack("its own keys at jku", 401, token(OTHER_RSA, claims(), header -> header.jwkURL(URI.create(attacker.keysUri())))),
        attack("its own keys at x5u", 401, token(OTHER_RSA, claims(), header -> header.x509CertURL(URI.create(attacker.keysUri())))),
        attack("crit", 401, token(RSA, claims(), header -> header.customParam("exp", 1).criticalParams(Set.of("exp")))),
        attack("an unencoded payload", 401, token(RSA, claims(), header -> header.base64URLEncodePayload(false).criticalParams(Set.of("b64")))),
        attack("another type", 401, token(RSA, claims(), header -> header.type(new JOSEObjectType("logout+jwt")))),
        attack("a wrong issuer", 401, token(RSA, claims().issuer("https://issuer.example.com.evil.example"))),
        attack("an issuer with a slash", 401, token(RSA, claims().issuer(Issuer.NAME + "/"))),
        attack("an issuer in capitals", 401, token(RSA, claims().issuer(Issuer.NAME.toUpperCase()))),
        attack("no issuer", 401, token(RSA, claims().issuer(null))),
        attack("a wrong audience", 401, token(RSA, claims().audience("flight-delays"))),
        attack("no audience", 401, token(RSA, claims().audience((String) null))),
        attack("an audience that contains ours", 401, token(RSA, claims().audience("x,flight-delay"))),
        attack("expired", 401, token(RSA, claims().expirationTime(in(-120)))),
        attack("expired in 1970", 401, token(EC, claims().expirationTime(new Date(0)))),
        attack("without an end", 401, token(RSA, claims().expirationTime(null))),
        attack("an end that is a text", 401, token(RSA, claims().claim("exp", "tomorrow"))),
        attack("not valid yet", 401, token(RSA, claims().notBeforeTime(in(120)))),
        attack("without a subject", 401, token(RSA, claims().subject(null))),
        attack("a subject that is blank", 401, token(RSA, claims().subject(" "))),
        attack("claims that are a list", 401, signed("{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}", "[]", RSA)),
        attack("claims that are no JSON", 401, signed("{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}", "timetable", RSA)),
        attack("claims of another token", 401, parts[0] + "." + Base64URL.encode(claims().subject("admin").build().toString()) + "." + parts[2]),
        attack("the header of another token", 401, Base64URL.encode("{ \"alg\":\"RS256\",\"kid\":\"rsa-1\"}") + "." + parts[1] + "." + parts[2]),
        attack("no signature", 401, parts[0] + "." + parts[1] + "."),
        attack("two parts", 401, parts[0] + "." + parts[1]),
        attack("four parts", 401, good + "." + parts[2]),
        attack("five parts, as an encrypted one", 401, good + "..a"),
        attack("a truncated signature", 401, good.substring(0, good.length() - 8)),
        attack("a longer signature", 401, good + "AAAA"),
        attack("a signature of another byte", 401, parts[0] + "." + parts[1] + "." + flipped(parts[2])),
        attack("an RSA signature of zeros", 401, parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[256])),
        attack("r and s zero", 401, ecParts[0] + "." + ecParts[1] + "." + Base64URL.encode(new byte[64])),
        attack("r zero", 401, ecParts[0] + "." + ecParts[1] + "." + Base64URL.encode(half(ecParts[2], 0))),
        attack("s zero", 401, ecParts[0] + "." + ecParts[1] + "." + Base64URL.encode(half(ecParts[2], 32))),
        attack("r and s the curve's order", 401, ecParts[0] + "." + ecParts[1] + "." + Base64URL.encode(order())),
        attack("an EC signature in DER", 401, ecParts[0] + "." + ecParts[1] + "." + Base64URL.encode(new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1})),
        attack("an empty EC signature", 401, ecParts[0] + "." + ecParts[1] + "."),
        attack("a token in a token", 401, signed("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"cty\":\"JWT\"}", good, RSA)),
        attack("base64 with padding", 401, good + "=="),
        attack("spaces inside", 401, parts[0] + ". " + parts[1] + "." + parts[2]),
        attack("line noise", 401, "..."),
        attack("deep JSON", 401, signed("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"x\":" + "[".repeat(1500) + "]".repeat(1500) + "}", "{}", OTHER_RSA)),
        attack("a token of 7 kB", 401, token(OTHER_RSA, claims().claim("x", "y".repeat(4000)))),
        attack("a token of 100 kB", 431, token(RSA, claims().claim("x", "y".repeat(75_000)))),
        attack("another group", 403, token(RSA, claims().claim("groups", List.of("guests")))),
        attack("no group", 403, token(RSA, claims().claim("groups", null))),
        attack("a group in capitals", 403, token(RSA, claims().claim("groups", List.of("PLANNERS")))),
        attack("a group that begins so", 403, token(RSA, claims().claim("groups", List.of("planners2")))),
        attack("groups in one text", 403, token(RSA, claims().claim("groups", "guests planners"))),
        attack("groups as an object", 403, token(RSA, claims().claim("groups", Map.of("planners", true)))),
        attack("groups in a list in a list", 403, token(RSA, claims().claim("groups", List.of(List.of("planners"))))),
        attack("the group in another claim", 403, token(RSA, claims().claim("groups", null).claim("Groups", List.of("planners")))));
    // spotless:on
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("attacks")
  void refuses(String name, int status, String token) {
    // Twice: what was refused must not be known as anything else afterwards.
    for (int round = 0; round < 2; round++) {
      RawConnection.Reply reply = ask(predictor, bearer(token));

      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.body()).startsWith("{\"error\":\"").doesNotContain("predictions\":[");
      if (status == 401) {
        assertThat(reply.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
      } else if (status == 403) {
        assertThat(reply.header("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
      }
    }
    assertThat(attacker.fetches()).as("keys of the attacker's that were fetched").isZero();
    assertThat(predictor.isAlive()).isTrue();
  }

  @Test
  void asksIssuerNoOftenerThanItShould() {
    int before = issuer.fetches();

    for (int i = 0; i < 50; i++) {
      String id = "unknown-" + i;
      assertThat(ask(predictor, bearer(token(RSA, claims(), header -> header.keyID(id)))).status())
          .isEqualTo(401);
    }

    assertThat(issuer.fetches() - before).isLessThanOrEqualTo(3);
  }

  @Test
  void takesTokenAsPasswordOrKeyNowhere() {
    assertThat(ask(predictor, "x-api-key: " + token(RSA)).status()).isEqualTo(401);
    assertThat(ask(predictor, Prediction.basic("timetable", token(RSA))).status()).isEqualTo(401);
  }

  @Test
  void followsRotationAndForgetsWhatWasKnownByOldKeys() {
    RSAKey old = Issuer.rsa("2026-10");
    RSAKey fresh = Issuer.rsa("2026-11");
    try (Issuer rotating = new Issuer(old.toPublicJWK());
        PredictorProcess guarded = serving(rotating, Map.of())) {
      String oldToken = token(old);
      assertThat(ask(guarded, bearer(oldToken)).status()).isEqualTo(200);

      rotating.publish(fresh.toPublicJWK());

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> ask(guarded, bearer(token(fresh))).status() == 200);
      assertThat(ask(guarded, bearer(oldToken)).status()).isEqualTo(401);
    }
  }

  @Test
  void startsAndServesWhileIssuerIsAwayOrTalksNonsense() {
    RSAKey key = Issuer.rsa("a");
    try (Issuer coming = new Issuer(key.toPublicJWK())) {
      coming.goAway();
      try (PredictorProcess guarded = serving(coming, Map.of("API_KEYS_DIR", keys.toString()))) {
        RawConnection.Reply away = ask(guarded, bearer(token(key)));
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.header("Retry-After")).isEqualTo("1");
        assertThat(ask(guarded, bearer(KEY)).status()).isEqualTo(200);

        coming.comeBack();
        await()
            .atMost(Duration.ofSeconds(40))
            .until(() -> ask(guarded, bearer(token(key))).status() == 200);

        coming.publish("{\"keys\":[]}");
        assertThat(ask(guarded, bearer(token(key, claims(), h -> h.keyID("b")))).status())
            .isEqualTo(401);
        assertThat(ask(guarded, bearer(token(key))).status()).isEqualTo(200);

        coming.goAway();
        assertThat(ask(guarded, bearer(token(key, claims().subject("x")))).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void limitsEachCallerWhateverTokensItHas() {
    try (PredictorProcess limited = serving(issuer, Map.of("LIMIT_PER_CALLER", "5"))) {
      Map<Integer, Integer> byStatus = new HashMap<>();
      RawConnection.Reply last = null;
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 40; i++) {
        requests
            .append("GET /v2 HTTP/1.1\r\nHost: a\r\n")
            .append(bearer(token(RSA, claims().claim("jti", "t" + i))))
            .append("\r\n\r\n");
      }
      try (RawConnection connection = new RawConnection(limited.port())) {
        connection.send(requests.toString());
        for (int i = 0; i < 40; i++) {
          RawConnection.Reply reply = connection.reply();
          byStatus.merge(reply.status(), 1, Integer::sum);
          last = reply.status() == 429 ? reply : last;
        }
      }

      assertThat(byStatus.keySet()).containsExactlyInAnyOrder(200, 429);
      assertThat(last.header("Retry-After")).isEqualTo("1");
      assertThat(last.body()).contains("5 times a second");
      assertThat(ask(limited, bearer(token(RSA, claims().subject("another")))).status())
          .isEqualTo(200);
    }
  }

  private static Arguments attack(String name, int status, String token) {
    return Arguments.of(name, status, token);
  }

  private static Date in(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private static String unsigned(String header, String claims) {
    return Base64URL.encode(header) + "." + Base64URL.encode(claims);
  }

  private static String signed(String header, String claims, RSAKey key) throws Exception {
    String input = unsigned(header, claims);
    Base64URL signature =
        new RSASSASigner(key).sign(new JWSHeader(JWSAlgorithm.RS256), input.getBytes(UTF_8));
    return input + "." + signature;
  }

  private static String hmac(byte[] secret) throws Exception {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build(), claims().build());
    jwt.sign(new MACSigner(secret));
    return jwt.serialize();
  }

  private static String rsa(JWSAlgorithm algorithm) throws Exception {
    SignedJWT jwt =
        new SignedJWT(new JWSHeader.Builder(algorithm).keyID("rsa-1").build(), claims().build());
    jwt.sign(new RSASSASigner(RSA));
    return jwt.serialize();
  }

  private static byte[] pem(RSAKey key) throws Exception {
    return ("-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.toRSAPublicKey().getEncoded())
            + "\n-----END PUBLIC KEY-----\n")
        .getBytes(UTF_8);
  }

  private static String flipped(String signature) {
    byte[] bytes = new Base64URL(signature).decode();
    bytes[bytes.length / 2] ^= 1;
    return Base64URL.encode(bytes).toString();
  }

  private static byte[] half(String signature, int from) {
    byte[] bytes = new Base64URL(signature).decode();
    Arrays.fill(bytes, from, from + 32, (byte) 0);
    return bytes;
  }

  private static byte[] order() {
    byte[] n =
        HexFormat.of().parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    byte[] both = Arrays.copyOf(n, 64);
    System.arraycopy(n, 0, both, 32, 32);
    return both;
  }
}
